"""What staff should look at in a registration. Flags change no decision."""

from __future__ import annotations

from lrs_bridge.credit.context import Context
from lrs_bridge.credit.model import Attempt, Evidence, Reason
from lrs_bridge.evidence import order

# Nobody reads a clinical item and its choices in less.
LEAST_SECONDS_PER_ITEM = 5
LEAST_ITEMS = 4


def flags(context: Context) -> tuple[Reason, ...]:
    fast = (flag for attempt in context.evidence.post if (flag := _fast(attempt)) is not None)
    return (*fast, *_repeated(context.evidence), *_content_faster_than_planned(context), *_another_profession(context))


def _fast(attempt: Attempt) -> Reason | None:
    """From the first response to the submission there are n−1 items to read; responses given together say nothing of the first."""
    moments = sorted(attempt.responses, key=lambda response: order(response.mark))
    if len(moments) < LEAST_ITEMS:
        return None
    seconds = (attempt.submitted.timestamp - moments[0].mark.timestamp).total_seconds() / (len(moments) - 1)
    if seconds >= LEAST_SECONDS_PER_ITEM:
        return None
    return Reason("answered-very-fast", f"Post-activity attempt {attempt.number}: {seconds:.1f} seconds per item.")


def _repeated(evidence: Evidence) -> tuple[Reason, ...]:
    count = sum(len(attempt.repeated) for attempt in (*evidence.pre, *evidence.post))
    if not count:
        return ()
    return (Reason("attempt-submitted-again", f"{count} submission(s) of an attempt that had been submitted before were left out."),)


def _content_faster_than_planned(context: Context) -> tuple[Reason, ...]:
    """Active seconds under a tenth of the minutes planned, for content whose time is known."""
    planned = {part.id: part.minutes * 60 for part in context.definition.contents}
    known = [done for done in context.evidence.finished if done.seconds is not None and done.content in planned]
    spent, expected = sum(done.seconds or 0 for done in known), sum(planned[done.content] for done in known)
    if not known or spent * 10 >= expected:
        return ()
    return (Reason("content-very-fast", f"{spent} active seconds in content planned for {expected // 60} minutes."),)


def _another_profession(context: Context) -> tuple[Reason, ...]:
    """Some are two things; whoever is a nurse in one launch and a pharmacist in the next may only want the other credit as well."""
    said = context.case.profile.profession
    others = sorted(context.case.terms.professions_elsewhere - {said or ""})
    if said is None or not others:
        return ()
    return (Reason("another-profession", f"In another launch of this activity the same person said to be: {', '.join(others)}."),)
