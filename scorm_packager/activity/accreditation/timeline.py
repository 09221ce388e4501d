"""Which of an activity's dates comes first, and what that means."""

from __future__ import annotations

from datetime import date

from scorm_packager.activity.model import Activity, Person


def first_role(person: Person) -> date:
    """The day on which a person first took part in controlling content."""
    return min(role.from_ for role in person.roles)


def is_updated(activity: Activity) -> bool:
    """True when the latest review came after the release: the activity was offered before, and looked at again."""
    return bool(activity.released and activity.reviewed and activity.reviewed > activity.released)


def latest_validation(activity: Activity) -> date | None:
    """The later of release and review: the time that an enduring material may be offered runs from it."""
    return max((day for day in (activity.released, activity.reviewed) if day), default=None)
