"""Items made of what question formats have in common; each builder refuses what no learner could answer."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scorm_packager.activity.model import Item
from scorm_packager.activity.problems import Place, Problem
from scorm_packager.importing.model import Question, Values, refuse

_MOST = 26
_MOST_TO_ORDER = 12
_ITEM: TypeAdapter[Any] = TypeAdapter(Item)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice, in Markdown, and what is said to those who take it."""

    text: str
    right: bool = False
    feedback: str = ""


def choice(asked: Values, options: Sequence[Option], where: Place, rationale: str = "") -> Values:
    """One of several. Raises `ProblemsFound` unless exactly one is right."""
    _countable(options, where)
    right = [key for key, option in _keyed(options) if option.right]
    if len(right) != 1:
        message = f"{len(right) or 'None'} of the choices {'are' if len(right) > 1 else 'is'} marked as right; one must be."
        raise refuse("import-no-key", where, message, "Mark the one right choice, or make it a question with several right ones.")
    return {"kind": "choice", **asked, "choices": _texts(options), "answer": right[0], **_rationale(rationale, options)}


def multiple(asked: Values, options: Sequence[Option], where: Place, rationale: str = "") -> Values:
    """Any number of several. Raises `ProblemsFound` when none is right."""
    _countable(options, where)
    right = [key for key, option in _keyed(options) if option.right]
    if not right:
        raise refuse("import-no-key", where, "None of the choices is marked as right.", "Mark the right choices.")
    return {"kind": "multiple", **asked, "choices": _texts(options), "answer": right, **_rationale(rationale, options)}


def true_false(asked: Values, answer: bool, rationale: str = "") -> Values:
    return {"kind": "true-false", **asked, "answer": answer, **_rationale(rationale, ())}


def matching(asked: Values, pairs: Sequence[tuple[str, str]], where: Place, rationale: str = "", others: Iterable[str] = ()) -> Values:
    """Each source with its target; `others` are targets that belong to none. Targets are
    listed by their text; backwards where that would give the pairs away."""
    sources = [source for source, _ in pairs]
    targets = sorted({*(target for _, target in pairs), *others}, key=str.casefold)
    if targets == [target for _, target in pairs]:
        targets.reverse()
    for what, texts in (("sources", sources), ("targets", targets)):
        if not 2 <= len(texts) <= _MOST:
            message = f"It has {len(texts)} different {what}; 2 to {_MOST} can be matched."
            raise refuse("import-cannot-match", where, message, "Complete the pairs, or ask for a choice instead.")
    _all_different(sources, where)
    keys = {target: f"t{at}" for at, target in enumerate(targets, 1)}
    values = {"sources": {f"s{at}": text for at, text in enumerate(sources, 1)}, "targets": {key: text for text, key in keys.items()}}
    answer = {f"s{at}": keys[target] for at, (_, target) in enumerate(pairs, 1)}
    return {"kind": "matching", **asked, **values, "answer": answer, **_rationale(rationale, ())}


def ordering(asked: Values, in_order: Sequence[str], where: Place, rationale: str = "") -> Values:
    """The choices in their right order. They are listed by their text instead; backwards where that would give the order away."""
    if not 2 <= len(in_order) <= _MOST_TO_ORDER:
        message = f"It has {len(in_order)} parts; 2 to {_MOST_TO_ORDER} can be put in order."
        raise refuse("import-cannot-order", where, message, "Join or remove parts.")
    _all_different(in_order, where)
    listed = sorted(in_order, key=str.casefold)
    if listed == list(in_order):
        listed.reverse()
    keys = dict(zip(listed, string.ascii_lowercase, strict=False))
    choices = {key: text for text, key in keys.items()}
    return {"kind": "ordering", **asked, "choices": choices, "answer": [keys[text] for text in in_order], **_rationale(rationale, ())}


def numeric(asked: Values, low: Decimal, high: Decimal, where: Place, rationale: str = "", unit: str = "") -> Values:
    """A number from `low` to `high`, both right. Raises `ProblemsFound` when there is none between."""
    if low > high:
        message = f"No number lies between {low} and {high}."
        raise refuse("import-range-reversed", where, message, "Give the smaller number first, and a tolerance that is not negative.")
    answer = {"from": _written(low), "to": _written(high)}
    return {"kind": "numeric", **asked, "answer": answer, **({"unit": unit} if unit else {}), **_rationale(rationale, ())}


def number(text: str) -> Decimal | None:
    """A decimal number with a point or a comma as its mark; None for anything else, infinity and exponents of great size included."""
    try:
        found = Decimal(text.strip().replace("\u2212", "-").replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 100 else None


def _written(value: Decimal) -> int | float | str:
    """As an author would write it: a number, unless its digits would get lost as one."""
    text = format(value, "f")
    if value == value.to_integral_value() and abs(value) < 10**15:
        return int(value)
    return float(value) if str(float(value)) == text else text


def faults(question: Question) -> tuple[Problem, ...]:
    """What the model of an activity objects to in a finished item, whose objective is not looked up yet."""
    try:
        _ITEM.validate_python({"id": "item", **question.values, "objective": None})
    except ValidationError as error:
        return tuple(_fault(question, each["loc"], each["msg"]) for each in error.errors())
    return ()


def _fault(question: Question, at: tuple[int | str, ...], said: str) -> Problem:
    part = ".".join(str(each) for each in at if not str(each).startswith("<"))
    message = f"Its {part or 'form'} cannot be used: {said[:1].lower()}{said[1:]}."
    return Problem("import-item-invalid", question.where, message, "Correct it in the source, or write the item by hand.")


def _keyed(options: Sequence[Option]) -> list[tuple[str, Option]]:
    return list(zip(string.ascii_lowercase, options, strict=False))


def _texts(options: Sequence[Option]) -> dict[str, str]:
    return {key: option.text for key, option in _keyed(options)}


def _countable(options: Sequence[Option], where: Place) -> None:
    if not 2 <= len(options) <= _MOST:
        message = f"It has {len(options)} {'choice' if len(options) == 1 else 'choices'}; 2 to {_MOST} can be shown."
        raise refuse("import-choices", where, message, "Add or remove choices.")
    _all_different([option.text for option in options], where)


def _all_different(texts: Sequence[str], where: Place) -> None:
    twice = next((text for at, text in enumerate(texts) if text in texts[:at]), None)
    if twice is not None:
        raise refuse("import-said-twice", where, f"“{twice}” stands there twice.", "Keep one, or tell them apart.")
    if not all(texts):
        raise refuse("import-empty-choice", where, "One of its parts has no text.", "Write it, or take it away.")


def _rationale(general: str, options: Sequence[Option]) -> Values:
    parts = [general, *(f"**{key}** {option.feedback}" for key, option in _keyed(options) if option.feedback)]
    text = "\n\n".join(part for part in parts if part)
    return {"rationale": text} if text else {}
