"""Assessment, planning and evaluation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.packager.accreditation_builders import an_activity, codes, only_credit

POST = {"items": "all", "passing_score": 0.75, "attempts": 3, "feedback": "after attempt"}


def items(**changes: Any) -> list[dict[str, Any]]:
    """The good items, the last one changed; None leaves the key out."""
    *others, last = [item.model_dump(by_alias=True) for item in an_activity().items]
    return [*others, {key: value for key, value in (last | changes).items() if value is not None}]


@pytest.mark.parametrize("system", ["ama-pra-1", "abim-moc", "acpe"])
def test_credit_needs_an_assessment(system: str) -> None:
    assert "no-assessment" in codes(only_credit(system, {"assessments": {}}))


def test_contact_hours_of_nurses_need_none() -> None:
    assert codes(only_credit("ancc", {"assessments": {}})) == set()


@pytest.mark.parametrize("score", [None, 0])
def test_the_assessment_has_a_passing_score_above_nothing(score: float | None) -> None:
    assert codes(an_activity(assessments={"post": POST | {"passing_score": score}})) == {"no-passing-score"}


def test_a_live_activity_needs_no_assessment_for_ama_credit() -> None:
    assert "no-assessment" not in codes(only_credit("ama-pra-1", {"assessments": {}, "format": "live activity"}))


def test_ama_credit_needs_bibliographic_sources() -> None:
    assert codes(an_activity(references=[])) == {"no-references"}


def test_every_objective_is_measured() -> None:
    asked_once = POST | {"items": ["q2", "q3", "q4"]}  # none of them on recognise-moments
    assert codes(an_activity(assessments={"post": asked_once})) == {"objective-not-assessed"}


def test_every_item_that_counts_measures_an_objective() -> None:
    assert codes(an_activity(items=items(objective=None))) == {"item-without-objective"}


def test_a_score_from_a_package_needs_no_items_and_is_said_to_be_the_packages() -> None:
    wrapped = {"package": "content/export.zip", "minutes": 20}
    activity = an_activity(contents=[wrapped], assessments={"post": {"from": "content/export.zip", "passing_score": 0.8}}, items=[])
    assert codes(activity) == {"score-not-scored-again"}


def test_moc_needs_feedback() -> None:
    assert codes(an_activity(assessments={"post": POST | {"feedback": "none"}})) == {"no-feedback"}


def test_moc_needs_a_rationale_for_every_item() -> None:
    assert codes(an_activity(items=items(rationale=None))) == {"feedback-without-rationale"}


def test_warns_of_an_item_without_rationale_where_no_feedback_is_demanded() -> None:
    assert codes(only_credit("ama-pra-1", {"items": items(rationale=None)})) == {"item-without-rationale"}


def test_warns_when_what_is_asked_before_is_not_asked_after() -> None:
    assessments = {"pre": {"items": ["q1", "q4"]}, "post": POST | {"items": ["q1", "q2", "q3"]}}
    assert codes(an_activity(assessments=assessments)) == {"pre-activity-assessment-not-matched"}


@pytest.mark.parametrize(
    ("key", "code"),
    [("needs", "no-needs"), ("objectives", "no-objectives"), ("audience", "no-audience"), ("competencies", "no-competencies")],
)
def test_a_plan_has_its_parts(key: str, code: str) -> None:
    assert code in codes(an_activity(**{key: None}))


def objectives(**changes: Any) -> list[dict[str, Any]]:
    first, *others = [objective.model_dump() for objective in an_activity().objectives]
    return [first | changes, *others]


def test_every_objective_answers_a_need() -> None:
    assert codes(an_activity(objectives=objectives(need=None))) == {"objective-without-need"}


def test_warns_of_a_need_that_no_objective_answers() -> None:
    other = {
        "id": "left-alone",
        "gap": "Nails are long.",
        "need": "knowledge",
        "desired_change": "They are cut.",
        "evidence": ["A survey."],
    }
    needs = [*(need.model_dump() for need in an_activity().needs), other]
    assert codes(an_activity(needs=needs)) == {"need-without-objective"}


def test_warns_of_a_gap_without_evidence() -> None:
    needs = [need.model_dump() | {"evidence": []} for need in an_activity().needs]
    assert codes(an_activity(needs=needs)) == {"need-without-evidence"}


def test_warns_of_an_objective_below_its_need() -> None:
    assert codes(an_activity(objectives=objectives(level="knowledge"))) == {"objective-below-its-need"}


def test_warns_when_all_objectives_are_knowledge() -> None:
    needs = [need.model_dump() | {"need": "knowledge"} for need in an_activity().needs]
    known = [objective.model_dump() | {"level": "knowledge"} for objective in an_activity().objectives]
    assert codes(an_activity(needs=needs, objectives=known)) == {"knowledge-only"}


def people(**nurse_planner: Any) -> list[dict[str, Any]]:
    return [person.model_dump(by_alias=True) | (nurse_planner if number == 1 else {}) for number, person in enumerate(an_activity().people)]


def test_contact_hours_need_a_nurse_planner() -> None:
    assert codes(an_activity(people=people(roles=[{"role": "planner", "from": "2026-08-15"}]))) == {"no-nurse-planner"}


def test_warns_when_the_nurse_planner_is_no_nurse() -> None:
    assert codes(an_activity(people=people(credentials="PharmD"))) == {"nurse-planner-no-nurse"}


def test_moc_needs_an_evaluation() -> None:
    assert codes(an_activity(evaluation=None)) == {"no-evaluation-for-credit"}


def test_warns_of_an_activity_without_evaluation() -> None:
    assert codes(only_credit("ama-pra-1", {"evaluation": None})) == {"no-evaluation"}


def test_warns_when_nobody_asks_about_bias() -> None:
    own = {"extends": None, "items": [{"id": "useful", "kind": "rating", "stem": "This was useful."}]}
    assert codes(an_activity(evaluation=own)) == {"evaluation-silent-on-bias"}


def test_warns_when_no_commitment_to_change_is_asked() -> None:
    assert codes(an_activity(commitment_to_change={"ask": 0})) == {"no-commitment-to-change"}


def test_warns_when_commitments_are_never_asked_about_again() -> None:
    assert codes(an_activity(follow_up=[])) == {"commitment-never-followed-up"}


def test_warns_of_two_follow_ups_on_one_day() -> None:
    assert codes(an_activity(follow_up=[{"after_days": 60}, {"after_days": 60}])) == {"followed-up-twice-on-a-day"}


def test_an_enduring_material_names_its_media() -> None:
    assert codes(an_activity(media=[])) == {"no-media"}


def test_content_found_not_clinical_needs_no_disclosure_of_its_reviewer() -> None:
    review = {"reviewer": "Someone Else", "on": "2026-11-18", "outcome": "valid"}
    assert "reviewer-has-not-disclosed" not in codes(an_activity(clinical=False, content_review=review))
