"""A package plays through to the end in the stand-in LMS and under scorm-again, and the LMS, the bridge and the learner agree."""

from __future__ import annotations

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from tests.journeys.conftest import hosting, stage
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")

# lesson_status and score as specs of SCORM 1.2 (one status) and 2004 (two) write a pass with all items right.
FINAL = {
    "scorm-1.2": {
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": "100",
        "cmi.core.lesson_location": "certificate",
        "cmi.core.exit": "suspend",
    },
    "scorm-2004-3": {
        "cmi.completion_status": "completed",
        "cmi.success_status": "passed",
        "cmi.score.scaled": "1",
        "cmi.location": "certificate",
        "cmi.exit": "suspend",
    },
}
RESPONSE = {"scorm-1.2": "student_response", "scorm-2004-3": "learner_response"}
# The same response in each standard's own notation: choice; matching; multiple; true-false.
RESPONSES = {
    "scorm-1.2": ["c", "s1.t3,s2.t2,s3.t4,s4.t1", "a,c,d", "f"],
    "scorm-2004-3": ["c", "s1[.]t3[,]s2[.]t2[,]s3[.]t4[,]s4[.]t1", "a[,]c[,]d", "false"],
}


@pytest.fixture(params=sorted(FINAL))
def format_key(request) -> str:
    return request.param


def test_a_package_plays_to_the_end_and_lms_and_bridge_agree(browser, bridge, short, host_kind, format_key):
    learner = a_learner()
    with hosting(host_kind, short.files[format_key], format_key) as host:
        rehearse(learner, stage(browser, host, short.definition, bridge))
        data = host.data(learner.learner.id)
    assert {name: data[name] for name in FINAL[format_key]} == FINAL[format_key]
    assert [data[f"cmi.interactions.{n}.{RESPONSE[format_key]}"] for n in range(4)] == RESPONSES[format_key]
    assert {data[f"cmi.interactions.{n}.result"] for n in range(4)} == {"correct"}
    assert 0 < len(data["cmi.suspend_data"]) <= 4096
    assert data["cmi.suspend_data"].isascii()
    [record] = decided(bridge, learner, {"ama-pra-1"})
    assert (record["outcome"], record["awarded"]) == ("award", "0.25")


def test_the_long_example_is_kept_within_the_4096_characters_of_scorm_12(browser, bridge, long):
    learner = a_learner(
        identifiers={"abim-id": "204517", "birth-month-day": "04-17"},
        does={
            "pre": 0.4,
            "post": [0.3, 0.4, 1.0],
            "commitments": ["One", "Two", "Three"],
            "claim": {"ama-pra-1": "1.00", "abim-moc": "take"},
        },
    )
    with hosting("scorm-again", long.files["scorm-1.2"], "scorm-1.2") as host:
        rehearse(learner, stage(browser, host, long.definition, bridge))
        data = host.data(learner.learner.id)
    assert len(data["cmi.suspend_data"]) <= 4096
    assert data["cmi.core.lesson_status"] == "passed"
    records = {record["system"]: record["awarded"] for record in decided(bridge, learner, {"ama-pra-1", "abim-moc"})}
    assert records == {"ama-pra-1": "1.00", "abim-moc": "1.00"}


def test_a_failed_last_attempt_still_leads_to_the_end_and_the_lms_is_not_told_passed(browser, bridge, short):
    learner = a_learner(does={"post": [0.0], "claim": "decline"})
    with hosting("stand-in", short.files["scorm-2004-3"], "scorm-2004-3") as host:
        visit = rehearse(learner, stage(browser, host, short.definition, bridge))
        data = host.data(learner.learner.id)
    assert visit.attempt == short.definition.post.attempts
    assert visit.screens[-1] == "certificate"
    assert data["cmi.success_status"] == "failed"


def test_a_launch_after_completion_lowers_nothing(browser, bridge, short):
    learner = a_learner()
    with hosting("scorm-again", short.files["scorm-1.2"], "scorm-1.2") as host:
        rehearse(learner, stage(browser, host, short.definition, bridge))
        before = host.data(learner.learner.id)
        rehearse(learner, stage(browser, host, short.definition, bridge))
        after = host.data(learner.learner.id)
    assert after["cmi.core.lesson_status"] == before["cmi.core.lesson_status"] == "passed"
    assert after["cmi.core.score.raw"] == before["cmi.core.score.raw"] == "100"
