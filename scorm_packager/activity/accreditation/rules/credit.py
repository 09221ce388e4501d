"""What an activity designates: which credit, how much, by whom, for whom."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scorm_packager.activity.accreditation.rule import (
    OF_THE_SYSTEM,
    CreditGiven,
    Finding,
    Given,
    credit_error,
    error,
    warning,
)
from scorm_packager.activity.accreditation.team import audience, professions_of

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
