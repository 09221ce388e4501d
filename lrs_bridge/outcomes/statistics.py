"""How outcomes are compared: the same learners before and after, with the size of an effect and its uncertainty.

Plain numbers in, plain numbers out. Each function names its method; the choice of method for a design follows the field's practice:
McNemar for one item, a paired effect size for a score, Wilson and Newcombe for shares.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

Z = NormalDist().inv_cdf(0.975)  # for intervals of 95 %
EXACT_BELOW = 25  # discordant pairs below which McNemar's test is exact
EXACT_RANKS = 50  # changed scores up to which the signed-rank test is exact
LEAST_FOR_P = 10  # matched learners below which no p is given
LOGISTIC = math.pi / math.sqrt(3)  # ln(odds ratio) / 1.81 = d (Hasselblad & Hedges)


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval; `value` is None where it has none, and an open end is None."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Test:
    p: float
    method: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Matched learners on one item: right both times, wrong then right, right then wrong, wrong both times."""

    reinforced: int
    improved: int
    regressed: int
    unaffected: int

    @property
    def matched(self) -> int:
        return self.reinforced + self.improved + self.regressed + self.unaffected


@dataclass(frozen=True, slots=True)
class Effect:
    """Cohen's d_av = (M2 − M1) / √((s1² + s2²) / 2) of paired scores, its interval, and Hedges' g for small samples."""

    d: float
    low: float
    high: float
    g: float


def wilson(successes: int, of: int) -> Interval:
    """A share with Wilson's score interval."""
    return Interval(*_wilson(successes, of)) if of else Interval(None, None, None)


def _wilson(successes: int, of: int) -> tuple[float, float, float]:
    share, spread = successes / of, Z * Z / of
    centre = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
    return share, 0.0 if successes == 0 else low, 1.0 if successes == of else high


def mcnemar(flow: Flow) -> Test:
    """Whether improved and regressed differ: exact (binomial) below 25 discordant pairs, else chi-square with continuity correction."""
    discordant = flow.improved + flow.regressed
    if discordant < EXACT_BELOW:
        return Test(_binomial_half(min(flow.improved, flow.regressed), discordant), "McNemar, exact")
    chi_square = max(abs(flow.improved - flow.regressed) - 1, 0) ** 2 / discordant
    return Test(math.erfc(math.sqrt(chi_square / 2)), "McNemar, chi-square with continuity correction")


def _binomial_half(fewer: int, trials: int) -> float:
    tail = sum(math.comb(trials, k) for k in range(fewer + 1))
    return min(1.0, tail / 2 ** (trials - 1)) if trials else 1.0


def matched_odds_ratio(flow: Flow) -> Interval:
    """improved / regressed with its exact (Clopper-Pearson) interval; above 1 is for the better. Without regressed it has no value."""
    improved, regressed = flow.improved, flow.regressed
    if improved + regressed == 0:
        return Interval(None, None, None)
    # Thirty megabytes that only a report needs.
    from scipy.special import betaincinv

    low = 0.0 if improved == 0 else float(betaincinv(improved, regressed + 1, 0.025))
    high = None if regressed == 0 else float(betaincinv(improved + 1, regressed, 0.975))
    return Interval(
        improved / regressed if regressed else None,
        low / (1 - low),
        None if high is None else high / (1 - high),
    )


def d_of_odds_ratio(ratio: float | None) -> float | None:
    """d = ln(OR) / 1.81."""
    return math.log(ratio) / LOGISTIC if ratio else None


def paired_difference(flow: Flow) -> Interval:
    """Share right after minus share right before, with Newcombe's interval for paired proportions (his method 10)."""
    n = flow.matched
    if n == 0:
        return Interval(None, None, None)
    before, before_low, before_high = _wilson(flow.reinforced + flow.regressed, n)
    after, after_low, after_high = _wilson(flow.reinforced + flow.improved, n)
    difference, phi = after - before, _phi(flow)
    down = _square_and_add(after - after_low, before_high - before, phi)
    up = _square_and_add(after_high - after, before - before_low, phi)
    return Interval(difference, difference - down, difference + up)


def _square_and_add(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(one * one - 2 * phi * one * other + other * other, 0.0))


def _phi(flow: Flow) -> float:
    """The correlation of before and after, shrunk by n/2 when positive, as Newcombe does."""
    a, b, c, d = flow.reinforced, flow.regressed, flow.improved, flow.unaffected
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = a * d - b * c
    return (max(product - flow.matched / 2, 0.0) if product > 0 else product) / math.sqrt(margins)


def paired_effect(before: Sequence[float], after: Sequence[float]) -> Effect | None:
    """The effect on paired scores; None for fewer than three pairs or scores that do not vary.

    Variance of d after Borenstein (2009): (1/n + d²/2n) · 2(1 − r).
    """
    n = len(before)
    if n < 3:
        return None
    one, two = stdev(before), stdev(after)
    pooled = math.sqrt((one * one + two * two) / 2)
    if pooled == 0:
        return None
    d = (fmean(after) - fmean(before)) / pooled
    half = Z * math.sqrt((1 / n + d * d / (2 * n)) * 2 * (1 - _correlation(before, after)))
    return Effect(d, d - half, d + half, d * (1 - 3 / (4 * (n - 1) - 1)))


def _correlation(before: Sequence[float], after: Sequence[float]) -> float:
    one, two = fmean(before), fmean(after)
    spread = math.sqrt(sum((x - one) ** 2 for x in before) * sum((y - two) ** 2 for y in after))
    if spread == 0:
        return 0.0  # one of them does not vary: nothing is known of how they go together
    return sum((x - one) * (y - two) for x, y in zip(before, after, strict=True)) / spread


def wilcoxon(before: Sequence[float], after: Sequence[float]) -> Test:
    """Wilcoxon's signed-rank test of paired scores; unchanged ones are ranked and then left out (Pratt), which short scales need.

    Exact, given the ranks, for up to 50 changed scores; beyond that by the normal approximation.
    """
    differences = [round(y - x, 9) for x, y in zip(before, after, strict=True)]
    doubled = _doubled_ranks([abs(difference) for difference in differences])
    changed = [(rank, difference > 0) for rank, difference in zip(doubled, differences, strict=True) if difference]
    ranks, risen = [rank for rank, _ in changed], sum(rank for rank, rose in changed if rose)
    if len(ranks) <= EXACT_RANKS:
        return Test(_exact_sum(ranks, risen), "Wilcoxon signed-rank, exact")
    z = (risen - sum(ranks) / 2) / math.sqrt(sum(rank * rank for rank in ranks) / 4)
    return Test(math.erfc(abs(z) / math.sqrt(2)), "Wilcoxon signed-rank, normal approximation")


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Twice the mean rank of each value, so that ties stay whole numbers."""
    ordered = sorted(values)
    return [bisect_left(ordered, value) + bisect_right(ordered, value) + 1 for value in values]


def _exact_sum(ranks: Sequence[int], risen: int) -> float:
    """Two-sided p of a sum of ranks when each rank is equally likely to have risen or fallen."""
    ways = {0: 1}
    for rank in ranks:
        with_it = Counter({total + rank: count for total, count in ways.items()})
        ways = with_it + Counter(ways)
    least = min(risen, sum(ranks) - risen)
    tail = sum(count for total, count in ways.items() if total <= least)
    return min(1.0, 2 * tail / (1 << len(ranks)))


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """p values adjusted for being many, by Holm's step-down method, in the order given."""
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        highest = max(highest, min(1.0, ps[index] * (len(ps) - rank)))
        adjusted[index] = highest
    return tuple(adjusted)
