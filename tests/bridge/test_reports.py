"""How the statements of other tools are understood: each file of tests/statements has a raw one and what is read from it.

`expected` lists every way of understanding it, the most particular first; a file says only what it is about.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError
from ruamel.yaml import YAML

from lrs_bridge.other_tools import reports
from lrs_bridge.other_tools.reports import Report
from scorm_packager.activity.model import Tool

STATEMENTS = sorted((Path(__file__).parent.parent / "statements").glob("*.yaml"))
STORED = datetime(2026, 12, 4, 16, 0, 2, tzinfo=UTC)


def read(raw: dict[str, Any]) -> tuple[Report, ...]:
    return reports.read(raw, origin="upstream", stored=STORED)


def shown(report: Report) -> dict[str, Any]:
    names = ("says", "object", "vocabulary", "verified", "scored_by", "score", "seconds")
    return {name: getattr(report, name) for name in names} | {"completed": report.is_completed, "passed": report.is_passed(None)}


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_a_statement_of_another_tool_says_what_its_file_says(path: Path) -> None:
    said = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))

    found = [shown(report) for report in read(said["raw"])]

    assert [{name: one[name] for name in wanted} for one, wanted in zip(found, said["expected"], strict=True)] == said["expected"]


def test_every_row_of_the_table_is_met_by_a_statement() -> None:
    raws = [YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["raw"] for path in STATEMENTS]

    unmet = [row for row in reports.shipped() if not any(reports.fits(row, raw) for raw in raws)]

    assert [(row.vocabulary, row.says, row.verb) for row in unmet] == []


def test_an_activity_can_name_every_tool_that_is_understood() -> None:
    assert {row.vocabulary for row in reports.shipped()} == set(get_args(Tool))


def test_a_score_bears_a_verdict_out_or_does_not() -> None:
    (report,) = read(
        {"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}, "object": {"id": "a:b"}, "result": {"score": {"scaled": 0.79}}}
    )

    assert not report.is_passed(0.8)
    assert report.is_passed(0.79)
    assert report.is_passed(None)


def test_a_row_that_says_nothing_says_why() -> None:
    with pytest.raises(ValidationError):
        reports.parse("elsewhere: [{says: nothing, verb: PASSED, vocabulary: adl, source: here}]")


_JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(["id", "definition", "score", "raw", "max", "min", "scaled", "parent", "category"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(verb=some.sampled_from([verb for row in reports.shipped() for verb in row.verb]), object=_JSON, result=_JSON, context=_JSON)
def test_nothing_that_is_sent_breaks_the_reading(verb: str, object: Any, result: Any, context: Any) -> None:
    for report in read({"id": 7, "verb": {"id": verb}, "object": object, "result": result, "context": {"contextActivities": context}}):
        assert report.object
        assert report.score is None or -1 <= float(report.score) <= 1
