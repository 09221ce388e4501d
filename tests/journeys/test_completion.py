"""A package plays through to the end in hosts that nobody here wrote and in launchers written from the specification, and the LMS, the
bridge and the learner agree, whatever the format."""

from __future__ import annotations

import pytest

from scorm_packager.rehearsal import decided
from scorm_packager.rehearse import rehearse
from tests.journeys.conftest import as_known_to, hosting, launching, stage, told, uploaded
from tests.journeys.learners import a_learner

pytestmark = pytest.mark.xdist_group("browser")

# lesson_status and score as specs of SCORM 1.2 (one status) and 2004 (two) write a pass with all items right; of a launcher with an LRS,
# what it was told of completion and success.
_2004 = {
    "cmi.completion_status": "completed",
    "cmi.success_status": "passed",
    "cmi.score.scaled": "1",
    "cmi.location": "certificate",
    "cmi.exit": "suspend",
}
_TOLD = {"completed": True, "passed": True, "score": 1}
FINAL = {
    "scorm-1.2": {
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.raw": "100",
        "cmi.core.lesson_location": "certificate",
        "cmi.core.exit": "suspend",
    },
    "scorm-2004-3": _2004,
    "scorm-2004-4": _2004,
    "cmi5": _TOLD,
    "xapi": _TOLD,
}


def in_test_all(*what):
    return pytest.param(*what, marks=pytest.mark.long)


# LMSs that start for a while, each a package from PyPI: wagtail-lms opens no SCORM 2004, of whomever (tests/journeys/wagtail_lms_host.py).
FOREIGN = [("scorm-1.2", "scormhost"), ("scorm-2004-3", "scormhost"), ("scorm-2004-4", "scormhost"), ("scorm-1.2", "wagtail-lms")]
# The stand-in LMS is met in most other journeys.
PLAYED = [
    in_test_all("scorm-1.2", "stand-in"), ("scorm-1.2", "scorm-again"),
    in_test_all("scorm-2004-3", "stand-in"), ("scorm-2004-4", "scorm-again"),
    ("cmi5", "launcher"), ("xapi", "launcher"), *(in_test_all(*each) for each in FOREIGN),
]  # fmt: skip
EXAMPLE_PLAYED = [
    ("scorm-1.2", "stand-in"), ("scorm-1.2", "scorm-again"), ("scorm-2004-3", "scorm-again"), ("scorm-2004-4", "scorm-again"),
    ("cmi5", "launcher"), ("xapi", "launcher"), *FOREIGN,
]  # fmt: skip

RESPONSE = {"scorm-1.2": "student_response", "scorm-2004-3": "learner_response", "scorm-2004-4": "learner_response"}
# The same response in each standard's own notation: choice; matching; multiple; true-false.
_RESPONSES_2004 = ["c", "s1[.]t3[,]s2[.]t2[,]s3[.]t4[,]s4[.]t1", "a[,]c[,]d", "false"]
RESPONSES = {
    "scorm-1.2": ["c", "s1.t3,s2.t2,s3.t4,s4.t1", "a,c,d", "f"],
    "scorm-2004-3": _RESPONSES_2004,
    "scorm-2004-4": _RESPONSES_2004,
}
# What this learner does, as the bridge hears of it; an answer that is built up in steps is told at each.
STORY = [
    "initialized",
    "experienced front-matter",
    "acknowledge disclosure",
    "completed contents/01-five-moments",
    "answered items/q1",
    *["answered items/q2"] * 4,  # one for each source that is matched
    *["answered items/q3"] * 3,  # one for each box that is ticked
    "answered items/q4",
    "passed assessments/post",
    "answered evaluation/objective-moments",
    "answered evaluation/objective-agent",
    "answered evaluation/relevant",
    "answered evaluation/faculty-robin-placeholder",
    "answered evaluation/evidence-based",
    "answered evaluation/bias-free",
    "answered evaluation/methods",
    "answered evaluation/intent",
    "answered evaluation/barriers",
    "answered evaluation/confidence-before",
    "answered evaluation/confidence-now",
    "answered evaluation/minutes",
    "answered evaluation/dispenser",
    "evaluated evaluation",
    "claimed-credit credits/ama-pra-1",
]
# The example: what this learner does besides answering, which depends on what each learner does not know beforehand.
EXAMPLE_STORY = [
    "initialized",
    "experienced front-matter",
    "acknowledge disclosure",
    "scored assessments/pre",
    "completed contents/01-stroke-risk",
    "completed contents/02-agent-and-dose",
    "completed contents/lecture",
    "completed contents/03-bleeding-risk",
    "completed contents/04-procedures-and-reversal",
    *[f"completed cases/mrs-alder/steps/{step}" for step in range(1, 7)],
    "completed contents/mrs-alder",
    "passed assessments/post",
    *[f"committed commitments/{number}" for number in (1, 1, 2, 2, 3, 3)],  # the text, then how sure they are
    "evaluated evaluation",
    "claimed-credit credits/ama-pra-1",
    "claimed-credit credits/abim-moc",
]


