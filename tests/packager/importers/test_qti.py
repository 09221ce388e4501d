"""Items of QTI 2.1 (IMS Question and Test Interoperability, Information Model 2.1) in the ways that programs write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.importers import qti
from scorm_packager.importing.model import Reading
from tests.packager.importers.samples import a_picture, a_source

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p{}"


def read(tmp_path: Path, body: str, *right: str, more: str = "", version: int = 1) -> Reading:
    """An item with this body, whose one response R is right as given."""
    values = "".join(f"<value>{each}</value>" for each in right)
    key = f"<correctResponse>{values}</correctResponse>"
    declared = f'<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier">{key}</responseDeclaration>'
    text = (
        f'<assessmentItem xmlns="{NAMESPACE.format(version)}" identifier="q">{declared}<itemBody>{body}</itemBody>{more}</assessmentItem>'
    )
    return qti.read(a_source(tmp_path / "item.xml", text))


def item(reading: Reading) -> dict[str, Any]:
    [question] = reading.questions
    return dict(question.values)


def choices(*texts: str, most: str = "1", more: str = "") -> str:
    listed = "".join(f'<simpleChoice identifier="{key}">{text}</simpleChoice>' for key, text in zip("ABCDE", texts, strict=False))
    return f'<choiceInteraction responseIdentifier="R" maxChoices="{most}"><prompt>Which?</prompt>{listed}{more}</choiceInteraction>'


NUMBER = '<p>How many?</p><p><textEntryInteraction responseIdentifier="R"/></p>'


def test_it_works(tmp_path: Path) -> None:
    assert item(read(tmp_path, choices("This", "That"), "B")) == {
        "kind": "choice",
        "stem": "Which?",
        "choices": {"a": "This", "b": "That"},
        "answer": "b",
    }


@pytest.mark.parametrize("version", [0, 1, 2])
def test_2_0_and_2_2_are_read_like_2_1(tmp_path: Path, version: int) -> None:
    assert item(read(tmp_path, choices("This", "That"), "B", version=version))["answer"] == "b"


@pytest.mark.parametrize(
    ("most", "right", "kind"),
    [("1", ["A"], "choice"), ("0", ["A"], "multiple"), ("3", ["A", "B"], "multiple"), ("1", ["A", "B"], "multiple")],
)
def test_how_many_may_be_chosen_makes_the_kind(tmp_path: Path, most: str, right: list[str], kind: str) -> None:
    assert item(read(tmp_path, choices("This", "That", "These", most=most), *right))["kind"] == kind


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        ("", 10, 10),
        ('<equal toleranceMode="exact"/>', 10, 10),
        ('<equal toleranceMode="absolute" tolerance="0.5"/>', 9.5, 10.5),
        ('<equal toleranceMode="absolute" tolerance="1 2"/>', 9, 12),
        ('<equal toleranceMode="relative" tolerance="5"/>', 9.5, 10.5),
    ],
)
def test_a_number_has_the_tolerance_of_its_processing(tmp_path: Path, rule: str, low: float, high: float) -> None:
    made = item(read(tmp_path, NUMBER, "10", more=f"<responseProcessing>{rule}</responseProcessing>"))
    assert (made["stem"], made["answer"]) == ("How many?", {"from": low, "to": high})


def test_a_choice_in_a_line_leaves_a_blank(tmp_path: Path) -> None:
    listed = "".join(f'<inlineChoice identifier="{key}">{text}</inlineChoice>' for key, text in (("X", "one"), ("Y", "two")))
    inline = f'<inlineChoiceInteraction responseIdentifier="R">{listed}</inlineChoiceInteraction>'
    made = item(read(tmp_path, f"<p>There are {inline} lungs.</p>", "Y"))
    assert (made["stem"], made["answer"]) == ("There are \\_\\_\\_\\_\\_ lungs.", "b")


def test_feedback_of_a_choice_goes_to_that_choice(tmp_path: Path) -> None:
    inline = 'This<feedbackInline identifier="A" outcomeIdentifier="F" showHide="show">Too slow.</feedbackInline>'
    modal = '<modalFeedback identifier="B" outcomeIdentifier="F" showHide="show">Yes.</modalFeedback>'
    made = item(read(tmp_path, choices(inline, "That"), "B", more=modal))
    assert (made["choices"], made["rationale"]) == ({"a": "This", "b": "That"}, "**a** Too slow.\n\n**b** Yes.")


def test_feedback_that_belongs_to_no_choice_is_put_together_and_named(tmp_path: Path) -> None:
    modal = "".join(
        f'<modalFeedback identifier="{each}" outcomeIdentifier="F" showHide="show">{each}.</modalFeedback>' for each in ("right", "wrong")
    )
    reading = read(tmp_path, choices("This", "That"), "B", more=modal)
    assert item(reading)["rationale"] == "right.\n\nwrong."
    assert [each.code for each in reading.problems] == ["import-feedback-mixed"]


def test_an_image_beside_the_item_comes_along(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "ecg 1.png").write_bytes(a_picture())
    reading = read(tmp_path, '<p><img src="img/ecg%201.png" alt="An ECG"/></p>' + choices("This", "That"), "B")
    assert item(reading)["vignette"] == "![An ECG](content/item/ecg-1.png)"
    assert [each.name for each in reading.media] == ["ecg-1.png"]


@pytest.mark.parametrize(
    ("body", "right", "code"),
    [
        (choices("This", "That"), ["Z"], "import-answer-unknown"),
        (choices("This", "That"), [], "import-no-key"),
        (choices("This"), ["A"], "import-choices"),
        (NUMBER, ["protamine"], "import-short-answer"),
        (choices("This", "That") + NUMBER, ["A"], "import-kind-unsupported"),
        ('<hotspotInteraction responseIdentifier="R"/>', ["A"], "import-kind-unsupported"),
        ("<p>Only text.</p>", [], "import-kind-unsupported"),
    ],
)
def test_what_cannot_be_an_item_is_named(tmp_path: Path, body: str, right: list[str], code: str) -> None:
    reading = read(tmp_path, body, *right)
    assert ([each.code for each in reading.problems], reading.questions) == ([code], ())


@pytest.mark.parametrize("text", ["<questestinterop/>", '<qti-assessment-item identifier="a"/>'])
def test_other_versions_are_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProblemsFound, match="import-qti-version"):
        qti.read(a_source(tmp_path / "item.xml", text))
