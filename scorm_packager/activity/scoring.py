"""Responses and items to a score: the one definition. The player's `scoring.js` is held to the same cases, `tests/scenarios/scoring.json`.

Every item has one response that is right, in the form of xAPI's interactions (ids of `multiple` sorted, sources of `matching` in the
definition's order); numeric items have a range, and text items several answers, which are compared without regard to capitals and spaces.
Nothing else is trimmed or guessed: the player sends no other form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scorm_packager.activity.definition_model import DefinedItem

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST_DECIMAL = 40


@dataclass(frozen=True, slots=True)
class Score:
    """`scaled` is correct/total, 0..1, rounded to four places for display and statements; it decides nothing."""

    correct: int
    total: int
    scaled: float


def correct(item: DefinedItem, response: str | None) -> bool:
    """Whether a response is right by the item's own key; no response is not."""
    if not response:
        return False
    if isinstance(item.answer, dict) and item.kind == "numeric":
        return _within(response, item.answer)
    if isinstance(item.answer, list) and item.kind == "text":
        return folded(response) in {folded(answer) for answer in item.answer}
    return response == key(item)


def folded(text: str) -> str:
    """A written answer as it is compared: compatible characters alike (NFKC), small letters, one space between words."""
    return re.sub("[ \t\r\n]+", " ", unicodedata.normalize("NFKC", text).lower()).strip(" ")


def key(item: DefinedItem) -> str:
    """The one right response of an item that is not numeric; of a numeric one, the lower end of its range, of a text the first."""
    answer = item.answer
    if isinstance(answer, bool):
        return str(answer).lower()
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list) and item.kind == "text":
        return answer[0]
    if isinstance(answer, list):
        return "[,]".join(sorted(answer) if item.kind == "multiple" else answer)
    if item.kind == "numeric":
        return answer["from"]
    return "[,]".join(f"{source.id}[.]{answer[source.id]}" for source in item.sources if source.id in answer)


def score(items: Iterable[DefinedItem], responses: Mapping[str, str]) -> Score:
    """The score of responses by item id; an item without a response counts as not correct."""
    asked = list(items)
    right = sum(correct(item, responses.get(item.id)) for item in asked)
    return Score(right, len(asked), _scaled(right, len(asked)))


def passes(score: Score, passing_score: float) -> bool:
    """Exact: 7 of 10 pass 0.7, whatever 0.7 is in binary. A score of no items passes nothing."""
    return score.total > 0 and Fraction(score.correct, score.total) >= Fraction(str(passing_score))


def is_decimal(text: str) -> bool:
    """Decimal text as numeric responses have it: a point as the decimal mark, no spaces, no exponent."""
    return len(text) <= _LONGEST_DECIMAL and _DECIMAL.fullmatch(text) is not None


def _within(response: str, bounds: Mapping[str, str]) -> bool:
    return is_decimal(response) and Decimal(bounds["from"]) <= Decimal(response) <= Decimal(bounds["to"])


def _scaled(right: int, total: int) -> float:
    # Halves upwards, in whole numbers, as the player rounds.
    return (20000 * right + total) // (2 * total) / 10000 if total else 0.0
