"""Robot learners: what one does in an activity, read from a YAML file, and the responses it gives.

A robot knows the key as every package does. Its share of right answers is exact: of ten items and a share of 0.7 it answers seven right.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field
from ruamel.yaml import YAML

from scorm_packager.activity.definition_model import DefinedItem, Definition
from scorm_packager.activity.model import Part, Share, Text
from scorm_packager.activity.resources import templates

PARTICIPATION = "participation"


class LmsLearner(Part):
    """The learner as the LMS names them."""

    id: Text
    name: Text


class Does(Part):
    pre: Share | Literal["skip"] = 0.5
    post: tuple[Share, ...] = (1.0,)  # the share of items answered right, one for each attempt
    evaluation: Literal["submit", "skip", "interrupt"] = "submit"  # interrupt: closes the tab halfway, and comes back
    commitments: tuple[Text, ...] = ()
    claim: Literal["decline", "participation"] | dict[str, str] = "decline"  # system -> "maximum", "take", "decline" or an amount


class Happening(Part):
    """Something that befalls the learner after a screen (its kind, or content:<n> counted from 1)."""

    after: Text
    event: Literal["bridge unreachable", "bridge reachable", "network slow", "network fast", "tab killed", "tab closed"]
    return_: Literal["same device", "another device"] = Field(default="same device", alias="return")


class Expected(Part):
    """`awarded` is an amount, or `maximum`: all that the activity designates."""

    outcome: Literal["award", "shortfall", "held"]
    awarded: str | None = None
    reason: str = ""  # stands in the code of one of the reasons


class Robot(Part):
    about: Text
    learner: LmsLearner
    profession: Text
    name: Text
    identifiers: dict[str, str] = {}  # an identifier of the value "later" is left open
    does: Does
    happens: tuple[Happening, ...] = ()
    expect: dict[str, Expected] = {}

    @property
    def weak_at(self) -> int:
        """The number of the item that this robot is the last to know; the same at every rehearsal."""
        return sum(self.learner.id.encode()) * 5


def robots(folder: Path | None = None) -> tuple[Robot, ...]:
    """The robots of a folder (by default the ones that come with CME Bridge), by file name."""
    paths = sorted((folder or templates() / "robots").glob("*.yaml"))
    return tuple(Robot.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8"))) for path in paths)


def at(definition: Definition, robot: Robot) -> Robot:
    """The robot as it takes part in this activity: no more commitments than are asked for, no amount above what is designated, and
    expectations only of credits that are offered."""
    maxima = {offer.system: offer.maximum for offer in definition.credits}
    claim = robot.does.claim
    amounts = (
        {system: _within(asked, maxima[system]) for system, asked in claim.items() if system in maxima}
        if isinstance(claim, dict)
        else claim
    )
    does = robot.does.model_copy(update={"commitments": robot.does.commitments[: definition.commitments], "claim": amounts})
    known = {
        system: _expected(expected, maxima.get(system)) for system, expected in robot.expect.items() if system in (*maxima, PARTICIPATION)
    }
    return robot.model_copy(update={"does": does, "expect": known})


def _expected(expected: Expected, maximum: str | None) -> Expected:
    if expected.awarded is None or maximum is None:
        return expected
    return expected.model_copy(update={"awarded": _within(expected.awarded, maximum)})


def _within(amount: str, maximum: str) -> str:
    """`maximum` as the amount that it is, and an amount above it brought down to it; the other words for a claim as they are."""
    if amount in ("take", "decline"):
        return amount
    return maximum if amount == "maximum" or Decimal(amount) > Decimal(maximum) else amount


def responses(items: tuple[DefinedItem, ...], share: float, first: int = 0) -> Mapping[str, str]:
    """A response for each item, of which `share` (rounded to the nearest whole number of items) are right.

    The wrong ones begin at the item with the number `first` (counted on from the end to the beginning), so that robots differ in what they
    do not know, and one robot does not forget what it knew.
    """
    right = int(Decimal(str(share)) * len(items) + Decimal("0.5"))
    wrong = {items[(first + index) % len(items)].id for index in range(len(items) - right)}
    return {item.id: wrong_response(item) if item.id in wrong else right_response(item) for item in items}


def right_response(item: DefinedItem) -> str:
    answer = item.answer
    if isinstance(answer, bool):
        return str(answer).lower()
    if isinstance(answer, list) and item.kind == "text":
        return answer[0]
    if isinstance(answer, list):
        return "[,]".join(sorted(answer) if item.kind == "multiple" else answer)
    if isinstance(answer, dict):
        return answer["from"] if item.kind == "numeric" else _pairs(item, answer)
    return answer


def wrong_response(item: DefinedItem) -> str:
    return _WRONG[item.kind](item)


def _pairs(item: DefinedItem, chosen: Mapping[str, str]) -> str:
    return "[,]".join(f"{source.id}[.]{chosen[source.id]}" for source in item.sources)


def _another_choice(item: DefinedItem) -> str:
    return next(choice.id for choice in item.choices if choice.id != item.answer)


def _one_too_few(item: DefinedItem) -> str:
    assert isinstance(item.answer, list)
    return item.answer[0] if len(item.answer) > 1 else next(choice.id for choice in item.choices if choice.id not in item.answer)


def _reversed(item: DefinedItem) -> str:
    assert isinstance(item.answer, list)
    return "[,]".join(reversed(item.answer))


def _turned_by_one(item: DefinedItem) -> str:
    assert isinstance(item.answer, dict)
    targets = [target.id for target in item.targets]
    turned = {source: targets[(targets.index(target) + 1) % len(targets)] for source, target in item.answer.items()}
    return _pairs(item, turned)


def _beyond(item: DefinedItem) -> str:
    assert isinstance(item.answer, dict)
    return f"{Decimal(item.answer['to']) + 1:f}"


def _at_a_loss(item: DefinedItem) -> str:
    return "I do not know"


_WRONG = {
    "choice": _another_choice,
    "multiple": _one_too_few,
    "true-false": lambda item: str(not item.answer).lower(),
    "matching": _turned_by_one,
    "ordering": _reversed,
    "numeric": _beyond,
    "text": _at_a_loss,
}
