"""With the bridge stopped the learner finishes all the same; what it did not hear arrives once, later, from the LMS's saved state alone."""

from __future__ import annotations

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.visit import Visit
from tests.journeys.conftest import SHORT_ACTIVITY, built, hosting, stage
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("format_key", ["scorm-1.2", "scorm-2004-3"])
def test_every_statement_arrives_once_when_the_bridge_is_back_from_the_lmss_saved_state_alone(browser, own_bridge, tmp_path, format_key):
    package = built(SHORT_ACTIVITY, own_bridge.url, tmp_path / "packages")
    learner = a_learner(happens=[{"after": "front-matter", "event": "bridge unreachable"}])
    last_words: list[str] = []
    with hosting("scorm-again", package.files[format_key], format_key) as host:
        own_bridge.stop()
        rehearse(learner, stage(browser, host, package.definition, own_bridge, watch=_keep_last_screen(last_words)))
        completed = host.data(learner.learner.id)
        own_bridge.start()
        visit = Visit(stage(browser, host, package.definition, own_bridge), learner)
        visit.open()
        _give_details_again(visit)
        stored = visit.root.locator('[data-slot="stored"]').inner_text()
        [record] = decided(own_bridge, learner, {"ama-pra-1"})
        visit.close()
    assert "still to be sent" in last_words[-1]
    assert "passed" in (completed.get("cmi.core.lesson_status"), completed.get("cmi.success_status"))
    assert (record["outcome"], record["awarded"]) == ("award", "0.25")
    assert "everything stored" in stored
    assert len(record["statements"]) == len(set(record["statements"]))


def test_without_any_bridge_the_package_is_a_good_scorm_package(browser, tmp_path):
    package = built(SHORT_ACTIVITY, None, tmp_path / "packages")
    learner = a_learner()
    last_words: list[str] = []
    with hosting("scorm-again", package.files["scorm-1.2"], "scorm-1.2") as host:
        rehearse(learner, stage(browser, host, package.definition, None, watch=_keep_last_screen(last_words)))
        completed = host.data(learner.learner.id)
    assert completed["cmi.core.lesson_status"] == "passed"
    assert package.definition.provider.contact_email in last_words[-1]


def _keep_last_screen(kept: list[str]):
    def watch(visit: Visit, label: str) -> None:
        if label == "certificate-decided":
            kept.append(visit.screen().inner_text())

    return watch


def _give_details_again(visit: Visit) -> None:
    """Name and profession are never kept in the LMS: a new device asks for them once more."""
    if visit.key() == "profession":
        visit.screen().locator('input[value="physician"]').check()
        visit.press("continue")
    visit.root.locator('[data-action="give-details"]').click()
    visit.screen().locator('[data-field="name"]').fill(visit.robot.name)
    visit.root.locator('[data-action="save-details"]').click()
    visit.root.locator('[data-slot="next"]').click()
    visit.screen().locator("[data-outcome='award']").first.wait_for(timeout=60_000)
