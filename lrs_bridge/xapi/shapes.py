"""The formats in which statements are read: `ids` and `canonical` (xAPI 1.0.3 Communication 2.1.3); `exact` is as received."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lrs_bridge.xapi.actors import IDENTIFIERS
from lrs_bridge.xapi.languages import chosen

_Rule = Callable[[Any], Any]
_COMPONENTS = ("choices", "scale", "source", "target", "steps")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What becomes of an actor, a verb and an activity, wherever in a statement they stand."""

    actor: _Rule
    verb: _Rule
    activity: _Rule


def ids(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Agents, groups, verbs and activities reduced to what identifies them."""
    return _shaped(statement, _Shape(_identified, lambda verb: {"id": verb["id"]}, lambda activity: {"id": activity["id"]}))


def canonical(statement: Mapping[str, Any], definitions: Mapping[str, Any], ranges: Sequence[str]) -> dict[str, Any]:
    """Activities with the definition that all statements together give them, by IRI; one language in each map."""

    def activity(value: Mapping[str, Any]) -> dict[str, Any]:
        known = definitions.get(value["id"]) or value.get("definition")
        return dict(value) if known is None else {**value, "definition": _in_one_language(known, ranges)}

    def verb(value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "display": chosen(value["display"], ranges)} if "display" in value else dict(value)

    return _shaped(statement, _Shape(dict, verb, activity))


def activities(statement: Mapping[str, Any]) -> Iterator[str]:
    """The IRIs of all activities that a statement names."""
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        yield target["id"]
    if kind == "SubStatement":
        yield from activities(target)
    for value in statement.get("context", {}).get("contextActivities", {}).values():
        yield from (each["id"] for each in _many(value))


# --- a statement, part by part ------------------------------------------------------------------


def _shaped(statement: Mapping[str, Any], shape: _Shape) -> dict[str, Any]:
    rules: dict[str, _Rule] = {
        "actor": shape.actor,
        "authority": shape.actor,
        "verb": shape.verb,
        "object": lambda value: _object(value, shape),
        "context": lambda value: _context(value, shape),
    }
    return _by_name(statement, rules)


def _by_name(value: Mapping[str, Any], rules: Mapping[str, _Rule]) -> dict[str, Any]:
    return {name: rules[name](part) if name in rules else part for name, part in value.items()}


def _object(value: Mapping[str, Any], shape: _Shape) -> Any:
    kind = value.get("objectType", "Activity")
    if kind == "Activity":
        return shape.activity(value)
    if kind == "SubStatement":
        return _shaped(value, shape)
    return shape.actor(value) if kind in ("Agent", "Group") else value


def _context(value: Mapping[str, Any], shape: _Shape) -> dict[str, Any]:
    rules: dict[str, _Rule] = {
        "instructor": shape.actor,
        "team": shape.actor,
        "contextActivities": lambda lists: {name: [shape.activity(each) for each in _many(part)] for name, part in lists.items()},
        "contextAgents": lambda each: [_by_name(one, {"agent": shape.actor}) for one in each],
        "contextGroups": lambda each: [_by_name(one, {"group": shape.actor}) for one in each],
    }
    return _by_name(value, rules)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _identified(value: Mapping[str, Any]) -> dict[str, Any]:
    """An anonymous group is known by its members alone."""
    named = any(name in value for name in IDENTIFIERS)
    kept = {name: part for name, part in value.items() if name == "objectType" or name in IDENTIFIERS}
    return kept if named or "member" not in value else kept | {"member": [_identified(member) for member in value["member"]]}


def _in_one_language(definition: Mapping[str, Any], ranges: Sequence[str]) -> dict[str, Any]:
    maps: dict[str, _Rule] = {name: lambda texts: chosen(texts, ranges) for name in ("name", "description")}
    lists: dict[str, _Rule] = {name: lambda components: [_by_name(each, maps) for each in components] for name in _COMPONENTS}
    return _by_name(definition, maps | lists)
