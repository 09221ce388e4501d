"""The professions of an activity's audience, and of those who made it."""

from __future__ import annotations

from functools import cache

from scorm_packager.activity.model import Activity, Person
from scorm_packager.activity.professions import find, professions


def audience(activity: Activity) -> frozenset[str]:
    """The keys of the professions that the activity is for; a name that nobody knows stays as it is."""
    named = activity.audience.professions if activity.audience else ()
    found = ((find(name), name) for name in named)
    return frozenset(profession.key if profession else name for profession, name in found)


def professions_of(person: Person) -> frozenset[str]:
    """The professions that a person's credentials show."""
    words = (word.strip(" .").casefold() for word in person.credentials.replace("/", ",").split(","))
    return frozenset(_by_degree()[word] for word in words if word in _by_degree())


@cache
def _by_degree() -> dict[str, str]:
    return {degree.casefold(): profession.key for profession in professions() for degree in profession.degrees}
