"""A decision as a credit record: the JSON that commands print, pages show and the ledger keeps."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from lrs_bridge.credit.model import Decision, Reason, Settled
from scorm_packager.activity import vocabulary

Record = dict[str, Any]

# uuid5 of the URL namespace and our base: whoever knows registration and credit can say the id of their record.
RECORDS = uuid.uuid5(uuid.NAMESPACE_URL, f"{vocabulary.BASE}/records")


def canonical(value: Any) -> bytes:
    """The one way to write a value as bytes: JSON in UTF-8, keys sorted, nothing between."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def record_id(registration: str, system: str) -> str:
    return str(uuid.uuid5(RECORDS, f"{registration} {system}"))


def record(settled: Settled) -> Record:
    """Everything about a current decision but its certificate, which `with_certificate` adds. Amounts are strings, dates are dates."""
    decision = settled.decision
    return {
        "id": record_id(decision.registration, decision.system),
        "person": settled.person,
        "site": settled.site,
        "registration": decision.registration,
        "activity": decision.activity,
        "version": decision.version,
        "definition": decision.definition,
        "system": decision.system,
        "outcome": decision.outcome,
        **_amounts(decision),
        "completed_on": decision.completed_on,
        "reasons": [_reason(reason) for reason in decision.reasons],
        "rule": {"id": decision.rule.id, "from": decision.rule.from_} if decision.rule else None,
        "statements": list(decision.statements),
        "flags": [_reason(flag) for flag in decision.flags],
    }


def _amounts(decision: Decision) -> dict[str, str]:
    names = ("designated", "computed", "claimed", "awarded", "unit")
    return {name: getattr(decision, name) for name in names}


def _reason(reason: Reason) -> dict[str, str]:
    parts = {"code": reason.code, "text": reason.text, "remedy": reason.remedy, "by": reason.by}
    return {name: value for name, value in parts.items() if value}


def with_certificate(found: Mapping[str, Any], certificate: str | None) -> Record:
    return {**found, "certificate": certificate}


def for_learner(found: Mapping[str, Any]) -> Record:
    """What the learner may see of the record: all but the flags, which are for staff."""
    return {name: value for name, value in found.items() if name != "flags"}
