"""Release, review and termination of enduring materials (ACCME policy), and the review of content."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.activity.accreditation.calendar import years_after
from tests.packager.accreditation_builders import an_activity, codes, only_credit


def dated(**changes: Any) -> set[str]:
    """The good activity with AMA credit alone, for pharmacy credit has a period of its own."""
    return codes(only_credit("ama-pra-1", changes))


def test_it_works() -> None:
    assert dated() == set()


@pytest.mark.parametrize(
    ("key", "code"), [("released", "no-release-date"), ("reviewed", "no-review-date"), ("terminates", "no-termination-date")]
)
def test_an_enduring_material_has_each_of_its_three_dates(key: str, code: str) -> None:
    assert code in dated(**{key: None})


def test_a_live_activity_needs_no_termination_date() -> None:
    assert dated(format="live activity", terminates=None) == set()


@pytest.mark.parametrize(
    ("terminates", "found"),
    [
        ("2029-12-01", set()),  # three years to the day after the release of 2026-12-01
        ("2029-12-02", {"terminates-too-late"}),
    ],
)
def test_terminates_within_three_years_of_release(terminates: str, found: set[str]) -> None:
    assert dated(terminates=terminates) == found


def test_a_later_review_extends_the_three_years() -> None:
    review = {"reviewer": "Piers Valdemarsson", "on": "2027-05-20", "outcome": "valid"}
    assert "terminates-too-late" not in dated(reviewed="2027-06-01", content_review=review, terminates="2030-06-01")


def test_three_years_after_a_leap_day_end_on_february_28() -> None:
    leap = {"released": "2028-02-29", "reviewed": "2028-02-20"}
    assert "terminates-too-late" not in dated(**leap, terminates="2031-02-28")
    assert "terminates-too-late" in dated(**leap, terminates="2031-03-01")


def test_objects_to_termination_before_release() -> None:
    assert "terminates-before-it-begins" in dated(terminates="2026-11-30")


@pytest.mark.parametrize(("today", "found"), [(date(2029, 11, 30), set()), (date(2029, 12, 1), {"terminated-already"})])
def test_the_termination_day_itself_still_counts(today: date, found: set[str]) -> None:
    assert codes(only_credit("ama-pra-1"), today=today) == found


def test_warns_of_a_review_that_is_yet_to_come() -> None:
    assert codes(an_activity(), today=date(2026, 11, 19)) == {"review-in-the-future"}


def test_objects_to_content_that_nobody_reviewed() -> None:
    assert dated(content_review=None) == {"content-not-reviewed"}


def test_objects_to_content_found_not_valid() -> None:
    assert dated(content_review={"reviewer": "Piers Valdemarsson", "on": "2026-11-18", "outcome": "not valid"}) == {"content-not-valid"}


def test_an_update_needs_a_new_review_of_the_content() -> None:
    assert "content-review-outdated" in dated(reviewed="2027-06-01")


def test_objects_to_content_reviewed_after_learners_saw_it() -> None:
    late = {"reviewer": "Piers Valdemarsson", "on": "2026-12-02", "outcome": "valid"}
    assert dated(content_review=late) == {"content-reviewed-too-late"}


@settings(deadline=None, max_examples=50)  # how long one takes depends on the machine
@given(released=st.dates(date(2022, 1, 1), date(2060, 1, 1)), days=st.integers(min_value=0, max_value=1200))
def test_the_last_day_is_three_years_on_whatever_the_release(released: date, days: int) -> None:
    terminates = date.fromordinal(released.toordinal() + days)
    found = dated(released=released, reviewed=released, terminates=terminates)
    assert ("terminates-too-late" in found) == (terminates > years_after(released, 3))
