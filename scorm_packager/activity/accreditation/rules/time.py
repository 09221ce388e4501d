"""The estimated time to complete, and the credit that it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from scorm_packager.activity.accreditation.rule import CreditGiven, Finding, Given, credit_error, credit_warning, error, warning
from scorm_packager.activity.accreditation.timeline import latest_validation
from scorm_packager.activity.banks import asking, assessable
from scorm_packager.activity.credits import nearest_quarter
from scorm_packager.activity.draws import how_many

_WHOLE = Decimal(1)


@credit_error("credit-exceeds-estimated-time", "time")
def credit_exceeds_estimated_time(given: CreditGiven) -> Iterator[Finding]:
    """No more credit is designated than the estimated time comes to."""
    if given.activity.estimated_minutes is None:
        return
    most = max(_amounts(given))
    if given.credit.maximum > most:
        message = f"{given.credit.maximum} {given.rule.units} for {given.activity.estimated_minutes} minutes; the time comes to {most}."
        yield Finding((*given.at, "maximum"), message, f"Designate {most} at most, or estimate the time anew with a pilot.")


@credit_warning("credit-below-estimated-time", "time")
def credit_below_estimated_time(given: CreditGiven) -> Iterator[Finding]:
    """The designated credit equals the estimated time; less needs a reason, such as parts that do not count."""
    if given.activity.estimated_minutes is None or given.rule.rounding == "whole":
        return
    usual = min(_amounts(given))
    if given.credit.maximum < usual:
        message = f"{given.credit.maximum} {given.rule.units} for {given.activity.estimated_minutes} minutes; the time comes to {usual}."
        yield Finding((*given.at, "maximum"), message, f"Designate {usual}, or keep the reason in the activity file.")


def _amounts(given: CreditGiven) -> list[Decimal]:
    minutes = Decimal(given.activity.estimated_minutes or 0)
    per_credit = Decimal(given.clause["minutes"])
    return [(minutes / per_credit / Decimal(to)).quantize(_WHOLE, ROUND_HALF_UP) * Decimal(to) for to in given.clause["nearest"]]


@warning("contents-do-not-fill-the-time", "practice/time-plausible")
def contents_do_not_fill_the_time(given: Given) -> Iterator[Finding]:
    """Contents, with our allowance for items, front matter and evaluation, come to the hours that are designated."""
    activity = given.activity
    if activity.estimated_minutes is None:
        return
    asked = sum(how_many(asking(each, assessable(activity))) for each in (activity.assessments.pre, activity.assessments.post) if each)
    besides = given.clause["minutes_besides"] + asked * given.clause["minutes_per_item"]
    contents = sum(content.minutes for content in activity.contents)
    if nearest_quarter(contents + besides) < nearest_quarter(activity.estimated_minutes):
        told = f"{activity.estimated_minutes} minutes are estimated"
        message = f"{told}; the contents take {contents}, and all the rest hardly more than {besides}."
        yield Finding(("estimated_minutes",), message, "Estimate the time anew with a pilot, or correct the minutes of the contents.")


@error("contents-exceed-the-time", "accme/enduring-time")
def contents_exceed_the_time(given: Given) -> Iterator[Finding]:
    """Contents take no longer than the time that learners are told."""
    contents = sum(content.minutes for content in given.activity.contents)
    if given.activity.estimated_minutes is not None and contents > given.activity.estimated_minutes:
        message = f"The contents take {contents} minutes, more than the {given.activity.estimated_minutes} estimated for all."
        yield Finding(("estimated_minutes",), message, "Correct `estimated_minutes`, or the minutes of the contents.")


@error("no-estimated-time", "accme/enduring-time")
def no_estimated_time(given: Given) -> Iterator[Finding]:
    """Learners are told the estimated time to complete."""
    if given.activity.format == "enduring material" and given.activity.estimated_minutes is None:
        yield Finding((), "The estimated time to complete is missing.", "Add `estimated_minutes`.")


@credit_warning("time-estimate-without-method", "time-method")
def time_estimate_without_method(given: CreditGiven) -> Iterator[Finding]:
    """The estimate of time rests on a pilot or another defensible method."""
    if given.activity.format == "enduring material" and given.activity.time_estimate is None:
        message = "Nothing says how the time was estimated."
        yield Finding((), message, "Add `time_estimate` with `method`, `by` and `on`.")


@credit_error("time-estimated-after-release", "no-retroactive")
def time_estimated_after_release(given: CreditGiven) -> Iterator[Finding]:
    """Credit is not designated after the fact: the time was estimated before learners could begin, or before the latest review."""
    estimate, activity = given.activity.time_estimate, given.activity
    shown = latest_validation(activity)
    if estimate and shown and estimate.on > shown:
        message = f"The time was estimated on {estimate.on}, after learners could begin on {shown}."
        yield Finding(("time_estimate", "on"), message, "Correct the date, or release the activity after the estimate.")
