"""The post-activity assessment: that there is one, that it has a level, and that it measures the objectives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from scorm_packager.activity.accreditation.rule import CreditGiven, Finding, Given, credit_error, warning
from scorm_packager.activity.banks import asking, assessable, listed
from scorm_packager.activity.definition_model import DefinedDraw
from scorm_packager.activity.model import Activity, Item


def asked_after(activity: Activity) -> list[tuple[int, Item]]:
    """The items of the post-activity assessment with their index; none when a package brings its own."""
    post = activity.assessments.post
    if post is None or post.from_ is not None:
        return []
    asked = asking(post, assessable(activity)).items
    return [(index, item) for index, item in enumerate(activity.items) if item.id in asked]


def _applies(given: CreditGiven) -> bool:
    return given.activity.format == "enduring material"


@credit_error("no-assessment", "assessment")
def no_assessment(given: CreditGiven) -> Iterator[Finding]:
    """Enduring material for this credit assesses the learner."""
    post = given.activity.assessments.post
    if _applies(given) and post is None:
        message = f"{given.rule.name} needs an assessment of the learner; there is no post-activity assessment."
        yield Finding(("assessments",), message, "Add `post` with items and a `passing_score`.")


@credit_error("no-passing-score", "assessment")
def no_passing_score(given: CreditGiven) -> Iterator[Finding]:
    """The assessment has a minimum performance level, set by the provider and above nothing."""
    post = given.activity.assessments.post
    if _applies(given) and post and not post.passing_score:
        message = f"{given.rule.name} is given only to those who meet a minimum performance level; there is none."
        yield Finding(("assessments", "post", "passing_score"), message, "Add `passing_score`, a share such as 0.75.")


@credit_error("no-references", "sources")
def no_references(given: CreditGiven) -> Iterator[Finding]:
    """Learners have access to the bibliographic sources."""
    if _applies(given) and not given.activity.references:
        yield Finding((), f"{given.rule.name} needs bibliographic sources; there are none.", "Add `references`.")


@credit_error("objective-not-assessed", "objectives-assessed")
def objective_not_assessed(given: CreditGiven) -> Iterator[Finding]:
    """Every objective is measured by at least one item of the post-activity assessment."""
    asked = asked_after(given.activity)
    measured, sure = {item.objective for _, item in asked}, _surely_measured(given.activity)
    for index, objective in enumerate(given.activity.objectives):
        if not asked or not _applies(given) or objective.id in sure:
            continue
        if objective.id in measured:
            message = f"The post-activity assessment may draw no item that measures the objective `{objective.id}`."
            yield Finding(("objectives", index), message, f"Draw for this objective: `{{from: {objective.id}, n: 1}}`.")
        else:
            message = f"No item of the post-activity assessment measures the objective `{objective.id}`."
            yield Finding(("objectives", index), message, "Add an item with this `objective`, or take the objective out.")


def _surely_measured(activity: Activity) -> set[str | None]:
    """The objectives that every attempt measures, whatever is drawn."""
    post = activity.assessments.post
    if post is None:
        return set()
    measures = {item.id: item.objective for item in activity.items}
    asks = asking(post, assessable(activity))
    always = {measures[item] for item in listed(post, assessable(activity)) if item in measures}
    return always | {objective for draw in asks.draws for objective in _surely_drawn(draw, measures)}


def _surely_drawn(draw: DefinedDraw, measures: Mapping[str, str | None]) -> Iterator[str | None]:
    """More are drawn than there are items of the bank for anything else."""
    counts = Counter(measures[item] for item in draw.items)
    return (objective for objective, count in counts.items() if draw.n > len(draw.items) - count)


@credit_error("item-without-objective", "objectives-assessed")
def item_without_objective(given: CreditGiven) -> Iterator[Finding]:
    """Every item that counts towards credit measures an objective."""
    for index, item in asked_after(given.activity):
        if _applies(given) and item.objective is None:
            message = f"The item `{item.id}` counts towards credit, and measures no objective."
            yield Finding(("items", index), message, "Add `objective`.")


@credit_error("no-feedback", "feedback")
def no_feedback(given: CreditGiven) -> Iterator[Finding]:
    """Learners are told which responses were right, and why."""
    post = given.activity.assessments.post
    if post and post.feedback == "none":
        message = f"{given.rule.name} needs feedback on responses; the assessment gives none."
        yield Finding(("assessments", "post", "feedback"), message, "Use `after attempt` or `after passing`.")


@credit_error("feedback-without-rationale", "feedback")
def feedback_without_rationale(given: CreditGiven) -> Iterator[Finding]:
    """Where feedback is demanded, every item says why its answer is right."""
    for index, item in asked_after(given.activity):
        if not item.rationale:
            message = f"The item `{item.id}` has no rationale, and {given.rule.name} needs feedback."
            yield Finding(("items", index), message, "Add `rationale`.")


@warning("item-without-rationale", "practice/blueprint")
def item_without_rationale(given: Given) -> Iterator[Finding]:
    """An item teaches by its rationale."""
    if any(given.facts.rulebook.in_force(f"{credit.system}/feedback", given.facts.today) for credit in given.activity.credits):
        return  # there it is an error
    for index, item in enumerate(given.activity.items):
        if not item.rationale:
            yield Finding(("items", index), f"The item `{item.id}` has no rationale.", "Add `rationale`: why the answer is right.")


@warning("pre-activity-assessment-not-matched", "practice/blueprint")
def pre_activity_assessment_not_matched(given: Given) -> Iterator[Finding]:
    """Change is measured on items that are asked before and after: the pre-activity assessment has such items."""
    before, after = given.activity.assessments.pre, {item.id for _, item in asked_after(given.activity)}
    if before is None or (before.items == "all" and not before.draw) or not after:
        return
    alone = [item for item in asking(before, assessable(given.activity)).items if item not in after]
    if alone:
        message = f"Asked before and never after: {', '.join(alone)}."
        yield Finding(("assessments", "pre", "items"), message, "Ask the same items again in the post-activity assessment.")


@credit_error("no-evaluation-for-credit", "evaluation")
def no_evaluation_for_credit(given: CreditGiven) -> Iterator[Finding]:
    """Some credit includes participation in the evaluation."""
    if given.activity.evaluation is None:
        message = f"{given.rule.name} includes taking part in the evaluation; there is none."
        yield Finding(("evaluation",), message, "Add `evaluation: {extends: standard}`.")
