"""What the statements of one registration show about a learner's work.

A fold that does not care in which order, how often or in what batches the statements arrived: each is kept once, those that were voided
drop out, and the rest is put in order by its own time, sequence number and id before it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, takewhile

from lrs_bridge.credit.model import Attempt, Claim, Commitment, Disclosed, Evidence, Finished, Mark, Origin, Response, Stored

ACCEPTED = frozenset({Origin.LAUNCH, Origin.KEY, Origin.UPSTREAM})
# A learner's own token may not take back a failed attempt.
MAY_VOID = frozenset({Origin.KEY, Origin.UPSTREAM})

_OPENING = frozenset({"opened", "read"})
_Order = tuple[float, int, str]


def fold(registration: str, statements: Iterable[Stored]) -> Evidence:
    """The evidence of `registration`. Statements of other registrations and of other origins than `ACCEPTED` are left out."""
    sound = _sound(registration, statements)
    working = [s for s in sound if s.meaning not in _OPENING]
    content = [s for s in working if _is_content(s)]
    evaluated = _first(sound, "evaluated")
    return Evidence(
        registration=registration,
        opened=tuple(_mark(s) for s in _only(sound, "opened")),
        read=_first(sound, "read"),
        disclosed=tuple(Disclosed(hash=s.text_hash or "", mark=_mark(s)) for s in _only(sound, "disclosed")),
        first_content=_mark(content[0]) if content else None,
        first_content_sequence=min((s.sequence for s in content if s.sequence is not None), default=None),
        first_content_arrived=min((s.stored for s in content if not s.reported_by), default=None),
        finished=_finished(sound, "finished"),
        awaited=_finished(sound, "said-finished"),
        pre=_attempts(sound, "pre"),
        post=_attempts(sound, "post"),
        evaluated=evaluated,
        evaluated_by=next((s.reported_by for s in _only(sound, "evaluated")), ""),
        ratings=_last_responses(s for s in _only(sound, "rated") if evaluated is None or order(_mark(s)) <= order(evaluated)),
        commitments=_commitments(sound),
        claims=_claims(sound),
        last=_mark(working[-1]) if working else None,
        revisions=frozenset(s.revision for s in working),
    )


def order(mark: Mark) -> _Order:
    """By when it happened, then by the player's own count (times are whole seconds), then by id so that nothing is left to chance."""
    return (mark.timestamp.timestamp(), mark.sequence or 0, mark.id)


def claim_on(evidence: Evidence, system: str) -> Claim | None:
    """The learner's last word on a credit system; a decline of all credit speaks for every system not spoken of since."""
    words = {claim.system: claim for claim in evidence.claims}
    return words.get(system) or words.get("")


# --- what may be read at all --------------------------------------------------------------------


def _sound(registration: str, statements: Iterable[Stored]) -> list[Stored]:
    accepted = [s for s in statements if s.origin in ACCEPTED]
    voided = {s.object for s in accepted if s.meaning == "voided" and s.origin in MAY_VOID}
    ours = [s for s in accepted if s.registration == registration and s.meaning != "voided" and s.id not in voided]
    return sorted(_once_each(ours), key=_order_of)


def _once_each(statements: list[Stored]) -> Iterator[Stored]:
    """The first arrival of each statement: one that came from the learner and again from an upstream is one statement.

    What another tool reports may meet several requirements at once, each of which is read from it.
    """
    by_id = sorted(statements, key=lambda s: (*_said_by(s), s.stored, s.origin, repr(s)))
    for _, copies in groupby(by_id, key=_said_by):
        yield next(copies)


def _said_by(statement: Stored) -> tuple[str, str, str]:
    return (statement.id, statement.meaning, statement.object) if statement.reported_by else (statement.id, "", "")


def _order_of(statement: Stored) -> _Order:
    return (statement.timestamp.timestamp(), statement.sequence or 0, statement.id)


