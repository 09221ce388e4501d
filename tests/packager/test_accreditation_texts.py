"""What stands in texts: marketing, wordings of former years, patients who can be recognised, media that not everybody can take."""

from __future__ import annotations

from typing import Any

import pytest

from scorm_packager.activity.problems import Place
from tests.packager.accreditation_builders import a_relationship, an_activity, codes, objections, with_person

PAGE = "content/01-moments.md"


def on_a_page(text: str) -> set[str]:
    return codes(an_activity(), pages={PAGE: f"# The five moments\n\n{text}\n"})


def asked(stem: str) -> set[str]:
    return codes(an_activity(evaluation={"extends": "standard", "items": [{"id": "own", "kind": "text", "stem": stem}]}))


def with_company(name: str) -> set[str]:
    return codes(with_person(relationships=[a_relationship(company=name)]))


def test_it_works() -> None:
    assert on_a_page("Rub for 20 to 30 seconds.") == set()


@pytest.mark.parametrize(
    "name", ["![Calderon](content/calderon.png)", "[Calderon](https://calderon.example)", "www.calderon.example", "<b>Calderon</b>"]
)
def test_a_company_is_disclosed_by_name_only(name: str) -> None:
    assert "company-with-more-than-its-name" in with_company(name)


@pytest.mark.parametrize("name", ["Calderon Therapeutics®", "Calderon (maker of Halvex™)"])
def test_disclosure_shows_no_trade_name(name: str) -> None:
    assert with_company(name) == {"trade-mark-in-disclosure"}


@pytest.mark.parametrize("name", ["Smith & Sons", "3M", "Ø-Pharma A/S", "A. B. Calderon, Inc."])
def test_a_plain_company_name_is_fine(name: str) -> None:
    assert with_company(name) == set()


def test_the_evaluation_carries_no_trade_name() -> None:
    assert asked("Will you use Halvex® more often?") == {"trade-mark-in-evaluation"}


def test_the_evaluation_names_no_disclosed_company() -> None:
    assert asked("Did you see the booth of Halden Handcare?") == {"company-in-evaluation"}


def test_the_evaluation_shows_no_image() -> None:
    assert asked("How is this? ![chart](content/chart.svg)") == {"image-in-evaluation"}


@pytest.mark.parametrize("key", ["title", "description", "participation"])
def test_front_matter_carries_no_trade_name(key: str) -> None:
    assert codes(an_activity(**{key: "Hand hygiene with Halvex®"})) == {"trade-mark-in-front-matter"}


def test_front_matter_names_no_disclosed_company() -> None:
    assert codes(an_activity(title="Hand hygiene with HALDEN Handcare")) == {"company-in-front-matter"}


def test_a_company_name_inside_another_word_is_not_named() -> None:
    activity = an_activity(title="Three-minute hand hygiene", people=[*_people(), _consultant("Ree")])
    assert codes(activity) == set()


def test_warns_of_trade_names_in_contents() -> None:
    assert on_a_page("Use Halvex® for 30 seconds.") == {"trade-mark-in-education"}


def test_warns_of_disclosed_companies_in_contents() -> None:
    assert on_a_page("The trial was paid for by Halden Handcare.") == {"company-in-education"}


@pytest.mark.parametrize(
    "image", ["content/halden-handcare.png", "content/HALDEN_handcare.svg", "content/hospital-logo.svg", "content/banner.png"]
)
def test_no_image_is_called_a_logo_or_after_a_company(image: str) -> None:
    assert on_a_page(f"![Somebody]({image})") == {"logo-among-images"}


@pytest.mark.parametrize("image", ["content/five-moments.svg", "content/logorrhoea.svg"])
def test_other_images_are_fine(image: str) -> None:
    assert on_a_page(f"![The five moments]({image})") == set()


@pytest.mark.parametrize(
    "phrase", ["*AMA PRA Category 1 Credit*™", "*AMA PRA Category 1 Credits*™", "*AMA PRA Category 1 Credit(s)*<sup>™</sup>"]
)
def test_the_credit_phrase_in_full_is_no_trade_mark_and_no_wrong_wording(phrase: str) -> None:
    assert on_a_page(f"Earn up to 0.5 {phrase} here.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Earn 0.5 AMA PRA Category 1 Credits.",
        "Earn 0.5 AMA PRA Category 1 Credit(s)™.",  # not italic
        "Earn 0.5 Category 1 credits.",
        "Earn 0.5 CME credits in Category 1.",
        "Earn 0.5 ACCME credits.",
        "Physicians should only claim credit commensurate with their participation.",
        "It also counts as AMA PRA Category 2 credit.",
    ],
)
def test_objects_to_a_wrong_credit_phrase(text: str) -> None:
    assert "credit-phrase-wrong" in on_a_page(text)


