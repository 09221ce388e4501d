"""Workbooks hold numbers, dates and formulas where a text was meant; what was typed is what counts, or is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scorm_packager.importers import xlsx
from scorm_packager.importing.found import source_of
from scorm_packager.importing.model import Reading
from tests.packager.importers.samples import told

HEADINGS = ("question", "a", "b", "answer")


def read(tmp_path: Path, *rows: tuple[Any, ...], form: str = "General") -> Reading:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Bank"
    for row in (HEADINGS, *rows):
        sheet.append(row)
    for cell in sheet["B"][1:]:
        cell.number_format = form
    book.save(tmp_path / "bank.xlsx")
    return xlsx.read(source_of(tmp_path / "bank.xlsx"))


def test_it_works(tmp_path: Path) -> None:
    [question] = read(tmp_path, ("Which?", "This", "That", "b")).questions
    assert question.values["choices"] == {"a": "This", "b": "That"}
    assert str(question.where) == "bank.xlsx/Bank!A2"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (5, "General", "5"), (0.1, "General", "0.1"), (2.50, "0.00", "2.5"), (0.05, "0%", "5%"), (0.125, "0.0%", "12.5%"),
        (True, "General", "true"), (1e-7, "General", "0.0000001"), ("007", "@", "007"),
    ],
)  # fmt: skip
def test_a_number_is_the_text_that_was_typed(value: Any, form: str, shown: str, tmp_path: Path) -> None:
    [question] = read(tmp_path, ("Which?", value, "That", "b"), form=form).questions
    assert question.values["choices"]["a"] == shown


def test_what_became_a_date_is_an_error_at_its_cell(tmp_path: Path) -> None:
    reading = read(tmp_path, ("Which?", date(2026, 1, 2), "That", "b"), form="d-mmm")
    assert told(reading)[0] == "bank.xlsx/Bank!B2 error import-cell-date"


def test_a_formula_without_a_result_leaves_its_cell_empty_and_is_named(tmp_path: Path) -> None:
    reading = read(tmp_path, ("Which?", '=HYPERLINK("http://x.example","This")', "That", "b"))
    assert told(reading) == ["bank.xlsx/Bank!B2 warning import-formula", "bank.xlsx/Bank!D2 error import-choices"]


def test_a_workbook_without_questions_says_so(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "bank.xlsx")
    assert told(xlsx.read(source_of(tmp_path / "bank.xlsx"))) == ["bank.xlsx error import-nothing"]
