"""Statements as they were received, what they can be found by, and the ways in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Column, Connection, Select, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lrs_bridge.store.prepared import Prepared, look_up, put
from lrs_bridge.store.tables import sources, statement_origins, statement_refs, statements
from lrs_bridge.store.terms import Source, numbers_of_sources, numbers_of_terms


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in the store. `text` is what was received; the LRS's own properties stand beside it.

    `erased_hash`: personal data was taken out of `text`, and this is the `xapi.same.fingerprint` of what was received.
    """

    id: str
    text: str
    stored: str
    version: str
    authority: str
    origin: str
    registration: str | None = None
    target: str | None = None
    voided: bool = False
    erased_hash: str | None = None


_ELSEWHERE = {"authority": sources.c.authority, "origin": sources.c.origin}
COLUMNS: tuple[Column[Any], ...] = tuple(_ELSEWHERE[name] if name in _ELSEWHERE else statements.c[name] for name in Kept.__struct_fields__)
"""What `kept` makes a `Kept` of; select them from `WITH_SOURCES`."""
WITH_SOURCES = statements.join(sources, sources.c.id == statements.c.source)


def kept(row: Sequence[Any]) -> Kept:
    """Of a row that begins with `COLUMNS`."""
    identity, text, stored, version, authority, origin, registration, target, voided, erased_hash = row[: len(COLUMNS)]
    return Kept(
        id=identity, text=text, stored=stored, version=version, authority=authority, origin=origin,
        registration=registration, target=target, voided=bool(voided), erased_hash=erased_hash,
    )  # fmt: skip


# --- by id --------------------------------------------------------------------------------------


def _any_of(n: int) -> list[BindParameter[str]]:
    return [bindparam(f"one{i}", type_=statements.c.id.type) for i in range(n)]


_BY_IDS = Prepared(lambda n: select(*COLUMNS).select_from(WITH_SOURCES).where(statements.c.id.in_(_any_of(n))))
_VOIDING = Prepared(lambda n: select(*COLUMNS).select_from(WITH_SOURCES).where(statements.c.target.in_(_any_of(n))))


def by_ids(connection: Connection, ids: Iterable[str]) -> dict[str, Kept]:
    """Those of the ids that are in the store, voided or not."""
    return {row[0]: kept(row) for row in look_up(_BY_IDS, connection, ids)}


def by_id(connection: Connection, identity: str) -> Kept | None:
    return by_ids(connection, (identity,)).get(identity)


def voiding(connection: Connection, targets: Iterable[str]) -> list[Kept]:
    """The statements that speak of voiding one of the targets."""
    return [kept(row) for row in look_up(_VOIDING, connection, targets)]


# --- in the writer's turn -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Last:
    """The number and time of the last statement in the store."""

    seq: int
    stored: str


_NEWEST = select(func.max(statements.c.seq)).scalar_subquery()
_LAST = Prepared(lambda _: select(statements.c.seq, statements.c.stored).where(statements.c.seq == _NEWEST))
_ROW = ("seq", "id", "text", "stored", "version", "source", "registration", "target", "voided")
_PUT = Prepared(lambda n: insert(statements).values([{name: bindparam(f"{name}{i}") for name in _ROW} for i in range(n)]))
_PUT_REFS = Prepared(lambda n: insert(statement_refs).values([{"term": bindparam(f"t{i}"), "seq": bindparam(f"s{i}")} for i in range(n)]))


_PUT_FURTHER = {
    "sqlite": sqlite.insert(statement_refs).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(statement_refs).on_conflict_do_nothing(),
}


def last(connection: Connection) -> Last:
    rows = _LAST.rows(connection)
    return Last(*rows[0]) if rows else Last(0, "")


def add(connection: Connection, new: Sequence[Kept], references: Sequence[Iterable[bytes]], further: Mapping[int, Iterable[bytes]]) -> None:
    """Inserts statements that are not there yet, in the order of their coming, each with what it can be found by.

    `further` is what earlier ones, by their numbers, can be found by from now on.

    To be called in the one transaction that adds statements, so that their numbers and times rise together.
    """
    if not new:
        return
    first = last(connection).seq + 1
    by_source = numbers_of_sources(connection, (Source(one.origin, one.authority) for one in new))
    by_term = numbers_of_terms(connection, (digest for each in (*references, *further.values()) for digest in each))
    put(_PUT, connection, [_row(seq, one, by_source[Source(one.origin, one.authority).digest]) for seq, one in enumerate(new, start=first)])
    put(_PUT_REFS, connection, sorted((by_term[digest], seq) for seq, each in enumerate(references, start=first) for digest in each))
    rows = [{"term": by_term[digest], "seq": seq} for seq in sorted(further) for digest in further[seq]]
    if rows:
        connection.execute(_PUT_FURTHER[connection.dialect.name], rows)


def _row(seq: int, one: Kept, source: int) -> tuple[Any, ...]:
    return (seq, one.id, one.text, one.stored, one.version, source, one.registration, one.target, one.voided)


def add_origin(connection: Connection, identity: str, origin: str, at: str) -> bool:
    """Notes another way in which a statement came; True when it is news."""
    query = select(statements.c.seq, sources.c.origin).select_from(WITH_SOURCES).where(statements.c.id == identity)
    found = connection.execute(query).one()
    if found.origin == origin:
        return False
    there = select(statement_origins.c.seq).where(statement_origins.c.seq == found.seq, statement_origins.c.origin == origin)
    if connection.execute(there).first() is not None:
        return False
    connection.execute(insert(statement_origins).values(seq=found.seq, origin=origin, at=at))
    return True


def void(connection: Connection, ids: Iterable[str]) -> None:
    marked = [{"identity": identity} for identity in sorted(set(ids))]
    if marked:
        connection.execute(update(statements).where(statements.c.id == bindparam("identity")).values(voided=True), marked)


def of_registration(connection: Connection, registration: str) -> list[tuple[Kept, frozenset[str]]]:
    """The registration's statements that are not voided, in the order of their coming, each with every origin it came from."""
    query = select(*COLUMNS, statements.c.seq).select_from(WITH_SOURCES)
    query = query.where(statements.c.registration == registration, statements.c.voided.is_(False)).order_by(statements.c.seq)
    rows = connection.execute(query).all()
    further = _further_origins(connection, select(statements.c.seq).where(statements.c.registration == registration))
    return [(kept(row), frozenset({row.origin}) | further.get(row.seq, frozenset())) for row in rows]


def _further_origins(connection: Connection, seqs: Select[tuple[int]]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for row in connection.execute(select(statement_origins).where(statement_origins.c.seq.in_(seqs))):
        found[row.seq] = found.get(row.seq, frozenset()) | {row.origin}
    return found


def count_of_registration(connection: Connection, registration: str) -> int:
    query = select(func.count()).select_from(statements).where(statements.c.registration == registration)
    return connection.scalar(query) or 0
