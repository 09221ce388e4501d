"""Activities and their definitions: xAPI 1.0.3 Data 2.4.4.1."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lrs_bridge.xapi.checks import Check, Problems, array, extensions, fields, iri, language_map, one_of, path, problem, text

_CLAUSE = "2.4.4.1"
_INTERACTION_TYPES = frozenset(
    ["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"]
)  # fmt: skip
# Which component lists go with which interaction types.
COMPONENT_LISTS = {
    "choices": frozenset({"choice", "sequencing"}),
    "scale": frozenset({"likert"}),
    "source": frozenset({"matching"}),
    "target": frozenset({"matching"}),
    "steps": frozenset({"performance"}),
}


def activity(value: Any, where: str) -> Problems:
    known: dict[str, Check] = {"objectType": one_of(frozenset({"Activity"}), _CLAUSE), "id": iri, "definition": definition}
    yield from fields(value, where, known, ("id",), _CLAUSE)


def definition(value: Any, where: str) -> Problems:
    yield from fields(value, where, _DEFINITION, (), _CLAUSE)
    if isinstance(value, dict):
        yield from _interaction(value, where)


def _component(value: Any, where: str) -> Problems:
    yield from fields(value, where, {"id": text, "description": language_map}, ("id",), _CLAUSE)


def _components(value: Any, where: str) -> Problems:
    yield from array(_component)(value, where)
    members = [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []
    ids = [member["id"] for member in members if isinstance(member.get("id"), str)]
    for repeated in sorted(identity for identity, count in Counter(ids).items() if count > 1):
        yield problem("repeated-id", where, f"The id {repeated!r} stands twice.", "Give each its own id.", _CLAUSE)


_DEFINITION: dict[str, Check] = {
    "name": language_map,
    "description": language_map,
    "type": iri,
    "moreInfo": iri,
    "extensions": extensions,
    "interactionType": one_of(_INTERACTION_TYPES, _CLAUSE),
    "correctResponsesPattern": array(text),
} | {name: _components for name in COMPONENT_LISTS}


def _interaction(value: dict[str, Any], where: str) -> Problems:
    kind = value.get("interactionType")
    given = [name for name in ("correctResponsesPattern", *COMPONENT_LISTS) if name in value]
    if given and kind is None:
        message = f"{given[0]!r} stands without an interactionType."
        yield problem("missing-property", path(where, "interactionType"), message, "Add the interactionType.", _CLAUSE)
        return
    for name in given:
        if isinstance(kind, str) and kind in _INTERACTION_TYPES and kind not in COMPONENT_LISTS.get(name, _INTERACTION_TYPES):
            message = f"{name!r} does not go with the interactionType {kind!r}."
            yield problem("misplaced-property", path(where, name), message, "Remove it.", _CLAUSE)
