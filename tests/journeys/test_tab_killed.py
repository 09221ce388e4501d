"""The tab is killed at every screen in turn; the learner comes back on another device, and nothing given is lost."""

from __future__ import annotations

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from tests.journeys.conftest import hosting, stage
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")

SCREENS = ["front-matter", "disclosure", "profession", "pre-assessment", "content:1", "post-assessment", "evaluation", "claim"]


def test_a_tab_killed_after_each_screen_costs_nothing(browser, bridge, short):
    learner = a_learner(happens=[{"after": screen, "event": "tab killed", "return": "another device"} for screen in SCREENS])
    with hosting("stand-in", short.files["scorm-1.2"], "scorm-1.2") as host:
        visit = rehearse(learner, stage(browser, host, short.definition, bridge))
    [record] = decided(bridge, learner, {"ama-pra-1"})
    assert (record["outcome"], record["awarded"]) == ("award", "0.25")
    assert visit.attempt == 1


@pytest.mark.parametrize("at", ["pre-assessment", "post-assessment"])
def test_answers_given_before_a_kill_are_there_on_the_next_device(browser, bridge, long, at):
    learner = a_learner(does={"claim": "decline"})
    seen: dict[str, object] = {}

    def watch(visit, label):
        if label not in (f"{at}-item", f"{at}-1-item") or "answered" in seen:
            return
        seen["answered"] = _answer_shown(visit)
        visit.kill_tab()
        visit.forget_device()
        visit.open()
        _through_profession(visit)
        seen["key"], seen["again"] = visit.key(), _answer_shown(visit)

    with hosting("stand-in", long.files["scorm-2004-3"], "scorm-2004-3") as host:
        rehearse(learner, stage(browser, host, long.definition, bridge, watch=watch))
    assert seen["key"] == at
    assert seen["again"] == seen["answered"] != ""


def _answer_shown(visit) -> str:
    """What stands in the item in view: the first item of the example is a number."""
    return visit.screen().locator("[data-item] input").input_value()


def _through_profession(visit) -> None:
    if visit.key() == "profession":
        visit.screen().locator('input[value="physician"]').check()
        visit.press("continue")
