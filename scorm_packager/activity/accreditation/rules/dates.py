"""Release, review and termination of enduring materials (ACCME policy), and the review of their content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorm_packager.activity.accreditation.calendar import years_after
from scorm_packager.activity.accreditation.companies import same
from scorm_packager.activity.accreditation.rule import Finding, Given, error, warning
from scorm_packager.activity.accreditation.timeline import is_updated, latest_validation
from scorm_packager.activity.model import Activity


def _enduring(activity: Activity) -> bool:
    return activity.format == "enduring material"


def _missing(given: Given, key: str, day: date | None, name: str) -> Iterator[Finding]:
    if _enduring(given.activity) and day is None:
        yield Finding((), f"An enduring material shows its {name}; there is none.", f"Add `{key}`.")


@error("no-release-date", "accme/enduring-materials")
def no_release_date(given: Given) -> Iterator[Finding]:
    """An enduring material shows its original release date."""
    yield from _missing(given, "released", given.activity.released, "date of release")


@error("no-review-date", "accme/enduring-materials")
def no_review_date(given: Given) -> Iterator[Finding]:
    """An enduring material shows the date of its most recent review or update."""
    yield from _missing(given, "reviewed", given.activity.reviewed, "date of the most recent review")


@error("no-termination-date", "accme/enduring-materials")
def no_termination_date(given: Given) -> Iterator[Finding]:
    """An enduring material shows the date after which there is no credit."""
    yield from _missing(given, "terminates", given.activity.terminates, "termination date")


@error("terminates-before-it-begins", "accme/enduring-materials")
def terminates_before_it_begins(given: Given) -> Iterator[Finding]:
    """Termination comes no earlier than release and review."""
    ends, begins = given.activity.terminates, latest_validation(given.activity)
    if ends and begins and ends < begins:
        message = f"The activity terminates on {ends}, before {begins}."
        yield Finding(("terminates",), message, "Correct `released`, `reviewed` or `terminates`.")


@error("terminates-too-late", "accme/enduring-materials")
def terminates_too_late(given: Given) -> Iterator[Finding]:
    """An enduring material is offered for at most three years after its release or last review; the last day counts."""
    ends, begins = given.activity.terminates, latest_validation(given.activity)
    if not (_enduring(given.activity) and given.activity.released and ends and begins):
        return  # that the release date is missing has its own problem
    last = years_after(begins, given.clause["years"])
    if ends > last:
        message = f"The activity terminates on {ends}, more than {given.clause['years']} years after {begins}."
        yield Finding(("terminates",), message, f"Set it to {last} or earlier, or review the content and update `reviewed`.")


@error("terminated-already", "accme/enduring-materials")
def terminated_already(given: Given) -> Iterator[Finding]:
    """No package is made of an activity that gives no credit any more; the termination day itself still counts."""
    ends = given.activity.terminates
    if ends and ends < given.facts.today:
        message = f"The activity terminated on {ends}; nobody can be given credit."
        yield Finding(("terminates",), message, "Review the content, and update `reviewed` and `terminates`, or withdraw the activity.")


@warning("review-in-the-future", "accme/enduring-materials")
def review_in_the_future(given: Given) -> Iterator[Finding]:
    """The date of review tells what was done, not what is planned."""
    for key, day in (("reviewed", given.activity.reviewed), ("content_review", _content_review_day(given.activity))):
        if day and day > given.facts.today:
            yield Finding((key,), f"The review is dated {day}, which is yet to come.", "Put the day on which it was done.")


@error("content-not-reviewed", "accme/standard-1")
def content_not_reviewed(given: Given) -> Iterator[Finding]:
    """The provider has had the content reviewed for validity and balance."""
    if given.activity.content_review is None:
        message = "Nothing says that the content was reviewed for validity."
        yield Finding((), message, "Add `content_review` with `reviewer`, `on` and `outcome`.")


@error("content-not-valid", "accme/standard-1")
def content_not_valid(given: Given) -> Iterator[Finding]:
    """Content that was found not valid is not offered."""
    review = given.activity.content_review
    if review and review.outcome == "not valid":
        message = f"{review.reviewer} found the content not valid."
        yield Finding(("content_review", "outcome"), message, "Correct the content, and have it reviewed again.")


@error("content-review-outdated", "accme/standard-1")
def content_review_outdated(given: Given) -> Iterator[Finding]:
    """An activity reviewed after its release has had its content reviewed again, not only its date changed."""
    review, released = given.activity.content_review, given.activity.released
    if review and released and is_updated(given.activity) and review.on <= released:
        message = f"The activity was reviewed on {given.activity.reviewed}, and its content last on {review.on}."
        yield Finding(("content_review", "on"), message, "Have the content reviewed again, or put back the earlier `reviewed`.")


@error("content-reviewed-too-late", "accme/standard-1")
def content_reviewed_too_late(given: Given) -> Iterator[Finding]:
    """Content is reviewed before learners see it."""
    review, shown = given.activity.content_review, latest_validation(given.activity)
    if review and shown and review.on > shown:
        message = f"The content was reviewed on {review.on}, after learners could see it on {shown}."
        yield Finding(("content_review", "on"), message, "Put that day in `reviewed`, or release the activity after the review.")


@error("reviewer-has-not-disclosed", "accme/standard-3.1")
def reviewer_has_not_disclosed(given: Given) -> Iterator[Finding]:
    """Reviewers are in control of content and disclose like everybody else: the reviewer stands under people."""
    review = given.activity.content_review
    if not given.activity.clinical or review is None or any(same(person.name, review.reviewer) for person in given.activity.people):
        return
    message = f"{review.reviewer} reviewed the content, and does not stand under `people`."
    yield Finding(("content_review", "reviewer"), message, "Add the reviewer to `people` with the role reviewer and a disclosure.")


def _content_review_day(activity: Activity) -> date | None:
    return activity.content_review.on if activity.content_review else None
