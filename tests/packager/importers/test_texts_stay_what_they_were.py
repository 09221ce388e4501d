"""What an author wrote is what a learner reads: no sign of a plain text turns into formatting, and none is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.importers import csv as tables
from scorm_packager.importers import gift
from scorm_packager.importing.model import Source
from scorm_packager.importing.prose import plain
from tests.packager.importers.texts import CALM, WORDS, as_block, as_read

CHOICES = st.lists(WORDS, min_size=2, max_size=5, unique_by=lambda text: text.casefold())


def test_it_works() -> None:
    assert plain("PaO2 < 60 mmHg & 5*3").line() == "PaO2 \\< 60 mmHg & 5\\*3"


@CALM
@given(WORDS)
def test_a_plain_text_reads_the_same_in_a_line(text: str) -> None:
    assert as_read(plain(text).line()) == text


@CALM
@given(WORDS)
def test_a_plain_text_reads_the_same_as_a_paragraph(text: str) -> None:
    assert as_block(plain(text).markdown()) == text


@pytest.mark.parametrize(
    "start", ["# a", "> a", "- a", "+ a", "* a", "1. a", "1) a", "::: case", "~~~", "| a | b |", "--- a", "= a", "12345678901. a"]
)
def test_the_start_of_a_text_makes_no_block_of_it(start: str) -> None:
    assert as_block(plain(start).markdown()) == start


def test_empty_lines_part_paragraphs_and_single_ones_stay() -> None:
    assert plain("One\ntwo\n \nthree").markdown() == "One<br>two\n\nthree"


def test_control_characters_are_left_out() -> None:
    assert plain("a\x00b\x1bc\x85d\ufeff").line() == "abcd"


@CALM
@given(stem=WORDS, choices=CHOICES, right=st.integers(0, 4), rationale=WORDS)
def test_a_table_gives_back_what_was_written_into_it(tmp_path: Path, stem: str, choices: list[str], right: int, rationale: str) -> None:
    answer = "abcde"[right % len(choices)]
    text = io.StringIO()
    csv.writer(text).writerows((["question", *"abcde"[: len(choices)], "answer", "rationale"], [stem, *choices, answer, rationale]))
    file = tmp_path / "bank.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    [question] = tables.read(Source(file, "bank.csv", "content/bank")).questions
    assert as_read(question.values["stem"]) == stem
    assert [as_read(each) for each in question.values["choices"].values()] == choices
    assert question.values["answer"] == answer
    assert as_block(question.values["rationale"]) == rationale


def escaped(text: str) -> str:
    """As GIFT's documentation asks: a backslash before ~ = # { } : and before a backslash."""
    return "".join(f"\\{each}" if each in "\\~=#{}:" else each for each in text)


@CALM
@given(title=WORDS, stem=WORDS, choices=CHOICES, right=st.integers(0, 4))
def test_gift_gives_back_what_was_written_into_it(tmp_path: Path, title: str, stem: str, choices: list[str], right: int) -> None:
    right %= len(choices)
    listed = "\n".join(f"{'=' if at == right else '~%0%'}[plain]{escaped(each)}" for at, each in enumerate(choices))
    file = tmp_path / "bank.gift"
    file.write_text(f"::{escaped(title)}::[plain]{escaped(stem)}{{\n{listed}\n}}\n", encoding="utf-8", newline="")
    [question] = gift.read(Source(file, "bank.gift", "content/bank")).questions
    assert question.name == title
    assert as_read(question.values["stem"]) == stem
    assert [as_read(each) for each in question.values["choices"].values()] == choices
    assert question.values["answer"] == "abcde"[right]
