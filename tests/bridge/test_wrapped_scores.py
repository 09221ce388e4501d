"""What a wrapped package reported of the post-activity assessment is read as its own word, and nothing is scored again."""

from __future__ import annotations

from datetime import UTC, datetime

from lrs_bridge import meanings
from scorm_packager.activity import vocabulary

ACTIVITY = "https://cme.northfield.example/activities/hand-hygiene"
STORED = datetime(2026, 12, 4, 18, 0, tzinfo=UTC)


def a_result(*, parent: str | None = f"{ACTIVITY}/contents/course") -> dict[str, object]:
    """The player's statement of a post-activity assessment that was passed (docs/data-flow.md §4)."""
    activities: dict[str, object] = {"category": [{"id": vocabulary.PROFILE}]}
    if parent:
        activities["parent"] = [{"id": parent}]
    return {
        "id": "7f0c1d52-0c1e-5a3b-9a52-0f6f2f1c9a11",
        "verb": {"id": vocabulary.PASSED},
        "object": {"id": f"{ACTIVITY}/assessments/post"},
        "result": {"success": True, "score": {"scaled": 0.85}},
        "context": {"registration": "r", "contextActivities": activities, "extensions": {vocabulary.EXT_ATTEMPT: 2}},
    }


def read(raw: dict[str, object]):
    found = meanings.read(raw, origin="launch", stored=STORED, activity=ACTIVITY)
    assert found is not None
    return found


def test_a_result_that_came_from_a_content_is_the_packages_word():
    found = read(a_result())
    assert (found.meaning, found.assessment, found.attempt) == ("submitted", "post", 2)
    assert (found.success, found.score, found.scored_by) == (True, "0.85", "package")


def test_a_result_of_our_own_assessment_is_scored_by_the_bridge():
    assert read(a_result(parent=None)).scored_by == "bridge"


def test_a_parent_that_is_no_content_of_this_activity_makes_no_package():
    assert read(a_result(parent="https://elsewhere.example/contents/course")).scored_by == "bridge"
