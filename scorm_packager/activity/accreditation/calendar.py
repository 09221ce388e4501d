"""Calendar arithmetic as rule-makers mean it: whole months and years, both ends counted."""

from __future__ import annotations

import calendar
from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the last day of a shorter month stands in for one it lacks."""
    return _months_away(day, -months)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February stands in for 29 February."""
    return _months_away(day, 12 * years)


def _months_away(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
