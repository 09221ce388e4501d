"""Moodle XML as Moodle's question bank writes it (docs.moodle.org, “Moodle XML format”)."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from scorm_packager.importers import moodle_xml
from scorm_packager.importing.model import Reading
from tests.packager.importers.samples import a_picture, a_source, told

ASKED = "<questiontext format='html'><text><![CDATA[{}]]></text>{}</questiontext>"


def read(tmp_path: Path, kind: str, inside: str, asked: str = "Which?", files: str = "", name: str = "n") -> Reading:
    question = f"<question type='{kind}'><name><text>{name}</text></name>{ASKED.format(asked, files)}{inside}</question>"
    return moodle_xml.read(a_source(tmp_path / "bank.xml", f"<quiz>{question}</quiz>"))


def item(reading: Reading) -> dict[str, Any]:
    [question] = reading.questions
    return dict(question.values)


def answer(fraction: str, text: str, more: str = "") -> str:
    return f"<answer fraction='{fraction}' format='html'><text>{text}</text>{more}</answer>"


def test_it_works(tmp_path: Path) -> None:
    made = item(read(tmp_path, "multichoice", answer("100", "This") + answer("0", "That")))
    assert made == {"kind": "choice", "stem": "Which?", "choices": {"a": "This", "b": "That"}, "answer": "a"}


def test_an_embedded_image_becomes_a_file_of_the_activity(tmp_path: Path) -> None:
    file = f"<file name='ecg 1.png' path='/' encoding='base64'>{base64.b64encode(a_picture()).decode()}</file>"
    asked = "<p><img src='@@PLUGINFILE@@/ecg%201.png' alt='An ECG'></p><p>Which?</p>"
    reading = read(tmp_path, "truefalse", answer("100", "true"), asked, file)
    assert item(reading)["vignette"] == "![An ECG](content/bank/ecg-1.png)"
    assert [(each.name, each.data) for each in reading.media] == [("ecg-1.png", a_picture())]


def test_a_choice_that_is_right_in_part_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, "multichoice", "<single>true</single>" + answer("100", "This") + answer("50", "That"))
    assert (item(reading)["answer"], told(reading)) == ("a", ["bank.xml:1:1 warning import-partial-credit"])


def test_a_number_keeps_its_tolerance_and_unit(tmp_path: Path) -> None:
    each = "<unit><multiplier>{}</multiplier><unit_name>{}</unit_name></unit>"
    units = f"<units>{each.format(1000, 'g')}{each.format(1, 'mg')}</units>"
    made = item(read(tmp_path, "numerical", answer("100", "4.5", "<tolerance>0.5</tolerance>") + units))
    assert (made["answer"], made["unit"]) == ({"from": 4, "to": 5}, "mg")


def test_the_id_number_names_a_question_before_its_name(tmp_path: Path) -> None:
    reading = read(tmp_path, "truefalse", "<idnumber>SEP-1</idnumber>" + answer("100", "false"), name="About sepsis")
    assert reading.questions[0].name == "SEP-1"


def test_a_target_without_a_source_is_one_more_to_choose_from(tmp_path: Path) -> None:
    pairs = (("Heparin", "Protamine"), ("Opioids", "Naloxone"), ("", "Vitamin K"))
    parts = "".join(
        f"<subquestion format='html'><text>{one}</text><answer><text>{other}</text></answer></subquestion>" for one, other in pairs
    )
    made = item(read(tmp_path, "matching", parts))
    assert (len(made["sources"]), sorted(made["targets"].values())) == (2, ["Naloxone", "Protamine", "Vitamin K"])


@pytest.mark.parametrize(
    "kind",
    ["essay", "shortanswer", "description", "cloze", "calculated", "ddwtos", "ddimageortext", "gapselect", "randomsamatch", "coderunner"],
)
def test_kinds_that_have_no_counterpart_are_named_with_the_question(kind: str, tmp_path: Path) -> None:
    reading = read(tmp_path, kind, "", name="The last one")
    assert (reading.questions, told(reading)) == ((), ["bank.xml:1:1 warning import-kind-unsupported"])
    assert reading.problems[0].message.startswith("“The last one”: ")
