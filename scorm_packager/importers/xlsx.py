"""Questions in the sheets of an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors
from scorm_packager.importing import office, tables
from scorm_packager.importing.model import Importer, Question, Reading, Source, refuse, warning
from scorm_packager.importing.samples import SAMPLES
from scorm_packager.importing.table_headings import HEADINGS

_MAX_ROWS, _MAX_COLUMNS = 5000, 60
_WIDTHS = {"vignette": 45, "stem": 45, "rationale": 45}


@dataclass
class _Sheet:
    """The cells of one sheet as text, and what is doubtful about them."""

    name: str
    source: Source
    rows: list[list[str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def at(self, row: int, column: int) -> Place:
        return self.source.place(f"{self.name}!{get_column_letter(column + 1)}{row + 1}")


def recognises(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm")


def read(source: Source) -> Reading:
    """Every sheet that has the headings; others are named. Of a formula its last result counts."""
    office.looked_through(source)
    found, problems, empty = list[Question](), list[Problem](), True
    for sheet in _sheets(source):
        if not any(any(row) for row in sheet.rows):
            continue
        empty = False
        try:
            reading = tables.read(tables.Table(sheet.rows, sheet.at))
        except ProblemsFound as refused:
            problems += [_passed_over(problem) for problem in refused.problems]
            continue
        found += reading.questions
        problems += (*sheet.problems, *reading.problems)
    if empty or (not found and not errors(tuple(problems))):
        problems.append(_nothing(source))
    return Reading(questions=tuple(found), problems=tuple(problems))


def _sheets(source: Source) -> list[_Sheet]:
    """Every sheet, as written and as last worked out. Raises `ProblemsFound` for a damaged one."""
    with _understood(source), closing(_opened(source, results=False)) as written, closing(_opened(source, results=True)) as shown:
        return [_sheet(each, shown[each.title], source) for each in written.worksheets]


def _sheet(written: Any, shown: Any, source: Source) -> _Sheet:
    sheet = _Sheet(written.title, source)
    limits = {"max_row": _MAX_ROWS + 1, "max_col": _MAX_COLUMNS}
    for each in (written, shown):
        each.reset_dimensions()  # what a sheet says of its own size need not be true
    for number, (row, values) in enumerate(zip(written.iter_rows(**limits), shown.iter_rows(**limits), strict=False)):
        if number == _MAX_ROWS:
            message = f"Only the first {_MAX_ROWS} rows of this sheet were read."
            sheet.problems.append(Problem("import-too-many-rows", sheet.at(number, 0), message, "Split the sheet."))
            break
        sheet.rows.append([_text(cell, value, sheet, number, at) for at, (cell, value) in enumerate(zip(row, values, strict=False))])
    return sheet


def _opened(source: Source, *, results: bool) -> Any:
    return load_workbook(source.path, read_only=True, data_only=results, keep_links=False)


@contextmanager
def _understood(source: Source) -> Iterator[None]:
    """The library raises whatever a damaged part made it stumble over."""
    try:
        yield
    except Exception as error:
        message = f"This workbook cannot be read ({type(error).__name__})."
        raise refuse("import-xlsx-damaged", source.place(), message, "Open it in a spreadsheet program and save it again.") from error


def _text(cell: Any, shown: Any, sheet: _Sheet, row: int, column: int) -> str:
    value = shown.value
    if cell.data_type == "f":
        message = "This cell holds a formula; its last result was taken."
        sheet.problems.append(warning("import-formula", sheet.at(row, column), message, "Check it, or put the text itself there."))
    if isinstance(value, (datetime, date, time, timedelta)):
        message = "The spreadsheet has made a date or time of this cell: what was typed there is not known any more."
        sheet.problems.append(Problem("import-cell-date", sheet.at(row, column), message, "Format the cell as text, and type it again."))
        return ""
    return _plain(value, str(getattr(shown, "number_format", "")))


def _plain(value: Any, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (int, float)):
        return str(value)
    exact = Decimal(repr(value))
    if "%" in form:  # typed as 5%, kept as 0.05
        return f"{_shortest(exact * 100)}%"
    return _shortest(exact)


def _shortest(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _passed_over(problem: Problem) -> Problem:
    return warning("import-sheet-passed-over", problem.where, f"This sheet was passed over. {problem.message}", problem.remedy)


def _nothing(source: Source) -> Problem:
    message = "No sheet of this workbook holds questions."
    return Problem("import-nothing", source.place(), message, "`import --template xlsx` writes a workbook that does.")


def template() -> bytes:
    """The table's layout with an example of each kind; all cells are text, so that nothing typed there turns into a date."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Questions"
    for row in (dict(zip(HEADINGS, HEADINGS, strict=True)), *SAMPLES):
        sheet.append([row.get(name, "") for name in HEADINGS])
    for row in sheet.iter_rows(max_row=500, max_col=len(HEADINGS)):
        for cell in row:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
    for at, name in enumerate(HEADINGS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 22 if len(name) == 1 else 14)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


IMPORTER = Importer("a table of questions: Excel workbook", "items", recognises, read, template)
