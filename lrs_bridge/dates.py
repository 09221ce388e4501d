"""The dates in force for an activity: its definition's, until a review moves them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lrs_bridge.credit.model import Dates
from lrs_bridge.store.definitions import Review
from scorm_packager.activity.definition_model import Definition


def in_force(definition: Definition | None, review: Review | None) -> Dates:
    """The last review counts over a definition that is not younger than it; the release date no review moves."""
    released = _date(definition.released) if definition else None
    if review is not None and not _is_younger(definition, review):
        return Dates(released=released, reviewed=_date(review.reviewed), terminates=_date(review.terminates))
    if definition is None:
        return Dates()
    return Dates(released=released, reviewed=_date(definition.reviewed), terminates=_date(definition.terminates))


def _is_younger(definition: Definition | None, review: Review) -> bool:
    """A new version that was reviewed later carries its own dates: the review was of the content before it."""
    return definition is not None and (definition.reviewed or "") > review.reviewed


def today(now: datetime, zone: str | None) -> date:
    """The day it is in the zone; in UTC where the zone is not known."""
    try:
        return now.astimezone(ZoneInfo(zone) if zone else UTC).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.astimezone(UTC).date()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
