"""Questions written as a table, one in each row, under headings that may be worded in several ways.

The layout is `HEADINGS`: choices stand in columns `a` to `z`, `answer` names the right ones. Of a matching question each choice is a
pair, `source => target`; the choices of an ordering question stand in their right order unless `answer` gives another.
Texts are plain: what stands in a cell is what a learner reads.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.importing import questions
from scorm_packager.importing.model import Question, Reading, Values, pass_over, refuse, warning
from scorm_packager.importing.prose import plain
from scorm_packager.importing.questions import Option

HEADINGS = ("id", "kind", "objective", "vignette", "stem", "a", "b", "c", "d", "e", "f", "answer", "rationale", "unit")

_SAME = {
    "id": "id itemid questionid identifier name",
    "kind": "kind type questiontype itemtype format",
    "objective": "objective learningobjective objectiveid",
    "vignette": "vignette case scenario casevignette",
    "stem": "stem question questiontext questionstem text prompt item",
    "answer": "answer answers correct correctanswer correctanswers key answerkey rightanswer solution correctchoice correctoption",
    "rationale": "rationale explanation feedback generalfeedback",
    "unit": "unit units",
}
_COLUMNS = {word: column for column, words in _SAME.items() for word in words.split()}
_CHOICE = re.compile(r"(?:(feedback|rationale)(?:for)?)?(?:option|choice|answer|response|distractor)?([a-z]|[1-9]\d?)")
_KINDS = {
    "choice": "choice multiplechoice singlechoice single mc mcq sba singlebestanswer multichoice",
    "multiple": "multiple multipleresponse multipleanswer multipleselect multiselect selectall checkbox checkboxes mr ma",
    "true-false": "truefalse tf trueorfalse boolean",
    "matching": "matching match mt pairs",
    "ordering": "ordering order sequence ranking",
    "numeric": "numeric numerical number num calculated",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_PAIR = re.compile(r"\s*(?:=>|->|→|⇒)\s*")
_TRUE, _FALSE = ("true", "t", "yes", "correct"), ("false", "f", "no", "incorrect")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column, the place of each, and that of the row."""

    cells: Mapping[str, str]
    where: Place
    at: Callable[[str], Place]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def choices(self) -> dict[str, str]:
        """Those that are filled in, by their key."""
        return {key: self[key] for key in string.ascii_lowercase if self[key]}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; `at` gives the place of a cell by row and column, both from 0."""

    rows: Sequence[Sequence[str]]
    at: Callable[[int, int], Place]


def read(table: Table) -> Reading:
    """Every row that is a question. Raises `ProblemsFound` when no row holds the headings."""
    header = next((at for at, row in enumerate(table.rows) if {"stem"} <= set(_named(row))), None)
    if header is None:
        remedy = f"Name the columns in the first row: {', '.join(HEADINGS)}. `import --template` writes such a table."
        raise refuse("import-no-header", table.at(0, 0), "No row names a column `stem` (or `question`).", remedy)
    columns = _named(table.rows[header])
    found, problems = list[Question](), list(_unused(table, header, columns))
    for at, row in enumerate(table.rows[header + 1 :], header + 1):
        if any(cell.strip() for cell in row):
            one = _row(table, at, columns)
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
    values = _READERS[_kind(row)](row)
    objective = {"objective": row["objective"]} if row["objective"] else {}
    kind = values.pop("kind")
    return Question(row["id"], row.where, {"kind": kind, **objective, **values})


# --- columns --------------------------------------------------------------------------------------


def _named(row: Sequence[str]) -> dict[str, int]:
    """Column → position, the first of each name."""
    found: dict[str, int] = {}
    for position, cell in enumerate(row):
        name = column(cell)
        if name:
            found.setdefault(name, position)
    return found


def column(heading: str) -> str | None:
    """Which column a heading means."""
    word = re.sub(r"[^a-z0-9]", "", heading.casefold())
    if word in _COLUMNS:
        return _COLUMNS[word]
    choice = _CHOICE.fullmatch(word)
    if choice is None or (choice[2].isdigit() and (word == choice[2] or int(choice[2]) > 26)):
        return None
    key = choice[2] if choice[2].isalpha() else string.ascii_lowercase[int(choice[2]) - 1]
    return f"feedback {key}" if choice[1] else key


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


def _kind(row: Row) -> str:
    said = re.sub(r"[^a-z]", "", row["kind"].casefold())
    if said:
        kind = _KIND_OF.get(said)
        if kind is None:
            message = f"There is no kind of item “{row['kind'][:40]}” here."
            raise pass_over("import-kind-unsupported", row.at("kind"), message, f"Use one of: {', '.join(_KINDS)}.")
        return kind
    return _kind_by_answer(row)


def _kind_by_answer(row: Row) -> str:
    choices, answer = row.choices(), row["answer"]
    if choices and not answer and all(_PAIR.search(text) for text in choices.values()):
        return "matching"
    if choices:
        return "multiple" if len(_listed(row, answer)) > 1 else "choice"
    if answer.casefold() in (*_TRUE, *_FALSE):
        return "true-false"
    return "numeric" if _range(answer) else "choice"


def _choice(row: Row) -> Values:
    return questions.choice(_asked(row), _options(row), row.at("answer"), _rationale(row))


def _multiple(row: Row) -> Values:
    return questions.multiple(_asked(row), _options(row), row.at("answer"), _rationale(row))


def _true_false(row: Row) -> Values:
    answer = row["answer"].casefold()
    if answer not in (*_TRUE, *_FALSE):
        raise refuse("import-no-key", row.at("answer"), f"“{row['answer'][:40]}” is neither true nor false.", "Write true or false.")
    return questions.true_false(_asked(row), answer in _TRUE, _rationale(row))


def _matching(row: Row) -> Values:
    pairs = list[tuple[str, str]]()
    for key, text in row.choices().items():
        sides = _PAIR.split(text)
        if len(sides) != 2 or not all(sides):
            raise refuse("import-no-pair", row.at(key), f"“{text[:40]}” is no pair.", "Write it as: source => target.")
        pairs.append((plain(sides[0]).line(), plain(sides[1]).line()))
    return questions.matching(_asked(row), pairs, row.at("a"), _rationale(row))


def _ordering(row: Row) -> Values:
    choices = row.choices()
    order = _keys(row, row["answer"]) if row["answer"] else list(choices)
    if sorted(order) != sorted(choices):
        raise refuse(
            "import-order", row.at("answer"), "The order must name every choice once.", f"List {', '.join(choices)} in the right order."
        )
    return questions.ordering(_asked(row), [plain(choices[key]).line() for key in order], row.at("a"), _rationale(row))


def _numeric(row: Row) -> Values:
    limits = _range(row["answer"])
    if limits is None:
        message = f"“{row['answer'][:40]}” is no number and no range."
        raise refuse("import-no-number", row.at("answer"), message, "Write 4.5, 4..5 or 4.5 ± 0.5.")
    return questions.numeric(_asked(row), *limits, row.at("answer"), _rationale(row), row["unit"])


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
    right = set(_keys(row, row["answer"]))
    return [Option(plain(text).line(), key in right, plain(row[f"feedback {key}"]).line()) for key, text in row.choices().items()]


def _keys(row: Row, answer: str) -> list[str]:
    """The keys of the choices that an answer names. Raises `ProblemsFound` when a name leads nowhere."""
    choices = row.choices()
    found = list[str]()
    for said in _listed(row, answer):
        keys = _meant(said, choices)
        if len(keys) != 1:
            message = f"The answer “{said[:40]}” is {'none' if not keys else 'more than one'} of the choices."
            raise refuse("import-answer-unknown", row.at("answer"), message, f"Name columns: {', '.join(choices) or 'a, b'}.")
        found += keys
    return found


def _meant(said: str, choices: Mapping[str, str]) -> list[str]:
    """By key, by the whole text, or by number; a number that is also another choice's text means either."""
    word = re.sub(r"^(?:option|choice|answer)\s+|[.)]$", "", said.strip().casefold())
    by_text = [key for key, text in choices.items() if text.casefold() == said.strip().casefold()]
    if word in choices and len(word) == 1:
        return [word]
    place = int(word) - 1 if re.fullmatch(r"[1-9]\d?", word) else -1
    by_number = [key for key in choices if key == string.ascii_lowercase[place : place + 1]] if place >= 0 else []
    return list(dict.fromkeys((*by_text, *by_number)))


