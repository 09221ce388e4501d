"""Assessment and evaluation items as a definition has them: HTML, key, and a version that changes with either."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from scorm_packager.activity import markup
from scorm_packager.activity.definition_model import DefinedCase, DefinedEvaluationItem, DefinedItem, DefinedStep, Option
from scorm_packager.activity.evaluations import questions
from scorm_packager.activity.model import Activity, Case, EvaluationItem, Item, MatchingItem, NumericItem, TrueFalseItem
from scorm_packager.activity.problems import Place

_HERE = Place("activity.yaml")


def items_of(activity: Activity) -> tuple[DefinedItem, ...]:
    told = _told_before(activity)
    return tuple(_versioned(_item(item), told.get(item.id, ())) for item in activity.items)


def cases_of(activity: Activity) -> tuple[DefinedCase, ...]:
    return tuple(DefinedCase(id=case.id, title=case.title, steps=_steps(case)) for case in activity.cases)


def _steps(case: Case) -> tuple[DefinedStep, ...]:
    texts = (markup.block(step.text, _HERE, prefix=f"{case.id}-{number}-").html for number, step in enumerate(case.steps, 1))
    return tuple(DefinedStep(html=text, items=step.items) for text, step in zip(texts, case.steps, strict=True))


def _told_before(activity: Activity) -> dict[str, tuple[str, ...]]:
    """Of each item of a case, what the case has told when it is asked."""
    told: dict[str, tuple[str, ...]] = {}
    for case in cases_of(activity):
        for number, step in enumerate(case.steps, 1):
            told.update(dict.fromkeys(step.items, tuple(each.html for each in case.steps[:number])))
    return told


def evaluation_of(activity: Activity) -> tuple[DefinedEvaluationItem, ...]:
    """The evaluation as a learner gets it: the shared form's questions, then the activity's own."""
    return tuple(_question(item, objective) for item, objective in questions(activity))


def _item(item: Item) -> DefinedItem:
    return DefinedItem(
        id=item.id,
        version="",
        kind=item.kind,
        objective=item.objective,
        vignette_html=markup.block(item.vignette, _HERE, prefix=f"{item.id}-vignette-").html,
        stem_html=_line(item.stem),
        rationale_html=markup.block(item.rationale, _HERE, prefix=f"{item.id}-rationale-").html,
        choices=_options(getattr(item, "choices", {})),
        sources=_options(getattr(item, "sources", {})),
        targets=_options(getattr(item, "targets", {})),
        unit=getattr(item, "unit", ""),
        answer=_answer(item),
    )


def _answer(item: Item) -> str | bool | list[str] | dict[str, str]:
    if isinstance(item, TrueFalseItem):
        return item.answer
    if isinstance(item, NumericItem):
        return {"from": _decimal(item.answer.from_), "to": _decimal(item.answer.to)}
    if isinstance(item, MatchingItem):
        return dict(item.answer)
    return list(item.answer) if isinstance(item.answer, tuple) else item.answer


def _decimal(value: Any) -> str:
    return f"{value:f}"


def _versioned(item: DefinedItem, told: tuple[str, ...]) -> DefinedItem:
    """The version is a hash of all that a learner sees, and of the key. The rationale and the objective are no part of the question."""
    said = item.model_dump(mode="json", exclude={"version", "objective", "rationale_html"}) | ({"case": told} if told else {})
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return item.model_copy(update={"version": hashlib.sha256(text.encode()).hexdigest()[:8]})


def _question(item: EvaluationItem, objective: str | None) -> DefinedEvaluationItem:
    return DefinedEvaluationItem(
        id=item.id,
        kind=item.kind,
        stem_html=_line(item.stem),
        choices=_options(item.choices),
        unit=item.unit,
        required=item.required,
        low=item.low,
        high=item.high,
        objective=objective,
    )


def _options(options: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(id=key, html=_line(text)) for key, text in options.items())


def _line(text: str) -> str:
    return markup.inline(text, _HERE).html
