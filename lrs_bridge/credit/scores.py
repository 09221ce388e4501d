"""Recorded responses scored again, each with the key of the definition under which it was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from lrs_bridge.credit.model import Attempt, Case, Override, Response
from scorm_packager.activity import draws, scoring
from scorm_packager.activity.definition_model import DefinedItem, Definition
from scorm_packager.activity.scoring import Score

Definitions = Mapping[str, Definition]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredResponse:
    """One response to one version of one item, and whether it is right by that version's own key."""

    assessment: str
    attempt: int
    item: str
    item_version: str
    objective: str | None
    response: str
    correct: bool
    at: datetime
    definition: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAttempt:
    """`voided` are the decisions by which items of it were left out."""

    attempt: Attempt
    score: Score
    passed: bool
    voided: tuple[Override, ...] = ()


def responses(case: Case) -> tuple[ScoredResponse, ...]:
    """Every response of every submitted attempt, in a fixed order; those to unknown definitions or items are left out."""
    pre = (scored for attempt in case.evidence.pre for scored in of_attempt("pre", attempt, case))
    post = (scored for attempt in case.evidence.post for scored in of_attempt("post", attempt, case))
    return (*pre, *post)


def of_attempt(assessment: str, attempt: Attempt, case: Case) -> tuple[ScoredResponse, ...]:
    """The responses of an attempt to items that it asked: what else was answered, nobody had been asked."""
    drawn_out = _drawn_out(assessment, attempt, case)
    scored = (_scored(assessment, attempt.number, one, case.definitions) for one in attempt.responses if one.item not in drawn_out)
    return tuple(response for response in scored if response is not None)


def _drawn_out(assessment: str, attempt: Attempt, case: Case) -> frozenset[str]:
    """The items of the assessment's banks that this attempt did not draw."""
    definition = case.definitions.get(attempt.submitted.revision)
    asks = None if definition is None else definition.pre if assessment == "pre" else definition.post
    if asks is None or not asks.draws:
        return frozenset()
    return frozenset(asks.items) - frozenset(draws.asked(asks, case.draw_key, attempt.number))


def _scored(assessment: str, number: int, given: Response, definitions: Definitions) -> ScoredResponse | None:
    item = _item(given.item, given.mark.revision, definitions)
    if item is None:
        return None
    return ScoredResponse(
        assessment=assessment,
        attempt=number,
        item=item.id,
        item_version=item.version,
        objective=item.objective,
        response=given.response,
        correct=scoring.correct(item, given.response),
        at=given.mark.timestamp,
        definition=given.mark.revision,
        statement=given.mark.id,
    )


def post(attempt: Attempt, case: Case, voided: tuple[Override, ...]) -> ScoredAttempt:
    """The attempt by its responses alone; what the package reported about it plays no part. An item without a response is wrong.

    Which items were drawn is drawn here again: no statement says it, and none would be believed.
    """
    definitions = case.definitions
    definition = definitions[attempt.submitted.revision]
    assert definition.post is not None, "only asked where there is a post-activity assessment"
    given = {response.item: response for response in attempt.responses}
    asked = (_asked(item, given.get(item), definition, definitions) for item in draws.asked(definition.post, case.draw_key, attempt.number))
    seen = [item for item in asked if item is not None]
    items = [item for item in seen if not is_voided(item.id, item.version, voided)]
    score = scoring.score(items, {item.id: given[item.id].response for item in items if item.id in given})
    return ScoredAttempt(
        attempt=attempt,
        score=score,
        passed=bool(items) and scoring.passes(score, definition.post.passing_score),
        voided=tuple(one for one in voided if any(is_voided(item.id, item.version, (one,)) for item in seen)),
    )


def reported(attempt: Attempt, definitions: Definitions) -> bool:
    """Whether a package that keeps its responses to itself reports a pass; its score, where it gives one, must bear it out."""
    definition = definitions[attempt.submitted.revision]
    assert definition.post is not None, "only asked where there is a post-activity assessment"
    if attempt.reported_score is None:
        return attempt.reported_success is True
    return Fraction(attempt.reported_score) >= Fraction(str(definition.post.passing_score))


def _asked(item: str, given: Response | None, definition: Definition, definitions: Definitions) -> DefinedItem | None:
    """The item as the learner saw it: of the definition in force at the response, else at the submission."""
    seen = _item(item, given.mark.revision, definitions) if given else None
    return seen or _of(definition, item)


def _item(item: str, revision: str, definitions: Definitions) -> DefinedItem | None:
    definition = definitions.get(revision)
    return _of(definition, item) if definition else None


def _of(definition: Definition, item: str) -> DefinedItem | None:
    return next((found for found in definition.items if found.id == item), None)


def is_voided(item: str, version: str, overrides: Iterable[Override]) -> bool:
    """Whether somebody decided that the item counts for nothing, in this version or in all."""
    voided = (override for override in overrides if override.kind == "void-item" and override.item == item)
    return any(override.item_version in ("", version) for override in voided)
