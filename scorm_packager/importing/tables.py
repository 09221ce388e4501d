"""Questions written as a table, one in each row, under headings that may be worded in several ways.

The layout is `HEADINGS`: choices stand in columns `a` to `z`, `answer` names the right ones. Of a matching question each choice is a
pair, `source => target`; the choices of an ordering question stand in their right order unless `answer` gives another.
Texts are plain: what stands in a cell is what a learner reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.importing import questions
from scorm_packager.importing.model import Question, Reading, Values, refuse, warning
from scorm_packager.importing.prose import plain
from scorm_packager.importing.questions import Option
from scorm_packager.importing.table_answers import FALSE, PAIR, TRUE, Row, keys, kind, limits
from scorm_packager.importing.table_headings import HEADINGS, columns


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; `at` gives the place of a cell by row and column, both from 0."""

    rows: Sequence[Sequence[str]]
    at: Callable[[int, int], Place]


def read(table: Table) -> Reading:
    """Every row that is a question. Raises `ProblemsFound` when no row holds the headings."""
    header = next((at for at, row in enumerate(table.rows) if {"stem"} <= set(columns(row))), None)
    if header is None:
        remedy = f"Name the columns in the first row: {', '.join(HEADINGS)}. `import --template` writes such a table."
        raise refuse("import-no-header", table.at(0, 0), "No row names a column `stem` (or `question`).", remedy)
    named = columns(table.rows[header])
    found, problems = list[Question](), list(_unused(table, header, named))
    for at, row in enumerate(table.rows[header + 1 :], header + 1):
        if any(cell.strip() for cell in row):
            one = _row(table, at, named)
            problems += _formulas(one)
            try:
                found.append(question(one))
            except ProblemsFound as refused:
                problems += refused.problems
    return Reading(questions=tuple(found), problems=tuple(problems))


def question(row: Row) -> Question:
    """The item that a row describes. Raises `ProblemsFound` with what is wrong with it."""
    if not row["stem"]:
        raise refuse("import-no-stem", row.at("stem"), "This row asks nothing: its stem is empty.", "Write the question, or empty the row.")
    values = _READERS[kind(row)](row)
    objective = {"objective": row["objective"]} if row["objective"] else {}
    return Question(row["id"], row.where, {"kind": values.pop("kind"), **objective, **values})


# --- columns --------------------------------------------------------------------------------------


def _unused(table: Table, header: int, columns: Mapping[str, int]) -> Iterator[Problem]:
    for position, cell in enumerate(table.rows[header]):
        if cell.strip() and position not in columns.values():
            message = f"The column “{cell.strip()[:60]}” is not used."
            yield warning(
                "import-column-unused", table.at(header, position), message, f"Known are {', '.join(HEADINGS)}, and `feedback a`."
            )


def _row(table: Table, at: int, columns: Mapping[str, int]) -> Row:
    row = table.rows[at]
    cells = {name: row[position] for name, position in columns.items() if position < len(row)}
    return Row(cells, table.at(at, columns["stem"]), lambda name: table.at(at, columns.get(name, columns["stem"])))


def _formulas(row: Row) -> Iterator[Problem]:
    """A spreadsheet would work such a text out where it is opened again, and some can reach out from there."""
    for name, cell in row.cells.items():
        text = cell.strip()
        if (text[:1] in ("=", "@") and len(text) > 1) or (text[:1] in ("+", "-") and re.match(r"[+-]\s*[A-Za-z@=(]", text)):
            message = f"This cell begins like a formula and was taken as text: {text[:40]}"
            yield warning("import-formula", row.at(name), message, "Check it; write a text in front of the sign if it is one.")


# --- kinds ----------------------------------------------------------------------------------------


def _choice(row: Row) -> Values:
    return questions.choice(_asked(row), _options(row), row.at("answer"), _rationale(row))


def _multiple(row: Row) -> Values:
    return questions.multiple(_asked(row), _options(row), row.at("answer"), _rationale(row))


def _true_false(row: Row) -> Values:
    answer = row["answer"].casefold()
    if answer not in (*TRUE, *FALSE):
        raise refuse("import-no-key", row.at("answer"), f"“{row['answer'][:40]}” is neither true nor false.", "Write true or false.")
    return questions.true_false(_asked(row), answer in TRUE, _rationale(row))


def _matching(row: Row) -> Values:
    pairs = list[tuple[str, str]]()
    for key, text in row.choices().items():
        sides = PAIR.split(text)
        if len(sides) != 2 or not all(sides):
            raise refuse("import-no-pair", row.at(key), f"“{text[:40]}” is no pair.", "Write it as: source => target.")
        pairs.append((plain(sides[0]).line(), plain(sides[1]).line()))
    return questions.matching(_asked(row), pairs, row.at("a"), _rationale(row))


def _ordering(row: Row) -> Values:
    choices = row.choices()
    order = keys(row, row["answer"]) if row["answer"] else list(choices)
    if sorted(order) != sorted(choices):
        raise refuse(
            "import-order", row.at("answer"), "The order must name every choice once.", f"List {', '.join(choices)} in the right order."
        )
    return questions.ordering(_asked(row), [plain(choices[key]).line() for key in order], row.at("a"), _rationale(row))


def _numeric(row: Row) -> Values:
    ends = limits(row["answer"])
    if ends is None:
        message = f"“{row['answer'][:40]}” is no number and no range."
        raise refuse("import-no-number", row.at("answer"), message, "Write 4.5, 4..5 or 4.5 ± 0.5.")
    return questions.numeric(_asked(row), *ends, row.at("answer"), _rationale(row), row["unit"])


_READERS: Mapping[str, Callable[[Row], Values]] = {
    "choice": _choice,
    "multiple": _multiple,
    "true-false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
}


# --- cells ----------------------------------------------------------------------------------------


def _asked(row: Row) -> Values:
    if row["vignette"]:
        return {"vignette": plain(row["vignette"]).markdown(), "stem": plain(row["stem"]).line()}
    return plain(row["stem"]).asked()


def _rationale(row: Row) -> str:
    return plain(row["rationale"]).markdown()


def _options(row: Row) -> list[Option]:
    right = set(keys(row, row["answer"]))
    return [Option(plain(text).line(), key in right, plain(row[f"feedback {key}"]).line()) for key, text in row.choices().items()]