@pytest.mark.parametrize(
    "text",
    [
        "In accordance with the Essential Areas and policies of the ACCME.",
        "Through the joint sponsorship of Northfield and Lakeside.",
        "This jointly sponsored activity …",
        "Northfield is accredited by the ACCME to provide continuing medical education to physicians.",
    ],
)
def test_objects_to_accreditation_wording_of_former_years(text: str) -> None:
    assert on_a_page(text) == {"outdated-accreditation-wording"}


@pytest.mark.parametrize(
    "text", ["Credit has been applied for.", "AMA credit is pending.", "We applied for 0.5 credits.", "Pending approval, 0.5 hours."]
)
def test_says_nothing_of_credit_before_it_is_designated(text: str) -> None:
    assert "credit-announced-too-early" in codes(an_activity(description=text))


@pytest.mark.parametrize(
    "text",
    [
        "Handrub is applied for 30 seconds. Credit is claimed at the end.",
        "With culture results pending, isolate the patient.",
        "Physicians should claim only the credit commensurate with the extent of their participation in the activity.",
        "Northfield is accredited by the ACCME to provide continuing medical education for physicians.",
        "This activity is jointly provided.",
        "Category 1 recommendations rest on trials; the sponsor of the trial is named.",
    ],
)
def test_lets_ordinary_sentences_be(text: str) -> None:
    assert on_a_page(text) == set()


def test_the_letter_of_an_owner_is_printed_as_it_is() -> None:
    letter = {"system": "aafp", "maximum": "0.5", "statement": "Physicians should only claim credit commensurate with …"}
    credits = [credit.model_dump(by_alias=True) for credit in an_activity().credits]
    assert codes(an_activity(credits=[*credits, letter])) == set()


def test_points_at_the_line_of_the_page() -> None:
    (problem,) = objections(an_activity(), pages={PAGE: "# Title\n\nGood.\n\nUse Halvex®.\n"})
    assert problem.where == Place(PAGE, 5, 1)


def case(vignette: str) -> set[str]:
    items = [item.model_dump(by_alias=True) for item in an_activity().items]
    return codes(an_activity(items=[items[0] | {"vignette": vignette}, *items[1:]]))


@pytest.mark.parametrize(
    "vignette",
    [
        "A man was admitted on March 3, 2025.",
        "Admitted 2025-03-03 with fever.",
        "Seen on 3/3/2025.",
        "A 93-year-old woman has diarrhoea.",
        "A man aged 104 has fever.",
        "MRN 00123: fever.",
        "Medical record number 55-11.",
    ],
)
def test_warns_of_a_patient_who_could_be_recognised(vignette: str) -> None:
    assert case(vignette) == {"patient-recognisable"}


@pytest.mark.parametrize(
    "vignette", ["A 89-year-old woman has diarrhoea.", "In 2025 a man had fever.", "His pulse is 93, and 90 mg were given."]
)
def test_years_and_ages_up_to_89_are_fine(vignette: str) -> None:
    assert case(vignette) == set()


def test_warns_within_the_cases_of_a_page_and_nowhere_else() -> None:
    assert on_a_page("::: case\nA 93-year-old woman has fever.\n:::") == {"patient-recognisable"}
    assert on_a_page("::: case\nA woman has fever.\n:::\nThe guideline appeared on March 3, 2025.") == set()


def video(**changes: Any) -> set[str]:
    said = {
        "video": "content/film.mp4",
        "title": "Film",
        "captions": "content/film.vtt",
        "transcript": "content/film.md",
        "minutes": 20,
    } | changes
    return codes(an_activity(contents=[said]))


def test_video_has_captions() -> None:
    assert video(captions=None) == {"video-without-captions"}


def test_warns_of_video_without_transcript() -> None:
    assert video(transcript=None) == {"video-without-transcript"}


def _people() -> list[dict[str, Any]]:
    return [person.model_dump(by_alias=True) for person in an_activity().people]


def _consultant(company: str) -> dict[str, Any]:
    return {**_people()[2], "name": "Ada Winterbourne", "relationships": [a_relationship(company=company)]}
