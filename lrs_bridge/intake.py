"""Accepting statements: all of a batch or none, kept with the marks that ask for decisions, in one transaction."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any

import msgspec

from lrs_bridge import origins
from lrs_bridge.access import DEFINE, WRITE, Caller, Learner, authority_of, require
from lrs_bridge.bridge import Bridge
from lrs_bridge.launching.token_scope import objections
from lrs_bridge.other_tools import elsewhere
from lrs_bridge.refusals import InConflict, Malformed, NotAllowed, TooLarge
from lrs_bridge.refusals import one as one_problem
from lrs_bridge.store import activities, pending, statements
from lrs_bridge.store import attachments as kept_attachments
from lrs_bridge.store import elsewhere as kept_elsewhere
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.reach import Told, heritable, inherited
from lrs_bridge.store.statements import Kept
from lrs_bridge.store.turns import turns
from lrs_bridge.times import text_of
from lrs_bridge.xapi import activity_definitions, references, signed
from lrs_bridge.xapi import attachments as attached
from lrs_bridge.xapi.activity_definitions import Said
from lrs_bridge.xapi.parse import Slice, value_of
from lrs_bridge.xapi.same import fingerprint, same
from lrs_bridge.xapi.statement import MOST, Edition, problems
from scorm_packager.activity.problems import Place, Problem

_MOST_STATEMENTS = 10_000
_NO_ATTACHMENTS: attached.Bytes = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Accepted:
    """`ids` in the order of the batch; `new` are those that were not in the store before."""

    ids: tuple[str, ...]
    new: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A statement without problems, on its way in. Its id is in lower case; what it can be found by is `references`, what others
    that speak of it can be found by is in `told`, what it newly says that activities are in `defines`.
    """

    id: str
    slice: Slice
    registration: str | None
    target: str | None
    references: frozenset[bytes]
    told: Told
    spoken_of: tuple[str, str] | None
    attachments: frozenset[str]
    defines: frozenset[Said]


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is kept whole or not at all."""

    arrivals: tuple[_Arrival, ...]
    origin: str
    authority: str
    version: str
    attachments: attached.Bytes
    now: Callable[[], datetime]


def accept(
    bridge: Bridge,
    batch: Sequence[Slice],
    caller: Caller,
    edition: Edition,
    *,
    named: str | None = None,
    attachments: attached.Bytes = _NO_ATTACHMENTS,
) -> Accepted:
    """Keeps every statement of the batch; one without an id is given `named`, or a new one. What is returned is on disk.

    `attachments` are the bytes that came with the statements, by their SHA-2 in lower case.

    Raises `Malformed`, `NotAllowed` or `InConflict`, each naming every bad statement, and keeps none.
    """
    require(caller, WRITE)
    check(batch, caller, edition, attachments)
    authority = authority_text(bridge.config.public_url, caller)
    ids = (one.value.get("id") or named or _uuid4(bridge.random_bytes(16)) for one in batch)
    definitions = activities.known(bridge.engine)
    defined = (_defined(one, caller, definitions) for one in batch)
    arrivals = tuple(
        _arrival(one, identity, defines, authority, caller.origin) for one, identity, defines in zip(batch, ids, defined, strict=True)
    )
    # xAPI 1.0.3 Data 2.4.10: 1.0.0 where a statement does not say.
    version = "1.0.0" if edition == "1.0.3" else "2.0.0"
    kept = turns(bridge.engine).join(_keep_together, _Batch(arrivals, caller.origin, authority, version, attachments, bridge.now))
    definitions.remember(said for one in arrivals for said in one.defines)
    if kept.touches:
        bridge.bell.set()
    return Accepted(tuple(one.id for one in arrivals), kept.new)


def check(batch: Sequence[Slice], caller: Caller, edition: Edition, attachments: attached.Bytes = _NO_ATTACHMENTS) -> None:
    """Everything that can be said of a batch without looking into the store."""
    _require_few(batch)
    each = max(1, MOST // max(len(batch), 1))  # so that every bad statement is named
    found = [_named(one, index, problem) for index, one in enumerate(batch) for problem in problems(one.value, edition)[:each]]
    found += _repeated(batch)
    found = found or _of_attachments(batch, edition, attachments)
    if found:
        raise Malformed(tuple(found))
    if isinstance(caller, Learner):
        refused = [
            _named(one, index, problem) for index, one in enumerate(batch) for problem in islice(objections(one.value, caller), each)
        ]
        if refused:
            raise NotAllowed(tuple(refused))


def _require_few(batch: Sequence[Slice]) -> None:
    """Raises `TooLarge`: while one batch is kept no other is."""
    if len(batch) > _MOST_STATEMENTS:
        message = f"{len(batch)} statements are more than the {_MOST_STATEMENTS} that are kept at once."
        raise TooLarge(one_problem("too-many-statements", message, "Send it in smaller batches.", source="xAPI 1.0.3 Communication 3.2"))


def _named(one: Slice, index: int, problem: Problem) -> Problem:
    """The problem with the statement it belongs to: its place in the batch, and its id when it has one."""
    return replace(problem, where=Place(f"{_name(one, index)}: {problem.where.file}"))


def _name(one: Slice, index: int) -> str:
    identity = one.value.get("id") if isinstance(one.value, dict) else None
    return f"statements[{index}]" + (f" ({identity[:60]})" if isinstance(identity, str) else "")


def _of_attachments(batch: Sequence[Slice], edition: Edition, came: attached.Bytes) -> list[Problem]:
    """What is wrong between statements that are right in themselves and the bytes that came with them."""
    with_attachments = [(index, one) for index, one in enumerate(batch) if _has_attachments(one.value)]
    if not with_attachments and not came:
        return []
    names = [(_name(one, index), one.value) for index, one in with_attachments]
    signatures = (_named(one, index, each) for index, one in with_attachments for each in signed.problems(one.value, came, edition))
    return [*attached.unmatched(names, came), *signatures]


def _has_attachments(statement: Mapping[str, Any]) -> bool:
    return "attachments" in statement or "attachments" in statement["object"]


def _repeated(batch: Sequence[Slice]) -> list[Problem]:
    ids = [one.value["id"].lower() for one in batch if isinstance(one.value, dict) and isinstance(one.value.get("id"), str)]
    repeated = sorted(identity for identity, count in Counter(ids).items() if count > 1) if len(set(ids)) < len(ids) else []
    source = "xAPI 2.0 Communication 4.1.6.1"
    message, remedy = "Two statements of this batch have the same id.", "Give each statement its own id."
    return [Problem("repeated-id", Place(f"statement {identity[:60]}"), message, remedy, source=source) for identity in repeated]


def authority_text(public_url: str, caller: Caller) -> str:
    return msgspec.json.encode(authority_of(public_url, caller)).decode()


@lru_cache(maxsize=1024)
def _authority_references(authority: str) -> frozenset[bytes]:
    return references.authority_references(json.loads(authority))


def _defined(one: Slice, caller: Caller, known: activities.Known) -> frozenset[Said]:
    """What a statement says that activities are, when that counts (xAPI 1.0.3 Communication 4.2, `define`) and is news."""
    return known.news(activity_definitions.said(one.value)) if DEFINE in caller.scopes else frozenset()


def _arrival(one: Slice, identity: str, defines: frozenset[Said], authority: str, origin: str) -> _Arrival:
    said = references.said_with(one.value, _authority_references(authority))
    return _Arrival(
        id=identity.lower(),
        slice=one,
        registration=references.registration_of(one.value),
        target=references.voids(one.value),
        references=references.found_by(one.value, said, origin) | elsewhere.terms(one.value, origin),
        spoken_of=elsewhere.spoken_of(one.value, origin),
        told=Told(heritable(said), references.speaks_of(one.value)),
        attachments=attached.hashes(one.value) if _has_attachments(one.value) else frozenset(),
        defines=defines,
    )


def _uuid4(random: bytes) -> str:
    return str(uuid.UUID(bytes=random, version=4))


# --- in the writer's turn -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a batch; `touches` says that registrations of ours were marked."""

    new: frozenset[str]
    touches: bool


