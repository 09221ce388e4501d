"""What an activity designates: which credit, how much, by whom, for whom."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from scorm_packager.activity.accreditation.rule import (
    OF_THE_SYSTEM,
    CreditGiven,
    Finding,
    Given,
    credit_error,
    credit_warning,
    error,
    warning,
)
from scorm_packager.activity.accreditation.team import audience, professions_of
from scorm_packager.activity.accreditation.timeline import latest_validation
from scorm_packager.activity.credits import nearest_quarter

_WHOLE = Decimal(1)


@warning("no-credit", "practice/certified")
def no_credit(given: Given) -> Iterator[Finding]:
    """A certified activity designates credit; without it learners get a certificate of participation only."""
    if not given.activity.credits:
        yield Finding((), "The activity designates no credit.", "Add `credits`, or leave it as an activity without credit.")


@error("no-credit-rule", "practice/certified")
def no_credit_rule(given: Given) -> Iterator[Finding]:
    """Each credit system had rules on the activity's date of review."""
    for index, credit in enumerate(given.activity.credits):
        if credit.system not in given.facts.systems:
            message = f"`{credit.system}` had no rules yet when the activity was reviewed."
            yield Finding(("credits", index, "system"), message, "Check `reviewed`, or take the credit out.")


@credit_error("credit-not-accredited-for", OF_THE_SYSTEM)
def credit_not_accredited_for(given: CreditGiven) -> Iterator[Finding]:
    """The provider holds an accreditation under which this credit may be designated."""
    held = {accreditation.accreditor for accreditation in given.activity.provider.accreditations}
    allowed = given.rule.designated_by
    if allowed and not held.intersection(allowed):
        message = f"{given.activity.provider.name} may not designate {given.rule.name}: it is accredited by {', '.join(sorted(held))}."
        remedy = f"Needed is one of: {', '.join(allowed)}. Correct the provider file, or take the credit out."
        yield Finding((*given.at, "system"), message, remedy)


@credit_error("credit-off-the-step", OF_THE_SYSTEM)
def credit_off_the_step(given: CreditGiven) -> Iterator[Finding]:
    """Credit is designated in the steps of its system: quarters, whole points."""
    step = _WHOLE if given.rule.rounding == "whole" else given.rule.step
    if step and given.credit.maximum % step:
        message = f"{given.credit.maximum} {given.rule.units} is not a multiple of {step.normalize():f}."
        yield Finding((*given.at, "maximum"), message, f"Designate in steps of {step.normalize():f}.")


@credit_error("credit-exceeds-estimated-time", "time")
def credit_exceeds_estimated_time(given: CreditGiven) -> Iterator[Finding]:
    """No more credit is designated than the estimated time comes to."""
    if given.activity.estimated_minutes is None:
        return
    most = _most(given)
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


def _most(given: CreditGiven) -> Decimal:
    return max(_amounts(given))


@credit_error("points-exceed-credit", OF_THE_SYSTEM)
def points_exceed_credit(given: CreditGiven) -> Iterator[Finding]:
    """Points that equal the credit claimed are no more than the credit designated."""
    base = next((credit for credit in given.activity.credits if credit.system == given.rule.equal_to), None)
    if base and given.credit.maximum > base.maximum:
        message = f"{given.credit.maximum} {given.rule.units} are more than the {base.maximum} of `{base.system}` that they follow."
        yield Finding((*given.at, "maximum"), message, f"Offer {base.maximum} at most.")


@credit_error("credit-type-unknown", "credit-type")
def credit_type_unknown(given: CreditGiven) -> Iterator[Finding]:
    """The credit type is one that the board registers in PARS."""
    types, said = given.clause["types"], given.credit.credit_type
    if said not in types:
        message = f"`{said}` is no credit type of {given.rule.name}." if said else f"{given.rule.name} has no credit type."
        yield Finding((*given.at, "credit_type"), message, f"Use one of: {', '.join(types)}.")


@warning("credit-without-audience", "practice/audience-credit")
def credit_without_audience(given: Given) -> Iterator[Finding]:
    """Each credit is for a profession that the activity is meant for."""
    learners = audience(given.activity)
    for index, credit in enumerate(given.activity.credits):
        rule = given.facts.systems.get(credit.system)
        if rule and rule.professions and learners and not learners.intersection(rule.professions):
            message = f"{rule.name} is awarded to {', '.join(rule.professions)}; none of them is in the audience."
            yield Finding(("credits", index, "system"), message, "Add the profession to `audience`, or take the credit out.")


@credit_error("not-for-a-team", "team")
def not_for_a_team(given: CreditGiven) -> Iterator[Finding]:
    """Interprofessional credit is for education planned by and for a team of two professions or more."""
    least = given.clause["professions"]
    if len(audience(given.activity)) < least:
        message = f"{given.rule.name} is designated, and the audience is not a team of {least} professions."
        yield Finding((*given.at, "system"), message, "Take the credit out, or plan the activity by and for several professions.")
    elif len(_planned_by(given)) < least:
        message = f"{given.rule.name} is designated, and no {least} professions can be told among those who planned it."
        yield Finding((*given.at, "system"), message, "Name planners of each profession with their credentials, or take the credit out.")


def _planned_by(given: CreditGiven) -> frozenset[str]:
    planners = (person for person in given.activity.people if any("planner" in role.role for role in person.roles))
    return frozenset().union(*(professions_of(person) for person in planners))


@credit_error("credit-without-statement", "statement")
def credit_without_statement(given: CreditGiven) -> Iterator[Finding]:
    """Where the system's owner writes the statement itself, it is printed word for word."""
    if not given.credit.statement:
        message = f"The statement of the approval letter for {given.rule.name} is missing."
        yield Finding(given.at, message, "Copy it into `statement` without any change.")


@credit_error("credit-forbids-joint-providership", "no-joint-providership")
def credit_forbids_joint_providership(given: CreditGiven) -> Iterator[Finding]:
    """Some systems know no joint providership."""
    if given.activity.providership.kind == "joint":
        message = f"{given.rule.name} cannot be designated under joint providership."
        yield Finding((*given.at, "system"), message, "Take the credit out, or provide the activity directly.")


@warning("contents-do-not-fill-the-time", "practice/time-plausible")
def contents_do_not_fill_the_time(given: Given) -> Iterator[Finding]:
    """Contents, with our allowance for items, front matter and evaluation, come to the hours that are designated."""
    activity = given.activity
    if activity.estimated_minutes is None:
        return
    asked = len(activity.items) * sum(assessment is not None for assessment in (activity.assessments.pre, activity.assessments.post))
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

