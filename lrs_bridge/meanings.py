"""What a raw statement says about an activity, by the table in `meanings.yaml`.

Everything here reads what outsiders sent: a value of the wrong kind counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator
from ruamel.yaml import YAML

from lrs_bridge.credit.model import Stored
from scorm_packager.activity import vocabulary

Meaning = Literal[
    "opened", "read", "disclosed", "answered", "submitted", "finished", "rated", "evaluated", "committed", "claimed", "declined", "voided",
]  # fmt: skip


class Row(BaseModel):
    """One way of saying one thing; the columns are explained at the head of `meanings.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: Meaning
    verb: tuple[str, ...]
    type: tuple[str, ...] = ()
    path: str | None = None
    parent: str | None = None
    category: str | None = None
    scored_by: Literal["bridge", "package"] = "bridge"
    vocabulary: str
    source: str

    @field_validator("verb", "type", mode="before")
    @classmethod
    def _iris(cls, value: object) -> tuple[str, ...]:
        names = value if isinstance(value, list) else [value]
        return tuple(_iri(name) for name in names)

    @field_validator("category", mode="before")
    @classmethod
    def _category_iri(cls, value: object) -> str | None:
        return None if value is None else _iri(value)


def _iri(name: object) -> str:
    """A vocabulary constant's IRI, or the full IRI as given; anything else is a mistake in the table."""
    text = str(name)
    found = vocabulary.for_the_player().get(text, text)
    if "://" not in found:
        raise ValueError(f"{text!r} is neither a constant of vocabulary.py nor an IRI")
    return found


@dataclass(frozen=True, slots=True)
class Table:
    by_verb: Mapping[str, tuple[Row, ...]]

    @classmethod
    def of(cls, rows: tuple[Row, ...]) -> Table:
        verbs = {verb for row in rows for verb in row.verb}
        return cls({verb: tuple(row for row in rows if verb in row.verb) for verb in verbs})


def parse(text: str) -> Table:
    """Raises pydantic's ValidationError when a row is malformed."""
    data = YAML(typ="safe", pure=True).load(text)
    return Table.of(tuple(Row.model_validate(row) for row in data["meanings"]))


@cache
def shipped() -> Table:
    return parse(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))


def read(raw: Mapping[str, Any], *, origin: str, stored: datetime, activity: str, table: Table | None = None) -> Stored | None:
    """What the statement says about `activity`, or None when it says nothing that credit or outcomes depend on."""
    for row in (table or shipped()).by_verb.get(_text(raw, "verb", "id") or "", ()):
        captured = _fit(row, raw, activity)
        if captured is not None:
            return _stored(row, raw, captured, origin, stored)
    return None


# --- does a row fit? ----------------------------------------------------------------------------


def _fit(row: Row, raw: Mapping[str, Any], activity: str) -> dict[str, str] | None:
    """What the row's paths captured, or None."""
    if row.category and row.category not in _context_ids(raw, "category"):
        return None
    if row.type and _text(raw, "object", "definition", "type") not in row.type:
        return None
    captured = _capture(row.path, _text(raw, "object", "id") or "", activity)
    if captured is None or row.parent is None:
        return captured
    parents = (_capture(row.parent, parent, activity) for parent in _context_ids(raw, "parent"))
    found = next((parent for parent in parents if parent is not None), None)
    return None if found is None else captured | found


def _capture(path: str | None, iri: str, activity: str) -> dict[str, str] | None:
    if path is None:
        return {"object": iri}
    if path == ".":
        return {} if iri == activity else None
    if not iri.startswith(activity + "/"):
        return None
    wanted, given = path.split("/"), iri[len(activity) + 1 :].split("/")
    if len(wanted) != len(given) or not all(map(_segment_fits, wanted, given)):
        return None
    return {name[1:-1]: value for name, value in zip(wanted, given, strict=True) if name.startswith("{")}


def _segment_fits(wanted: str, given: str) -> bool:
    if wanted == "{assessment}":
        return given in ("pre", "post")
    return bool(given) if wanted.startswith("{") else wanted == given


# --- reading what was sent ----------------------------------------------------------------------


def _stored(row: Row, raw: Mapping[str, Any], captured: Mapping[str, str], origin: str, stored: datetime) -> Stored:
    context, result = _extensions(raw, "context"), _extensions(raw, "result")
    return Stored(
        id=(_text(raw, "id") or "").lower(),
        registration=(_text(raw, "context", "registration") or "").lower(),
        stored=stored,
        timestamp=_time(_text(raw, "timestamp")) or stored,
        meaning=row.means,
        origin=origin,
        sequence=_count(context.get(vocabulary.EXT_SEQUENCE)),
        object=captured.get("object", "").lower() if row.means == "voided" else captured.get("object", ""),
        assessment=captured.get("assessment", ""),
        attempt=_count(context.get(vocabulary.EXT_ATTEMPT)) or 1,
        response=_text(raw, "result", "response"),
        success=_flag(_at(raw, "result", "success")),
        score=_scaled(_at(raw, "result", "score", "scaled")),
        seconds=_seconds(_text(raw, "result", "duration")),
        amount=_as_text(result.get(vocabulary.EXT_AMOUNT)),
        text_hash=_as_text(context.get(vocabulary.EXT_TEXT_HASH)),
        strength=_count(result.get(vocabulary.EXT_STRENGTH)),
        revision=_text(raw, "context", "revision") or "",
        scored_by=row.scored_by,
    )


def _at(raw: Any, *path: str) -> Any:
    for name in path:
        if not isinstance(raw, Mapping):
            return None
        raw = raw.get(name)
    return raw


def _text(raw: Any, *path: str) -> str | None:
    return _as_text(_at(raw, *path))


def _as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    # A JSON number beyond 2^53 is no count that a player made.
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53 else None


def _scaled(value: Any) -> str | None:
    # xAPI 1.0.3 Data 2.4.5.1: a scaled score is from -1 to 1; NaN fails the comparison too.
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) and -1 <= value <= 1 else None


def _extensions(raw: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = _at(raw, part, "extensions")
    return found if isinstance(found, Mapping) else {}


def _context_ids(raw: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    found = _at(raw, "context", "contextActivities", kind)
    activities = found if isinstance(found, list) else [found]  # xAPI 1.0.3 Data 2.4.6.2: a single activity may stand alone
    return tuple(_texts(activities))


def _texts(activities: list[Any]) -> Iterator[str]:
    for activity in activities:
        iri = _text(activity, "id")
        if iri is not None:
            yield iri


def _time(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,6})D)?(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,10})(?:\.\d+)?S)?)?", re.ASCII
)


def _seconds(text: str | None) -> int | None:
    """Whole seconds of an ISO 8601 duration without years, months or weeks (they have no fixed length, or no use here)."""
    match = _DURATION.fullmatch(text or "")
    if match is None or text in ("P", "PT"):
        return None
    days, hours, minutes, seconds = (int(match[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
