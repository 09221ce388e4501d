"""An LMS's own list of completions, read as it was exported: who completed, by whatever name its columns have.

LMSs name their columns as they like. The learner's column is the one that holds the most ids which the bridge knows; who completed is said
by a column of status or date where there is one, and by standing in the list where there is none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

Row = Mapping[str, str]

# What columns are called that say whether somebody completed (exports of Moodle, Canvas, Cornerstone, Blackboard, Docebo and others).
COMPLETION_COLUMNS = frozenset(
    {
        "completed", "completed at", "completed date", "completed on", "completion", "completion date", "completion status", "complete",
        "course completion status", "date completed", "lesson status", "lesson_status", "status", "time completed", "transcript status",
    }
)  # fmt: skip
# What stands in them for somebody who did not.
NOT_COMPLETED = frozenset(
    {
        "", "-", "0", "assigned", "browsed", "enrolled", "failed", "false", "in progress", "incomplete", "n", "never", "no", "none",
        "not attempted", "not complete", "not completed", "not started", "null", "pending", "registered", "unknown", "withdrawn",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Completions:
    """`completed` and `others` are the ids in the learner's column; `decided_by` are the columns that said who completed."""

    column: str
    decided_by: tuple[str, ...]
    completed: frozenset[str]
    others: frozenset[str]


def read(data: bytes, known: Collection[str], column: str | None = None) -> Completions:
    """`known` are the ids by which the LMS's learners are known here. Raises `ProblemsFound`."""
    rows = _rows(data)
    chosen = column or _learner_column(rows, known)
    if chosen not in rows[0]:
        raise _problem(f"The file has no column {chosen!r}.", f"It has: {', '.join(rows[0])}.")
    deciding = tuple(name for name in rows[0] if _plain(name) in COMPLETION_COLUMNS)
    completed = frozenset(_id(row, chosen) for row in rows if _completed(row, deciding)) - {""}
    everybody = frozenset(_id(row, chosen) for row in rows) - {""}
    return Completions(column=chosen, decided_by=deciding, completed=completed, others=everybody - completed)


def _rows(data: bytes) -> Sequence[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _problem("The file is not text in UTF-8.", "Export it as CSV in UTF-8.") from None
    try:
        names, *rows = (row for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)) if any(row))
    except (ValueError, csv.Error):
        raise _problem("The file has no lines that can be read as CSV.", "Export the completions as CSV with column names.") from None
    if not rows:
        raise _problem("The file has no rows under its line of column names.", "Export the completions, not an empty list.")
    header = [name.strip() for name in names]
    return [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in rows]


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _learner_column(rows: Sequence[Row], known: Collection[str]) -> str:
    hits = {name: sum(_id(row, name) in known for row in rows) for name in rows[0]}
    best = max(hits, key=lambda name: hits[name])
    if hits[best] == 0:
        remedy = "Name the column with --column, or export the id that the LMS gives to packages (learner_id, student_id, actor)."
        raise _problem("No column holds an id of a learner who launched here from this site.", remedy)
    return best


def _completed(row: Row, deciding: Iterable[str]) -> bool:
    return all(_plain(row[name]) not in NOT_COMPLETED for name in deciding)


def _id(row: Row, name: str) -> str:
    return row[name].strip()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _problem(message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound((Problem("completion-file", Place("FILE"), message, remedy),))