def _mark(statement: Stored) -> Mark:
    return Mark(
        id=statement.id,
        timestamp=statement.timestamp,
        stored=statement.stored,
        sequence=statement.sequence,
        revision=statement.revision,
    )


def _only(statements: list[Stored], meaning: str) -> list[Stored]:
    return [s for s in statements if s.meaning == meaning]


def _first(statements: list[Stored], meaning: str) -> Mark | None:
    found = _only(statements, meaning)
    return _mark(found[0]) if found else None


def _is_content(statement: Stored) -> bool:
    if statement.meaning in ("answered", "submitted"):
        return statement.assessment == "post"
    return statement.meaning in ("finished", "said-finished", "practised", "reflected")


# --- contents, assessments, evaluation ----------------------------------------------------------


def _finished(statements: list[Stored], meaning: str) -> tuple[Finished, ...]:
    first: dict[str, Stored] = {}
    for statement in _only(statements, meaning):
        first.setdefault(statement.object, statement)
    return tuple(
        Finished(content=content, seconds=s.seconds, mark=_mark(s), reported_by=s.reported_by) for content, s in sorted(first.items())
    )


def _submissions(statements: list[Stored]) -> Iterator[tuple[tuple[str, int], list[Stored]]]:
    submitted = sorted(_only(statements, "submitted"), key=lambda s: (s.assessment, s.attempt, _order_of(s)))
    for key, group in groupby(submitted, key=lambda s: (s.assessment, s.attempt)):
        yield key, list(group)


def _attempts(statements: list[Stored], assessment: str) -> tuple[Attempt, ...]:
    """Submitted attempts in the order in which they were made. An attempt is submitted once: what follows under its number is nothing."""
    submitted = [group for (of, _), group in _submissions(statements) if of == assessment]
    return tuple(_attempt(first, repeated, statements) for first, *repeated in sorted(submitted, key=lambda group: _order_of(group[0])))


def _attempt(submission: Stored, repeated: list[Stored], statements: list[Stored]) -> Attempt:
    answers = (
        s
        for s in _only(statements, "answered")
        if (s.assessment, s.attempt) == (submission.assessment, submission.attempt) and _order_of(s) <= _order_of(submission)
    )
    return Attempt(
        number=submission.attempt,
        submitted=_mark(submission),
        responses=_last_responses(answers),
        reported_success=submission.success,
        reported_score=submission.score,
        scored_by=submission.scored_by,
        reported_by=submission.reported_by,
        repeated=tuple(sorted(s.id for s in repeated)),
    )


def _last_responses(answers: Iterable[Stored]) -> tuple[Response, ...]:
    last = {s.object: s for s in answers}  # in order, so that a later answer takes the place of an earlier one
    return tuple(Response(item=item, response=s.response or "", mark=_mark(s)) for item, s in sorted(last.items()))


def _commitments(statements: list[Stored]) -> tuple[Commitment, ...]:
    last = {s.object: s for s in _only(statements, "committed")}
    return tuple(Commitment(number=k, text=s.response or "", strength=s.strength, mark=_mark(s)) for k, s in sorted(last.items()))


# --- claims -------------------------------------------------------------------------------------


def _claims(statements: list[Stored]) -> tuple[Claim, ...]:
    words = [s for s in statements if s.meaning == "declined" or (s.meaning == "claimed" and s.object)]
    systems = sorted({s.object for s in words})
    return tuple(_last_word(system, [s for s in words if s.object in (system, "")]) for system in systems)


def _last_word(system: str, words: list[Stored]) -> Claim:
    since = list(takewhile(lambda word: word.meaning == words[-1].meaning, reversed(words)))
    *earlier, last = (_claim(system, word, asked=since[-1]) for word in reversed(since))
    return replace(last, earlier=tuple(earlier))


def _claim(system: str, word: Stored, *, asked: Stored) -> Claim:
    amount = (word.amount or "") if word.meaning == "claimed" else None
    return Claim(system=system, amount=amount, asked=_mark(asked), mark=_mark(word))
