"""Mitigating relevant financial relationships before anybody takes a role (ACCME Standard 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorm_packager.activity.accreditation.companies import relationships, same
from scorm_packager.activity.accreditation.rule import Finding, Given, ModelPath, error, warning
from scorm_packager.activity.accreditation.timeline import first_role, latest_validation
from scorm_packager.activity.model import Activity, Person, Relationship


def _relevant(given: Given) -> Iterator[tuple[ModelPath, Person, Relationship]]:
    if given.activity.clinical:
        yield from ((at, person, one) for at, person, one in relationships(given.activity) if one.relevant)


@error("relevant-without-mitigation", "accme/standard-3.4")
def relevant_without_mitigation(given: Given) -> Iterator[Finding]:
    """Every relevant relationship has been mitigated."""
    for at, person, relationship in _relevant(given):
        if relationship.mitigated is None:
            message = f"The relevant relationship of {person.name} with {relationship.company} has not been mitigated."
            yield Finding(at, message, "Mitigate it, and put the date in `mitigated` and the steps in `steps`.")


@error("mitigated-after-role", "accme/standard-3.4")
def mitigated_after_role(given: Given) -> Iterator[Finding]:
    """Mitigation is dated before the role begins; the same day does not show it.

    A relationship that began while the role was already held is mitigated before learners see the activity, or its review.
    """
    for at, person, relationship in _relevant(given):
        limit = _limit(given.activity, person, relationship)
        if relationship.mitigated and relationship.mitigated >= limit:
            whose = f"The relationship of {person.name} with {relationship.company}"
            message = f"{whose} was mitigated on {relationship.mitigated}; it had to be before {limit}."
            remedy = "Let the role begin after mitigation, or take the person out and have the content done anew."
            yield Finding((*at, "mitigated"), message, remedy)


@error("mitigation-without-steps", "accme/standard-3.4")
def mitigation_without_steps(given: Given) -> Iterator[Finding]:
    """The steps taken to mitigate are documented."""
    for at, person, relationship in _relevant(given):
        if relationship.mitigated and not relationship.steps:
            message = f"Nothing says how the relationship of {person.name} with {relationship.company} was mitigated."
            yield Finding((*at, "mitigated"), message, "List the steps in `steps` (peer review, recusal, divestiture …).")


@warning("reviewer-has-relevant-relationship", "practice/peer-review")
def reviewer_has_relevant_relationship(given: Given) -> Iterator[Finding]:
    """Whoever judges that content is valid and balanced has no relevant relationship."""
    review = given.activity.content_review
    for _, person, relationship in _relevant(given):
        if review and same(person.name, review.reviewer):
            message = f"{person.name} reviewed the content, and has a relevant relationship with {relationship.company}."
            yield Finding(("content_review", "reviewer"), message, "Let somebody without relevant relationships review the content.")
            return


def _limit(activity: Activity, person: Person, relationship: Relationship) -> date:
    begins = first_role(person)
    if relationship.started is None or relationship.started <= begins:
        return begins
    return latest_validation(activity) or begins
