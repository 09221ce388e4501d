"""What other tools report, each in its own vocabulary: the table `elsewhere` in `meanings.yaml`, and a raw statement read by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator
from ruamel.yaml import YAML

from lrs_bridge.meanings import iri_of
from lrs_bridge.xapi import received

Says = Literal["completed", "passed", "failed", "assessed", "evaluated", "nothing"]


class ReportRow(BaseModel):
    """One way in which one tool reports; the columns are explained at the head of `meanings.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: Says
    verb: tuple[str, ...]
    type: tuple[str, ...] = ()
    object: str = ""
    category: str = ""
    category_type: str = ""
    result: tuple[Literal["completion", "success", "score"], ...] = ()
    about: Literal["object", "parent"] = "object"
    scored_by: Literal["package", "lms"] = "package"
    vocabulary: Literal["adl", "articulate", "captivate", "cmi5", "h5p", "moodle", "scorm-profile"]
    why: str = ""
    source: str
    verified: bool = True

    @field_validator("verb", "type", mode="before")
    @classmethod
    def _iris(cls, value: Any) -> tuple[str, ...]:
        return tuple(iri_of(name) for name in (value if isinstance(value, list) else [value]))

    @model_validator(mode="after")
    def _nothing_says_why(self) -> ReportRow:
        if (self.says == "nothing") != bool(self.why):
            raise ValueError("`why` goes with `says: nothing`, and only with it")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one tool says of one object of its own. `score` is a share of 1 as decimal text; `vocabulary` is whose words these are."""

    id: str
    stored: datetime
    timestamp: datetime
    origin: str
    object: str
    says: Says
    completion: bool | None
    success: bool | None
    score: str | None
    seconds: int | None
    vocabulary: str
    verified: bool
    scored_by: str

    @property
    def is_completed(self) -> bool:
        """A `passed` completes as well; a `completion: false` beside it takes that back."""
        return self.completion is True or (self.completion is None and self.says in ("completed", "passed", "assessed"))

    def is_passed(self, passing_score: float | None) -> bool:
        """By the score where there is one and a share to reach, else by the tool's own verdict."""
        if self.score is not None and passing_score is not None:
            return Fraction(self.score) >= Fraction(str(passing_score))
        return self.success is True or (self.success is None and self.says == "passed")

    @property
    def is_result(self) -> bool:
        """Whether it is the result of an assessment at all."""
        return self.says in ("passed", "failed") or (self.says == "assessed" and (self.score is not None or self.success is not None))


@cache
def shipped() -> tuple[ReportRow, ...]:
    return parse((Path(__file__).parent.parent / "meanings.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> tuple[ReportRow, ...]:
    """Raises pydantic's ValidationError when a row is malformed."""
    return tuple(ReportRow.model_validate(row) for row in YAML(typ="safe", pure=True).load(text)["elsewhere"])


def read(raw: Mapping[str, Any], *, origin: str, stored: datetime, rows: tuple[ReportRow, ...] | None = None) -> tuple[Report, ...]:
    """Every way in which the statement can be understood, the most particular first; nothing when it reports nothing."""
    return tuple(_reports(raw, origin, stored, shipped() if rows is None else rows))


def _reports(raw: Mapping[str, Any], origin: str, stored: datetime, rows: tuple[ReportRow, ...]) -> Iterator[Report]:
    for row in rows:
        if not fits(row, raw):
            continue
        if row.says == "nothing":
            return  # this tool's statement is understood: what more general rows would make of it does not count
        about = _about(row, raw)
        if about:
            yield _report(row, raw, about, origin, stored)


def is_any(raw: Mapping[str, Any]) -> bool:
    """Whether the statement reports anything at all."""
    row = next((row for row in shipped() if fits(row, raw)), None)
    return row is not None and row.says != "nothing"


# --- does a row fit? ----------------------------------------------------------------------------


def fits(row: ReportRow, raw: Mapping[str, Any]) -> bool:
    """Whether the statement is said in the way of this row."""
    return (
        received.text(raw, "verb", "id") in row.verb
        and (not row.type or received.text(raw, "object", "definition", "type") in row.type)
        and _is_like(row.object, (received.text(raw, "object", "id") or "",))
        and _is_like(row.category, received.context_ids(raw, "category"))
        and (not row.category_type or row.category_type in received.context_types(raw, "category"))
        and all(received.at(raw, "result", name) is not None for name in row.result)
    )


def _is_like(pattern: str, found: tuple[str, ...]) -> bool:
    """`*` at the beginning or the end of a pattern stands for anything."""
    if not pattern:
        return True
    bare = pattern.strip("*")
    if pattern.endswith("*"):
        return any(one.startswith(bare) for one in found)
    return any(one.endswith(bare) if pattern.startswith("*") else one == bare for one in found)


def _about(row: ReportRow, raw: Mapping[str, Any]) -> str:
    if row.about == "object":
        return received.text(raw, "object", "id") or ""
    return next(iter(received.context_ids(raw, "parent")), "")


def _report(row: ReportRow, raw: Mapping[str, Any], about: str, origin: str, stored: datetime) -> Report:
    return Report(
        id=(received.text(raw, "id") or "").lower(),
        stored=stored,
        timestamp=received.moment(received.text(raw, "timestamp")) or stored,
        origin=origin,
        object=about,
        says=row.says,
        completion=received.flag(received.at(raw, "result", "completion")),
        success=received.flag(received.at(raw, "result", "success")),
        score=received.score(received.at(raw, "result", "score")),
        seconds=received.seconds(received.text(raw, "result", "duration")),
        vocabulary=row.vocabulary,
        verified=row.verified,
        scored_by=row.scored_by,
    )
