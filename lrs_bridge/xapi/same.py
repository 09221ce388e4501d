"""Whether two statements say the same: the only definition of it (xAPI 1.0.3 Data 2.3.1, 2.4.1)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC
from typing import Any

from lrs_bridge.xapi import formats

_Rule = Callable[[Any], Any]
# What an LRS sets, or what may differ between two tellings of one statement.
_SET_BY_AN_LRS = ("stored", "authority", "version")
_CONTEXT_LISTS = ("parent", "grouping", "category", "other")
_SECONDS = re.compile(r"(\d+)(?:[.,](\d+))?S")
_SCHEME_AND_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?://[^/?#]*)?")


def same(one: Any, other: Any) -> bool:
    """Immutability's equality. Not looked at: what an LRS sets, a timestamp that one of them leaves out, definitions of activities,
    display of the verb, order of a group's members, one activity for a list of it, zones, hundredths of a second and beyond,
    the case of UUIDs and of an IRI's scheme and host.
    """
    first, second = _essence(one), _essence(other)
    if "timestamp" not in first or "timestamp" not in second:
        first.pop("timestamp", None)
        second.pop("timestamp", None)
    if "id" not in first or "id" not in second:
        first.pop("id", None)
        second.pop("id", None)
    return _equal(first, second)


def fingerprint(statement: dict[str, Any]) -> str:
    """SHA-256 (hex digits) of what a statement says, its id aside. Two that are `same` have the same, unless one leaves its timestamp out.

    By it a statement is known again after personal data was taken out of it.
    """
    essence = {name: value for name, value in _essence(statement).items() if name != "id"}
    return hashlib.sha256(json.dumps(_numbers_alike(essence), sort_keys=True).encode()).hexdigest()


def _numbers_alike(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _numbers_alike(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_numbers_alike(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _essence(statement: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in statement.items() if name not in _SET_BY_AN_LRS}
    return {name: _RULES.get(name, _as_is)(value) for name, value in kept.items()}


def _as_is(value: Any) -> Any:
    return value


def _lower(value: str) -> str:
    return value.lower()


def _iri(value: str) -> str:
    return _SCHEME_AND_HOST.sub(lambda found: found[0].lower(), value, count=1)


def _moment(value: str) -> Any:
    found = formats.moment(value)
    return value if found is None else found.astimezone(UTC).replace(microsecond=found.microsecond // 1000 * 1000).isoformat()


def _duration(value: str) -> str:
    """Seconds cut at hundredths (xAPI 2.0 4.2.6; 1.0.3 Data 4.6)."""
    return _SECONDS.sub(lambda found: f"{found[1].lstrip('0') or '0'}.{(found[2] or '')[:2]:0<2}S", value)


def _verb(value: dict[str, Any]) -> Any:
    return {"id": _iri(value["id"])}


def _actor(value: dict[str, Any]) -> Any:
    # Where an agent may stand, one that does not say what it is is one.
    found = {"objectType": "Agent"} | value
    if isinstance(value.get("member"), list):
        found["member"] = sorted((_actor(member) for member in value["member"]), key=repr)
    return found


def _activity(value: dict[str, Any]) -> Any:
    return {"objectType": "Activity", "id": _iri(value["id"])}


def _reference(value: dict[str, Any]) -> Any:
    return value | {"id": _lower(value["id"])}


def _object(value: dict[str, Any]) -> Any:
    return _OBJECTS[value.get("objectType", "Activity")](value)


def _activities(value: Any) -> Any:
    return [_activity(each) for each in (value if isinstance(value, list) else [value])]


def _context_activities(value: dict[str, Any]) -> Any:
    found = {name: _activities(value[name]) for name in _CONTEXT_LISTS if name in value}
    return {name: activities for name, activities in found.items() if activities}


def _contextual(value: list[dict[str, Any]]) -> Any:
    return [{name: _actor(part) if name in ("agent", "group") else part for name, part in each.items()} for each in value]


def _context(value: dict[str, Any]) -> Any:
    return {name: _CONTEXT.get(name, _as_is)(part) for name, part in value.items()}


def _result(value: dict[str, Any]) -> Any:
    return {name: _duration(part) if name == "duration" else part for name, part in value.items()}


_CONTEXT: dict[str, _Rule] = {
    "registration": _lower,
    "instructor": _actor,
    "team": _actor,
    "contextActivities": _context_activities,
    "contextAgents": _contextual,
    "contextGroups": _contextual,
    "statement": _reference,
}
_OBJECTS: dict[str, _Rule] = {
    "Activity": _activity,
    "Agent": _actor,
    "Group": _actor,
    "StatementRef": _reference,
    "SubStatement": _essence,
}
_RULES: dict[str, _Rule] = {
    "id": _lower,
    "actor": _actor,
    "verb": _verb,
    "object": _object,
    "result": _result,
    "context": _context,
    "timestamp": _moment,
}


def _equal(one: Any, other: Any) -> bool:
    """Python's equality, but true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)
