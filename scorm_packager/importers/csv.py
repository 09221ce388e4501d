"""Questions in a table of comma-, semicolon- or tab-separated values."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from scorm_packager.activity.problems import Place
from scorm_packager.importing import tables
from scorm_packager.importing.bytes_in import text_of
from scorm_packager.importing.model import Importer, Reading, Source, refuse
from scorm_packager.importing.samples import SAMPLES
from scorm_packager.importing.table_headings import HEADINGS, column

_SEPARATORS = ",;\t|"


def recognises(path: Path) -> bool:
    return path.suffix.lower() in (".csv", ".tsv")


def read(source: Source) -> Reading:
    decoded = text_of(source)
    rows, lines = _rows(decoded.text, source)

    def at(row: int, column: int) -> Place:
        return source.place("", lines[row] if row < len(lines) else 1, column + 1)

    reading = tables.read(tables.Table(rows, at))
    return Reading(questions=reading.questions, problems=(*decoded.problems, *reading.problems))


def _rows(text: str, source: Source) -> tuple[list[list[str]], list[int]]:
    """The rows, and the line that each begins in. Column numbers of places count cells."""
    rows, lines, line = list[list[str]](), list[int](), 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as fault:
        message = f"The table breaks off here: {fault}."
        raise refuse(
            "import-csv-malformed", source.place("", line, 1), message, "Close the quotes; write a quote inside quotes twice."
        ) from fault
    return rows, lines


def _separator(text: str) -> str:
    """The sign that parts the headings into most known columns."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(_SEPARATORS, key=lambda sign: sum(column(cell.strip(' "')) is not None for cell in first.split(sign)))


def template() -> bytes:
    """The table's layout with an example of each kind; its mark tells spreadsheets that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADINGS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(SAMPLES)
    return text.getvalue().encode("utf-8-sig")


IMPORTER = Importer("a table of questions: CSV or TSV", "items", recognises, read, template)
