"""What a statement must be: every problem at once, each naming its property and the clause.

xAPI 1.0.3 Data 2.4, and xAPI 2.0 where it differs.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import Any, Literal

from lrs_bridge.xapi.activities import activity
from lrs_bridge.xapi.actors import actor, agent, authority, group
from lrs_bridge.xapi.checks import (
    Check,
    Problems,
    array,
    boolean,
    duration,
    extensions,
    fields,
    iri,
    language_map,
    language_tag,
    length,
    media_type,
    number,
    of_type,
    one_of,
    path,
    problem,
    sha2,
    text,
    timestamp,
    uuid,
)
from lrs_bridge.xapi.plain import is_plain
from scorm_packager.activity.problems import Problem
from scorm_packager.activity.vocabulary import VOIDED

Edition = Literal["1.0.3", "2.0.0"]
# Nobody reads more problems of one statement, and to say all of a million would take more memory than there is.
MOST = 1_000


def problems(value: Any, edition: Edition) -> tuple[Problem, ...]:
    """What keeps `value` from being a statement of that edition: everything, up to `MOST` of it."""
    return () if is_plain(value, VOIDED) else full_judgement(value, edition)


def full_judgement(value: Any, edition: Edition) -> tuple[Problem, ...]:
    """The same, found by looking at every property."""
    known = _STATEMENT[edition]
    found = chain(fields(value, "", known, ("actor", "verb", "object"), "2.4"), _across(value, ""), _voiding(value))
    return tuple(islice(found, MOST))


# --- verb and object ----------------------------------------------------------------------------


def _verb(value: Any, where: str) -> Problems:
    yield from fields(value, where, {"id": iri, "display": language_map}, ("id",), "2.4.3")


def _reference(value: Any, where: str) -> Problems:
    known: dict[str, Check] = {"objectType": one_of(frozenset({"StatementRef"}), "2.4.4.3"), "id": uuid}
    yield from fields(value, where, known, ("objectType", "id"), "2.4.4.3")


def _substatement(edition: Edition) -> Check:
    def check(value: Any, where: str) -> Problems:
        yield from fields(value, where, _SUBSTATEMENT[edition], ("actor", "verb", "object"), "2.4.4.3")
        yield from _across(value, where)

    return check


def _object(kinds: dict[str, Check]) -> Check:
    """By its objectType; an activity where nothing is said, so that an agent must say that it is one."""

    def check(value: Any, where: str) -> Problems:
        if not isinstance(value, dict):
            yield from of_type(value, where, dict, "an object")
            return
        kind = value.get("objectType", "Activity")
        if isinstance(kind, str) and kind in kinds:
            yield from kinds[kind](value, where)
        else:
            yield from one_of(frozenset(kinds), "2.4.4")(kind, path(where, "objectType"))

    return check


# --- result -------------------------------------------------------------------------------------


def _score(value: Any, where: str) -> Problems:
    yield from fields(value, where, {name: number for name in ("scaled", "raw", "min", "max")}, (), "2.4.5.1")
    if not isinstance(value, dict):
        return
    scaled, raw, low, high = (_number(value.get(name)) for name in ("scaled", "raw", "min", "max"))
    if scaled is not None and not -1 <= scaled <= 1:
        yield problem("out-of-range", path(where, "scaled"), f"{scaled} is not within -1 and 1.", "Scale it.", "2.4.5.1")
    if low is not None and high is not None and low >= high:
        yield problem("out-of-range", path(where, "min"), f"{low} is not below the max of {high}.", "Set min below max.", "2.4.5.1")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        yield problem("out-of-range", path(where, "raw"), f"{raw} is not within min and max.", "Set raw within them.", "2.4.5.1")


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _result(value: Any, where: str) -> Problems:
    yield from fields(value, where, _RESULT, (), "2.4.5")


_RESULT: dict[str, Check] = {
    "score": _score,
    "success": boolean,
    "completion": boolean,
    "response": text,
    "duration": duration,
    "extensions": extensions,
}

# --- context ------------------------------------------------------------------------------------


def _one_or_many(value: Any, where: str) -> Problems:
    # xAPI 1.0.3 Data 2.4.6.2: a single activity may stand without its array.
    yield from array(activity)(value, where) if isinstance(value, list) else activity(value, where)


def _context_activities(value: Any, where: str) -> Problems:
    known: dict[str, Check] = {name: _one_or_many for name in ("parent", "grouping", "category", "other")}
    yield from fields(value, where, known, (), "2.4.6.2")


def _relevant_types(value: Any, where: str) -> Problems:
    yield from array(iri)(value, where)
    if value == []:
        yield problem("empty-array", where, "It names no type.", "Name one, or leave it out.", "(2.0) 4.2.7.4")


def _contextual(kind: str, key: str, check: Check) -> Check:
    """xAPI 2.0 4.2.7: an agent or group with the types that make it relevant."""
    known: dict[str, Check] = {"objectType": one_of(frozenset({kind}), "(2.0) 4.2.7.4"), key: check, "relevantTypes": _relevant_types}

    def checked(value: Any, where: str) -> Problems:
        yield from fields(value, where, known, ("objectType", key), "(2.0) 4.2.7.4")

    return array(checked)


_CONTEXT_103: dict[str, Check] = {
    "registration": uuid,
    "instructor": actor,
    "team": group,
    "contextActivities": _context_activities,
    "revision": text,
    "platform": text,
    "language": language_tag,
    "statement": _reference,
    "extensions": extensions,
}
_CONTEXT: dict[Edition, dict[str, Check]] = {
    "1.0.3": _CONTEXT_103,
    "2.0.0": _CONTEXT_103
    | {"contextAgents": _contextual("contextAgent", "agent", agent), "contextGroups": _contextual("contextGroup", "group", group)},
}


def _context(edition: Edition) -> Check:
    def check(value: Any, where: str) -> Problems:
        yield from fields(value, where, _CONTEXT[edition], (), "2.4.6")

    return check


# --- attachments --------------------------------------------------------------------------------


def _attachment(value: Any, where: str) -> Problems:
    yield from fields(value, where, _ATTACHMENT, ("usageType", "display", "contentType", "length", "sha2"), "2.4.11")


_ATTACHMENT: dict[str, Check] = {
    "usageType": iri,
    "display": language_map,
    "description": language_map,
    "contentType": media_type,
    "length": length,
    "sha2": sha2,
    "fileUrl": iri,
}

# --- the statement ------------------------------------------------------------------------------


def _version(value: Any, where: str) -> Problems:
    yield from text(value, where)
    if isinstance(value, str) and not (value == "1.0" or value.startswith(("1.0.", "2.0."))):
        yield problem("unknown-version", where, f"{value[:20]!r} is not a version of xAPI that is known here.", "Leave it out.", "2.4.10")


def _said(edition: Edition, object_kinds: dict[str, Check]) -> dict[str, Check]:
    """The properties that a statement and a SubStatement share."""
    return {
        "actor": actor,
        "verb": _verb,
        "object": _object(object_kinds),
        "result": _result,
        "context": _context(edition),
        "timestamp": timestamp,
        "attachments": array(_attachment),
    }


_OBJECTS: dict[str, Check] = {"Activity": activity, "Agent": agent, "Group": group, "StatementRef": _reference}
_EDITIONS: tuple[Edition, ...] = ("1.0.3", "2.0.0")
# A SubStatement holds no SubStatement (2.4.4.3).
_SUBSTATEMENT = {edition: _said(edition, _OBJECTS) | {"objectType": text} for edition in _EDITIONS}
_STATEMENT: dict[Edition, dict[str, Check]] = {
    edition: _said(edition, _OBJECTS | {"SubStatement": _substatement(edition)})
    | {"id": uuid, "stored": timestamp, "authority": authority, "version": _version}
    for edition in _EDITIONS
}


def _across(value: Any, where: str) -> Problems:
    """What no property can tell alone: revision and platform need an activity (2.4.6)."""
    if not isinstance(value, dict) or not isinstance(value.get("context"), dict) or not isinstance(value.get("object"), dict):
        return
    if value["object"].get("objectType", "Activity") == "Activity":
        return
    for name in ("revision", "platform"):
        if name in value["context"]:
            message = f"{name!r} may only stand where the object is an activity."
            yield problem("misplaced-property", path(path(where, "context"), name), message, "Remove it.", "2.4.6")


def _voiding(value: Any) -> Problems:
    verb, target = (value.get("verb"), value.get("object")) if isinstance(value, dict) else (None, None)
    if not isinstance(verb, dict) or verb.get("id") != VOIDED:
        return
    if not isinstance(target, dict) or target.get("objectType") != "StatementRef":
        yield problem("wrong-voiding", "object", "What is voided is named by a StatementRef.", "Send a StatementRef.", "2.3.2")
