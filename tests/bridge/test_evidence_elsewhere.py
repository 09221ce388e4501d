"""What a learner does with another tool counts where the activity says so: pulled from the LMS's own record store, joined, decided."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from lrs_bridge import origins
from lrs_bridge.credit.model import Origin
from lrs_bridge.store import launches
from lrs_bridge.store.engine import reading
from scorm_packager.activity import vocabulary as v
from tests.bridge.builders import ABridge, Launched
from tests.bridge.learning import Event, a_definition, claimed, disclosed, evaluated, finished, passes
from tests.bridge.record_stores import Store, adds_upstream, exchanges, served

LMS = "https://lms.northfield.example"
H5P = f"{LMS}/mod/hvp/view.php?id=77"
QUIZ = f"{LMS}/mod/quiz/view.php?id=12"


def counts(object: str, satisfies: str, content: str = "", **besides: Any) -> dict[str, Any]:
    plain = {
        "object": object,
        "satisfies": satisfies,
        "content": content,
        "by": "completed",
        "passing_score": None,
        "from": [],
        "needed": False,
    }
    return plain | besides


LECTURE_IN_H5P = a_definition(evidence=[counts(H5P, "content", "lecture")])
NEEDED = a_definition(evidence=[counts(H5P, "content", "lecture", needed=True)])
POST_IN_QUIZ = a_definition(evidence=[counts(QUIZ, "post")])


def h5p(actor: str = "ann", raw: int = 9, about: str = H5P, **changes: Any) -> dict[str, Any]:
    """As H5P says that an interactive video was finished, and a Moodle plugin names the learner."""
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{actor} {raw} {about}")),
        "actor": {"objectType": "Agent", "account": {"homePage": LMS, "name": actor}},
        "verb": {"id": v.COMPLETED, "display": {"en-US": "completed"}},
        "object": {"id": about, "objectType": "Activity", "definition": {"extensions": {"http://h5p.org/x-api/h5p-local-content-id": 7}}},
        "result": {"score": {"min": 0, "max": 10, "raw": raw, "scaled": raw / 10}, "completion": True, "duration": "PT612.5S"},
        "context": {"contextActivities": {"category": [{"id": "http://h5p.org/libraries/H5P.InteractiveVideo-1.26"}]}},
        "timestamp": "2026-12-04T16:04:00Z",
        "stored": "2026-12-04T16:04:01.000Z",
    } | changes


def quiz(score: float, attempt: int = 1) -> dict[str, Any]:
    """As Moodle's logstore says that an attempt at a quiz was handed in."""
    of_moodle = {"id": LMS, "definition": {"type": "http://id.tincanapi.com/activitytype/lms"}}
    within = {"parent": [{"id": QUIZ}, {"id": f"{LMS}/course/view.php?id=3"}], "category": [of_moodle]}
    attempted = {"id": f"{LMS}/mod/quiz/attempt.php?attempt={attempt}&cmid=12"}
    return h5p() | {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"quiz {attempt}")),
        "object": attempted | {"definition": {"type": "http://adlnet.gov/expapi/activities/attempt"}},
        "result": {"score": {"raw": score * 10, "min": 0, "max": 10, "scaled": score}, "completion": True, "success": True},
        "context": {"contextActivities": within},
        "timestamp": f"2026-12-04T16:0{3 + attempt}:00Z",
    }


def learner(here: ABridge, definition: Any, *events: Event, who: str = "ann") -> Launched:
    launched = here.registers(definition).launched(who)
    launched.profile()
    launched.takes(*events)
    return launched


def pulls(here: ABridge, *reported: dict[str, Any], **filters: Any) -> None:
    """What the LMS's record store has, fetched."""
    with served(Store(*map(json.dumps, reported))) as server:
        adds_upstream(here, server.url, pulls=True, **filters)
        exchanges(here)


def verdict(here: ABridge) -> tuple[str, list[str]]:
    found = here.record()
    return found["outcome"], [reason["code"] for reason in found["reasons"]]


WITHOUT_LECTURE = (disclosed(), *finished("reading"), *passes(), *evaluated(), claimed())
WITHOUT_POST = (disclosed(), *finished(), *evaluated(), claimed())


def test_a_part_taken_in_h5p_leads_to_an_award(here: ABridge) -> None:
    learner(here, LECTURE_IN_H5P, *WITHOUT_LECTURE)
    assert verdict(here) == ("shortfall", ["content-not-finished"])

    pulls(here, h5p())

    found = here.record()
    assert (found["outcome"], found["awarded"]) == ("award", "1.00")
    assert "Reported by another tool: Lecture (h5p)." in " ".join(reason["text"] for reason in found["reasons"])
    assert h5p()["id"] in found["statements"]


def test_it_counts_as_well_when_it_came_before_the_learner_was_launched(here: ABridge) -> None:
    pulls(here, h5p())

    learner(here, LECTURE_IN_H5P, *WITHOUT_LECTURE)

    assert here.record()["outcome"] == "award"


def test_an_lms_may_send_it_with_its_own_key(here: ABridge) -> None:
    learner(here, LECTURE_IN_H5P, *WITHOUT_LECTURE)

    here.posts(h5p(), headers=here.key("lms"))

    assert here.record()["outcome"] == "award"


