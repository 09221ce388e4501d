"""The figures of outcomes, against values worked out by hand (in the comments) or found in every table."""

import pytest

from lrs_bridge.outcomes import statistics
from lrs_bridge.outcomes.statistics import Flow, Interval


def near(value: float, within: float = 0.0005) -> object:
    return pytest.approx(value, abs=within)


def a_flow(reinforced: int = 0, improved: int = 0, regressed: int = 0, unaffected: int = 0) -> Flow:
    return Flow(reinforced, improved, regressed, unaffected)


def test_it_works() -> None:
    assert statistics.mcnemar(a_flow(improved=10, regressed=2)).p == near(158 / 4096)  # 2·(1 + 12 + 66) / 2^12


# --- shares -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("successes", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (6, 12, 0.2538, 0.7462), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilsons_interval(successes: int, of: int, low: float, high: float) -> None:
    found = statistics.wilson(successes, of)

    assert (found.value, found.low, found.high) == (successes / of, near(low), near(high))


def test_a_share_of_nobody_has_no_value() -> None:
    assert statistics.wilson(0, 0) == Interval(None, None, None)


# --- one item, before and after -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("improved", "regressed", "p"),
    [
        (0, 0, 1.0),
        (1, 1, 1.0),
        (5, 0, 2 / 2**5),
        (0, 5, 2 / 2**5),
        (6, 1, 2 * (1 + 7) / 2**7),
    ],
)
def test_mcnemars_test_is_exact_for_few_changes(improved: int, regressed: int, p: float) -> None:
    found = statistics.mcnemar(a_flow(reinforced=40, improved=improved, regressed=regressed))

    assert (found.p, found.method) == (near(p, 1e-12), "McNemar, exact")


def test_mcnemars_test_is_chi_square_from_25_changes_on() -> None:
    found = statistics.mcnemar(a_flow(improved=30, regressed=10))  # (|30 − 10| − 1)² / 40 = 9.025; z = 3.0042

    assert (found.p, found.method) == (near(0.00266, 1e-5), "McNemar, chi-square with continuity correction")
    assert statistics.mcnemar(a_flow(improved=12, regressed=12)).method == "McNemar, exact"
    assert statistics.mcnemar(a_flow(improved=13, regressed=12)).p == 1.0


def test_the_matched_odds_ratio_has_an_exact_interval() -> None:
    found = statistics.matched_odds_ratio(a_flow(improved=10, regressed=2))  # Clopper-Pearson of 10/12: 0.5159 to 0.9791

    assert found.value == 5.0
    assert found.low == near(0.5159 / 0.4841, 0.001)
    assert found.high == near(0.9791 / 0.0209, 0.2)


def test_an_odds_ratio_without_anybody_regressed_has_a_lower_end_only() -> None:
    found = statistics.matched_odds_ratio(a_flow(improved=5))  # Clopper-Pearson of 5/5: 0.025^(1/5) = 0.4782 to 1

    assert (found.value, found.low, found.high) == (None, near(0.4782 / 0.5218, 0.001), None)


def test_no_change_has_no_odds_ratio() -> None:
    assert statistics.matched_odds_ratio(a_flow(reinforced=9)) == Interval(None, None, None)


def test_d_of_an_odds_ratio() -> None:
    assert statistics.d_of_odds_ratio(5.0) == near(1.6094 / 1.8138)
    assert statistics.d_of_odds_ratio(None) is None
    assert statistics.d_of_odds_ratio(0.0) is None


def test_the_paired_difference_of_unrelated_answers() -> None:
    # 6/12 before, 8/12 after, φ = 0: square and add of Wilson's ends 0.2538–0.7462 and 0.3906–0.8619
    found = statistics.paired_difference(a_flow(reinforced=4, improved=4, regressed=2, unaffected=2))

    assert (found.value, found.low, found.high) == (near(2 / 12), near(-0.2032), near(0.4809))


def test_the_paired_difference_of_answers_that_go_together_is_narrower() -> None:
    # 11/20 before, 13/20 after; φ = (60 − 3 − 10) / √(11·9·13·7) = 0.4952
    found = statistics.paired_difference(a_flow(reinforced=10, improved=3, regressed=1, unaffected=6))

    assert (found.value, found.low, found.high) == (near(0.1), near(-0.1066), near(0.2922))


def test_the_difference_of_nobody_has_no_value() -> None:
    assert statistics.paired_difference(a_flow()) == Interval(None, None, None)


# --- scores -------------------------------------------------------------------------------------------


def test_the_effect_on_paired_scores() -> None:
    # M 0.25 → 0.75, s² = 0.25/3 both: d = 0.5 / 0.2887 = √3; r = 0: variance (1/4 + 3/8)·2 = 1.25; g = d · (1 − 3/11)
    found = statistics.paired_effect([0, 0, 0.5, 0.5], [0.5, 1, 0.5, 1])

    assert found is not None
    assert (found.d, found.low, found.high, found.g) == (near(1.7321), near(-0.4593), near(3.9234), near(1.2597))


def test_scores_that_all_rise_alike_have_a_sure_effect() -> None:
    found = statistics.paired_effect([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])  # d = 1 / √2.5, r = 1

    assert found is not None
    assert (found.d, found.low, found.high, found.g) == (near(0.6325), near(0.6325), near(0.6325), near(0.5060))


@pytest.mark.parametrize(("before", "after"), [([], []), ([0.5, 0.5], [1, 1]), ([0.5] * 5, [1.0] * 5)])
def test_too_few_or_unvarying_scores_have_no_effect_size(before: list[float], after: list[float]) -> None:
    assert statistics.paired_effect(before, after) is None


def test_the_signed_rank_test() -> None:
    before = [n / 100 for n in range(10)]
    after = [value + (n + 1) / 50 for n, value in enumerate(before)]

    assert statistics.wilcoxon(before, after).p == near(2 / 2**10, 1e-9)
    assert statistics.wilcoxon([0.5] * 12, [0.5] * 12).p == 1.0


def test_the_signed_rank_test_keeps_ties_and_unchanged_scores() -> None:
    # One unchanged (rank 1, left out), five changed alike (rank 4 each): four rose, one fell. P(at most one falls) = 6/32
    found = statistics.wilcoxon([0, 0, 0, 0, 0, 1], [0, 1, 1, 1, 1, 0])

    assert (found.p, found.method) == (near(12 / 32, 1e-12), "Wilcoxon signed-rank, exact")


def test_the_signed_rank_test_of_many_is_approximate() -> None:
    # 64 changed alike, 40 rose: z = (40 − 32) / 4 = 2, two-sided p = 0.0455
    found = statistics.wilcoxon([0] * 40 + [1] * 24, [1] * 40 + [0] * 24)

    assert (found.p, found.method) == (near(0.0455), "Wilcoxon signed-rank, normal approximation")


def test_many_tests_are_adjusted_step_by_step() -> None:
    assert statistics.holm([0.01, 0.04, 0.03]) == (near(0.03), near(0.06), near(0.06))
    assert statistics.holm([0.9, 0.8]) == (1.0, 1.0)
    assert statistics.holm([]) == ()
