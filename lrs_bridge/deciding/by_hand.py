"""What people enter about an activity by hand: overrides and reviews, looked at before they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from lrs_bridge import library
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit import claims
from lrs_bridge.refusals import Malformed, NotFound, one
from lrs_bridge.store import definitions, overrides, pending, people
from lrs_bridge.store.definitions import Review
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.overrides import KeptOverride
from scorm_packager.activity.accreditation.calendar import years_after
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem

# ACCME, enduring materials: reviewed at least every three years.
YEARS_BETWEEN_REVIEWS = 3


def add_override(bridge: Bridge, connection: Connection, override: KeptOverride) -> int:
    """Keeps it; how many registrations will be decided again.

    Raises `NotFound` for an activity nobody registered, `Malformed` for what no version of it has.
    """
    known = _versions(connection, override.activity)
    if problems := tuple(_wrong(override, known, bridge.now().date())):
        raise Malformed(problems)
    overrides.add(connection, override)
    if override.person is None:
        return pending.mark_activity(connection, override.activity, override.at)
    return pending.mark_people(connection, people.same_as(connection, override.person), override.at)


def record_review(bridge: Bridge, connection: Connection, review: Review) -> int:
    """Notes the review; how many registrations will be decided again.

    Raises `NotFound` for an activity nobody registered, `Malformed` for days that no review can have.
    """
    known = _versions(connection, review.activity)
    if problems := tuple(_wrong_days(review, known, bridge.now().date())):
        raise Malformed(problems)
    definitions.add_review(connection, review)
    return pending.mark_activity(connection, review.activity, review.at)


def _versions(connection: Connection, activity: str) -> list[Definition]:
    found = [library.find(connection, kept.id) for kept in definitions.of_activity(connection, activity)]
    if not found:
        raise NotFound(one("activity-unknown", f"No activity {activity!r} is registered.", "Register it.", where="ACTIVITY"))
    return [definition for definition in found if definition is not None]


# --- what is wrong with it ----------------------------------------------------------------------


def _wrong(override: KeptOverride, versions: list[Definition], today: date) -> Iterator[Problem]:
    if override.kind == "void-item":
        yield from _unknown_item(override, versions)
    if override.kind == "manual-award":
        yield from _wrong_award(override, versions)
        yield from _wrong_completion(override.completed_on, today)


def _unknown_item(override: KeptOverride, versions: list[Definition]) -> Iterator[Problem]:
    items = {(item.id, item.version) for version in versions for item in version.items}
    names = sorted({name for name, _ in items})
    if override.item not in names:
        yield _problem("--item", f"The activity has no item {override.item!r}.", f"Name one of: {', '.join(names)}.")
    elif override.item_version and (override.item, override.item_version) not in items:
        known = ", ".join(sorted(version for name, version in items if name == override.item))
        yield _problem("--item-version", f"The item {override.item} has no version {override.item_version!r}.", f"Name one of: {known}.")


def _wrong_award(override: KeptOverride, versions: list[Definition]) -> Iterator[Problem]:
    offers = [offer for version in versions for offer in version.credits]
    designated = [Decimal(offer.maximum) for offer in offers if offer.system == override.system]
    if not designated:
        offered = ", ".join(sorted({offer.system for offer in offers})) or "none"
        yield _problem("--system", f"The activity does not offer {override.system!r}.", f"It offers: {offered}.")
        return
    amount = claims.amount(override.amount)
    if amount is None or not 0 < amount <= max(designated):
        yield _problem("--amount", f"{override.amount!r} cannot be awarded.", f"At most {max(designated)} is designated.")


def _wrong_completion(text: str, today: date) -> Iterator[Problem]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield _problem("--completed-on", f"{text!r} is no day.", "Write it as YYYY-MM-DD.")
        return
    if day > today + timedelta(days=1):  # it may be tomorrow already where the activity is
        yield _problem("--completed-on", f"{day} is still to come.", "Give the day on which the learner completed it.")


def _wrong_days(review: Review, versions: list[Definition], today: date) -> Iterator[Problem]:
    reviewed, terminates = date.fromisoformat(review.reviewed), date.fromisoformat(review.terminates)
    if reviewed > today + timedelta(days=1):
        yield _problem("--reviewed", f"{reviewed} is still to come.", "Record a review when it was done.")
    last = years_after(reviewed, YEARS_BETWEEN_REVIEWS)
    if terminates > last and any(version.format == "enduring material" for version in versions):
        message = f"{terminates} is more than {YEARS_BETWEEN_REVIEWS} years after the review."
        source = "ACCME, enduring materials: reviewed at least every three years"
        yield _problem("--terminates", message, f"Set it to {last} or earlier.", source)


def _problem(where: str, message: str, remedy: str, source: str = "") -> Problem:
    return Problem("by-hand", Place(where), message, remedy, source=source)
