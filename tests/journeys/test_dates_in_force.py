"""A review of unchanged content moves the dates that packages show and obey, without a new package."""

from __future__ import annotations

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.visit import Visit
from tests.journeys.conftest import SHORT_ACTIVITY, built, hosting, stage
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")


def test_an_extended_activity_shows_its_new_last_day(browser, own_bridge, tmp_path):
    package = built(SHORT_ACTIVITY, own_bridge.url, tmp_path / "packages")
    own_bridge.command("review", package.definition.activity, "--reviewed", "2026-11-20", "--terminates", "2029-11-19", "--by", "Reviewer")
    with hosting("stand-in", package.files["scorm-1.2"], "scorm-1.2") as host:
        visit = Visit(stage(browser, host, package.definition, own_bridge), a_learner())
        visit.open()
        shown = visit.screen().locator('[data-slot="dates-in-force"]').inner_text()
        visit.close()
    assert "November 19, 2029" in shown


def test_an_activity_withdrawn_early_gives_no_credit_any_more(browser, own_bridge, tmp_path):
    package = built(SHORT_ACTIVITY, own_bridge.url, tmp_path / "packages")
    own_bridge.command("review", package.definition.activity, "--reviewed", "2026-11-20", "--terminates", "2026-11-20", "--by", "Reviewer")
    learner = a_learner(does={"claim": "decline"})
    said: list[str] = []

    def watch(visit: Visit, label: str) -> None:
        if label == "claim":
            said.append(visit.screen().inner_text())

    with hosting("stand-in", package.files["scorm-1.2"], "scorm-1.2") as host:
        rehearse(learner, stage(browser, host, package.definition, own_bridge, watch=watch))
    assert "November 20, 2026" in said[0]
    [record] = decided(own_bridge, learner, {"ama-pra-1"})
    assert record["outcome"] == "shortfall"
