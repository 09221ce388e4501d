"""What must be done for credit, one function for each requirement; the table at the foot is what a definition's `requires` names.

Each function looks at the evidence only, never at the clock, and says everything that is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from lrs_bridge.credit import claims, scores
from lrs_bridge.credit.context import Context, Finding, met, unmet, waiting
from lrs_bridge.credit.model import Attempt, AttemptElsewhere, Disclosed, Finished, Mark
from lrs_bridge.credit.scores import ScoredAttempt
from lrs_bridge.evidence import order
from scorm_packager.activity.definition_model import PostDefinition

# Two statements that arrived closer together than this tell nothing about which came first.
ARRIVAL_SLACK = timedelta(minutes=10)

_NEW_START = "The coordinator can award the credit by hand, with the reason, or ask the learner to take the activity again."


# --- disclosure (ACCME Standard 3.5: before the learner engages with the education) ---------------


def disclosure(context: Context) -> Finding:
    acknowledged = context.evidence.disclosed
    if not acknowledged:
        return unmet(
            "disclosure-not-acknowledged",
            "The disclosure of financial relationships was not acknowledged.",
            remedy="Open the activity, read the disclosure and acknowledge it before the content.",
        )
    same = tuple(d for d in acknowledged if _is_the_text(d, context))
    if not same:
        return unmet(
            "disclosure-text-differs",
            "The text that was acknowledged is not this activity's disclosure.",
            remedy="Open the activity again from the learning management system and acknowledge the disclosure shown there.",
            marks=tuple(d.mark for d in acknowledged),
        )
    return _before_content(same[0].mark, context)


def _is_the_text(disclosed: Disclosed, context: Context) -> bool:
    return disclosed.hash in context.case.definitions[disclosed.mark.revision].disclosure_hashes


def _before_content(acknowledged: Mark, context: Context) -> Finding:
    first = context.evidence.first_content
    if first is not None and not _came_first(acknowledged, first, context.evidence.first_content_sequence):
        return unmet(
            "content-before-disclosure",
            "Content or the post-activity assessment was reached before the disclosure was acknowledged.",
            remedy=_NEW_START,
            by="coordinator",
            marks=(acknowledged, first),
        )
    if first is not None and _arrived_long_after(acknowledged, context.evidence.first_content_arrived):
        return waiting(
            "disclosure-order-doubtful",
            "By the times they give, the disclosure was acknowledged before the content; but content had long arrived when the "
            "acknowledgement did, and a package sends what it noted in order.",
            remedy="The coordinator asks the learner, and awards the credit by hand, with the reason, or leaves it.",
            marks=(acknowledged, first),
        )
    return met("disclosure-acknowledged", "The disclosure was acknowledged before the content.", completing=(acknowledged,))


def _came_first(acknowledged: Mark, first: Mark, first_sequence: int | None) -> bool:
    """By the time they give and, where both are counted, by the player's own count as well."""
    in_sequence = acknowledged.sequence is None or first_sequence is None or acknowledged.sequence < first_sequence
    return in_sequence and order(acknowledged) < order(first)


def _arrived_long_after(acknowledged: Mark, content: datetime | None) -> bool:
    return content is not None and acknowledged.stored > content + ARRIVAL_SLACK


# --- content ------------------------------------------------------------------------------------


def content(context: Context) -> Finding:
    finished = {done.content: done for done in context.evidence.finished}
    awaited = {done.content: done for done in context.evidence.awaited if done.content not in finished}
    missing = [part for part in context.definition.contents if part.id not in finished]
    if not missing:
        return _finished(context, [finished[part.id] for part in context.definition.contents])
    titles = ", ".join(part.title for part in missing)
    marks = tuple(done.mark for done in (*finished.values(), *awaited.values()))
    if all(part.id in awaited for part in missing):
        return waiting(
            "content-not-reported",
            f"Finished by the learner's word, and not reported yet by the tool that it is done with: {titles}.",
            remedy="Finish it there. If it was, the coordinator looks whether the reports of that tool arrive.",
            marks=marks,
        )
    return unmet("content-not-finished", f"Not finished: {titles}.", remedy="Open the activity and finish these parts.", marks=marks)


def _finished(context: Context, done: list[Finished]) -> Finding:
    reported = {one.content: one.reported_by for one in done if one.reported_by}
    told = [f"{part.title} ({reported[part.id]})" for part in context.definition.contents if part.id in reported]
    note = f" Reported by another tool: {', '.join(told)}." if told else ""
    text = f"Every part of the content was finished ({len(done)}).{note}"
    return met("content-finished", text, completing=tuple(one.mark for one in done))


