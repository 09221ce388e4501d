"""What learners are told about financial relationships before they start: ACCME Standards 3.5 and 4, case by case."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest

from scorm_packager.activity.definition_model import Disclosure
from scorm_packager.activity.disclosure import disclosure_of
from tests.packager.activity_builders import a_person, a_relationship, an_activity

OKAFOR = a_person("Maria Okafor", "faculty", "author", credentials="MD", relationships=[a_relationship("Calderon Therapeutics")])
REYES = a_person("Daniel Reyes", "planner", credentials="PharmD")
GRANT = {"company": "Verlane Biosciences", "kind": "monetary", "amount": 5000}
DEVICES = {"company": "Brightwater Imaging", "kind": "in-kind", "nature": "loan of ultrasound devices"}

MITIGATED = "All of the relevant financial relationships listed for these individuals have been mitigated."
NO_SUPPORT = "No commercial support was received for this activity."


def disclosure(**changes: Any) -> Disclosure:
    return disclosure_of(an_activity(**changes))


def told(**changes: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", disclosure(**changes).html).split())


def test_names_the_person_the_company_and_the_nature_and_says_that_it_was_mitigated() -> None:
    assert told(people=[OKAFOR]) == (
        "These individuals in control of content have relevant financial relationships with ineligible companies: "
        f"Maria Okafor, MD (faculty and author): consultant, Calderon Therapeutics. {MITIGATED} {NO_SUPPORT}"
    )


def test_says_of_the_others_that_they_have_none() -> None:
    assert (
        "No other individual in control of content has relevant financial relationships with ineligible companies to disclose: "
        "Daniel Reyes, PharmD (planner)"
    ) in told(people=[OKAFOR, REYES])


def test_says_of_everybody_that_nobody_has_any() -> None:
    assert told(people=[REYES]) == (
        "No individual in control of content has relevant financial relationships with ineligible companies to disclose: "
        f"Daniel Reyes, PharmD (planner) {NO_SUPPORT}"
    )


def test_a_relationship_that_is_not_relevant_is_not_shown() -> None:
    person = a_person("Ada", relationships=[a_relationship("Halden Handcare", relevant=False)])
    assert "Halden" not in told(people=[person])


def test_tells_all_companies_and_natures_of_a_person() -> None:
    relationships = [
        a_relationship("Calderon Therapeutics", nature=["consultant", "speaker"]),
        a_relationship("Verlane Biosciences", nature=["ownership interest"], ended="2026-02-01"),
    ]
    assert "consultant and speaker, Calderon Therapeutics; ownership interest, Verlane Biosciences (ended)." in told(
        people=[a_person("Ada", relationships=relationships)]
    )


def test_does_not_claim_mitigation_that_did_not_happen() -> None:
    person = a_person("Ada", relationships=[a_relationship("A"), a_relationship("B", mitigated=None)])
    assert "mitigated" not in told(people=[person])


@pytest.mark.parametrize("people", [[OKAFOR], [REYES]])
def test_names_the_supporters_and_the_nature_of_support_in_kind(people: list[dict[str, Any]]) -> None:
    text = told(people=people, commercial_support=[GRANT, DEVICES])
    assert text.endswith(
        "This activity was supported by: Verlane Biosciences: educational grant "
        "Brightwater Imaging: in-kind support (loan of ultrasound devices)"
    )


def test_content_that_is_not_clinical_needs_no_relationships() -> None:
    assert told(clinical=False, people=[OKAFOR]) == f"The content of this activity is not clinical. {NO_SUPPORT}"


def test_content_that_is_not_clinical_still_names_its_support() -> None:
    assert "Verlane Biosciences" in told(clinical=False, commercial_support=[GRANT])


def test_names_are_text_and_never_markup_or_an_image() -> None:
    person = a_person("<img src=x>", relationships=[a_relationship("<b>Calderon</b>")])
    html = disclosure(people=[person]).html
    assert "&lt;img src=x&gt;" in html
    assert "&lt;b&gt;Calderon&lt;/b&gt;" in html


def test_the_hash_is_of_the_text_as_shown() -> None:
    found = disclosure(people=[OKAFOR])
    assert found.hash == hashlib.sha256(found.html.encode()).hexdigest()


def test_another_text_has_another_hash() -> None:
    assert disclosure(people=[OKAFOR]).hash != disclosure(people=[OKAFOR, REYES]).hash


def test_the_learner_acknowledges_having_read_it() -> None:
    assert disclosure(people=[OKAFOR]).acknowledgement == "I have read this disclosure information."