@pytest.fixture
def hosted(request, record_store):
    """hosted(format, kind of host, package): a context with that host around the package."""

    def host(format_key, kind, package):
        if kind == "launcher":
            return launching(format_key, package, record_store)
        if kind in ("scormhost", "wagtail-lms"):
            return uploaded(request.getfixturevalue(kind.replace("-", "_")), package)
        return hosting(kind, package, format_key)

    return host


@pytest.mark.parametrize(("format_key", "host_kind"), PLAYED)
def test_a_package_plays_to_the_end_and_lms_bridge_and_learner_agree(browser, bridge, short, hosted, format_key, host_kind):
    learner = a_learner()
    with hosted(format_key, host_kind, short.files[format_key]) as host:
        rehearse(learner, stage(browser, host, short.definition, bridge))
        data, known = host.data(learner.learner.id), as_known_to(host, learner)
    assert {name: data[name] for name in FINAL[format_key]} == FINAL[format_key]
    [record] = decided(bridge, known, {"ama-pra-1"})
    assert (record["outcome"], record["awarded"]) == ("award", "0.25")
    assert told(bridge, record) == STORY
    if format_key in RESPONSES:
        assert [data[f"cmi.interactions.{n}.{RESPONSE[format_key]}"] for n in range(4)] == RESPONSES[format_key]
        assert {data[f"cmi.interactions.{n}.result"] for n in range(4)} == {"correct"}
        assert 0 < len(data["cmi.suspend_data"]) <= 4096
        assert data["cmi.suspend_data"].isascii()


@pytest.mark.long
@pytest.mark.parametrize(("format_key", "host_kind"), EXAMPLE_PLAYED)
def test_the_example_plays_to_the_end_in_every_format_and_all_hosts_agree(browser, bridge, long, hosted, format_key, host_kind):
    learner = a_learner(
        identifiers={"abim-id": "204517", "birth-month-day": "04-17"},
        does={"pre": 0.4, "commitments": ["One", "Two", "Three"], "claim": {"ama-pra-1": "1.00", "abim-moc": "take"}},
    )
    with hosted(format_key, host_kind, long.files[format_key]) as host:
        rehearse(learner, stage(browser, host, long.definition, bridge))
        data, known = host.data(learner.learner.id), as_known_to(host, learner)
    assert {name: data[name] for name in FINAL[format_key]} == FINAL[format_key]
    records = {record["system"]: record for record in decided(bridge, known, {"ama-pra-1", "abim-moc"})}
    assert {system: record["awarded"] for system, record in records.items()} == {"ama-pra-1": "1.00", "abim-moc": "1.00"}
    assert [each for each in told(bridge, records["ama-pra-1"]) if not each.startswith("answered")] == EXAMPLE_STORY


def test_the_long_is_kept_within_the_4096_characters_of_scorm_12(browser, bridge, long):
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
