"""Universal Activity Numbers, activity types and approved periods."""

from __future__ import annotations

from typing import Any

import pytest

from tests.packager.accreditation_builders import codes, only_credit, with_credit

GOOD = "JA0000000-0000-26-001-H05-P"
PERIOD = {"from": "2026-12-01", "until": "2029-11-30"}


def acpe(**changes: Any) -> set[str]:
    return codes(with_credit("acpe", **changes))


def test_it_works() -> None:
    assert acpe() == set()


def test_pharmacy_credit_has_a_number() -> None:
    assert acpe(uan=None) == {"uan-missing"}


@pytest.mark.parametrize(
    "uan",
    [
        "JA000000-0000-26-001-H05-P",  # six digits after JA
        "0000-0000-26-01-H05-P",  # sequence of two digits
        "JA0000000-1234-26-001-H05-P",  # neither joint nor not
        "JA0000000-0000-26-001-X05-P",  # no such format
        "JA0000000-0000-26-001-H09-P",  # no such topic
        "JA0000000-0000-26-001-H05-R",  # no such audience
        "ja0000000-0000-26-001-h05-p",
        "JA٠٠٠٠٠٠٠-0000-26-001-H05-P",  # digits, but not 0 to 9
    ],
)
def test_objects_to_a_malformed_number(uan: str) -> None:
    assert acpe(uan=uan) == {"uan-malformed"}


@pytest.mark.parametrize("uan", ["0000-0000-26-001-H01-P", "JA0000000-0000-26-1234-H99-P"])
def test_takes_numbers_of_either_length(uan: str) -> None:
    assert acpe(uan=uan) == set()


@pytest.mark.parametrize(
    ("kind", "joint", "fits"), [("joint", "9999", True), ("joint", "0000", False), ("direct", "9999", False), ("direct", "0000", True)]
)
def test_9999_stands_for_joint_providership(kind: str, joint: str, fits: bool) -> None:
    providership = {"kind": kind, "with": ["Lakeside Society"] if kind == "joint" else []}
    uan = f"JA0000000-{joint}-26-001-H05-P"
    activity = only_credit("acpe", {"providership": providership}, uan=uan, kind="knowledge", approved=PERIOD)
    assert codes(activity) == (set() if fits else {"uan-against-providership"})


def test_h_stands_for_enduring_material() -> None:
    assert acpe(uan=GOOD.replace("H05", "L05")) == {"uan-against-format"}


def test_the_number_has_the_year_of_release() -> None:
    assert acpe(uan=GOOD.replace("-26-", "-25-")) == {"uan-of-another-year"}


def test_a_number_assigned_the_year_before_release_has_that_year() -> None:
    assert acpe(uan=GOOD.replace("-26-", "-25-"), approved={"from": "2025-12-15", "until": "2028-12-15"}) == {"approval-does-not-cover"}


def test_t_is_for_technicians() -> None:
    assert acpe(uan=GOOD.replace("-P", "-T")) == {"uan-of-another-audience"}


def test_ja_belongs_to_joint_accreditation() -> None:
    activity = only_credit("acpe", uan=GOOD, kind="knowledge", approved=PERIOD)
    pharmacy_only = activity.provider.model_copy(update={"accreditations": (type(activity.provider.accreditations[0])(accreditor="acpe"),)})
    assert codes(activity.model_copy(update={"provider": pharmacy_only})) == {"uan-of-another-provider"}


def test_pharmacy_credit_has_an_activity_type() -> None:
    assert acpe(kind=None) == {"activity-type-missing"}


def test_application_takes_60_minutes() -> None:
    assert acpe(kind="application") == {"too-short-for-its-type"}


def test_warns_when_an_application_based_activity_puts_no_case() -> None:
    one = {"id": "q1", "kind": "true-false", "stem": "Gloves leak.", "answer": True, "rationale": "They may.", "objective": "choose-method"}
    activity = only_credit("acpe", {"items": [one], "estimated_minutes": 60}, maximum="1", uan=GOOD, kind="application", approved=PERIOD)
    assert "application-without-case" in codes(activity)


def test_pharmacy_credit_has_an_approved_period() -> None:
    assert acpe(approved=None) == {"approval-missing"}


@pytest.mark.parametrize(("until", "found"), [("2029-12-01", set()), ("2029-12-02", {"approval-too-long"})])
def test_approval_lasts_three_years_and_the_last_day_counts(until: str, found: set[str]) -> None:
    assert acpe(approved={"from": "2026-12-01", "until": until}) == found


@pytest.mark.parametrize("period", [{"from": "2026-12-02", "until": "2029-11-30"}, {"from": "2026-12-01", "until": "2029-11-29"}])
def test_approval_covers_release_to_termination(period: dict[str, str]) -> None:
    assert acpe(approved=period) == {"approval-does-not-cover"}


def test_objects_to_a_period_that_ends_before_it_begins() -> None:
    assert "approval-ends-before-it-begins" in acpe(approved={"from": "2026-12-01", "until": "2026-11-30"})


@pytest.mark.parametrize(("until", "found"), [("2027-12-01", set()), ("2027-12-02", {"approval-too-long"})])
def test_physician_associates_credit_is_approved_for_a_year(until: str, found: set[str]) -> None:
    audience = {"audience": {"professions": ["physician associate"]}}
    assert codes(only_credit("aapa", audience, approved={"from": "2026-12-01", "until": until})) == found


def test_warns_when_a_shorter_approval_begins_after_release() -> None:
    audience = {"audience": {"professions": ["physician associate"]}}
    late = {"from": "2026-12-15", "until": "2027-12-14"}
    assert codes(only_credit("aapa", audience, approved=late)) == {"approval-begins-after-release"}
