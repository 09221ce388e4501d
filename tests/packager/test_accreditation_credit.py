"""What may be designated: how much, by whom, for whom, for how long."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.activity.accreditation import object_to
from scorm_packager.activity.model import Accreditation
from tests.packager.accreditation_builders import NOWHERE, an_activity, codes, facts, only_credit, with_credit


def of_minutes(minutes: int, maximum: str, system: str = "ama-pra-1") -> set[str]:
    contents = [{"page": "content/01-moments.md", "minutes": min(minutes, 10)}]
    items = an_activity().model_dump(by_alias=True)["items"] * 4  # enough that the time is plausible
    items = [item | {"id": f"q{number}"} for number, item in enumerate(items)]
    return codes(only_credit(system, {"estimated_minutes": minutes, "contents": contents, "items": items}, maximum=maximum))


def test_it_works() -> None:
    assert codes(only_credit("ama-pra-1")) == set()


@pytest.mark.parametrize(
    ("minutes", "maximum", "found"),
    [
        (75, "1.25", set()),
        (68, "1.25", set()),  # 4.53 quarters are nearest to 5
        (67, "1.25", {"credit-exceeds-estimated-time"}),  # 4.47 quarters are nearest to 4
        (67, "1", set()),
        (68, "1", {"credit-below-estimated-time"}),
        (60, "1.25", {"credit-exceeds-estimated-time"}),
    ],
)
def test_credit_is_the_estimated_time_to_the_nearest_quarter(minutes: int, maximum: str, found: set[str]) -> None:
    assert of_minutes(minutes, maximum) == found


@pytest.mark.parametrize(("maximum", "found"), [("1.17", set()), ("1.25", set()), ("1.26", {"credit-exceeds-estimated-time"})])
def test_contact_hours_of_nurses_may_have_decimals(maximum: str, found: set[str]) -> None:
    assert of_minutes(70, maximum, "ancc") == found  # 70 minutes: 1.17 hours, 1.25 to the nearest quarter


@settings(deadline=None, max_examples=50)  # how long one takes depends on the machine
@given(quarters=st.integers(min_value=1, max_value=40), off=st.integers(min_value=-7, max_value=7))
def test_no_time_within_seven_minutes_of_the_quarter_makes_another_credit(quarters: int, off: int) -> None:
    found = of_minutes(15 * quarters + off, str(Decimal(quarters) / 4))
    assert not found & {"credit-exceeds-estimated-time", "credit-below-estimated-time"}


def test_credit_is_designated_in_quarters() -> None:
    assert "credit-off-the-step" in codes(only_credit("ama-pra-1", maximum="0.4"))


def test_a_system_of_whole_points_takes_no_quarters() -> None:
    activity = only_credit("ama-pra-1")
    known = facts(activity)
    whole = known.systems["ama-pra-1"].model_copy(update={"rounding": "whole"})
    found = object_to(activity, dataclasses.replace(known, systems={"ama-pra-1": whole}), NOWHERE)
    assert "credit-off-the-step" in {problem.code for problem in found}


@pytest.mark.parametrize(
    ("accreditor", "system", "allowed"),
    [
        ("accme", "ama-pra-1", True),
        ("state", "ama-pra-1", True),
        ("joint", "ama-pra-1", True),
        ("accme", "ancc", False),
        ("ancc", "ancc", True),
        ("ancc", "ama-pra-1", False),
        ("accme", "acpe", False),
        ("joint", "ipce", True),
        ("accme", "ipce", False),
        ("accme", "aafp", True),  # AAFP approves the activity, whoever provides it
    ],
)
def test_a_provider_designates_what_its_accreditation_allows(accreditor: str, system: str, allowed: bool) -> None:
    activity = only_credit(system)
    provider = activity.provider.model_copy(update={"accreditations": (Accreditation(accreditor=accreditor),)})
    found = codes(activity.model_copy(update={"provider": provider}))
    assert ("credit-not-accredited-for" not in found) == allowed


def test_moc_points_are_no_more_than_the_credit_they_follow() -> None:
    assert codes(with_credit("abim-moc", maximum="0.75")) >= {"points-exceed-credit"}


@pytest.mark.parametrize(
    ("credit_type", "found"), [("Practice Assessment", set()), ("Knowledge", {"credit-type-unknown"}), (None, {"credit-type-unknown"})]
)
def test_moc_points_are_of_a_registered_type(credit_type: str | None, found: set[str]) -> None:
    assert codes(with_credit("abim-moc", credit_type=credit_type)) == found


def test_warns_of_credit_for_a_profession_that_is_not_in_the_audience() -> None:
    assert codes(an_activity(audience={"professions": ["nurse", "pharmacist"]})) == {"credit-without-audience"}


def test_another_name_of_a_profession_counts() -> None:
    assert codes(an_activity(audience={"professions": ["Physicians", "Registered nurse", "Pharmacists"]})) == set()


def test_interprofessional_credit_is_for_a_team() -> None:
    assert codes(with_credit("ipce")) == set()
    assert "not-for-a-team" in codes(only_credit("ipce", {"audience": {"professions": ["nurse"]}}))


def test_interprofessional_credit_is_planned_by_a_team() -> None:
    nurse = {
        "name": "Lena Okonjo-Hale",
        "credentials": "RN",
        "roles": [{"role": "nurse planner", "from": "2026-09-01"}],
        "disclosed": "2026-08-11",
    }
    alone = [nurse | {"roles": [{"role": "faculty", "from": "2026-09-01"}, *nurse["roles"]]}]
    review = {"reviewer": "Lena Okonjo-Hale", "on": "2026-11-18", "outcome": "valid"}
    assert codes(only_credit("ipce", {"people": alone, "content_review": review})) == {"not-for-a-team"}


def test_aafp_credit_has_the_wording_of_its_letter() -> None:
    assert codes(with_credit("aafp")) == {"credit-without-statement"}


def test_aafp_credit_knows_no_joint_providership() -> None:
    joint = {"providership": {"kind": "joint", "with": ["Lakeside Society"]}}
    assert "credit-forbids-joint-providership" in codes(only_credit("aafp", joint, statement="As in the letter."))


def test_warns_of_an_activity_without_credit() -> None:
    assert codes(an_activity(credits=[])) == {"no-credit"}


def test_an_enduring_material_tells_its_time() -> None:
    assert codes(an_activity(estimated_minutes=None)) == {"no-estimated-time"}


def test_contents_take_no_longer_than_the_time_told() -> None:
    contents = [{"page": "content/01-moments.md", "minutes": 31}]
    assert codes(an_activity(contents=contents)) == {"contents-exceed-the-time"}


@pytest.mark.parametrize(("minutes", "found"), [(7, set()), (6, {"contents-do-not-fill-the-time"})])
def test_contents_items_and_the_rest_fill_the_time(minutes: int, found: set[str]) -> None:
    # Two items at 3 minutes and 10 minutes besides: with 7 minutes of contents 23, nearest to half an hour; with 6 nearest to a quarter.
    contents = [{"page": "content/01-moments.md", "minutes": minutes}]
    assert codes(an_activity(contents=contents, items=_two_items(), assessments={"post": {"passing_score": 0.75}})) == found


def test_warns_of_an_estimate_without_method() -> None:
    assert codes(an_activity(time_estimate=None)) == {"time-estimate-without-method"}


def test_time_is_estimated_before_learners_begin() -> None:
    late = {"method": "pilot", "by": "Lena Okonjo-Hale", "on": "2026-12-02"}
    assert codes(an_activity(time_estimate=late)) == {"time-estimated-after-release"}


def test_hours_of_a_mandated_topic_are_part_of_the_credit() -> None:
    topic = {"jurisdiction": "US-AL", "topic": "controlled substances", "hours": "0.75"}
    assert codes(an_activity(regulatory=[topic])) == {"regulatory-hours-exceed-credit"}


@pytest.mark.parametrize(("topic", "found"), [("pain management", {"regulatory-topic-not-named"}), ("hand hygiene", set())])
def test_alaska_wants_the_topic_in_title_or_description(topic: str, found: set[str]) -> None:
    assert codes(an_activity(regulatory=[{"jurisdiction": "US-AK", "topic": topic, "hours": "0.5"}])) == found


def _two_items() -> list[dict[str, Any]]:
    return [item.model_dump(by_alias=True) for item in an_activity().items][:2]
