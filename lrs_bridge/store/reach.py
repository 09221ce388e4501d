"""Statements that speak of others are found by what finds those (xAPI 1.0.3 Communication 2.1.3, on StatementRefs).

It is written into the index when the later of the two arrives, so that asking costs nothing: whichever comes first, a statement
inherits what finds the one that its object names, and what that one inherits, `DEEPEST` statements far.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select

from lrs_bridge.store import statements as kept_statements
from lrs_bridge.store.prepared import Prepared, look_up
from lrs_bridge.store.tables import statement_refs, statements, terms
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.references import STATEMENT, said_of, speaks_of, term

# Statements about statements about statements. Bounded, so that what others send cannot make the index grow without end.
DEEPEST = 10
_MOST_TERMS = 256

_SPEAKERS = Prepared(
    lambda n: (
        select(terms.c.digest, statements.c.seq, statements.c.id)
        .join(statement_refs, statement_refs.c.term == terms.c.id)
        .join(statements, statements.c.seq == statement_refs.c.seq)
        .where(terms.c.digest.in_([bindparam(f"d{i}") for i in range(n)]))
    )
)


@dataclass(frozen=True, slots=True)
class Told:
    """What others inherit of a statement, and the one whose heir it is itself."""

    said: frozenset[bytes]
    speaks_of: str | None


@dataclass(frozen=True, slots=True)
class Inherited:
    """`new` by the id of an arriving statement, `earlier` by the number of one that waited for what arrives."""

    new: Mapping[str, frozenset[bytes]]
    earlier: Mapping[int, frozenset[bytes]] = field(default_factory=dict)


def inherited(connection: Connection, arriving: Mapping[str, Told]) -> Inherited:
    """Of statements that are about to be added, by their ids."""
    lines = {identity: _line(connection, identity, arriving) for identity in arriving}
    new = {identity: frozenset[bytes]().union(*line[1:]) for identity, line in lines.items()}
    return Inherited(new, _earlier(connection, lines))


def _line(connection: Connection, identity: str, arriving: Mapping[str, Told]) -> list[frozenset[bytes]]:
    """What is said by the statement, by the one it speaks of, by the one that one speaks of, and so on."""
    told: Told | None = arriving[identity]
    seen, said = {identity}, []
    while told is not None:
        said.append(told.said)
        following = told.speaks_of
        if following is None or following in seen or len(said) > DEEPEST:
            break
        seen.add(following)
        told = arriving.get(following) or _stored(connection, following)
    return said


def _stored(connection: Connection, identity: str) -> Told | None:
    found = kept_statements.by_id(connection, identity)
    if found is None:
        return None
    value = value_of(found.text.encode())
    return Told(heritable(said_of(value, json.loads(found.authority))), speaks_of(value))


def heritable(said: frozenset[bytes]) -> frozenset[bytes]:
    """Of a statement that names very many things, some."""
    return said if len(said) <= _MOST_TERMS else frozenset(sorted(said)[:_MOST_TERMS])


def _earlier(connection: Connection, lines: Mapping[str, list[frozenset[bytes]]]) -> dict[int, frozenset[bytes]]:
    """What those inherit that spoke of an arriving statement before it came, and those that spoke of them."""
    found: dict[int, frozenset[bytes]] = {}
    heirs = {identity: {identity} for identity in lines}  # who is spoken of now -> from which arriving statements it inherits
    seen = {(identity, identity) for identity in lines}
    for distance in range(1, DEEPEST + 1):
        further: dict[str, set[str]] = {}
        for spoken_of, seq, speaker in _speakers(connection, heirs):
            fresh = {origin for origin in heirs[spoken_of] if (speaker, origin) not in seen}
            seen |= {(speaker, origin) for origin in fresh}
            further.setdefault(speaker, set()).update(fresh)
            said = (each for origin in fresh for each in lines[origin][: DEEPEST - distance + 1])
            found[seq] = found.get(seq, frozenset[bytes]()).union(*said)
        heirs = {speaker: origins for speaker, origins in further.items() if origins}
        if not heirs:
            break
    return found


def _speakers(connection: Connection, spoken_of: Iterable[str]) -> Iterable[tuple[str, int, str]]:
    by_digest = {term(STATEMENT, identity): identity for identity in spoken_of}
    for digest, seq, speaker in look_up(_SPEAKERS, connection, by_digest):
        yield by_digest[bytes(digest)], seq, speaker
