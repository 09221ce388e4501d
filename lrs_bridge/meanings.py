"""What a raw statement says about an activity, by the table in `meanings.yaml`.

Everything here reads what outsiders sent: a value of the wrong kind counts as not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator
from ruamel.yaml import YAML

from lrs_bridge.credit.model import Stored
from lrs_bridge.xapi import received
from scorm_packager.activity import vocabulary

Meaning = Literal[
    "opened", "read", "disclosed", "answered", "practised", "closed", "reflected", "submitted", "finished", "rated", "evaluated",
    "committed", "claimed", "declined", "voided",
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
        return tuple(iri_of(name) for name in names)

    @field_validator("category", mode="before")
    @classmethod
    def _category_iri(cls, value: object) -> str | None:
        return None if value is None else iri_of(value)


def iri_of(name: object) -> str:
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
    for row in (table or shipped()).by_verb.get(received.text(raw, "verb", "id") or "", ()):
        captured = _fit(row, raw, activity)
        if captured is not None:
            return _stored(row, raw, captured, origin, stored)
    return None


# --- does a row fit? ----------------------------------------------------------------------------


def _fit(row: Row, raw: Mapping[str, Any], activity: str) -> dict[str, str] | None:
    """What the row's paths captured, or None."""
    if row.category and row.category not in received.context_ids(raw, "category"):
        return None
    if row.type and received.text(raw, "object", "definition", "type") not in row.type:
        return None
    captured = _capture(row.path, received.text(raw, "object", "id") or "", activity)
    if captured is None or row.parent is None:
        return captured
    parents = (_capture(row.parent, parent, activity) for parent in received.context_ids(raw, "parent"))
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
    context, result = received.extensions(raw, "context"), received.extensions(raw, "result")
    return Stored(
        id=(received.text(raw, "id") or "").lower(),
        registration=(received.text(raw, "context", "registration") or "").lower(),
        stored=stored,
        timestamp=received.moment(received.text(raw, "timestamp")) or stored,
        meaning=row.means,
        origin=origin,
        sequence=received.count(context.get(vocabulary.EXT_SEQUENCE)),
        object=captured.get("object", "").lower() if row.means == "voided" else captured.get("object", ""),
        assessment=captured.get("assessment", ""),
        attempt=received.count(context.get(vocabulary.EXT_ATTEMPT)) or 1,
        response=received.text(raw, "result", "response"),
        success=received.flag(received.at(raw, "result", "success")),
        score=received.scaled(received.at(raw, "result", "score", "scaled")),
        seconds=received.seconds(received.text(raw, "result", "duration")),
        amount=received.as_text(result.get(vocabulary.EXT_AMOUNT)),
        text_hash=received.as_text(context.get(vocabulary.EXT_TEXT_HASH)),
        strength=received.count(result.get(vocabulary.EXT_STRENGTH)),
        revision=received.text(raw, "context", "revision") or "",
        scored_by=row.scored_by,
    )
