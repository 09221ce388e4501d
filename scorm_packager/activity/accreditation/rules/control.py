"""Who is in control of content, and who may not be (ACCME Standards 2.1 and 3.2, eligibility)."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation import companies
from scorm_packager.activity.accreditation.companies import people, relationships
from scorm_packager.activity.accreditation.rule import Finding, Given, error, warning
from scorm_packager.activity.accreditation.timeline import first_role
from scorm_packager.activity.model import Person, Relationship

_TEACHING = {"faculty", "author"}


@error("no-faculty", "accme/enduring-materials")
def no_faculty(given: Given) -> Iterator[Finding]:
    """Learners are told the principal faculty, so somebody is faculty or author."""
    if any(role.role in _TEACHING for person in given.activity.people for role in person.roles):
        return
    yield Finding(("people",), "Nobody is faculty.", "Give at least one person the role faculty or author.")


@warning("faculty-without-credentials", "practice/faculty-credentials")
def faculty_without_credentials(given: Given) -> Iterator[Finding]:
    """Learners are told the credentials of faculty. A warning, because patients teach too and have none."""
    for at, person in people(given.activity):
        if not person.credentials and any(role.role in _TEACHING for role in person.roles):
            yield Finding(at, f"{person.name} teaches, and has no credentials here.", "Add `credentials` (MD, PharmD, RN …).")


def _held_when_the_role_began(relationship: Relationship, person: Person) -> bool:
    return relationship.ended is None or relationship.ended >= first_role(person)


@error("works-for-ineligible-company", "accme/standard-3.2")
def works_for_ineligible_company(given: Given) -> Iterator[Finding]:
    """Employees and executives of an ineligible company do not control content, unless an exception holds.

    Whoever left the company before taking the role is no employee any more: that relationship is mitigated like others.
    """
    if not given.activity.clinical:
        return
    for at, person, relationship in relationships(given.activity):
        kinds = [nature for nature in relationship.nature if nature in given.clause["employment"]]
        if not kinds or relationship.exception or not _held_when_the_role_began(relationship, person):
            continue
        message = f"{person.name} is in control of content and has a relationship with {relationship.company} as {kinds[0]}."
        remedy = "Take the person out of planning and teaching, or state which `exception` of Standard 3.2 holds, and keep the proof."
        yield Finding((*at, "nature"), message, remedy)


@warning("owns-part-of-ineligible-company", "accme/standard-3.2")
def owns_part_of_ineligible_company(given: Given) -> Iterator[Finding]:
    """Owners of an ineligible company do not control content; holding stock of a publicly traded one does not make an owner.

    The activity file cannot tell the two apart, so this asks: publicly traded stock is a relationship to mitigate, no more.
    """
    for at, person, relationship in relationships(given.activity):
        if "ownership interest" not in relationship.nature or relationship.exception or not given.activity.clinical:
            continue
        if _held_when_the_role_began(relationship, person):
            message = f"{person.name} has an ownership interest in {relationship.company}."
            remedy = "Check that it is stock of a publicly traded company; the owner of any other ineligible company must be excluded."
            yield Finding((*at, "nature"), message, remedy)


@error("exception-contradicts-relevance", "accme/standard-3.2")
def exception_contradicts_relevance(given: Given) -> Iterator[Finding]:
    """Whoever takes part because the content is unrelated to the company has no relevant relationship with it."""
    for at, person, relationship in relationships(given.activity):
        if relationship.exception == "unrelated to content" and relationship.relevant:
            message = f"{person.name}'s relationship with {relationship.company} is called relevant and unrelated to the content at once."
            yield Finding((*at, "exception"), message, "Decide which one is true, and correct `relevant` or `exception`.")


@error("provider-is-ineligible", "accme/eligibility")
def provider_is_ineligible(given: Given) -> Iterator[Finding]:
    """Neither the accredited provider nor a joint provider is an ineligible company."""
    known = companies.names(given.activity)
    for index, partner in enumerate(given.activity.providership.with_):
        if partner.casefold() in known:
            message = f"{partner} is a joint provider and is named as an ineligible company."
            remedy = "An ineligible company cannot provide accredited education: take it out, or correct the company's name."
            yield Finding(("providership", "with", index), message, remedy)
    if given.activity.provider.name.casefold() in known:
        message = f"{given.activity.provider.name} is the accredited provider and is named as an ineligible company."
        yield Finding(("provider", "name"), message, "List only ineligible companies under relationships and support.")


@error("affiliated-with-ineligible-company", "accme/standard-2.1")
def affiliated_with_ineligible_company(given: Given) -> Iterator[Finding]:
    """Nobody in control of content belongs to a company named as ineligible, a commercial supporter above all, and left it undisclosed."""
    known = companies.names(given.activity)
    for at, person in people(given.activity):
        declared = any(companies.same(relationship.company, person.affiliation) for relationship in person.relationships)
        if person.affiliation.casefold() in known and not declared:
            message = f"{person.name} is affiliated with {person.affiliation}, an ineligible company, and disclosed nothing of it."
            remedy = "Collect the disclosure again; its owners and employees may not control content."
            yield Finding((*at, "affiliation"), message, remedy)


@warning("non-clinical-yet-relevant", "accme/standard-3-exceptions")
def non_clinical_yet_relevant(given: Given) -> Iterator[Finding]:
    """In non-clinical education no relationship can be relevant; a relevant one says that the content is clinical."""
    if not given.activity.clinical and any(relationship.relevant for _, _, relationship in relationships(given.activity)):
        message = "The activity is called non-clinical, and has relevant financial relationships."
        yield Finding(("clinical",), message, "Remove `clinical: false`, so that disclosure rules apply, or correct `relevant`.")
