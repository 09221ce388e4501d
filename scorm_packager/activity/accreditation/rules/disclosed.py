"""Identifying financial relationships: who disclosed, when, and for which time (ACCME Standard 3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.calendar import months_before
from scorm_packager.activity.accreditation.companies import people, relationships
from scorm_packager.activity.accreditation.rule import Finding, Given, error, warning
from scorm_packager.activity.accreditation.timeline import first_role, is_updated
from scorm_packager.activity.model import Activity, Person

_AGAIN = "Collect the disclosure again: all financial relationships with ineligible companies in the prior 24 months, of any amount."


@error("not-disclosed", "accme/standard-3.1")
def not_disclosed(given: Given) -> Iterator[Finding]:
    """Every individual in control of content has disclosed; whoever refuses is excluded."""
    if not given.activity.clinical:
        return
    for at, person in people(given.activity):
        if person.disclosed is None:
            message = f"{person.name} is in control of content and has not disclosed."
            yield Finding(at, message, "Collect the disclosure and put its date in `disclosed`, or take the person out.")


@error("disclosure-outdated", "accme/standard-3.1")
def disclosure_outdated(given: Given) -> Iterator[Finding]:
    """A disclosure covers 24 months: it is no older than that when the role begins, and none is at release."""
    if not given.activity.clinical:
        return
    for at, person in people(given.activity):
        begins = [role.from_ for role in person.roles] + [given.activity.released or first_role(person)]
        oldest = months_before(max(begins), given.clause["months"])
        if person.disclosed and person.disclosed < oldest:
            message = f"{person.name} disclosed on {person.disclosed}; it had to be on {oldest} or later."
            yield Finding((*at, "disclosed"), message, _AGAIN)


@warning("disclosure-not-renewed", "practice/renewal")
def disclosure_not_renewed(given: Given) -> Iterator[Finding]:
    """When an activity is reviewed after its release, disclosures are no older than 24 months at that review."""
    if not given.activity.clinical or not is_updated(given.activity) or given.activity.reviewed is None:
        return
    oldest = months_before(given.activity.reviewed, given.clause["months"])
    for at, person in people(given.activity):
        if person.disclosed and person.disclosed < oldest:
            message = f"{person.name} disclosed on {person.disclosed}, more than 24 months before the review."
            yield Finding((*at, "disclosed"), message, _AGAIN)


@error("disclosed-after-role", "accme/standard-3.1")
def disclosed_after_role(given: Given) -> Iterator[Finding]:
    """A first disclosure comes no later than the role. One after release is a renewal, and precedes the review it belongs to."""
    if not given.activity.clinical:
        return
    for at, person in people(given.activity):
        begins = first_role(person)
        if person.disclosed and person.disclosed > begins and not _is_renewal(person, given.activity):
            message = f"{person.name} disclosed on {person.disclosed}, after taking the role on {begins}."
            yield Finding((*at, "disclosed"), message, "Correct the dates; a role begins when the disclosure has been judged.")


@warning("relationship-outside-window", "accme/standard-3.1")
def relationship_outside_window(given: Given) -> Iterator[Finding]:
    """A relationship that ended more than 24 months before the disclosure is not collected, and not shown to learners."""
    for at, person, relationship in relationships(given.activity):
        if not person.disclosed or not relationship.ended:
            continue
        oldest = months_before(person.disclosed, given.clause["months"])
        if relationship.ended < oldest:
            message = f"The relationship with {relationship.company} ended on {relationship.ended}, before the 24 months began on {oldest}."
            yield Finding((*at, "ended"), message, "Remove the relationship, or correct the date.")


@error("relationship-dates", "accme/standard-3.1")
def relationship_dates(given: Given) -> Iterator[Finding]:
    """A relationship ends no earlier than it starts, and started before it could be disclosed."""
    for at, person, relationship in relationships(given.activity):
        if relationship.started and relationship.ended and relationship.ended < relationship.started:
            message = f"The relationship with {relationship.company} ends on {relationship.ended}, before it starts."
            yield Finding((*at, "ended"), message, "Correct `started` or `ended`.")
        if relationship.started and person.disclosed and relationship.started > person.disclosed:
            message = f"The relationship with {relationship.company} starts on {relationship.started}, after it was disclosed."
            yield Finding((*at, "started"), message, "Collect the disclosure again and put its date in `disclosed`, or correct `started`.")


def _is_renewal(person: Person, activity: Activity) -> bool:
    if not is_updated(activity) or not (person.disclosed and activity.released and activity.reviewed):
        return False
    return activity.released < person.disclosed <= activity.reviewed
