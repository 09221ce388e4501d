"""Before and after, for one item and for a set of items: what is shown of the figures, and what must be said beside them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import Any

from lrs_bridge.outcomes import statistics
from lrs_bridge.outcomes.measures import Pairs, Scores
from lrs_bridge.outcomes.privacy import Privacy
from lrs_bridge.outcomes.statistics import LEAST_FOR_P, Flow, Interval

CEILING = 0.9  # share right before, from which there is little left to learn
FLOOR = 0.1


# What a page can rely on finding, also where nothing is shown.
NO_ITEM: dict[str, Any] = {
    **dict.fromkeys(("n", "hidden", "percent_correct", "flow", "difference", "odds_ratio", "p", "method")),
    "notes": [],
}
NO_SCORE: dict[str, Any] = {**dict.fromkeys(("n", "hidden", "mean_share_correct", "change", "effect", "p", "method")), "notes": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """`p` is kept apart for the adjustment over all items; None when too few were matched."""

    figures: dict[str, Any]
    p: float | None


def item(pairs: Pairs, privacy: Privacy) -> Compared:
    flow = pairs.flow
    counts = {"matched": flow.matched, "pre_only": pairs.pre_only, "post_only": pairs.post_only}
    if not privacy.shows(flow.matched):
        return Compared(figures={**NO_ITEM, "n": privacy.cells(counts), "hidden": _too_few(flow.matched, privacy)}, p=None)
    cells = privacy.cells(_cells(flow))
    test = statistics.mcnemar(flow) if flow.matched >= LEAST_FOR_P and cells else None
    figures = {
        "n": counts,
        "hidden": None if cells else f"Counts under {privacy.least_cell} are not shown, nor what they could be worked out from.",
        "percent_correct": _before_and_after(flow),
        "flow": cells,
        "difference": interval(statistics.paired_difference(flow)) if cells else None,
        "odds_ratio": _odds_ratio(flow) if cells else None,
        "p": p_text(test.p) if test else None,
        "method": test.method if test else None,
        "notes": _notes(flow),
    }
    return Compared(figures=figures, p=test.p if test else None)


def _too_few(matched: int, privacy: Privacy) -> str:
    return f"Fewer than {privacy.least_group} matched learners: results are not shown." if matched else "No matched learners."


def _cells(flow: Flow) -> dict[str, int]:
    return {"improved": flow.improved, "reinforced": flow.reinforced, "regressed": flow.regressed, "unaffected": flow.unaffected}


def _before_and_after(flow: Flow) -> dict[str, Any]:
    return {
        "pre": interval(statistics.wilson(flow.reinforced + flow.regressed, flow.matched)),
        "post": interval(statistics.wilson(flow.reinforced + flow.improved, flow.matched)),
    }


def _odds_ratio(flow: Flow) -> dict[str, Any]:
    ratio = statistics.matched_odds_ratio(flow)
    return {**interval(ratio), "d": rounded(statistics.d_of_odds_ratio(ratio.value)), "direction": "improved / regressed"}


def _notes(flow: Flow) -> list[str]:
    before = (flow.reinforced + flow.regressed) / flow.matched
    found = {
        "ceiling": before >= CEILING,
        "floor": before <= FLOOR,
        "negative-change": flow.regressed > flow.improved,
        "few-for-p": flow.matched < LEAST_FOR_P,
    }
    return [name for name, yes in found.items() if yes]


def score(scores: Scores, privacy: Privacy) -> dict[str, Any]:
    matched = len(scores.before)
    if not privacy.shows(matched):
        return {**NO_SCORE, "n": privacy.cells({"matched": matched}), "hidden": _too_few(matched, privacy)}
    effect = statistics.paired_effect(scores.before, scores.after)
    test = statistics.wilcoxon(scores.before, scores.after) if matched >= LEAST_FOR_P else None
    return {
        "n": {"matched": matched},
        "hidden": None,
        "mean_share_correct": {"pre": rounded(fmean(scores.before)), "post": rounded(fmean(scores.after))},
        "change": rounded(fmean(scores.after) - fmean(scores.before)),
        "effect": _effect(effect),
        "p": p_text(test.p) if test else None,
        "method": test.method if test else None,
        "notes": _score_notes(scores, effect, matched),
    }


def _effect(effect: statistics.Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    values = {"d": effect.d, "low": effect.low, "high": effect.high, "hedges_g": effect.g}
    return {"kind": "Cohen's d_av, paired", **{name: rounded(value) for name, value in values.items()}}


def _score_notes(scores: Scores, effect: statistics.Effect | None, matched: int) -> list[str]:
    found = {
        "ceiling": fmean(scores.before) >= CEILING,
        "negative-change": fmean(scores.after) < fmean(scores.before),
        "few-for-p": matched < LEAST_FOR_P,
        "no-effect-size": effect is None,
    }
    return [name for name, yes in found.items() if yes]


# --- numbers ------------------------------------------------------------------------------------


def interval(found: Interval) -> dict[str, float | None]:
    return {"value": rounded(found.value), "low": rounded(found.low), "high": rounded(found.high)}


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0  # no negative zero


def p_text(p: float) -> str:
    """To three places; nothing smaller than 0.001 is told."""
    return "<0.001" if p < 0.001 else f"{p:.3f}"
