"""Reading a request's parameters: each has a reader, and everything that is wrong with any of them is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lrs_bridge.refusals import Malformed
from lrs_bridge.times import text_of
from lrs_bridge.xapi import actors, checks, formats
from lrs_bridge.xapi.parse import value_of
from scorm_packager.activity.problems import Place, Problem

# Takes a parameter's name and text, gives its value, and raises `Malformed` when it has none.
Reader = Callable[[str, str], Any]

_RESOURCES = "xAPI 1.0.3 Communication 2"
_MOST_DIGITS = 9


def read(given: Iterable[tuple[str, str]], required: Mapping[str, Reader], optional: Mapping[str, Reader]) -> dict[str, Any]:
    """The values of the parameters that were given. Raises `Malformed` for those that are unknown, missing, repeated or malformed."""
    pairs = list(given)
    readers = {**required, **optional}
    found: dict[str, Any] = {}
    problems = [*_strange(pairs, readers), *_repeated(pairs), *_missing(pairs, required)]
    for name, text in pairs:
        if name not in readers:
            continue
        try:
            found[name] = readers[name](name, text)
        except Malformed as error:
            problems += error.problems
    if problems:
        raise Malformed(tuple(problems))
    return found


def _strange(pairs: Iterable[tuple[str, str]], readers: Mapping[str, Reader]) -> Iterable[Problem]:
    known = f"Send only {', '.join(sorted(readers))}." if readers else "Send none."
    for name in sorted({name for name, _ in pairs if name not in readers}):
        message = f"{name[:60]!r} is not a parameter here; letters' case counts."
        yield Problem("unknown-parameter", Place(name[:60]), message, known, source="xAPI 1.0.3 Communication 3.2")


def _repeated(pairs: list[tuple[str, str]]) -> Iterable[Problem]:
    counts = Counter(name for name, _ in pairs)
    for name in sorted(name for name, count in counts.items() if count > 1) if len(counts) < len(pairs) else ():
        yield Problem("repeated-parameter", Place(name[:60]), f"{name[:60]!r} is given more than once.", "Send it once.", source=_RESOURCES)


def _missing(pairs: list[tuple[str, str]], required: Mapping[str, Reader]) -> Iterable[Problem]:
    names = {name for name, _ in pairs}
    for name in required:
        if name not in names:
            yield Problem("missing-parameter", Place(name), f"The parameter {name!r} is missing.", "Send it.", source=_RESOURCES)


# --- readers ------------------------------------------------------------------------------------


def _malformed(name: str, wanted: str) -> Malformed:
    message = f"The parameter {name!r} is not {wanted}."
    return Malformed((Problem("malformed-parameter", Place(name), message, f"Send {wanted}.", source=_RESOURCES),))


def text(name: str, given: str) -> str:
    """Any text but an empty one, without the character that no database takes."""
    if not given or "\x00" in given:
        raise _malformed(name, "a text")
    return given


def iri(name: str, given: str) -> str:
    if not formats.is_iri(given):
        raise _malformed(name, "an IRI with a scheme")
    return given


def uuid(name: str, given: str) -> str:
    """In lower case."""
    if not formats.is_uuid(given):
        raise _malformed(name, "a UUID")
    return given.lower()


def moment(name: str, given: str) -> str:
    """In UTC, as the store keeps times; what is finer than a millisecond is cut off."""
    # A plus sign that was not encoded arrives as a blank.
    found = formats.moment(given) or formats.moment(given[:-6] + given[-6:].replace(" ", "+"))
    if found is None:
        raise _malformed(name, "an ISO 8601 timestamp")
    return text_of(found)


def boolean(name: str, given: str) -> bool:
    if given not in ("true", "false"):
        raise _malformed(name, "true or false")
    return given == "true"


def whole_number(name: str, given: str) -> int:
    """0 or above."""
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise _malformed(name, "a whole number, 0 or above")
    return int(given)


def one_of(*allowed: str) -> Reader:
    """One of these, in that very spelling."""

    def reader(name: str, given: str) -> str:
        if given not in allowed:
            raise _malformed(name, f"one of {', '.join(allowed)}")
        return given

    return reader


def agent(name: str, given: str) -> dict[str, Any]:
    """An agent as a JSON object, judged as in a statement."""
    return _judged(name, given, actors.agent)


def agent_or_group(name: str, given: str) -> dict[str, Any]:
    """An agent or an identified group, as the statements' filter takes them."""
    found = _judged(name, given, actors.actor)
    if actors.key_of(found) is None:
        raise _malformed(name, "an agent or a group with an identifier")
    return found


def _judged(name: str, given: str, check: checks.Check) -> dict[str, Any]:
    found = value_of(given.encode("utf-8", "surrogatepass"))
    problems = tuple(check(found, name))
    if problems:
        raise Malformed(problems)
    value: dict[str, Any] = found
    return value
