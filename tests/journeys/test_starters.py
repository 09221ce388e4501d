"""Whatever an author starts from can be taken to its end, and the LMS is told so."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scorm_packager.activity.resources import templates
from scorm_packager.new import starters
from scorm_packager.rehearsal import BareHost, activity_of, packages
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.visit import Stage
from scorm_packager.stand_in.server import StandIn
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")

SHORTLY = ("video",)  # the others are pages or wrapped exports, which other journeys take
EVERY = [pytest.param(key, marks=() if key in SHORTLY else pytest.mark.long) for key in starters(templates())]


@pytest.mark.parametrize("starter", EVERY)
def test_a_starter_is_taken_to_its_end(browser: Browser, tmp_path: Path, starter: str) -> None:
    definition, folder = activity_of(templates() / "activities" / starter)
    package = packages(definition, folder, None, None, tmp_path, ("scorm-1.2",))[0]
    learner = a_learner(does={"post": [1.0], "claim": {"ama-pra-1": "maximum"}})
    with StandIn(package.file) as lms:
        visit = rehearse(learner, Stage(browser=browser, host=BareHost(lms), definition=definition))
        told = lms.cmi(learner.learner.id)
    assert visit.screens[-1] == "certificate"
    assert (told["cmi.core.lesson_status"], told["cmi.core.score.raw"]) == ("passed", "100")
