"""Which items an assessment may ask, and what it draws from: names of banks and objectives become lists of items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scorm_packager.activity.definition_model import DefinedDraw
from scorm_packager.activity.model import Activity, Case, CaseStudy, Content, Draw, ItemBase, PostAssessment, PreAssessment

ALL = "all"  # every item, as the name of a bank


def practised(cases: Iterable[Case], contents: Iterable[Content]) -> set[str]:
    """The items of cases that are contents: answered there for practice, with their rationales, and therefore nowhere else."""
    shown = {content.case for content in contents if isinstance(content, CaseStudy)}
    return {item for case in cases if case.id in shown for step in case.steps for item in step.items}


def assessable(activity: Activity) -> tuple[ItemBase, ...]:
    """The items that assessments may ask."""
    apart = practised(activity.cases, activity.contents)
    return tuple(item for item in activity.items if item.id not in apart)


@dataclass(frozen=True, slots=True)
class Asking:
    """`items` in the order of the activity: those always asked, and those in `draws`."""

    items: tuple[str, ...]
    draws: tuple[DefinedDraw, ...]
    shuffle: bool


def asking(assessment: PreAssessment | PostAssessment, items: Iterable[ItemBase]) -> Asking:
    """What an assessment asks of an activity's items. A draw that cannot be (`references.py` says why) is passed over."""
    known = list(items)
    always = listed(assessment, known)
    draws = tuple(DefinedDraw(items=bank, n=draw.n) for draw in assessment.draw if len(bank := bank_of(draw, known, always)) >= draw.n)
    if not assessment.draw:
        return Asking(always if known else (), (), assessment.shuffle)
    wanted = {*always, *(item for draw in draws for item in draw.items)}
    return Asking(tuple(item.id for item in known if item.id in wanted), draws, assessment.shuffle)


def listed(assessment: PreAssessment | PostAssessment, items: Iterable[ItemBase]) -> tuple[str, ...]:
    """The items that are asked in every attempt."""
    if not isinstance(assessment.items, str):
        return assessment.items
    return () if assessment.draw else tuple(item.id for item in items)


def bank_of(draw: Draw, items: Iterable[ItemBase], always: Iterable[str] = ()) -> tuple[str, ...]:
    """The items of a draw's bank or objective, without those that are asked in any case."""
    apart = set(always)
    return tuple(item.id for item in items if item.id not in apart and draw.from_ in (ALL, item.bank, item.objective))
