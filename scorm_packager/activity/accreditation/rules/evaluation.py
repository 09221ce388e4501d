"""Evaluation, commitment to change and follow-up (ACCME: analyse change)."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import Finding, Given, warning
from scorm_packager.activity.evaluations import whole_form


@warning("no-evaluation", "accme/analyzes-change")
def no_evaluation(given: Given) -> Iterator[Finding]:
    """Change in learners is looked for: the activity is evaluated. Some credit demands it, and then it is an error."""
    demanded = any(given.facts.rulebook.in_force(f"{credit.system}/evaluation", given.facts.today) for credit in given.activity.credits)
    if given.activity.evaluation is None and not demanded:
        yield Finding((), "Learners are not asked to evaluate the activity.", "Add `evaluation: {extends: standard}`.")


@warning("evaluation-silent-on-bias", "practice/bias-question")
def evaluation_silent_on_bias(given: Given) -> Iterator[Finding]:
    """The evaluation asks whether learners perceived commercial bias."""
    words = given.clause["words"]
    asked = any(word in item.stem.casefold() for item in whole_form(given.activity) for word in words)
    if given.activity.evaluation and not asked:
        message = "No question of the evaluation asks about commercial bias."
        yield Finding(("evaluation",), message, "Extend the standard form, or ask it among `items`.")


@warning("no-commitment-to-change", "practice/commitment")
def no_commitment_to_change(given: Given) -> Iterator[Finding]:
    """Learners are asked what they will do differently."""
    if not given.activity.commitment_to_change.ask:
        message = "Learners are not asked for a commitment to change."
        yield Finding(("commitment_to_change",), message, "Add `commitment_to_change: {ask: 3}`.")


@warning("commitment-never-followed-up", "practice/commitment")
def commitment_never_followed_up(given: Given) -> Iterator[Finding]:
    """Learners are asked again whether they did what they committed themselves to."""
    if given.activity.commitment_to_change.ask and not given.activity.follow_up:
        message = "Learners commit themselves to change, and are never asked about it again."
        yield Finding(("commitment_to_change",), message, "Add `follow_up: [{after_days: 60}]`.")


@warning("followed-up-twice-on-a-day", "practice/commitment")
def followed_up_twice_on_a_day(given: Given) -> Iterator[Finding]:
    """Each follow-up has a day of its own."""
    days = [follow_up.after_days for follow_up in given.activity.follow_up]
    for index, day in enumerate(days):
        if day in days[:index]:
            yield Finding(("follow_up", index), f"Two follow-ups are sent after {day} days.", "Remove one, or change its day.")
