"""Deciding a person's credit at an activity, and making what was decided the state of things."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lrs_bridge.bridge import Bridge
from lrs_bridge.credit import ledger, scores
from lrs_bridge.credit.allot import settle
from lrs_bridge.credit.model import Case, Settled
from lrs_bridge.credit.record import canonical, record
from lrs_bridge.deciding import cases
from lrs_bridge.store import people, records
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.records import KeptDecision, KeptResponse, LedgerEntry
from lrs_bridge.times import text_of

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided for a person at an activity, and the records that stood before."""

    cases: tuple[Case, ...]
    settled: tuple[Settled, ...]
    before: tuple[Record, ...]

    @property
    def after(self) -> tuple[Record, ...]:
        return tuple(record(one) for one in self.settled)

    @property
    def differs(self) -> bool:
        return sorted(map(canonical, self.before)) != sorted(map(canonical, self.after))


def decide(bridge: Bridge, connection: Connection, person: str, activity: str) -> Outcome:
    """Decides and changes nothing: the same evidence gives the same records, byte for byte."""
    gathered = cases.of_person(bridge, connection, person, activity)
    before = [kept for case in gathered for kept in records.of_registration(connection, case.registration)]
    return Outcome(gathered, settle(gathered), tuple(json.loads(kept.record) for kept in before))


def settle_now(bridge: Bridge, connection: Connection, person: str, activity: str) -> Outcome:
    """Decides and applies, no other worker settling this person's credit meanwhile."""
    people.lock(connection, people.current(connection, person))
    outcome = decide(bridge, connection, person, activity)
    apply(bridge, connection, outcome)
    return outcome


def differences(outcome: Outcome) -> list[dict[str, Any]]:
    """The records that are not what they were: `before` and `after` say outcome and amount, None where there is none.

    `changed` names every part that differs: a reason may only be worded otherwise.
    """
    before, after = ({one["id"]: one for one in found} for found in (outcome.before, outcome.after))
    differing = (identity for identity in sorted(before | after) if before.get(identity) != after.get(identity))
    return [_difference(identity, before.get(identity), after.get(identity)) for identity in differing]


def _difference(identity: str, before: Record | None, after: Record | None) -> dict[str, Any]:
    one, other = before or {}, after or {}
    changed = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    return {"record": identity, "before": _short(before), "after": _short(after), "changed": changed}


def _short(found: Record | None) -> str | None:
    return None if found is None else f"{found['outcome']} {found['awarded']} ({', '.join(reason['code'] for reason in found['reasons'])})"


def apply(bridge: Bridge, connection: Connection, outcome: Outcome) -> None:
    """Makes the outcome the current decisions, scores the responses, and enters changed awards into the ledger."""
    for case in outcome.cases:
        _replace_decisions(connection, case, outcome, bridge.text_now())
        records.replace_responses(connection, case.registration, _responses(case))
    for payload in ledger.changes(outcome.before, outcome.after):
        records.append(connection, _entry(connection, payload, outcome, bridge.now()))


def _entry(connection: Connection, payload: Mapping[str, Any], outcome: Outcome, now: datetime) -> LedgerEntry:
    entry = ledger.entry(payload, at=text_of(now))
    while records.has_entry(connection, entry.hash):  # awarded, withdrawn and awarded again within a millisecond
        now += timedelta(milliseconds=1)
        entry = ledger.entry(payload, at=text_of(now))
    about = next(one for one in (*outcome.after, *outcome.before) if one["id"] == payload["record"]["id"])
    text = entry.payload.decode() if entry.payload is not None else None
    return LedgerEntry(hash=entry.hash, registration=about["registration"], system=about["system"], entry=text, at=text_of(now))


def _replace_decisions(connection: Connection, case: Case, outcome: Outcome, now: str) -> None:
    before = {kept.system: kept for kept in records.of_registration(connection, case.registration)}
    mine = [one for one in outcome.after if one["registration"] == case.registration]
    current = [_kept(one, before.get(one["system"]), now) for one in mine]
    if {kept.system: kept for kept in current} != before:
        records.replace(connection, case.registration, current)


def _kept(found: Record, before: KeptDecision | None, now: str) -> KeptDecision:
    """A decision that did not change keeps the time at which it was made."""
    text = canonical(found).decode()
    return KeptDecision(
        registration=found["registration"],
        system=found["system"],
        person=found["person"],
        activity=found["activity"],
        outcome=found["outcome"],
        record=text,
        decided=before.decided if before is not None and before.record == text else now,
    )


def _responses(case: Case) -> Sequence[KeptResponse]:
    return [
        KeptResponse(
            registration=case.registration,
            assessment=one.assessment,
            attempt=one.attempt,
            item=one.item,
            activity=case.activity,
            item_version=one.item_version,
            response=one.response,
            correct=one.correct,
            at=text_of(one.at),
        )
        for one in scores.responses(case)
    ]
