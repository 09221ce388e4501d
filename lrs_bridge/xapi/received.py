"""Reading what outsiders sent: each function gives one value of a raw statement, and a value of the wrong kind counts as not given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from lrs_bridge.xapi import formats


def at(raw: Any, *path: str) -> Any:
    for name in path:
        if not isinstance(raw, Mapping):
            return None
        raw = raw.get(name)
    return raw


def text(raw: Any, *path: str) -> str | None:
    return as_text(at(raw, *path))


def as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def count(value: Any) -> int | None:
    # A JSON number beyond 2^53 is no count that a player made.
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53 else None


def scaled(value: Any) -> str | None:
    # xAPI 1.0.3 Data 2.4.5.1: a scaled score is from -1 to 1; NaN fails the comparison too.
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) and -1 <= value <= 1 else None


def score(value: Any) -> str | None:
    """A score as a share of 1: scaled where it is given, else what raw is between min (0 when not given) and max."""
    found = scaled(at(value, "scaled"))
    if found is not None:
        return found
    raw, least, most = (_number(at(value, name)) for name in ("raw", "min", "max"))
    low = least or Decimal(0)
    if raw is None or most is None or not low <= raw <= most or low == most:
        return None
    # Cut, not rounded: a score just under the level does not reach it.
    return f"{((raw - low) / (most - low)).quantize(Decimal('0.0001'), ROUND_DOWN).normalize():f}"


def _number(value: Any) -> Decimal | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number and abs(value) < 10**9 else None


def extensions(raw: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = at(raw, part, "extensions")
    return found if isinstance(found, Mapping) else {}


def context_ids(raw: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    return tuple(_texts(raw, kind, "id"))


def context_types(raw: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    return tuple(_texts(raw, kind, "definition", "type"))


def _texts(raw: Mapping[str, Any], kind: str, *path: str) -> Iterator[str]:
    found = at(raw, "context", "contextActivities", kind)
    # xAPI 1.0.3 Data 2.4.6.2: a single activity may stand alone.
    for activity in found if isinstance(found, list) else [found]:
        said = text(activity, *path)
        if said is not None:
            yield said


def moment(text: str | None) -> datetime | None:
    return None if text is None else formats.moment(text)


_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,6})D)?(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,10})(?:\.\d+)?S)?)?", re.ASCII
)


def seconds(text: str | None) -> int | None:
    """Whole seconds of an ISO 8601 duration without years, months or weeks (they have no fixed length, or no use here)."""
    match = _DURATION.fullmatch(text or "")
    if match is None or text in ("P", "PT"):
        return None
    days, hours, minutes, seconds = (int(match[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