def _keep_together(connection: Connection, batches: Sequence[_Batch]) -> list[_Outcome | InConflict]:
    """Batches that came at the same time, each kept or refused by itself, and all that are kept in a few commands."""
    now = max(text_of(batches[0].now()), statements.last(connection).stored)
    known = statements.by_ids(connection, (one.id for batch in batches for one in batch.arrivals))
    verdicts: list[frozenset[str] | InConflict] = []
    new: dict[str, Kept] = {}
    arrived: list[_Arrival] = []
    again: list[tuple[str, str]] = []
    defining: dict[str, frozenset[Said]] = {}
    for batch in batches:
        conflicts = [one.id for one in batch.arrivals if _differs(one, known)]
        if conflicts:
            verdicts.append(InConflict(tuple(_conflict(identity) for identity in conflicts)))
            continue
        first = [one for one in batch.arrivals if one.id not in known]
        again += [(one.id, batch.origin) for one in batch.arrivals if one.id in known]
        arrived += first
        defining |= {one.id: one.defines for one in batch.arrivals if one.defines}
        kept_attachments.keep(
            connection, {one.id: one.attachments for one in batch.arrivals if not _is_erased(one, known)}, batch.attachments, now
        )
        new |= {one.id: _kept(one, batch, now) for one in first}
        known |= {one.id: new[one.id] for one in first}
        verdicts.append(frozenset(one.id for one in first))
    reached = inherited(connection, {one.id: one.told for one in arrived})
    found_by = [one.references | reached.new[one.id] for one in arrived]
    statements.add(connection, list(new.values()), found_by, reached.earlier)
    activities.note(connection, defining)
    news = [identity for identity, origin in again if statements.add_origin(connection, identity, origin, now)]
    kept_elsewhere.confirm(connection, (one for one in news if _came_by_both(one, again, known)), now)
    touched = {known[one].registration for one in news} | {one.registration for one in new.values()} | _void(connection, list(new.values()))
    touched |= kept_elsewhere.registrations_of(connection, {one.spoken_of for one in arrived if one.spoken_of})
    marked = pending.mark(connection, (one for one in touched if one), now)
    return [one if isinstance(one, InConflict) else _Outcome(one, marked) for one in verdicts]


