"""Periods for which credit was approved."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.calendar import years_after
from scorm_packager.activity.accreditation.rule import CreditGiven, Finding, credit_error, credit_warning


@credit_error("approval-missing", "approval")
def approval_missing(given: CreditGiven) -> Iterator[Finding]:
    """Credit that is approved for a limited time says for which."""
    if given.credit.approved is None:
        message = f"{given.rule.name} is approved for a period, and none is given."
        yield Finding(given.at, message, "Add `approved: {from: …, until: …}` as in the letter of approval.")


@credit_error("approval-ends-before-it-begins", "approval")
def approval_ends_before_it_begins(given: CreditGiven) -> Iterator[Finding]:
    """The approved period ends no earlier than it begins."""
    period = given.credit.approved
    if period and period.until < period.from_:
        message = f"The approved period ends on {period.until}, before it begins on {period.from_}."
        yield Finding((*given.at, "approved"), message, "Correct the two dates.")


@credit_error("approval-too-long", "approval")
def approval_too_long(given: CreditGiven) -> Iterator[Finding]:
    """The approved period is no longer than its system allows; the last day counts."""
    period, years = given.credit.approved, given.clause["years"]
    if period and period.until > years_after(period.from_, years):
        message = f"{given.rule.name} is approved from {period.from_} until {period.until}; {years} years are the most."
        yield Finding((*given.at, "approved"), message, f"The last day is {years_after(period.from_, years)}; correct the dates.")


@credit_error("approval-does-not-cover", "approval-window")
def approval_does_not_cover(given: CreditGiven) -> Iterator[Finding]:
    """The approved period covers the activity from release to termination."""
    period, activity = given.credit.approved, given.activity
    if period is None:
        return
    if activity.released and activity.released < period.from_:
        message = f"The activity is released on {activity.released}, before the approval begins on {period.from_}."
        yield Finding((*given.at, "approved"), message, "Release it when it is approved, or correct the dates.")
    if activity.terminates and period.until < activity.terminates:
        message = f"The approval ends on {period.until}, before the activity terminates on {activity.terminates}."
        yield Finding((*given.at, "approved"), message, "Terminate the activity with the approval, or renew the approval.")


@credit_warning("approval-begins-after-release", "approval")
def approval_begins_after_release(given: CreditGiven) -> Iterator[Finding]:
    """Learners who finish before the approval begins go without this credit."""
    if given.facts.rulebook.in_force(f"{given.credit.system}/approval-window", given.facts.today):
        return  # there it is an error
    period, released = given.credit.approved, given.activity.released
    if period and released and released < period.from_:
        message = f"The activity is released on {released}, and {given.rule.name} is approved from {period.from_}."
        yield Finding((*given.at, "approved"), message, "Release it when it is approved, or say so to learners.")
