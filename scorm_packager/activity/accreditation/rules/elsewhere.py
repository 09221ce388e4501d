"""Assessments that somebody else scores: a package of another tool, or a tool in the LMS."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import OF_THE_SYSTEM, CreditGiven, Finding, ModelPath, credit_warning
from scorm_packager.activity.model import Activity

_WORDS = {"hold": "is held until a coordinator has looked at the result", "refuse": "is refused"}


@credit_warning("score-not-scored-again", OF_THE_SYSTEM)
def score_not_scored_again(given: CreditGiven) -> Iterator[Finding]:
    """A score whose responses are not known cannot be scored again, and not every credit rests on such a one."""
    if given.rule.package_scores == "allow":
        return
    for at in _reported_scores(given.activity):
        message = f"{given.rule.name} {_WORDS[given.rule.package_scores]} where the pass is another tool's own word."
        yield Finding(at, message, "Ask the items in the activity itself, or be ready to award by hand.")


def _reported_scores(activity: Activity) -> Iterator[ModelPath]:
    """Where the activity lets another tool's word stand for the post-activity assessment."""
    if activity.assessments.post and activity.assessments.post.from_:
        yield ("assessments", "post", "from")
    for position, one in enumerate(activity.evidence):
        if one.satisfies == "post":
            yield ("evidence", position, "satisfies")