def _came_by_both(identity: str, again: Sequence[tuple[str, str]], known: Mapping[str, Kept]) -> bool:
    """Whether one of the ways in which a statement came is a record store of its own: the learner's launch may be the other."""
    ways = (known[identity].origin, *(origin for one, origin in again if one == identity))
    return any(origin.startswith("upstream:") for origin in ways)


def _differs(one: _Arrival, known: dict[str, Kept]) -> bool:
    found = known.get(one.id)
    if found is None or same(value_of(found.text.encode()), one.slice.value):
        return False
    return found.erased_hash is None or fingerprint(one.slice.value) != found.erased_hash


def _is_erased(one: _Arrival, known: dict[str, Kept]) -> bool:
    """Whether personal data was taken out of it here: what comes again does not bring it back."""
    return one.id in known and known[one.id].erased_hash is not None


def _kept(one: _Arrival, batch: _Batch, now: str) -> Kept:
    return Kept(
        id=one.id,
        text=one.slice.text,
        stored=now,
        version=batch.version,
        authority=batch.authority,
        origin=batch.origin,
        registration=one.registration,
        target=one.target,
    )


def _conflict(identity: str) -> Problem:
    message = "Another statement is kept under this id, and statements never change."
    remedy, source = "Give the statement its own id.", "xAPI 1.0.3 Data 2.3.1"
    return Problem("statement-exists", Place(f"statement {identity}"), message, remedy, source=source)


def _void(connection: Connection, new: Sequence[Kept]) -> set[str | None]:
    """Carries out what the new statements take back, and what earlier ones took back in advance; the registrations it touches."""
    arrived = {one.id: one for one in new}
    voiders = [*(one for one in new if one.target), *statements.voiding(connection, arrived)]
    targets = statements.by_ids(connection, (one.target for one in voiders if one.target and one.target not in arrived)) | arrived
    gone = [targets[one.target] for one in voiders if one.target in targets and _takes_back(one, targets[one.target])]
    statements.void(connection, (one.id for one in gone))
    return {one.registration for one in gone}


def _takes_back(voider: Kept, target: Kept) -> bool:
    # xAPI 1.0.3 Data 2.3.2: a voiding statement cannot be voided.
    return target.target is None and origins.may_void(voider.origin, target.origin)
