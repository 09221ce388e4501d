"""Tables of questions are read as people write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scorm_packager.importers import csv as importer
from scorm_packager.importing.model import Reading
from scorm_packager.importing.table_headings import column
from tests.packager.importers.samples import a_source, told


def read(tmp_path: Path, text: str | bytes) -> Reading:
    return importer.read(a_source(tmp_path / "bank.csv", text))


def item(tmp_path: Path, text: str) -> dict[str, Any]:
    [question] = read(tmp_path, text).questions
    return dict(question.values)


def test_it_works(tmp_path: Path) -> None:
    assert item(tmp_path, "question,a,b,answer\nWhich?,This,That,b\n") == {
        "kind": "choice",
        "stem": "Which?",
        "choices": {"a": "This", "b": "That"},
        "answer": "b",
    }


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Stem", "stem"), ("Question text", "stem"), ("QUESTION_TEXT", "stem"), ("Correct answer(s)", "answer"), ("Key", "answer"),
        ("Option A", "a"), ("Choice 2", "b"), ("Answer 3", "c"), ("d", "d"), ("Explanation", "rationale"), ("Feedback A", "feedback a"),
        ("Rationale for option 2", "feedback b"), ("Learning objective", "objective"), ("Points", None), ("3", None), ("", None),
    ],
)  # fmt: skip
def test_headings_may_be_worded_in_several_ways(heading: str, meant: str | None) -> None:
    assert column(heading) == meant


@pytest.mark.parametrize("answer", ["b", "B", "b)", "Option B", "2", "That", "that"])
def test_the_answer_may_name_a_choice_by_key_number_or_text(tmp_path: Path, answer: str) -> None:
    assert item(tmp_path, f"question,a,b,answer\nWhich?,This,That,{answer}\n")["answer"] == "b"


@pytest.mark.parametrize("answer", ["a;c", "A and C", "AC", "a & c", "1|3", "This; These", "a/c"])
def test_several_answers_make_a_multiple_item(tmp_path: Path, answer: str) -> None:
    made = item(tmp_path, f"question,a,b,c,answer\nWhich?,This,That,These,{answer}\n")
    assert (made["kind"], made["answer"]) == ("multiple", ["a", "c"])


@pytest.mark.parametrize(
    ("answer", "low", "high"),
    [
        ("4.5", "4.5", "4.5"),
        ("4..5", "4", "5"),
        ("4.5 ± 0.5", "4", "5"),
        ("4 to 5", "4", "5"),
        ("4-5", "4", "5"),
        ("-5..-4", "-5", "-4"),
        ("0.10", "0.10", "0.10"),
    ],
)
def test_a_number_or_range_makes_a_numeric_item(tmp_path: Path, answer: str, low: str, high: str) -> None:
    made = item(tmp_path, f"question,answer,unit\nHow much?,{answer},mg\n")
    assert made["kind"] == "numeric"
    assert (Decimal(str(made["answer"]["from"])), Decimal(str(made["answer"]["to"]))) == (Decimal(low), Decimal(high))


def test_a_number_that_is_also_another_choices_text_is_not_guessed(tmp_path: Path) -> None:
    reading = read(tmp_path, "question,a,b,c,answer\nHow many?,3,1,2,1\n")
    assert told(reading) == ["bank.csv:2:5 error import-answer-unknown"]


def test_what_is_said_of_a_choice_goes_into_the_rationale(tmp_path: Path) -> None:
    made = item(tmp_path, "question,a,b,answer,feedback a,rationale\nWhich?,This,That,b,Too slow.,Because.\n")
    assert made["rationale"] == "Because.\n\n**a** Too slow."


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    text = "question,a,b,answer\nWhich?,This,That,b\n".replace(",", separator)
    assert item(tmp_path, text)["choices"] == {"a": "This", "b": "That"}


def test_places_count_lines_of_the_file_when_a_cell_has_several(tmp_path: Path) -> None:
    reading = read(tmp_path, 'question,a,b,answer\n"Which\n\nof these?",This,That,b\nWhat?,This,That,z\n')
    assert told(reading) == ["bank.csv:5:4 error import-answer-unknown"]
    assert reading.questions[0].values["vignette"] == "Which"


def test_a_table_that_windows_wrote_keeps_its_accents(tmp_path: Path) -> None:
    reading = read(tmp_path, "question,a,b,answer\nPrénom?,Zoë,Noël,b\n".encode("cp1252"))
    assert reading.questions[0].values["choices"] == {"a": "Zoë", "b": "Noël"}
    assert told(reading) == ["bank.csv:2:1 warning import-encoding"]


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x.example")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+A2(3)"])
def test_a_cell_that_a_spreadsheet_would_run_is_named_and_stays_text(tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    reading = read(tmp_path, f'question,a,b,answer\nWhich?,This,"{quoted}",a\n')
    named = [each.where.column for each in reading.problems if each.code == "import-formula"]
    assert named == ([3] if not cell.startswith("-1") else [])
    assert len(reading.questions) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b,answer\nThis,That,b\n", "import-no-header"),
        ('question,a,b,answer\n"Which?,This,That,b\n', "import-csv-malformed"),
        ("\n", "import-no-header"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused_whole(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Exception, match=code):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",This,That,b", "import-no-stem"),
        ("Which?,This,,a", "import-choices"),
        ("Which?,This,That,", "import-no-key"),
        ("Which?,This,This,a", "import-said-twice"),
        ("Which?,,,maybe", "import-answer-unknown"),
        ("How much?,,,5..4", "import-range-reversed"),
    ],
)
def test_a_row_that_nobody_could_answer_is_an_error_at_its_place(tmp_path: Path, row: str, code: str) -> None:
    reading = read(tmp_path, f"question,a,b,answer\n{row}\nWhich one?,This,That,b\n")
    assert [each.code for each in reading.problems] == [code]
    assert reading.problems[0].where.line == 2
    assert len(reading.questions) == 1


def test_the_order_of_choices_never_gives_an_ordering_away(tmp_path: Path) -> None:
    made = item(tmp_path, "question,kind,a,b,c\nOrder?,ordering,Airway,Breathing,Circulation\n")
    assert list(made["choices"].values()) == ["Circulation", "Breathing", "Airway"]
    assert made["answer"] == ["c", "b", "a"]


def test_the_order_of_targets_never_gives_the_pairs_away(tmp_path: Path) -> None:
    made = item(tmp_path, "question,kind,a,b\nMatch?,matching,Heparin => Protamine,Warfarin => Vitamin K\n")
    assert made["targets"] == {"t1": "Vitamin K", "t2": "Protamine"}
    assert made["answer"] == {"s1": "t2", "s2": "t1"}
