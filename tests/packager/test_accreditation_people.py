"""Individuals in control of content: disclosure, mitigation, exclusion (ACCME Standards 2.1 and 3)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.activity.accreditation.calendar import months_before, years_after
from tests.packager.accreditation_builders import (
    a_person,
    a_relationship,
    an_activity,
    codes,
    objections,
    with_person,
    with_relationship,
)


def test_it_works() -> None:
    assert objections(with_person()) == ()


def test_objects_to_somebody_in_control_who_has_not_disclosed() -> None:
    assert codes(with_person(disclosed=None)) == {"not-disclosed"}


def test_asks_no_disclosure_for_non_clinical_education() -> None:
    assert "not-disclosed" not in codes(an_activity(clinical=False, people=[a_person(disclosed=None)]))


def test_finds_a_relevant_relationship_in_non_clinical_education_doubtful() -> None:
    assert "non-clinical-yet-relevant" in codes(an_activity(clinical=False))


@pytest.mark.parametrize(
    ("disclosed", "found"),
    [
        ("2024-12-01", set()),  # 24 months to the day before the release of 2026-12-01
        ("2024-11-30", {"disclosure-outdated"}),
    ],
)
def test_a_disclosure_covers_24_months_to_the_day(disclosed: str, found: set[str]) -> None:
    assert codes(with_person(disclosed=disclosed)) == found


def test_counts_the_24_months_back_from_a_role_that_begins_after_the_release() -> None:
    late = with_person(roles=[{"role": "editor", "from": "2027-03-01"}], disclosed="2025-02-28")
    assert codes(late) == {"disclosure-outdated"}


def test_accepts_a_disclosure_on_the_day_the_role_begins() -> None:
    assert codes(with_person(disclosed="2026-09-01")) == set()


def test_objects_to_a_disclosure_after_the_role_began() -> None:
    assert codes(with_person(disclosed="2026-09-02")) == {"disclosed-after-role"}


def test_takes_a_disclosure_after_release_for_a_renewal_when_a_review_followed() -> None:
    renewed = with_person(disclosed="2028-05-01").model_copy(update={"reviewed": date(2028, 6, 1)})
    assert "disclosed-after-role" not in codes(renewed)


def test_warns_when_a_review_did_not_renew_disclosures() -> None:
    reviewed = an_activity(reviewed="2028-09-01", content_review={"reviewer": "Piers Valdemarsson", "on": "2028-08-20", "outcome": "valid"})
    assert codes(reviewed, today=date(2028, 9, 2)) == {"disclosure-not-renewed"}


@pytest.mark.parametrize(
    ("ended", "found"),
    [
        ("2024-08-10", set()),  # 24 months to the day before the disclosure of 2026-08-10
        ("2024-08-09", {"relationship-outside-window"}),
    ],
)
def test_a_relationship_counts_for_24_months_after_it_ended(ended: str, found: set[str]) -> None:
    assert codes(with_relationship(ended=ended)) == found


def test_objects_to_a_relationship_that_ends_before_it_starts() -> None:
    assert codes(with_relationship(started="2026-03-01", ended="2026-02-01")) == {"relationship-dates"}


def test_objects_to_a_relationship_that_starts_after_its_disclosure() -> None:
    assert codes(with_relationship(started="2026-08-11")) == {"relationship-dates"}


def test_objects_to_a_relevant_relationship_without_mitigation() -> None:
    assert codes(with_relationship(relevant=True)) == {"relevant-without-mitigation"}


def test_objects_to_mitigation_without_steps() -> None:
    assert codes(with_relationship(relevant=True, mitigated="2026-08-20")) == {"mitigation-without-steps"}


@pytest.mark.parametrize(("mitigated", "found"), [("2026-08-31", set()), ("2026-09-01", {"mitigated-after-role"})])
def test_mitigation_comes_before_the_day_the_role_begins(mitigated: str, found: set[str]) -> None:
    assert codes(with_relationship(relevant=True, mitigated=mitigated, steps=["peer review"])) == found


@pytest.mark.parametrize(("mitigated", "found"), [("2028-05-20", set()), ("2028-06-01", {"mitigated-after-role"})])
def test_a_relationship_that_began_in_the_role_is_mitigated_before_the_next_review(mitigated: str, found: set[str]) -> None:
    relationship = a_relationship(started="2028-04-01", relevant=True, mitigated=mitigated, steps=["peer review"])
    activity = with_person(relationships=[relationship], disclosed="2028-05-01").model_copy(update={"reviewed": date(2028, 6, 1)})
    assert codes(activity) & {"mitigated-after-role"} == found


@pytest.mark.parametrize("nature", ["employee", "executive role"])
def test_excludes_those_who_work_for_an_ineligible_company(nature: str) -> None:
    assert codes(with_relationship(nature=[nature])) == {"works-for-ineligible-company"}


@pytest.mark.parametrize("exception", ["unrelated to content", "basic science", "device technique"])
def test_lets_an_employee_take_part_under_an_exception(exception: str) -> None:
    assert codes(with_relationship(nature=["employee"], exception=exception)) == set()


def test_does_not_exclude_an_employee_who_left_before_the_role_began() -> None:
    left = with_relationship(nature=["employee"], ended="2026-08-05", relevant=True, mitigated="2026-08-20", steps=["peer review"])
    assert codes(left) == set()


def test_asks_whether_an_ownership_interest_is_publicly_traded_stock() -> None:
    assert codes(with_relationship(nature=["ownership interest"])) == {"owns-part-of-ineligible-company"}


def test_objects_to_an_employer_both_relevant_and_unrelated() -> None:
    both = with_relationship(
        nature=["employee"], exception="unrelated to content", relevant=True, mitigated="2026-08-20", steps=["peer review"]
    )
    assert codes(both) == {"exception-contradicts-relevance"}


def test_objects_to_an_affiliation_with_a_supporter_that_was_not_disclosed() -> None:
    support = {"company": "Calderon Therapeutics", "kind": "monetary", "amount": 5000, "agreement": "2026-10-01"}
    activity = an_activity(commercial_support=[support], people=[*_people(), a_person(affiliation="Calderon Therapeutics")])
    assert codes(activity) == {"affiliated-with-ineligible-company"}


@pytest.mark.parametrize("partner", ["Halden Handcare", "HALDEN handcare"])
def test_objects_to_an_ineligible_company_as_joint_provider(partner: str) -> None:
    assert "provider-is-ineligible" in codes(an_activity(providership={"kind": "joint", "with": [partner]}))


def test_objects_to_an_activity_without_faculty() -> None:
    assert codes(an_activity(people=_people()[1:])) == {"no-faculty"}


def test_warns_when_faculty_has_no_credentials() -> None:
    assert codes(with_person(credentials="")) == {"faculty-without-credentials"}


def test_objects_to_a_reviewer_who_is_not_among_those_who_disclosed() -> None:
    review = {"reviewer": "Someone Else", "on": "2026-11-18", "outcome": "valid"}
    assert codes(an_activity(content_review=review)) == {"reviewer-has-not-disclosed"}


def test_warns_when_the_reviewer_has_a_relevant_relationship() -> None:
    review = {"reviewer": "Tomas Ardelean-Whitby", "on": "2026-11-18", "outcome": "valid"}
    assert codes(an_activity(content_review=review)) == {"reviewer-has-relevant-relationship"}


def test_months_before_keep_to_the_end_of_a_shorter_month() -> None:
    assert months_before(date(2028, 2, 29), 24) == date(2026, 2, 28)


def test_years_after_a_leap_day_end_on_the_last_of_february() -> None:
    assert years_after(date(2028, 2, 29), 3) == date(2031, 2, 28)


@settings(deadline=None, max_examples=50)  # how long one takes depends on the machine
@given(st.dates(date(2000, 3, 1), date(2100, 1, 1)))
def test_24_months_are_two_years_of_the_calendar(role_begins: date) -> None:
    oldest = months_before(role_begins, 24)
    assert (role_begins.year - oldest.year, role_begins.month - oldest.month) == (2, 0)


def _people() -> list[dict[str, object]]:
    return [person.model_dump(by_alias=True) for person in an_activity().people]
