"""Every screen of the example, as packaged, is without violations for axe; the whole way can be gone by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.visit import PHONE, Visit
from tests.journeys.conftest import hosting, stage
from tests.journeys.keyboard import Keys
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")

AXE = Path(__file__).parent.parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(browser, bridge, long, colours):
    found: list[str] = []
    seen: list[str] = []

    def watch(visit: Visit, label: str) -> None:
        seen.append(label)
        found.extend(f"{label}: {violation}" for violation in _violations(visit))

    learner = a_learner(
        does={"pre": 0.4, "post": [0.3, 1.0], "claim": {"ama-pra-1": "1.00", "abim-moc": "take"}},
        identifiers={"abim-id": "204517", "birth-month-day": "04-17"},
    )
    with hosting("stand-in", long.files["scorm-2004-3"], "scorm-2004-3") as host:
        rehearse(learner, stage(browser, host, long.definition, bridge, watch=watch, size=PHONE, colours=colours))
    assert found == []
    assert {
        "front-matter",
        "disclosure",
        "content-3",
        "post-assessment-1-result",
        "evaluation",
        "claim-filled",
        "certificate-decided",
    } <= set(seen)


def _violations(visit: Visit) -> list[str]:
    visit.root.locator("body").evaluate("(body, source) => { if (!globalThis.axe) (0, eval)(source); }", AXE.read_text(encoding="utf-8"))
    result = visit.root.locator("body").evaluate(
        "(body, tags) => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", STANDARD
    )
    return [f"{one['id']} at {one['nodes'][0]['target']}" for one in result["violations"]]


def test_the_whole_way_is_gone_by_keyboard_alone(browser, bridge, short):
    learner = a_learner()
    with hosting("stand-in", short.files["scorm-1.2"], "scorm-1.2") as host:
        visit = Visit(stage(browser, host, short.definition, bridge), learner)
        visit.open()
        Keys(visit).take_everything()
        visit.close()
    [record] = decided(bridge, learner, {"ama-pra-1"})
    assert (record["outcome"], record["awarded"]) == ("award", "0.25")
