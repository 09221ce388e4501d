"""A second reading of the standard: what a statement must be, written from the clauses alone and sharing nothing with the bridge.

It stops at the first clause that is broken. `xAPI 1.0.3 Data` counts the clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

Judge = Callable[[Any], None]


class Broken(Exception):
    """The clause that a statement breaks."""


def broken(value: Any, edition: str) -> str | None:
    """The first clause that keeps the value from being a statement; None when there is none."""
    try:
        _Reading(edition).statement(value)
    except Broken as found:
        return str(found)
    return None


def _must(holds: bool, clause: str) -> None:
    if not holds:
        raise Broken(clause)


# --- formats ------------------------------------------------------------------------------------


def _text(value: Any) -> None:
    _must(isinstance(value, str), "2.2 string")


def _like(pattern: str, clause: str, flags: int = 0) -> Judge:
    compiled = re.compile(pattern, flags)

    def judge(value: Any) -> None:
        _text(value)
        _must(compiled.fullmatch(value) is not None, clause)

    return judge


# RFC 3987: a scheme, a colon, and no character that must be escaped.
iri = _like(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20\x7f<>\"{}|\\^`\s]+", "2.2 IRI")
mailto = _like(r"mailto:[^\s@<>]+@[^\s@<>]+", "2.4.2.3 mbox")
sha1 = _like(r"[0-9a-fA-F]{40}", "2.4.2.3 sha1")
uuid = _like(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}", "4.4 UUID")
sha2 = _like(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})", "2.4.11 sha2")
version = _like(r"1\.0(?:\..*)?|2\.0\..*", "2.4.10 version", re.DOTALL)
media_type = _like(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", "2.4.11 contentType", re.ASCII)
_DURATION = re.compile(r"P(?:([\d.,]+)W|((?:[\d.,]+[YMD])*)(?:T((?:[\d.,]+[HMS])+))?)", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


def duration(value: Any) -> None:
    _text(value)
    found = _DURATION.fullmatch(value)
    _must(found is not None and value not in ("P", "PT"), "4.6 duration")
    for part, order in ((found[2], "YMD"), (found[3], "HMS")):  # type: ignore[index]
        units = [letter for letter in part or "" if letter in order]
        _must(units == sorted(set(units), key=order.index), "4.6 order of units")
    numbers = [each for each in re.split(r"[PTYMWDHS]+", value) if each]
    _must(bool(numbers) and all(_NUMBER.fullmatch(each) for each in numbers), "4.6 numbers")


def timestamp(value: Any) -> None:
    _text(value)
    found = _STAMP.fullmatch(value)
    _must(found is not None, "4.5 form")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])  # type: ignore[union-attr]
    try:
        date(year, month, day)
    except ValueError:
        raise Broken("4.5 date") from None
    _must(hour < 24 and minute < 60 and second < 60, "4.5 time")
    zone = found[7] or "Z"  # type: ignore[index]
    digits = zone[1:].replace(":", "").ljust(4, "0") if zone not in "Zz" else "0000"
    _must(int(digits[:2]) < 24 and int(digits[2:]) < 60, "4.5 zone")
    _must(not (zone.startswith("-") and digits == "0000"), "4.5 unknown zone")
    # A moment is given back in UTC, whose years have four digits too.
    ahead = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if zone.startswith("-") else 1)
    since_midnight = hour * 60 + minute
    _must((year, month, day) != (1, 1, 1) or since_midnight >= ahead, "4.5 before all years")
    _must((year, month, day) != (9999, 12, 31) or since_midnight - ahead < 24 * 60, "4.5 after all years")


def language(value: Any) -> None:
    """RFC 5646 2.1, piece by piece."""
    _text(value)
    _must(value.isascii() and bool(value), "4.2 tag")
    pieces = value.lower().split("-")
    _must(all(1 <= len(piece) <= 8 and piece.isalnum() for piece in pieces), "4.2 subtags")
    if pieces[0] in ("x", "i"):
        _must(len(pieces) > 1, "4.2 private or grandfathered")
        _must(pieces[0] == "x" or (len(pieces) == 2 and pieces[1].isalpha()), "4.2 grandfathered")
        return
    rest = _after_language(pieces)
    if rest and len(rest[0]) == 4 and rest[0].isalpha():
        rest = rest[1:]
    if rest and ((len(rest[0]) == 2 and rest[0].isalpha()) or (len(rest[0]) == 3 and rest[0].isdigit())):
        rest = rest[1:]
    while rest and (len(rest[0]) >= 5 or (len(rest[0]) == 4 and rest[0][0].isdigit())):
        rest = rest[1:]
    _extensions_of_a_tag(rest)


def _after_language(pieces: list[str]) -> list[str]:
    head, rest = pieces[0], pieces[1:]
    _must(head.isalpha() and 2 <= len(head) <= 8, "4.2 language")
    extended = 0
    while len(head) <= 3 and extended < 3 and rest and len(rest[0]) == 3 and rest[0].isalpha():
        rest, extended = rest[1:], extended + 1
    return rest


def _extensions_of_a_tag(rest: list[str]) -> None:
    seen: set[str] = set()
    while rest:
        singleton, rest = rest[0], rest[1:]
        _must(len(singleton) == 1 and singleton not in seen, "4.2 singleton")
        seen.add(singleton)
        most = 0
        while rest and (singleton == "x" or len(rest[0]) > 1):
            rest, most = rest[1:], most + 1
        _must(most > 0, "4.2 empty extension")


# --- shapes -------------------------------------------------------------------------------------


def _boolean(value: Any) -> None:
    _must(isinstance(value, bool), "2.2 boolean")


def _number(value: Any) -> None:
    _must(isinstance(value, int | float) and not isinstance(value, bool), "2.2 number")


def _length(value: Any) -> None:
    _must(isinstance(value, int) and not isinstance(value, bool) and value >= 0, "2.4.11 length")


def _exactly(*allowed: str) -> Judge:
    def judge(value: Any) -> None:
        _must(isinstance(value, str) and value in allowed, "2.2 enumerated")

    return judge


def _list(each: Judge) -> Judge:
    def judge(value: Any) -> None:
        _must(isinstance(value, list), "2.2 array")
        for one in value:
            each(one)

    return judge


def _map(key: Judge, each: Judge) -> Judge:
    def judge(value: Any) -> None:
        _must(isinstance(value, dict), "2.2 object")
        for name, one in value.items():
            key(name)
            each(one)

    return judge


def _object(value: Any, known: dict[str, Judge], needed: str = "") -> None:
    _must(isinstance(value, dict), "2.2 object")
    _must(set(needed.split()) <= set(value), f"needs {needed}")
    for name, one in value.items():
        _must(name in known, f"2.2 unknown property {name!r}")
        known[name](one)


words = _map(language, _text)
anything = _map(iri, lambda value: None)

# --- actors and objects -------------------------------------------------------------------------


def _account(value: Any) -> None:
    _object(value, {"homePage": iri, "name": _text}, "homePage name")


_KNOWN_BY: dict[str, Judge] = {"mbox": mailto, "mbox_sha1sum": sha1, "openid": iri, "account": _account}


def agent(value: Any) -> None:
    _object(value, {"objectType": _exactly("Agent"), "name": _text, **_KNOWN_BY})
    _must(len(set(value) & set(_KNOWN_BY)) == 1, "2.4.2.1 one identifier")


def group(value: Any) -> None:
    _object(value, {"objectType": _exactly("Group"), "name": _text, "member": _list(agent), **_KNOWN_BY}, "objectType")
    identified = len(set(value) & set(_KNOWN_BY))
    _must(identified == 1 or (identified == 0 and "member" in value), "2.4.2.2 identifier or members")


def actor(value: Any) -> None:
    _must(isinstance(value, dict), "2.2 object")
    group(value) if value.get("objectType") == "Group" else agent(value)


def authority(value: Any) -> None:
    actor(value)
    if value.get("objectType") == "Group":
        _must(not set(value) & set(_KNOWN_BY) and len(value["member"]) == 2, "2.4.9 consumer and user")


_FOR_KINDS = {"choices": "choice sequencing", "scale": "likert", "source": "matching", "target": "matching", "steps": "performance"}
_KINDS = ["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"]


def _components(value: Any) -> None:
    _list(lambda one: _object(one, {"id": _text, "description": words}, "id"))(value)
    _must(len({one["id"] for one in value}) == len(value), "2.4.4.1 distinct ids")


def definition(value: Any) -> None:
    known: dict[str, Judge] = {"name": words, "description": words, "type": iri, "moreInfo": iri, "extensions": anything}
    known |= {"interactionType": _exactly(*_KINDS), "correctResponsesPattern": _list(_text)} | dict.fromkeys(_FOR_KINDS, _components)
    _object(value, known)
    for name in value.keys() & {"correctResponsesPattern", *_FOR_KINDS}:
        _must("interactionType" in value, "2.4.4.1 interactionType")
        _must(name not in _FOR_KINDS or value["interactionType"] in _FOR_KINDS[name].split(), "2.4.4.1 component list")


def activity(value: Any) -> None:
    _object(value, {"objectType": _exactly("Activity"), "id": iri, "definition": definition}, "id")


def reference(value: Any) -> None:
    _object(value, {"objectType": _exactly("StatementRef"), "id": uuid}, "objectType id")


def verb(value: Any) -> None:
    _object(value, {"id": iri, "display": words}, "id")


def attachment(value: Any) -> None:
    """One without bytes beside it: it says where they are."""
    known: dict[str, Judge] = {"usageType": iri, "display": words, "description": words, "contentType": media_type}
    _object(value, known | {"length": _length, "sha2": sha2, "fileUrl": iri}, "usageType display contentType length sha2 fileUrl")


def score(value: Any) -> None:
    _object(value, dict.fromkeys(("scaled", "raw", "min", "max"), _number))
    low, high, raw = value.get("min"), value.get("max"), value.get("raw")
    _must(-1 <= value.get("scaled", 0) <= 1, "2.4.5.1 scaled")
    _must(low is None or high is None or low < high, "2.4.5.1 min below max")
    _must(raw is None or ((low is None or low <= raw) and (high is None or raw <= high)), "2.4.5.1 raw")


def result(value: Any) -> None:
    known: dict[str, Judge] = {"score": score, "success": _boolean, "completion": _boolean, "response": _text}
    _object(value, known | {"duration": duration, "extensions": anything})


# --- statements ---------------------------------------------------------------------------------


class _Reading:
    """The parts that the editions differ in."""

    def __init__(self, edition: str) -> None:
        self.edition = edition

    def statement(self, value: Any) -> None:
        own: dict[str, Judge] = {"id": uuid, "stored": timestamp, "authority": authority, "version": version}
        self._said(value, own, deep=True)
        if value["verb"]["id"] == "http://adlnet.gov/expapi/verbs/voided":
            _must(value["object"].get("objectType") == "StatementRef", "2.3.2 voiding")

    def _said(self, value: Any, own: dict[str, Judge], *, deep: bool) -> None:
        told: dict[str, Judge] = {"result": result, "timestamp": timestamp, "attachments": _list(attachment)}
        told |= {"actor": actor, "verb": verb, "object": lambda one: self._object(one, deep=deep), "context": self._context}
        _object(value, told | own, "actor verb object")
        if value["object"].get("objectType", "Activity") != "Activity":
            _must(not {"revision", "platform"} & set(value.get("context", {})), "2.4.6 revision and platform")

    def _object(self, value: Any, *, deep: bool) -> None:
        _must(isinstance(value, dict), "2.2 object")
        kinds: dict[str, Judge] = {"Activity": activity, "Agent": agent, "Group": group, "StatementRef": reference}
        if deep:
            kinds["SubStatement"] = lambda one: self._said(one, {"objectType": _text}, deep=False)
        kind = value.get("objectType", "Activity")
        _must(isinstance(kind, str) and kind in kinds, "2.4.4 objectType")
        kinds[kind](value)

    def _context(self, value: Any) -> None:
        activities = dict.fromkeys(("parent", "grouping", "category", "other"), _activities)
        known: dict[str, Judge] = {"registration": uuid, "instructor": actor, "team": group, "revision": _text, "platform": _text}
        known |= {"language": language, "statement": reference, "extensions": anything}
        known["contextActivities"] = lambda one: _object(one, activities)
        if self.edition == "2.0.0":
            known |= {"contextAgents": _list(_contextual("agent", agent)), "contextGroups": _list(_contextual("group", group))}
        _object(value, known)


def _activities(value: Any) -> None:
    _list(activity)(value) if isinstance(value, list) else activity(value)


def _contextual(name: str, judge: Judge) -> Judge:
    def types(value: Any) -> None:
        _list(iri)(value)
        _must(bool(value), "IEEE 4.2.2.5 relevantTypes")

    kind = _exactly(f"context{name.capitalize()}")
    return lambda value: _object(value, {"objectType": kind, name: judge, "relevantTypes": types}, f"objectType {name}")
