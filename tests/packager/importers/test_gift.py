"""GIFT is read as Moodle's documentation writes it (docs.moodle.org, “GIFT format”)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scorm_packager.importers import gift
from scorm_packager.importing.model import Reading
from tests.packager.importers.samples import a_source, told


def read(tmp_path: Path, text: str) -> Reading:
    return gift.read(a_source(tmp_path / "bank.gift", text))


def item(tmp_path: Path, text: str) -> dict[str, Any]:
    [question] = read(tmp_path, text).questions
    return dict(question.values)


def test_it_works(tmp_path: Path) -> None:
    assert item(tmp_path, "Who's buried in Grant's tomb?{=Grant ~no one ~Napoleon}") == {
        "kind": "choice",
        "stem": "Who's buried in Grant's tomb?",
        "choices": {"a": "Grant", "b": "no one", "c": "Napoleon"},
        "answer": "a",
    }


@pytest.mark.parametrize(
    ("written", "answer"),
    [("{T}", True), ("{TRUE}", True), ("{ F }", False), ("{false}", False), ("{F#No.#Yes.}", False), ("{T####Because.}", True)],
)
def test_true_and_false_may_be_written_in_several_ways(tmp_path: Path, written: str, answer: bool) -> None:
    assert item(tmp_path, f"Grant was buried in a tomb.{written}")["answer"] is answer


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("{#1822:5}", 1817, 1827),
        ("{#1..5}", 1, 5),
        ("{#3.14159}", 3.14159, 3.14159),
        ("{#-2:1}", -3, -1),
        ("{#=1822:0 =%50%1822:2}", 1822, 1822),
    ],
)
def test_numbers_have_a_tolerance_or_a_range(tmp_path: Path, written: str, low: float, high: float) -> None:
    assert item(tmp_path, f"When?{written}")["answer"] == {"from": low, "to": high}


def test_a_missing_word_leaves_a_blank(tmp_path: Path) -> None:
    assert item(tmp_path, "Grant is {~buried =entombed} in the tomb.")["stem"] == "Grant is \\_\\_\\_\\_\\_ in the tomb."


def test_escaped_signs_are_text(tmp_path: Path) -> None:
    made = item(tmp_path, r"Which is \{1\}?{=2 \= 1 \+ 1 \\ \: \# \~#Right\: \=. ~no}")
    assert made["stem"] == "Which is {1}?"
    assert made["choices"]["a"] == "2 = 1 \\\\+ 1 \\\\ : # ~"
    assert made["rationale"] == "**a** Right: =."


def test_weights_that_add_up_make_a_multiple_item(tmp_path: Path) -> None:
    made = item(tmp_path, "Which two?{~%-100%No one ~%50%Grant ~%50%His wife}")
    assert (made["kind"], made["answer"]) == ("multiple", ["b", "c"])


def test_a_choice_that_is_right_in_part_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, "Who?{=Grant ~%50%His wife ~no one}")
    assert told(reading) == ["bank.gift:1:1 warning import-partial-credit"]
    assert reading.questions[0].values["answer"] == "a"


def test_a_pair_without_a_first_part_is_a_target_of_none(tmp_path: Path) -> None:
    made = item(tmp_path, "Match.{=Canada -> Ottawa =Italy -> Rome = -> Cairo}")
    assert sorted(made["targets"].values()) == ["Cairo", "Ottawa", "Rome"]
    assert len(made["sources"]) == 2


def test_comments_and_categories_are_no_questions(tmp_path: Path) -> None:
    reading = read(tmp_path, "// one\n$CATEGORY: top/Sepsis\n\n// two\nWho?{=A\n// three\n~B}\n")
    assert [(each.topic, each.where.line) for each in reading.questions] == [("Sepsis", 5)]


@pytest.mark.parametrize("text", ["Who? {=A ~B", "Who? =A ~B}", "Who? {=A {~B}}", "Who? {=A} or {=B}", "Who?{A or B}"])
def test_braces_that_do_not_belong_together_are_an_error_with_the_line(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, f"Fine?{{T}}\n\n{text}\n")
    assert told(reading) == ["bank.gift:3:1 error import-gift-malformed"]
    assert len(reading.questions) == 1


def test_html_is_read_where_it_is_said_or_seen(tmp_path: Path) -> None:
    assert item(tmp_path, "[html]<p>a &lt; b</p>{T}")["stem"] == "a \\< b"
    assert item(tmp_path, "a <b>bold</b> word{T}")["stem"] == "a **bold** word"
    assert item(tmp_path, "[plain]a <b>bold</b> word{T}")["stem"] == "a \\<b>bold\\</b> word"
    assert item(tmp_path, "[markdown]a **bold** word{T}")["stem"] == "a **bold** word"


def test_an_answer_may_say_a_format_of_its_own(tmp_path: Path) -> None:
    made = item(tmp_path, "[plain]<b>Who</b>?{=[html]<b>Grant</b>#[plain]<i> ~[plain]<b>}")
    assert made["choices"] == {"a": "**Grant**", "b": "\\<b>"}
    assert (made["stem"], made["rationale"]) == ("\\<b>Who\\</b>?", "**a** \\<i>")
