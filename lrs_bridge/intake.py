"""Accepting statements: all of a batch or none, kept with the marks that ask for decisions, in one transaction."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lrs_bridge import origins
from lrs_bridge.access import WRITE, Caller, Learner, authority_of, require
from lrs_bridge.bridge import Bridge
from lrs_bridge.refusals import InConflict, Malformed, NotAllowed
from lrs_bridge.store import pending, statements
from lrs_bridge.store.engine import Connection, in_writing
from lrs_bridge.store.statements import Kept
from lrs_bridge.times import text_of
from lrs_bridge.token_scope import objections
from lrs_bridge.xapi import references
from lrs_bridge.xapi.parse import Slice, value_of
from lrs_bridge.xapi.same import same
from lrs_bridge.xapi.statement import Edition, problems
from scorm_packager.activity.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Accepted:
    """`ids` in the order of the batch; `new` are those that were not in the store before."""

    ids: tuple[str, ...]
    new: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A statement without problems, on its way in. Its id is in lower case."""

    id: str
    slice: Slice
    kept: Kept


def accept(bridge: Bridge, batch: Sequence[Slice], caller: Caller, edition: Edition, *, named: str | None = None) -> Accepted:
    """Keeps every statement of the batch; one without an id is given `named`, or a new one. What is returned is on disk.

    Raises `Malformed`, `NotAllowed` or `InConflict`, each naming every bad statement, and keeps none.
    """
    require(caller, WRITE)
    check(batch, caller, edition)
    now = bridge.now()
    authority = json.dumps(authority_of(bridge.config.public_url, caller), separators=(",", ":"))
    ids = (one.value.get("id") or named or _uuid4(bridge.random_bytes(16)) for one in batch)
    arrivals = tuple(
        _Arrival(identity.lower(), one, _kept(one, identity.lower(), caller.origin, authority, edition, text_of(now)))
        for one, identity in zip(batch, ids, strict=True)
    )
    accepted = in_writing(bridge.engine, lambda connection: _keep(connection, arrivals, text_of(now)))
    bridge.bell.set()
    return accepted


def check(batch: Sequence[Slice], caller: Caller, edition: Edition) -> None:
    """Everything that can be said of a batch without looking into the store."""
    found = [_named(one, index, problem) for index, one in enumerate(batch) for problem in problems(one.value, edition)]
    found += _repeated(batch)
    if found:
        raise Malformed(tuple(found))
    if isinstance(caller, Learner):
        refused = [_named(one, index, problem) for index, one in enumerate(batch) for problem in objections(one.value, caller)]
        if refused:
            raise NotAllowed(tuple(refused))


def _named(one: Slice, index: int, problem: Problem) -> Problem:
    """The problem with the statement it belongs to: its place in the batch, and its id when it has one."""
    identity = one.value.get("id") if isinstance(one.value, dict) else None
    name = f"statements[{index}]" + (f" ({identity[:60]})" if isinstance(identity, str) else "")
    return replace(problem, where=Place(f"{name}: {problem.where.file}"))


def _repeated(batch: Sequence[Slice]) -> list[Problem]:
    ids = [one.value["id"].lower() for one in batch if isinstance(one.value, dict) and isinstance(one.value.get("id"), str)]
    repeated = sorted({identity for identity in ids if ids.count(identity) > 1}) if len(set(ids)) < len(ids) else []
    source = "xAPI 2.0 Communication 4.1.6.1"
    message, remedy = "Two statements of this batch have the same id.", "Give each statement its own id."
    return [Problem("repeated-id", Place(f"statement {identity[:60]}"), message, remedy, source=source) for identity in repeated]


def _kept(one: Slice, identity: str, origin: str, authority: str, edition: Edition, now: str) -> Kept:
    return Kept(
        id=identity,
        text=one.text,
        stored=now,
        # xAPI 1.0.3 Data 2.4.10: 1.0.0 where a statement does not say.
        version="1.0.0" if edition == "1.0.3" else "2.0.0",
        authority=authority,
        origin=origin,
        registration=references.registration_of(one.value),
        target=references.voids(one.value),
    )


def _uuid4(random: bytes) -> str:
    return str(uuid.UUID(bytes=random, version=4))


# --- in the transaction -------------------------------------------------------------------------


def _keep(connection: Connection, arrivals: Sequence[_Arrival], now: str) -> Accepted:
    known = statements.by_ids(connection, (one.id for one in arrivals))
    _refuse_conflicts(arrivals, known)
    new = [one for one in arrivals if one.id not in known]
    statements.add(connection, [one.kept for one in new], {one.id: references.references(one.slice.value) for one in new})
    again = [one for one in arrivals if one.id in known and statements.add_origin(connection, one.id, one.kept.origin, now)]
    voided = _void(connection, new)
    touched = {one.kept.registration for one in (*new, *again) if one.kept.registration} | voided
    pending.mark(connection, touched, now)
    return Accepted(tuple(one.id for one in arrivals), frozenset(one.id for one in new))


def _refuse_conflicts(arrivals: Sequence[_Arrival], known: dict[str, Kept]) -> None:
    conflicts = [one.id for one in arrivals if one.id in known and not same(value_of(known[one.id].text.encode()), one.slice.value)]
    if conflicts:
        raise InConflict(tuple(_conflict(identity) for identity in conflicts))


def _conflict(identity: str) -> Problem:
    message = "Another statement is kept under this id, and statements never change."
    remedy, source = "Give the statement its own id.", "xAPI 1.0.3 Data 2.3.1"
    return Problem("statement-exists", Place(f"statement {identity}"), message, remedy, source=source)


def _void(connection: Connection, new: Sequence[_Arrival]) -> set[str]:
    """Carries out what the new statements take back, and what earlier ones took back in advance; the registrations it touches."""
    targets = statements.by_ids(connection, (one.kept.target for one in new if one.kept.target))
    waiting = statements.voiding(connection, (one.id for one in new))
    voiders = [*(one.kept for one in new if one.kept.target), *waiting]
    arrived = {one.id: one.kept for one in new} | targets
    gone = [arrived[one.target] for one in voiders if one.target in arrived and _takes_back(one, arrived[one.target])]
    statements.void(connection, (one.id for one in gone))
    return {one.registration for one in gone if one.registration}


def _takes_back(voider: Kept, target: Kept) -> bool:
    # xAPI 1.0.3 Data 2.3.2: a voiding statement cannot be voided.
    return target.target is None and origins.may_void(voider.origin, target.origin)
