"""When something counts as done, by whose clock, and on which date.

A browser's clock is believed as long as the statement arrived within the provider's late days of it; otherwise our own is.
Dates are the activity's: a termination day ends at midnight in its zone, whatever the clocks do that night.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lrs_bridge.credit.model import Dates, Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What an activity's dates are read by. `late_accepted`: somebody decided that late statements count at their own time."""

    zone: str
    late_days: int
    dates: Dates
    late_accepted: bool = False


def believed(mark: Mark, clock: Clock) -> bool:
    """Whether the statement's own timestamp counts: it is not after the moment it was stored, nor too long before."""
    delay = mark.stored - mark.timestamp
    if delay < timedelta(0):
        return False
    return clock.late_accepted or delay <= timedelta(days=clock.late_days)


def done_at(mark: Mark, clock: Clock) -> datetime:
    return mark.timestamp if believed(mark, clock) else mark.stored


def on_date(moment: datetime, clock: Clock) -> date:
    return moment.astimezone(ZoneInfo(clock.zone)).date()


def after_termination(moment: datetime, clock: Clock) -> bool:
    terminates = clock.dates.terminates
    return terminates is not None and on_date(moment, clock) > terminates


def before_release(moment: datetime, clock: Clock) -> bool:
    released = clock.dates.released
    return released is not None and on_date(moment, clock) < released


def arrived_too_late(mark: Mark, clock: Clock) -> bool:
    """It says it was done in time, but came after the termination day and later than the late days: nobody can tell from here."""
    if believed(mark, clock) or mark.timestamp > mark.stored:
        return False
    return after_termination(mark.stored, clock) and not after_termination(mark.timestamp, clock)