# --- post-activity assessment (AMA: a minimum performance level for enduring material) -----------


def post_assessment(context: Context) -> Finding:
    post = context.definition.post
    if post is None:
        return waiting(
            "no-post-assessment",
            "The credit asks for a post-activity assessment, and the activity has none.",
            remedy="Correct the activity and register it again.",
            by="author",
        )
    if not context.evidence.post:
        return unmet(
            "post-assessment-not-taken",
            "The post-activity assessment was not submitted.",
            remedy=f"Take the post-activity assessment; {percent(post.passing_score)} is needed to pass.",
        )
    if post.from_:
        return _passed_by_package(context, post)
    own = _passed_by_responses(context, post)
    reported = _reported_pass(context, lambda attempt: bool(attempt.reported_by))
    return own if own.kind == "met" or reported is None else _by_its_word(context, post, reported)


def _passed_by_responses(context: Context, post: PostDefinition) -> Finding:
    voided = context.overrides("void-item")
    own = (a for a in context.evidence.post if not a.reported_by)
    takeable = (a for a in own if _is_takeable(a, context))
    scored = [scores.post(attempt, context.case, voided) for attempt in takeable]
    passing = next((s for s in scored if s.passed), None)
    if passing is None:
        return _not_passed(context, post, scored)
    return _within_attempts(context, post, passing.attempt) or _passed(context, post, passing)


def _is_takeable(attempt: Attempt, context: Context) -> bool:
    """Where items are drawn, nobody chooses the draw by the number of the attempt."""
    asks = context.case.definitions[attempt.submitted.revision].post
    return asks is not None and (not asks.draws or 1 <= attempt.number <= asks.attempts + len(context.overrides("grant-attempt")))


def _passed(context: Context, post: PostDefinition, passing: ScoredAttempt) -> Finding:
    score = passing.score
    return met(
        "post-assessment-passed",
        f"Post-activity assessment passed at attempt {passing.attempt.number}: {score.correct} of {score.total} responses correct "
        f"when scored again ({percent(post.passing_score)} is needed){_without(passing)}.{_granted(context, post, passing.attempt)}",
        completing=(passing.attempt.submitted,),
        marks=tuple(response.mark for response in passing.attempt.responses),
    )


def _without(scored: ScoredAttempt) -> str:
    return "".join(f", without {one.item} (left out by {one.who} on {one.when}: {one.why})" for one in scored.voided)


def _granted(context: Context, post: PostDefinition, attempt: Attempt) -> str:
    """By whom the attempts were granted that this one needed."""
    if attempts_before(context, attempt) < post.attempts:
        return ""
    granted = context.overrides("grant-attempt")
    return "".join(f" A further attempt was granted by {one.who} on {one.when}: {one.why.rstrip('. ')}." for one in granted)


def _within_attempts(context: Context, post: PostDefinition, attempt: Attempt) -> Finding | None:
    """None when the attempt is among those allowed to the person, in whatever registration they were made."""
    allowed = post.attempts + len(context.overrides("grant-attempt"))
    if attempts_before(context, attempt) >= allowed:
        return _used_up(allowed, (attempt.submitted,), "The post-activity assessment was passed only after the attempts allowed")
    if attempts_arrived_before(context, attempt) >= allowed:
        return waiting(
            "attempt-order-doubtful",
            f"Counted by the times they give, this attempt is within the {allowed} allowed; counted as they arrived, it is not.",
            remedy="The coordinator looks at the attempts and grants one more, or leaves it.",
            marks=(attempt.submitted,),
        )
    return None


def attempts_before(context: Context, attempt: Attempt) -> int:
    """How many attempts the person made before this one, in this and all other registrations of the activity."""
    own = [a for a in context.evidence.post if order(a.submitted) < order(attempt.submitted)]
    return len(own) + sum(1 for e in context.case.terms.attempts_elsewhere if _made_before(e, context, attempt))


def _made_before(elsewhere: AttemptElsewhere, context: Context, attempt: Attempt) -> bool:
    return (elsewhere.timestamp, elsewhere.registration) < (attempt.submitted.timestamp, context.case.registration)


