"""The outcomes of one activity as one value: who came how far, what they knew before and after, what they thought of it.

Every number names its denominator, every effect its interval, and what is not shown says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

from lrs_bridge.credit.model import Case, Settled
from lrs_bridge.credit.record import canonical
from lrs_bridge.outcomes import comparison, groups, opinions
from lrs_bridge.outcomes.measures import STAGES, ItemVersion, Learner, item_pairs, learners, score_pairs
from lrs_bridge.outcomes.privacy import INSIDE, Privacy
from lrs_bridge.outcomes.statistics import holm, wilson
from scorm_packager.activity.definition_model import DefinedItem, Definition

NOTES = {
    "matching": "Learners are compared with themselves: by person, on the same version of the same item.",
    "attempt": "The first post-activity attempt is compared, whatever attempt earned the credit.",
    "missing": "An item without a response before or after is left out for that learner (listwise for each item).",
    "uncontrolled": "There is no comparison group: a change is not by itself the activity's effect.",
    "p": "p is given with at least 10 matched learners, and adjusted over all items by Holm's method.",
    "ceiling": "Right before for 90 % or more: little was left to learn.",
    "floor": "Right before for 10 % or fewer.",
    "negative-change": "More learners were right before than after.",
    "few-for-p": "Fewer than 10 matched learners: no p is given.",
    "no-effect-size": "The scores do not vary, or fewer than three learners are matched: no effect size.",
}


def report(
    cases: Iterable[Case],
    settled: Iterable[Settled],
    definitions: Sequence[Definition],
    *,
    cut_off: str,
    privacy: Privacy = INSIDE,
) -> dict[str, Any]:
    """`definitions` are the activity's, oldest first; the last gives titles and questions. `cut_off` is when the data were taken (UTC)."""
    everyone = learners(cases, settled)
    latest = definitions[-1]
    items = _item_versions(definitions)
    return {
        "activity": {"id": latest.activity, "title": latest.title, "versions": [definition.version for definition in definitions]},
        "cut_off": cut_off,
        "data": _fingerprint(everyone),
        "privacy": asdict(privacy),
        "notes": NOTES,
        "funnel": _funnel(everyone, privacy),
        "professions": _professions(everyone, privacy),
        "groups": groups.by_profession(everyone, privacy),
        "assessments": _assessments(everyone, items, latest, privacy),
        "evaluation": opinions.evaluation(everyone, latest.evaluation, privacy),
        "commitments": opinions.commitments(everyone, privacy),
    }


def _item_versions(definitions: Sequence[Definition]) -> dict[ItemVersion, DefinedItem]:
    return {(item.id, item.version): item for definition in definitions for item in definition.items}


def _fingerprint(everyone: Sequence[Learner]) -> str:
    """Of the data behind the report: the same learners and responses give the same, whatever was asked of them."""
    rows = [[one.person, sorted(one.stages), _rows(one.pre), _rows(one.post)] for one in everyone]
    return hashlib.sha256(canonical(rows)).hexdigest()


def _rows(answers: Any) -> list[Any] | None:
    return None if answers is None else sorted([*item, correct] for item, correct in answers.items())


# --- who came how far ---------------------------------------------------------------------------


def _funnel(everyone: Sequence[Learner], privacy: Privacy) -> list[dict[str, Any]]:
    """Each stage with its share of those who began the core content."""
    started = _count(everyone, "started")
    counts = {stage: _count(everyone, stage) for stage in STAGES}
    shown = privacy.cells(counts)
    return [_stage(stage, counts[stage], started, shown is not None) for stage in STAGES]


def _count(everyone: Iterable[Learner], stage: str) -> int:
    return sum(1 for one in everyone if stage in one.stages)


def _stage(stage: str, count: int, started: int, shown: bool) -> dict[str, Any]:
    share = comparison.interval(wilson(count, started)) if shown and count <= started and stage != "opened" else None
    return {"stage": stage, "means": STAGES[stage], "n": count if shown else None, "share": share, "of": "those who began the core content"}


def _professions(everyone: Sequence[Learner], privacy: Privacy) -> list[dict[str, Any]] | None:
    """Learners by profession; None when a group is too small to be shown."""
    names = sorted({one.profession or "not known" for one in everyone})
    counts = {name: sum(1 for one in everyone if (one.profession or "not known") == name) for name in names}
    shown = privacy.cells(counts)
    return None if shown is None else [{"profession": name, "n": count} for name, count in shown.items()]


# --- before and after ---------------------------------------------------------------------------


def _assessments(
    everyone: Sequence[Learner], items: dict[ItemVersion, DefinedItem], latest: Definition, privacy: Privacy
) -> dict[str, Any]:
    return {
        "n": _submitted(everyone, privacy),
        "overall": comparison.score(score_pairs(everyone, items), privacy),
        "objectives": [_objective(objective.id, objective.text, everyone, items, privacy) for objective in latest.objectives],
        "items": _items(everyone, items, privacy),
        "survivors": _survivors(everyone, privacy),
    }


def _submitted(everyone: Sequence[Learner], privacy: Privacy) -> dict[str, int] | None:
    both = sum(1 for one in everyone if one.pre is not None and one.post is not None)
    counts = {
        "matched": both,
        "pre_only": sum(1 for one in everyone if one.pre is not None) - both,
        "post_only": sum(1 for one in everyone if one.post is not None) - both,
        "pre_after_post": sum(1 for one in everyone if one.pre_after_post),
        "post_attempts": sum(one.post_attempts for one in everyone),
    }
    return privacy.cells(counts)


def _objective(key: str, text: str, everyone: Sequence[Learner], items: dict[ItemVersion, DefinedItem], privacy: Privacy) -> dict[str, Any]:
    wanted = [version for version, item in items.items() if item.objective == key]
    figures = comparison.score(score_pairs(everyone, wanted), privacy)
    return {"id": key, "text": text, "items": sorted({item for item, _ in wanted}), **figures}


def _items(everyone: Sequence[Learner], items: dict[ItemVersion, DefinedItem], privacy: Privacy) -> list[dict[str, Any]]:
    compared = [(version, comparison.item(item_pairs(everyone, version), privacy)) for version in items]
    tested = [version for version, found in compared if found.p is not None]
    adjusted = dict(zip(tested, holm([found.p for _, found in compared if found.p is not None]), strict=True))
    return [{**_about(items[version]), **found.figures, "p_holm": _told(adjusted.get(version))} for version, found in compared]


def _about(item: DefinedItem) -> dict[str, Any]:
    return {"id": item.id, "version": item.version, "objective": item.objective, "stem_html": item.stem_html}


def _told(p: float | None) -> str | None:
    return None if p is None else comparison.p_text(p)


def _survivors(everyone: Sequence[Learner], privacy: Privacy) -> dict[str, Any]:
    """Whether those who went on differed from those who did not, by their pre-activity assessment."""
    stayed = [_share(one) for one in everyone if one.pre and one.post is not None]
    left = [_share(one) for one in everyone if one.pre and one.post is None]
    return {"with_post": _pre_mean(stayed, privacy), "without_post": _pre_mean(left, privacy)}


def _share(one: Learner) -> float:
    answers = one.pre or {}
    return sum(answers.values()) / len(answers)


def _pre_mean(shares: list[float], privacy: Privacy) -> dict[str, Any]:
    if not privacy.shows(len(shares)):
        return {"n": len(shares) if len(shares) >= privacy.least_cell or not shares else None, "mean_share_correct": None}
    return {"n": len(shares), "mean_share_correct": comparison.rounded(fmean(shares))}
