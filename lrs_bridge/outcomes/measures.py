"""What is compared: per learner the first pre-activity and the first post-activity assessment, item version by item version.

A learner is a person, however often the activity was launched. Credit counts the attempt that passes; outcomes count the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from lrs_bridge.credit import scores
from lrs_bridge.credit.model import PARTICIPATION, Attempt, Award, Case, Commitment, Response, Settled
from lrs_bridge.evidence import order
from lrs_bridge.outcomes.statistics import Flow

ItemVersion = tuple[str, str]
Answers = Mapping[ItemVersion, bool]  # right or wrong; an item without a response is missing, not wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """`pre` and `post` are None for an assessment that was not submitted; a pre-activity assessment after the post one is no baseline."""

    person: str
    profession: str | None
    stages: frozenset[str]  # keys of STAGES
    pre: Answers | None
    post: Answers | None
    pre_after_post: bool
    post_attempts: int
    ratings: tuple[Response, ...]  # of the first evaluation submitted
    commitments: tuple[Commitment, ...]


# In order; each with the words that define it (Outcomes Standardization Project for start, learner and completer).
STAGES: Mapping[str, str] = {
    "opened": "opened the activity",
    "started": "began the core content (learners)",
    "completed": "finished all core content (completers)",
    "passed": "passed the post-activity assessment, by responses scored again",
    "evaluated": "submitted the evaluation",
    "claimed": "claimed any credit",
    "awarded": "were awarded any credit",
}


def learners(cases: Iterable[Case], settled: Iterable[Settled]) -> tuple[Learner, ...]:
    """One per person, in the order of their ids; registrations without any evidence make nobody."""
    awarded = {one.person for one in settled if isinstance(one.decision, Award) and one.decision.system != PARTICIPATION}
    ordered = sorted((case for case in cases if _has_evidence(case)), key=lambda case: (case.person, case.registration))
    return tuple(_learner(person, list(group), person in awarded) for person, group in groupby(ordered, key=lambda case: case.person))


def _has_evidence(case: Case) -> bool:
    return bool(case.evidence.opened or case.evidence.last)


def _learner(person: str, cases: list[Case], awarded: bool) -> Learner:
    pre, post = _first(cases, "pre"), _first(cases, "post")
    baseline = not (pre and post) or order(pre[0].submitted) < order(post[0].submitted)
    evaluations = ((order(mark), case.evidence.ratings) for case in cases if (mark := case.evidence.evaluated) is not None)
    first_evaluation = min(evaluations, key=lambda one: one[0], default=None)
    return Learner(
        person=person,
        profession=cases[0].profile.profession,
        stages=_stages(cases) | ({"awarded"} if awarded else frozenset()),
        pre=_answers("pre", *pre) if pre and baseline else None,
        post=_answers("post", *post) if post else None,
        pre_after_post=not baseline,
        post_attempts=sum(len(case.evidence.post) for case in cases),
        ratings=first_evaluation[1] if first_evaluation else (),
        commitments=tuple(commitment for case in cases for commitment in case.evidence.commitments),
    )


def _first(cases: list[Case], assessment: str) -> tuple[Attempt, Case] | None:
    made = [(attempt, case) for case in cases for attempt in (case.evidence.pre if assessment == "pre" else case.evidence.post)]
    return min(made, key=lambda one: order(one[0].submitted), default=None)


def _answers(assessment: str, attempt: Attempt, case: Case) -> Answers:
    scored = scores.of_attempt(assessment, attempt, case)
    counting = (one for one in scored if not scores.is_voided(one.item, one.item_version, case.terms.overrides))
    return {(response.item, response.item_version): response.correct for response in counting}


# --- how far they came --------------------------------------------------------------------------


def _stages(cases: list[Case]) -> frozenset[str]:
    return frozenset(stage for case in cases for stage in _stages_of(case)) | {"opened"}


def _stages_of(case: Case) -> Iterable[str]:
    evidence = case.evidence
    reached = {
        "started": evidence.first_content is not None,
        "completed": _completed(case),
        "passed": _passed(case),
        "evaluated": evidence.evaluated is not None,
        "claimed": any(claim.amount is not None for claim in evidence.claims),
    }
    return (stage for stage, yes in reached.items() if yes)


def _completed(case: Case) -> bool:
    """All content of the definition under which the last of it was finished."""
    finished = case.evidence.finished
    last = max(finished, key=lambda done: order(done.mark), default=None)
    definition = case.definitions.get(last.mark.revision) if last else None
    return definition is not None and {part.id for part in definition.contents} <= {done.content for done in finished}


def _passed(case: Case) -> bool:
    return any(_attempt_passed(attempt, case) for attempt in case.evidence.post)


def _attempt_passed(attempt: Attempt, case: Case) -> bool:
    definition = case.definitions.get(attempt.submitted.revision)
    if definition is None or definition.post is None:
        return False
    if definition.post.from_:
        return scores.reported(attempt, case.definitions)
    return scores.post(attempt, case, case.terms.overrides).passed


# --- pairs --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Learners with a response before, after, and both; the flow is of those with both."""

    flow: Flow
    pre_only: int
    post_only: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Share of a set of items right before and after, one pair for each learner with a response to any of them both times."""

    before: tuple[float, ...]
    after: tuple[float, ...]


def item_pairs(everyone: Iterable[Learner], item: ItemVersion) -> Pairs:
    both = [((one.pre or {}).get(item), (one.post or {}).get(item)) for one in everyone]
    matched = [pair for pair in both if None not in pair]
    return Pairs(
        flow=Flow(*(matched.count(pair) for pair in ((True, True), (False, True), (True, False), (False, False)))),
        pre_only=sum(1 for pre, post in both if pre is not None and post is None),
        post_only=sum(1 for pre, post in both if pre is None and post is not None),
    )


def score_pairs(everyone: Iterable[Learner], items: Iterable[ItemVersion]) -> Scores:
    """Each learner is compared with themselves on the same item versions; an item missing on one side is left out on both."""
    wanted = set(items)
    pairs = [pair for one in everyone if (pair := _shares(one, wanted)) is not None]
    return Scores(tuple(before for before, _ in pairs), tuple(after for _, after in pairs))


def _shares(one: Learner, wanted: set[ItemVersion]) -> tuple[float, float] | None:
    pre, post = one.pre or {}, one.post or {}
    common = wanted & pre.keys() & post.keys()
    if not common:
        return None
    return sum(pre[item] for item in common) / len(common), sum(post[item] for item in common) / len(common)
