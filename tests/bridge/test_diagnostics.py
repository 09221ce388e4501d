"""Staff see what packages report of an LMS; a report is anybody's, and is shown so that it can do no harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from lrs_bridge.cli import main
from lrs_bridge.launching import diagnostics
from lrs_bridge.store import diagnostics as store
from lrs_bridge.store.diagnostics import Kept
from lrs_bridge.store.engine import reading
from tests.bridge.builders import ABridge

A_REPORT = {
    "format": "scorm-1.2", "connection": "online", "unsent": 2, "lms": {"saved": "notSaved"},
    "odd": [{"code": "saved-state-cut", "evidence": "1000 of 2217", "times": 1}],
}  # fmt: skip


def sent(here: ABridge, report: Any, token: str | None = None) -> None:
    assert here.client.post("/launch/diagnostics", json={"report": report, **({"token": token} if token else {})}).status_code == 204


def found(here: ABridge, site: str | None = None) -> list[diagnostics.Reported]:
    with reading(here.bridge.engine) as connection:
        return [diagnostics.read(kept) for kept in store.newest(connection, site=site, limit=50)]


def test_it_works(here: ABridge) -> None:
    sent(here, A_REPORT, here.launched().answer["token"])
    [one] = found(here)
    assert (one.site, one.format, one.connection, one.saved, one.unsent) == ("northfield", "scorm-1.2", "online", "notSaved", 2)
    assert one.odd == (diagnostics.Oddity("saved-state-cut", "1000 of 2217"),)


def test_the_newest_comes_first(here: ABridge) -> None:
    for number in range(3):
        sent(here, {**A_REPORT, "unsent": number})
    assert [one.unsent for one in found(here)] == [2, 1, 0]


def test_shows_one_sites_alone(here: ABridge) -> None:
    sent(here, A_REPORT, here.launched().answer["token"])
    sent(here, A_REPORT)
    assert [one.site for one in found(here, "northfield")] == ["northfield"]
    assert found(here, "elsewhere") == []


HOSTILE: list[Any] = [
    None, 1, "text", [], {}, {"odd": None}, {"odd": {"code": "x"}}, {"odd": [1, None, {"code": 1}, {"code": "Not A Code"}]},
    {"lms": "x", "unsent": "many", "format": [], "connection": {}},
]  # fmt: skip


@pytest.mark.parametrize("report", HOSTILE, ids=json.dumps)
def test_anything_can_be_read(report: Any) -> None:
    read = diagnostics.read(Kept("2026-12-04T15:00:00.000Z", None, None, json.dumps(report)))
    assert (read.odd, read.told) == ((), report)


def test_no_control_character_reaches_a_terminal() -> None:
    report = {"format": "\x1b[2J", "odd": [{"code": "late", "evidence": "\x1b]0;x\x07\u009b\u202e" + "y" * 500}]}
    read = diagnostics.read(Kept("2026-12-04T15:00:00.000Z", None, None, json.dumps(report)))
    shown = read.format + read.odd[0].evidence
    assert {sign for sign in shown if not sign.isprintable()} <= {"\ufffd"}
    assert len(read.odd[0].evidence) == 120


def test_the_command_says_that_there_is_nothing_yet(tmp_path: Any) -> None:
    environment = {"LRS_BRIDGE_DATA": str(tmp_path / "data"), "LRS_BRIDGE_PUBLIC_URL": "https://bridge.northfield.example"}
    runner = CliRunner()
    assert runner.invoke(main, ["init"], env=environment).exit_code == 0
    assert "No reports yet." in runner.invoke(main, ["diagnostics"], env=environment).output
    assert json.loads(runner.invoke(main, ["diagnostics", "--json"], env=environment).output) == []
