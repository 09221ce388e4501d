"""The headings of a table of questions, and the many words that people use for them."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

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


def columns(row: Sequence[str]) -> dict[str, int]:
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
