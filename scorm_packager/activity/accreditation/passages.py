"""Every text that an author wrote, with its place and the screen it is read on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from scorm_packager.activity.accreditation.facts import Facts
from scorm_packager.activity.accreditation.rule import ModelPath
from scorm_packager.activity.model import Activity, EvaluationItem, Item
from scorm_packager.activity.problems import Place

Screen = Literal["front matter", "disclosure", "item", "evaluation", "content"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text; a page gives one for each of its lines. `case` tells that it describes a patient."""

    screen: Screen
    at: ModelPath | Place
    text: str
    case: bool = False


def passages(activity: Activity, facts: Facts) -> Iterator[Passage]:
    """All of them. What the owner of a credit system dictates (`credits[].statement`) is not the author's text."""
    return chain(_front_matter(activity), _disclosure(activity), _items(activity), _evaluation(activity), _contents(activity, facts))


def _front_matter(activity: Activity) -> Iterator[Passage]:
    for key in ("title", "description", "participation", "requirements", "copyright"):
        if text := getattr(activity, key):
            yield Passage("front matter", (key,), text)
    for index, need in enumerate(activity.needs):
        yield Passage("front matter", ("needs", index), f"{need.gap} {need.desired_change}")
    for index, objective in enumerate(activity.objectives):
        yield Passage("front matter", ("objectives", index, "text"), objective.text)


def _disclosure(activity: Activity) -> Iterator[Passage]:
    for index, person in enumerate(activity.people):
        yield Passage("disclosure", ("people", index, "name"), f"{person.name} {person.credentials} {person.affiliation}")
        for number, relationship in enumerate(person.relationships):
            yield Passage("disclosure", ("people", index, "relationships", number, "company"), relationship.company)
    for index, support in enumerate(activity.commercial_support):
        yield Passage("disclosure", ("commercial_support", index, "company"), support.company)
        if support.nature:
            yield Passage("disclosure", ("commercial_support", index, "nature"), support.nature)


def _items(activity: Activity) -> Iterator[Passage]:
    for index, item in enumerate(activity.items):
        at: ModelPath = ("items", index)
        if item.vignette:
            yield Passage("item", (*at, "vignette"), item.vignette, case=True)
        yield Passage("item", (*at, "stem"), item.stem, case=True)
        if item.rationale:
            yield Passage("item", (*at, "rationale"), item.rationale)
        yield from _choices(item, at)
    for index, case in enumerate(activity.cases):
        for number, step in enumerate(case.steps):
            yield Passage("item", ("cases", index, "steps", number, "text"), step.text, case=True)


def _choices(item: Item | EvaluationItem, at: ModelPath) -> Iterator[Passage]:
    screen: Screen = "evaluation" if isinstance(item, EvaluationItem) else "item"
    for key in ("choices", "sources", "targets"):
        for name, text in getattr(item, key, {}).items():
            yield Passage(screen, (*at, key, name), text)


def _evaluation(activity: Activity) -> Iterator[Passage]:
    for index, item in enumerate(activity.evaluation.items if activity.evaluation else ()):
        at: ModelPath = ("evaluation", "items", index)
        yield Passage("evaluation", (*at, "stem"), " ".join((item.stem, item.low, item.high)).strip())
        yield from _choices(item, at)


def _contents(activity: Activity, facts: Facts) -> Iterator[Passage]:
    for index, content in enumerate(activity.contents):
        if content.title:
            yield Passage("content", ("contents", index, "title"), content.title)
    for path, text in sorted(facts.pages.items()):
        yield from _lines(path, text)


def _lines(path: str, text: str) -> Iterator[Passage]:
    case = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith(":::"):
            case = line.lstrip(": ").startswith("case")
        yield Passage("content", Place(path, number, 1), line, case)