def attempts_arrived_before(context: Context, attempt: Attempt) -> int:
    """The same, where an attempt that had long arrived counts as earlier, whatever time this one gives.

    So do those of lower number in the same registration, and every further submission under one number: whoever made one that counts
    did not make it for the first time there.
    """
    limit = attempt.submitted.stored - ARRIVAL_SLACK
    post, others = context.evidence.post, context.case.terms.attempts_elsewhere
    own = [a for a in post if a.number < attempt.number or a.submitted.stored < limit or order(a.submitted) < order(attempt.submitted)]
    elsewhere = [e for e in others if e.stored < limit or _made_before(e, context, attempt)]
    return len(own) + len(elsewhere) + sum(len(a.repeated) for a in post)


def _not_passed(context: Context, post: PostDefinition, scored: list[ScoredAttempt]) -> Finding:
    allowed = post.attempts + len(context.overrides("grant-attempt"))
    made = len(context.evidence.post) + len(context.case.terms.attempts_elsewhere)
    marks = tuple(s.attempt.submitted for s in scored)
    if made >= allowed:
        return _used_up(allowed, marks, f"The post-activity assessment was not passed ({_best(post, scored)}) and the attempts are used up")
    return unmet(
        "post-assessment-not-passed",
        f"The post-activity assessment was not passed: {_best(post, scored)}.{_only_reported(scored)}",
        remedy=f"Take it again; {_attempts(allowed - made)} left.",
        marks=marks,
    )


def _best(post: PostDefinition, scored: list[ScoredAttempt]) -> str:
    best = max(scored, key=lambda s: (s.score.correct, -s.attempt.number), default=None)
    if best is None:
        return "no attempt could be scored"
    score = f"{best.score.correct} of {best.score.total} responses correct when scored again, {percent(post.passing_score)} is needed"
    return score + _without(best)


def _only_reported(scored: list[ScoredAttempt]) -> str:
    bare = any(s.attempt.reported_success and not s.attempt.responses for s in scored)
    return " A pass was reported without any response that could be scored." if bare else ""


def _used_up(allowed: int, marks: tuple[Mark, ...], text: str) -> Finding:
    return unmet(
        "attempts-used-up",
        f"{text}; {_attempts(allowed)} allowed, counted over every launch of the activity.",
        remedy="The coordinator can grant another attempt.",
        by="coordinator",
        marks=marks,
    )


def _attempts(count: int) -> str:
    return f"{count} attempt is" if count == 1 else f"{count} attempts are"


def _passed_by_package(context: Context, post: PostDefinition) -> Finding:
    """A wrapped package keeps its responses to itself: whether its word is enough is for the credit's rule to say."""
    passing = _reported_pass(context, lambda attempt: True)
    return _not_passed(context, post, []) if passing is None else _by_its_word(context, post, passing)


def _reported_pass(context: Context, counts: Callable[[Attempt], bool]) -> Attempt | None:
    attempts = (attempt for attempt in context.evidence.post if counts(attempt))
    return next((attempt for attempt in attempts if scores.reported(attempt, context.case.definitions)), None)


def _by_its_word(context: Context, post: PostDefinition, passing: Attempt) -> Finding:
    word = context.rule.package_scores if context.rule else "hold"
    text = "The pass is the packaged content's own word; its responses are not known."
    if passing.reported_by:
        text = f"The pass was reported by another tool ({passing.reported_by}) and not scored again; its responses are not known."
    if word == "allow":
        return _within_attempts(context, post, passing) or met("passed-by-package", text, completing=(passing.submitted,))
    if word == "hold":
        remedy = "The coordinator checks the result with the learner's LMS and awards the credit by hand."
        return waiting("passed-by-package", text, remedy=remedy, marks=(passing.submitted,))
    remedy = "This credit needs an assessment whose responses are recorded: the coordinator can offer one."
    return unmet("passed-by-package", text, remedy=remedy, by="coordinator", marks=(passing.submitted,))


def percent(share: float) -> str:
    """0.75 → `75 %`, 0.725 → `72.5 %`."""
    return f"{(Decimal(str(share)) * 100).normalize():f} %"


# --- evaluation and claim -----------------------------------------------------------------------


def evaluation(context: Context) -> Finding:
    submitted = context.evidence.evaluated
    if submitted is None:
        return unmet("evaluation-not-submitted", "The evaluation was not submitted.", remedy="Open the activity and submit the evaluation.")
    by = context.evidence.evaluated_by
    text = f"The evaluation was submitted; reported by another tool ({by})." if by else "The evaluation was submitted."
    return met("evaluation-submitted", text, completing=(submitted,))


REQUIREMENTS: dict[str, Callable[[Context], Finding]] = {
    "disclosure": disclosure,
    "content": content,
    "post-assessment": post_assessment,
    "evaluation": evaluation,
    "claim": claims.claim,
}
