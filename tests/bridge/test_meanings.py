"""What a raw statement says: by verb, place under the activity, and category; nothing that an outsider sends breaks the reading."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from lrs_bridge import meanings
from lrs_bridge.credit.model import Stored
from scorm_packager.activity import vocabulary as v
from tests.bridge.learning import ACTIVITY, D1, REGISTRATION, Event, claimed, declined, disclosed, finished, opened, raw_statement

STORED = datetime(2026, 12, 4, 16, 0, 2, tzinfo=UTC)


def read(raw: dict[str, Any], activity: str = ACTIVITY) -> Stored | None:
    return meanings.read(raw, origin="launch", stored=STORED, activity=activity)


ANSWER = Event("answered", {"a": "post", "t": 2, "i": "q1", "r": "a[,]c"})


def test_it_works() -> None:
    found = read(raw_statement(7, ANSWER))

    assert found is not None
    assert (found.meaning, found.object, found.assessment, found.attempt, found.response) == ("answered", "q1", "post", 2, "a[,]c")
    assert (found.registration, found.revision, found.sequence, found.origin) == (REGISTRATION, D1, 7, "launch")
    assert (found.timestamp, found.stored) == (datetime(2026, 12, 4, 16, 0, tzinfo=UTC), STORED)


@pytest.mark.parametrize(
    ("event", "meaning", "about"),
    [
        (opened(), "opened", ""),
        (disclosed(), "disclosed", ""),
        (Event("submitted", {"a": "pre", "t": 1}), "submitted", ""),
        (Event("submitted", {"a": "post", "t": 1, "success": False}), "submitted", ""),
        (finished("lecture")[0], "finished", "lecture"),
        (Event("practised", {"c": "mrs-hall", "i": "q1", "r": "b", "ok": True}), "practised", "q1"),
        (Event("closed", {"a": "post", "t": 1, "c": "mrs-hall", "k": 2}), "closed", "mrs-hall"),
        (Event("reflected", {"c": "reading", "i": "my-practice", "r": "weigh first"}), "reflected", "my-practice"),
        (Event("rated", {"i": "fair", "r": "5"}), "rated", "fair"),
        (Event("evaluated"), "evaluated", ""),
        (Event("committed", {"k": 1, "r": "ask about falls", "s": 4}), "committed", "1"),
        (claimed(), "claimed", "ama-pra-1"),
        (declined("ama-pra-1"), "declined", "ama-pra-1"),
        (declined(), "declined", ""),
    ],
)
def test_reads_every_event_of_a_package(event: Event, meaning: str, about: str) -> None:
    found = read(raw_statement(1, event))

    assert found is not None
    assert (found.meaning, found.object) == (meaning, about)


def test_reads_what_a_commitment_a_claim_and_a_disclosure_carry() -> None:
    committed = read(raw_statement(1, Event("committed", {"k": 1, "r": "ask about falls", "s": 4})))
    claim, acknowledged = read(raw_statement(2, claimed())), read(raw_statement(3, disclosed("abc")))

    assert committed is not None
    assert (committed.response, committed.strength) == ("ask about falls", 4)
    assert claim is not None
    assert claim.amount == "1.00"
    assert acknowledged is not None
    assert acknowledged.text_hash == "abc"


def test_reads_a_voiding() -> None:
    found = read({"id": "V", "verb": {"id": v.VOIDED}, "object": {"objectType": "StatementRef", "id": "ABC"}})

    assert found is not None
    assert (found.meaning, found.object) == ("voided", "abc")


def test_another_activitys_statement_says_nothing() -> None:
    assert read(raw_statement(1, ANSWER), activity=f"{ACTIVITY}-2") is None


@pytest.mark.parametrize("place", ["/items/q1/more", "/items/", "/items", "items/q1", "/contents/q1", ""])
def test_the_place_must_fit_whole(place: str) -> None:
    raw = raw_statement(1, ANSWER)
    raw["object"]["id"] = ACTIVITY + place

    assert read(raw) is None


def test_without_our_category_it_is_somebody_elses_word() -> None:
    raw = raw_statement(1, ANSWER)
    raw["context"]["contextActivities"]["category"] = []

    assert read(raw) is None


def test_an_answer_outside_both_assessments_says_nothing() -> None:
    raw = raw_statement(1, ANSWER)
    raw["context"]["contextActivities"]["parent"] = [{"id": f"{ACTIVITY}/assessments/mock"}]

    assert read(raw) is None


def test_context_activities_may_stand_alone() -> None:
    raw = raw_statement(1, ANSWER)
    raw["context"]["contextActivities"]["parent"] = raw["context"]["contextActivities"]["parent"][0]

    assert read(raw) is not None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT90S", 90), ("PT1M30.9S", 90), ("PT2H", 7200), ("P1DT1S", 86401),
        ("P1Y", None), ("PT", None), ("P", None), ("-PT1S", None), ("90", None), ("PT1,5S", None),
    ],
)  # fmt: skip
def test_durations_are_whole_seconds(text: str, seconds: int | None) -> None:
    raw = raw_statement(1, finished("lecture")[0])
    raw["result"]["duration"] = text

    found = read(raw)
    assert found is not None
    assert found.seconds == seconds


@pytest.mark.parametrize("moment", ["", "yesterday", "0001-01-01T00:00:00+14:00", 7, None])
def test_a_time_that_is_none_is_the_time_of_storing(moment: object) -> None:
    found = read({**raw_statement(1, ANSWER), "timestamp": moment})

    assert found is not None
    assert found.timestamp == STORED


JUNK = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(some.sampled_from(["id", "verb", "object", "result", "context", "timestamp"]), JUNK)
def test_a_part_of_the_wrong_kind_breaks_nothing(part: str, junk: object) -> None:
    read({**raw_statement(1, ANSWER), part: junk})


@given(some.sampled_from([v.EXT_SEQUENCE, v.EXT_ATTEMPT, v.EXT_TEXT_HASH]), JUNK)
def test_an_extension_of_the_wrong_kind_counts_as_not_given(extension: str, junk: object) -> None:
    raw = raw_statement(1, ANSWER)
    raw["context"]["extensions"] = {extension: junk}

    found = read(raw)
    assert found is not None
    assert found.sequence is None or isinstance(found.sequence, int)
    assert found.attempt >= 1


# --- the table --------------------------------------------------------------------------------------


def test_a_row_for_other_vocabularies_needs_no_place() -> None:
    table = meanings.parse("""
meanings:
  - means: submitted
    verb: [PASSED, "https://w3id.org/xapi/other/verbs/mastered"]
    type: TYPE_COURSE
    category: https://w3id.org/xapi/cmi5/context/categories/cmi5
    scored_by: package
    vocabulary: cmi5
    source: cmi5 9.3.4
""")
    raw = {
        "verb": {"id": "https://w3id.org/xapi/other/verbs/mastered"},
        "object": {"id": "https://elsewhere.example/x", "definition": {"type": v.TYPE_COURSE}},
        "context": {"contextActivities": {"category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}]}},
    }
    found = meanings.read(raw, origin="key", stored=STORED, activity=ACTIVITY, table=table)

    assert found is not None
    assert (found.meaning, found.object, found.scored_by) == ("submitted", "https://elsewhere.example/x", "package")


@pytest.mark.parametrize("row", ["{means: guessed, verb: PASSED}", "{means: opened, verb: NO_SUCH_VERB}", "{means: opened}"])
def test_a_malformed_row_is_refused(row: str) -> None:
    with pytest.raises(ValidationError):
        meanings.parse(f"meanings:\n  - {row}\n")