def _listed(row: Row, answer: str) -> list[str]:
    if answer.casefold() in (text.casefold() for text in row.choices().values()):
        return [answer]
    parts: Iterable[str] = re.split(r"[;,|\n/&+]|\band\b", answer)
    if re.fullmatch(r"[a-z](?:\s*[a-z])+", answer) or re.fullmatch(r"[A-Z](?:\s*[A-Z])+", answer):
        parts = answer.replace(" ", "").casefold()
    return [part.strip() for part in parts if part.strip()]


_RANGE = re.compile(r"(.+?)\s*(?:\.\.|…|–|\bto\b|(?<=\d)-)\s*(.+)")
_TOLERANCE = re.compile(r"(.+?)\s*(?:±|\+/-)\s*(.+)")


def _range(answer: str) -> tuple[Decimal, Decimal] | None:
    if (exact := questions.number(answer)) is not None:
        return exact, exact
    for pattern in (_TOLERANCE, _RANGE):
        parts = pattern.fullmatch(answer.strip())
        ends = (questions.number(parts[1]), questions.number(parts[2])) if parts else (None, None)
        if ends[0] is not None and ends[1] is not None:
            return (ends[0] - ends[1], ends[0] + ends[1]) if pattern is _TOLERANCE else (ends[0], ends[1])
    return None
