"""What a row of a table says of the answer: which choices it names, which numbers it takes, and which kind of item that makes."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scorm_packager.activity.problems import Place
from scorm_packager.importing import questions
from scorm_packager.importing.model import pass_over, refuse

_KINDS = {
    "choice": "choice multiplechoice singlechoice single mc mcq sba singlebestanswer multichoice",
    "multiple": "multiple multipleresponse multipleanswer multipleselect multiselect selectall checkbox checkboxes mr ma",
    "true-false": "truefalse tf trueorfalse boolean",
    "matching": "matching match mt pairs",
    "ordering": "ordering order sequence ranking",
    "numeric": "numeric numerical number num calculated",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
PAIR = re.compile(r"\s*(?:=>|->|→|⇒)\s*")
TRUE, FALSE = ("true", "t", "yes", "correct"), ("false", "f", "no", "incorrect")


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


def kind(row: Row) -> str:
    said = re.sub(r"[^a-z]", "", row["kind"].casefold())
    if said:
        known = _KIND_OF.get(said)
        if known is None:
            message = f"There is no kind of item “{row['kind'][:40]}” here."
            raise pass_over("import-kind-unsupported", row.at("kind"), message, f"Use one of: {', '.join(_KINDS)}.")
        return known
    return _kind_by_answer(row)


def _kind_by_answer(row: Row) -> str:
    choices, answer = row.choices(), row["answer"]
    if choices and not answer and all(PAIR.search(text) for text in choices.values()):
        return "matching"
    if choices:
        return "multiple" if len(_listed(row, answer)) > 1 else "choice"
    if answer.casefold() in (*TRUE, *FALSE):
        return "true-false"
    return "numeric" if limits(answer) else "choice"


def keys(row: Row, answer: str) -> list[str]:
    """The keys of the choices that an answer names. Raises `ProblemsFound` when a name leads nowhere."""
    choices = row.choices()
    found = list[str]()
    for said in _listed(row, answer):
        meant = _meant(said, choices)
        if len(meant) != 1:
            message = f"The answer “{said[:40]}” is {'none' if not meant else 'more than one'} of the choices."
            raise refuse("import-answer-unknown", row.at("answer"), message, f"Name columns: {', '.join(choices) or 'a, b'}.")
        found += meant
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


def limits(answer: str) -> tuple[Decimal, Decimal] | None:
    if (exact := questions.number(answer)) is not None:
        return exact, exact
    for pattern in (_TOLERANCE, _RANGE):
        parts = pattern.fullmatch(answer.strip())
        ends = (questions.number(parts[1]), questions.number(parts[2])) if parts else (None, None)
        if ends[0] is not None and ends[1] is not None:
            return (ends[0] - ends[1], ends[0] + ends[1]) if pattern is _TOLERANCE else (ends[0], ends[1])
    return None
