"""The ineligible companies that an activity names, and where."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import ModelPath
from scorm_packager.activity.model import Activity, Person, Relationship


def relationships(activity: Activity) -> Iterator[tuple[ModelPath, Person, Relationship]]:
    """Every financial relationship of everybody in control of content."""
    for at, person in people(activity):
        for index, relationship in enumerate(person.relationships):
            yield (*at, "relationships", index), person, relationship


def people(activity: Activity) -> Iterator[tuple[ModelPath, Person]]:
    for index, person in enumerate(activity.people):
        yield ("people", index), person


def named(activity: Activity) -> Iterator[tuple[ModelPath, str]]:
    """Each ineligible company with the place of its name, in relationships first, then as a supporter."""
    for at, _, relationship in relationships(activity):
        yield (*at, "company"), relationship.company
    for index, support in enumerate(activity.commercial_support):
        yield ("commercial_support", index, "company"), support.company


def names(activity: Activity) -> tuple[str, ...]:
    """Their names, each once, in lower case and sorted."""
    return tuple(sorted({name.casefold() for _, name in named(activity)}))


def same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