@pytest.mark.parametrize(
    "statement",
    [
        h5p("bob"),
        h5p(about=f"{H5P}&other"),
        h5p() | {"actor": {"mbox": "mailto:ann@northfield.example", "name": "ann"}},
        h5p(result={"completion": False}),
        h5p(verb={"id": "http://adlnet.gov/expapi/verbs/interacted"}),
    ],
    ids=["of somebody else", "about something else", "of somebody with that name", "not completed", "only begun"],
)
def test_what_does_not_say_that_this_learner_finished_it_counts_for_nothing(on_sqlite: ABridge, statement: dict[str, Any]) -> None:
    learner(on_sqlite, LECTURE_IN_H5P, *WITHOUT_LECTURE)

    pulls(on_sqlite, statement)

    assert verdict(on_sqlite) == ("shortfall", ["content-not-finished"])


def test_another_sites_store_cannot_speak_for_the_learner(on_sqlite: ABridge) -> None:
    on_sqlite.adds_site("eastbrook")
    learner(on_sqlite, LECTURE_IN_H5P, *WITHOUT_LECTURE)

    on_sqlite.posts(h5p(), headers=on_sqlite.key("lms", "eastbrook"))

    assert on_sqlite.record()["outcome"] == "shortfall"


@pytest.mark.parametrize("origin", ["site:eastbrook:lms-1", "upstream:eastbrook:lrs", "upstream::lrs", "key:northfield"])
def test_what_comes_from_elsewhere_is_no_evidence_even_under_the_learners_own_registration(origin: str) -> None:
    assert origins.meaning(origin, "northfield") == Origin.OTHER


def test_of_a_store_with_several_systems_only_those_named_speak_of_the_sites_learners(on_sqlite: ABridge) -> None:
    learner(on_sqlite, LECTURE_IN_H5P, *WITHOUT_LECTURE)

    pulls(on_sqlite, h5p(), homepages=("https://another-lms.example",))

    assert on_sqlite.record()["outcome"] == "shortfall"


def test_a_learner_whose_id_is_a_mail_address_is_known_by_it(here: ABridge) -> None:
    learner(here, LECTURE_IN_H5P, *WITHOUT_LECTURE, who="Ann@northfield.example")

    pulls(here, h5p() | {"actor": {"mbox": "mailto:ann@Northfield.example"}})

    assert here.record()["outcome"] == "award"


# --- where the report is needed ---------------------------------------------------------------------


def test_where_a_report_is_needed_the_learners_word_waits_for_it(here: ABridge) -> None:
    learner(here, NEEDED, disclosed(), *finished(), *passes(), *evaluated(), claimed())
    assert verdict(here) == ("held", ["content-not-reported"])

    pulls(here, h5p())

    assert here.record()["outcome"] == "award"


def test_content_begun_elsewhere_before_the_disclosure_was_acknowledged_counts_against_the_order(on_sqlite: ABridge) -> None:
    learner(on_sqlite, LECTURE_IN_H5P, *WITHOUT_LECTURE)

    pulls(on_sqlite, h5p(timestamp="2026-12-04T15:30:00Z"))

    assert verdict(on_sqlite) == ("shortfall", ["content-before-disclosure"])


# --- an assessment scored by somebody else ----------------------------------------------------------


def test_a_pass_that_an_lms_reports_is_held_where_the_rule_says_so(here: ABridge) -> None:
    learner(here, POST_IN_QUIZ, *WITHOUT_POST)

    pulls(here, quiz(0.8))

    found = here.record()
    (reason,) = [reason for reason in found["reasons"] if reason["code"] == "passed-by-package"]
    assert found["outcome"] == "held"
    assert "reported by another tool (moodle) and not scored again" in reason["text"]


def test_a_score_under_the_level_is_no_pass_whatever_the_tool_calls_it(on_sqlite: ABridge) -> None:
    learner(on_sqlite, POST_IN_QUIZ, *WITHOUT_POST)

    pulls(on_sqlite, quiz(0.74))

    assert on_sqlite.record()["outcome"] == "shortfall"


def test_a_pass_in_the_package_needs_nobody_elses_word(on_sqlite: ABridge) -> None:
    learner(on_sqlite, POST_IN_QUIZ, disclosed(), *finished(), *passes(), *evaluated(), claimed())

    pulls(on_sqlite, quiz(0.2))

    assert on_sqlite.record()["outcome"] == "award"


# --- the same statement ------------------------------------------------------------------------------


def assurance(here: ABridge, launched: Launched) -> bool:
    with reading(here.bridge.engine) as connection:
        found = launches.registration(connection, launched.answer["registration"])
    return found is not None and found.confirmed is not None


def test_the_learners_own_statement_in_the_lmss_store_confirms_the_registration(here: ABridge) -> None:
    launched = learner(here, a_definition(), disclosed())

    pulls(here, launched.says(1, disclosed()) | {"stored": "2026-12-04T16:01:30.000Z"})

    assert assurance(here, launched)


def test_it_does_so_in_whichever_order_they_come(here: ABridge) -> None:
    launched = here.registers().launched()
    pulls(here, launched.says(1, disclosed()) | {"stored": "2026-12-04T16:01:30.000Z"})
    assert not assurance(here, launched)

    launched.takes(disclosed())

    assert assurance(here, launched)


def test_a_store_that_we_forward_to_confirms_nothing(on_sqlite: ABridge) -> None:
    launched = learner(on_sqlite, a_definition(), disclosed())
    with served(Store(json.dumps(launched.says(1, disclosed()) | {"stored": "2026-12-04T16:01:30.000Z"}))) as server:
        adds_upstream(on_sqlite, server.url, pulls=True, forwards=True)
        exchanges(on_sqlite)

    assert not assurance(on_sqlite, launched)
