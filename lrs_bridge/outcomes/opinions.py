"""What learners said of the activity, and what they mean to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from lrs_bridge.outcomes.comparison import interval, rounded
from lrs_bridge.outcomes.measures import Learner
from lrs_bridge.outcomes.privacy import Privacy, scrubbed
from lrs_bridge.outcomes.statistics import wilson
from scorm_packager.activity.definition_model import DefinedEvaluationItem
from scorm_packager.activity.scoring import is_decimal

AGREE = ("4", "5")  # of 1 (strongly disagree) to 5 (strongly agree)


def evaluation(everyone: Sequence[Learner], asked: Iterable[DefinedEvaluationItem], privacy: Privacy) -> dict[str, Any]:
    """One summary for each question, among those who answered it; the mean of ordered answers is not given."""
    submitted = [one for one in everyone if "evaluated" in one.stages]
    items = [_question(question, _given(submitted, question.id), privacy) for question in asked]
    return {"n": {"submitted": len(submitted) if _is_shown(len(submitted), privacy) else None}, "items": items}


def _is_shown(count: int, privacy: Privacy) -> bool:
    return count == 0 or count >= privacy.least_cell


def _given(submitted: Iterable[Learner], question: str) -> list[str]:
    return [rating.response for one in submitted for rating in one.ratings if rating.item == question and rating.response]


def _question(question: DefinedEvaluationItem, given: list[str], privacy: Privacy) -> dict[str, Any]:
    about = {"id": question.id, "kind": question.kind, "stem_html": question.stem_html, "objective": question.objective}
    if not privacy.shows(len(given)):
        few = f"Fewer than {privacy.least_group} answers: not shown." if given else "No answers."
        return {**about, "n": len(given) if _is_shown(len(given), privacy) else None, "hidden": few}
    return {**about, "n": len(given), "hidden": None, **_summary(question, given, privacy)}


def _summary(question: DefinedEvaluationItem, given: list[str], privacy: Privacy) -> dict[str, Any]:
    if question.kind == "text":
        return {"texts": _texts(given)}
    if question.kind == "numeric":
        return _numeric(given, question.unit)
    counts = _counts(question, given)
    shown = {"counts": privacy.cells(counts), "labels": {option.id: option.html for option in question.choices}}
    if question.kind != "rating":
        return shown
    agree = sum(counts[point] for point in AGREE)
    return {**shown, "agree": {**interval(wilson(agree, sum(counts.values()))), "of": "those who answered 4 or 5 of 5"}}


def _counts(question: DefinedEvaluationItem, given: list[str]) -> dict[str, int]:
    known = {"rating": ["1", "2", "3", "4", "5"], "true-false": ["true", "false"]}
    options = known.get(question.kind) or [option.id for option in question.choices]
    parts = (part for response in given for part in response.split("[,]"))
    counted = Counter(part for part in parts if part in options)
    return {option: counted[option] for option in options}


def _numeric(given: list[str], unit: str) -> dict[str, Any]:
    numbers = [float(Decimal(text)) for text in given if is_decimal(text)]
    return {"median": rounded(median(numbers)) if numbers else None, "unit": unit}


def _texts(given: Iterable[str]) -> list[str]:
    # Sorted, so that their order does not tell whose they are.
    return sorted(scrubbed(text.strip()) for text in given if text.strip())


def commitments(everyone: Sequence[Learner], privacy: Privacy) -> dict[str, Any]:
    """How many learners committed to a change, how sure they are, and in their words when they are enough to be nobody's."""
    made = [one.commitments for one in everyone if any(commitment.text.strip() for commitment in one.commitments)]
    stated = [commitment for of_one in made for commitment in of_one if commitment.text.strip()]
    if not privacy.shows(len(made)):
        few = f"Fewer than {privacy.least_group} learners: not shown." if made else "No commitments."
        return {"learners": len(made) if _is_shown(len(made), privacy) else None, "hidden": few}
    strengths = Counter(str(commitment.strength) for commitment in stated if commitment.strength in range(1, 6))
    return {
        "learners": len(made),
        "hidden": None,
        "commitments": len(stated),
        "strength": privacy.cells({point: strengths[point] for point in ("1", "2", "3", "4", "5")}),
        "texts": _texts(commitment.text for commitment in stated),
    }
