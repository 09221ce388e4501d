"""Checks that are put together: each takes a value and where it stands, and yields everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lrs_bridge.xapi import formats
from scorm_packager.activity.problems import Place, Problem

Problems = Iterator[Problem]
Check = Callable[[Any, str], Problems]

_DATA = "xAPI 1.0.3 Data "
_KINDS = {type(None): "null", bool: "a boolean", str: "a string", int: "a number", float: "a number", list: "an array", dict: "an object"}


def problem(code: str, where: str, message: str, remedy: str, clause: str) -> Problem:
    """A problem at a property path such as `actor.account.homePage`; `clause` counts in the Data part."""
    return Problem(code, Place(where or "statement"), message, remedy, source=_DATA + clause)


def of_type(value: Any, where: str, kind: type | tuple[type, ...], name: str) -> Problems:
    """Nothing when the value has the type; JSON knows no number that is a boolean."""
    if isinstance(value, kind) and (not isinstance(value, bool) or kind is bool):
        return
    found = _KINDS[type(value)]
    yield problem("wrong-type", where, f"This must be {name}, and is {found}.", f"Send {name}, or leave the property out.", "2.2")


# --- strings ------------------------------------------------------------------------------------


def text(value: Any, where: str) -> Problems:
    return of_type(value, where, str, "a string")


def formatted(has_format: Callable[[str], bool], name: str, clause: str) -> Check:
    """A string that has the format called `name`."""

    def check(value: Any, where: str) -> Problems:
        if not isinstance(value, str):
            yield from text(value, where)
        elif not has_format(value):
            yield problem("malformed", where, f"{_shown(value)} is not {name}.", f"Send {name}.", clause)

    return check


def one_of(allowed: frozenset[str], clause: str) -> Check:
    """A string that is one of `allowed`, in that very spelling."""
    names = ", ".join(sorted(allowed))

    def check(value: Any, where: str) -> Problems:
        if not isinstance(value, str):
            yield from text(value, where)
        elif value not in allowed:
            yield problem("unknown-value", where, f"{_shown(value)} is not known here.", f"Use one of {names}.", clause)

    return check


def _shown(value: str) -> str:
    return repr(value if len(value) <= 80 else value[:77] + "...")


iri = formatted(formats.is_iri, "an IRI with a scheme", "4.3")
uuid = formatted(formats.is_uuid, "a UUID", "4.4")
timestamp = formatted(formats.is_timestamp, "an ISO 8601 timestamp with a known zone", "4.5")
duration = formatted(formats.is_duration, "an ISO 8601 duration", "4.6")
language_tag = formatted(formats.is_language_tag, "a language tag of RFC 5646", "4.2")
mailto = formatted(formats.is_mailto, "a mailto: IRI with one address", "2.4.2.3")
sha1 = formatted(formats.is_sha1, "the hex digits of a SHA-1", "2.4.2.3")
sha2 = formatted(formats.is_sha2, "the hex digits of a SHA-2", "2.4.11")
media_type = formatted(formats.is_media_type, "an Internet media type", "2.4.11")


# --- numbers and booleans -----------------------------------------------------------------------


def boolean(value: Any, where: str) -> Problems:
    return of_type(value, where, bool, "a boolean")


def number(value: Any, where: str) -> Problems:
    return of_type(value, where, (int, float), "a number")


def length(value: Any, where: str) -> Problems:
    if isinstance(value, bool) or not isinstance(value, int):
        yield from of_type(value, where, int, "a whole number")
    elif value < 0:
        yield problem("out-of-range", where, f"{value} is below 0.", "Send the length in octets.", "2.4.11")


# --- objects and arrays -------------------------------------------------------------------------


def array(each: Check) -> Check:
    def check(value: Any, where: str) -> Problems:
        if not isinstance(value, list):
            yield from of_type(value, where, list, "an array")
            return
        for index, member in enumerate(value):
            yield from each(member, f"{where}[{index}]")

    return check


def fields(value: Any, where: str, known: Mapping[str, Check], required: tuple[str, ...], clause: str) -> Problems:
    """An object with the known properties and no others, the required among them (xAPI 1.0.3 Data 2.2)."""
    if not isinstance(value, dict):
        yield from of_type(value, where, dict, "an object")
        return
    for name in required:
        if name not in value:
            yield problem("missing-property", path(where, name), f"{name!r} is required here.", "Add it.", clause)
    for name, member in value.items():
        yield from known.get(name, _unknown)(member, path(where, name))


def _unknown(_value: Any, where: str) -> Problems:
    remedy = "Remove it, or put it into extensions under an IRI; letters' case counts."
    yield problem("unknown-property", where, "xAPI has no such property here.", remedy, "2.2")


def language_map(value: Any, where: str) -> Problems:
    yield from _mapped(value, where, language_tag, text)


def extensions(value: Any, where: str) -> Problems:
    """Keys are IRIs; values are free, null included (xAPI 1.0.3 Data 4.1)."""
    yield from _mapped(value, where, iri, lambda _value, _where: iter(()))


def _mapped(value: Any, where: str, key: Check, each: Check) -> Problems:
    if not isinstance(value, dict):
        yield from of_type(value, where, dict, "an object")
        return
    for name, member in value.items():
        yield from key(name, f"{where} (the key {_shown(name)})")
        yield from each(member, path(where, name))


def path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
