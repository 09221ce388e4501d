"""What statements say that an activity is, and the one definition that follows from all of it (xAPI 1.0.3 Data 2.4.4.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

from lrs_bridge.xapi.activities import COMPONENT_LISTS
from lrs_bridge.xapi.references import digest

# Sorted, so that two spellings of one definition are one text; made once, because every statement passes here.
_encoded = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_key = lru_cache(maxsize=16_384)(digest)
_MAPS = ("name", "description", "extensions")


@dataclass(frozen=True, slots=True)
class Said:
    """One definition of one activity; two that say the same have the same keys."""

    activity: bytes
    definition: bytes
    text: str


def said(statement: dict[str, Any]) -> frozenset[Said]:
    """Every definition that a statement without problems gives to an activity, wherever it stands."""
    found = (activity for activity in _activities(statement) if activity.get("definition"))
    return frozenset(_said(activity["id"], activity["definition"]) for activity in found)


def _said(identity: str, definition: dict[str, Any]) -> Said:
    text = _encoded(definition)
    return Said(_key(identity), digest(text), text)


def _activities(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    thing = statement["object"]
    if thing.get("objectType", "Activity") == "Activity":
        yield thing
    for value in statement.get("context", {}).get("contextActivities", {}).values():
        yield from value if isinstance(value, list) else (value,)
    if thing.get("objectType") == "SubStatement":
        yield from _activities(thing)


def merged(definitions: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One definition of all, given in the order of their coming: the later says more, and where both speak it counts.

    Languages, extensions and components add up one by one; a list of components with other ids replaces the list.
    """
    return reduce(_over, definitions, {})


def _over(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return _still_true(old, new) | {name: _property(name, old.get(name), value) for name, value in new.items()}


def _still_true(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What the old one says about another kind of interaction falls with it."""
    if new.get("interactionType", old.get("interactionType")) == old.get("interactionType"):
        return old
    return {name: value for name, value in old.items() if name not in (*COMPONENT_LISTS, "correctResponsesPattern")}


def _property(name: str, old: Any, new: Any) -> Any:
    if old is None:
        return new
    if name in _MAPS:
        return old | new
    return _components(old, new) if name in COMPONENT_LISTS else new


def _components(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    before = {component["id"]: component for component in old}
    if before.keys() != {component["id"] for component in new}:
        return new
    return [_component(before[component["id"]], component) for component in new]


def _component(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    languages = old.get("description", {}) | new.get("description", {})
    return old | new | ({"description": languages} if languages else {})
