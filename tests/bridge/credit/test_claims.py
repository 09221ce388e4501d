"""Which amounts can be claimed: above zero, at most what is designated, on the step; fixed and equal credits besides."""

from datetime import UTC, datetime

import pytest

from tests.bridge.learning import (
    CREDITS,
    a_case,
    a_definition,
    a_rule,
    all_but_claim,
    at,
    claimed,
    codes,
    decision,
    declined,
    everything,
    rules,
    verdict,
)  # fmt: skip


@pytest.mark.parametrize("amount", ["0.25", "0.5", "1", "1.00", "1.25"])
def test_it_works(amount: str) -> None:
    assert verdict(a_case(*everything("ama-pra-1", amount)))[0] == "award"


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("1.50", "claim-above-maximum"),
        ("9999", "claim-above-maximum"),
        ("1.10", "claim-off-step"),
        ("0.3", "claim-off-step"),
        ("0.1", "claim-below-minimum"),
        ("0", "claim-not-an-amount"),
        ("0.00", "claim-not-an-amount"),
        ("-1.00", "claim-not-an-amount"),
        ("1e0", "claim-not-an-amount"),
        ("NaN", "claim-not-an-amount"),
        ("Infinity", "claim-not-an-amount"),
        (" 1.00", "claim-not-an-amount"),
        ("1,00", "claim-not-an-amount"),
        ("١.٠٠", "claim-not-an-amount"),
        ("", "claim-not-an-amount"),
        ("1" * 5000, "claim-not-an-amount"),
    ],
)
def test_refuses(amount: str, code: str) -> None:
    assert verdict(a_case(*everything("ama-pra-1", amount))) == ("shortfall", [code])


def test_a_refused_claim_can_be_made_again_and_keeps_the_day_of_the_first() -> None:
    found = decision(a_case(*all_but_claim(), claimed("ama-pra-1", "5.00"), claimed("ama-pra-1", "0.75")))

    assert (found.outcome, found.claimed, found.awarded, found.completed_on) == ("award", "0.75", "0.75", "2026-12-04")


# --- after the last day: no credit after the termination date (ACCME, enduring material) -----------


IN_FEBRUARY = datetime(2027, 2, 15, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by_the_last_day", "afterwards", "awarded"),
    [("0.25", "1.25", "0.25"), ("1.00", "0.75", "0.75"), ("1.00", "1.10", "1.00"), ("1.00", "nothing", "1.00")],
)
def test_after_the_last_day_less_may_be_claimed_but_not_more(by_the_last_day: str, afterwards: str, awarded: str) -> None:
    work = (*everything(amount=by_the_last_day), *at(IN_FEBRUARY, claimed(amount=afterwards)))
    found = decision(a_case(*work, definition=a_definition(terminates="2026-12-31")))

    assert (found.outcome, found.awarded, found.completed_on) == ("award", awarded, "2026-12-04")


def test_more_claimed_after_the_last_day_is_told() -> None:
    work = (*everything(amount="0.25"), *at(IN_FEBRUARY, claimed(amount="1.25")))
    found = decision(a_case(*work, definition=a_definition(terminates="2026-12-31")))

    told = next(reason.text for reason in found.reasons if reason.code == "claimed-within-maximum")
    assert told == "0.25 claimed, of at most 1.25. More was claimed after the last day (1.25), which does not count."


def test_credit_may_be_given_back_after_the_last_day() -> None:
    work = (*everything(), *at(IN_FEBRUARY, declined()))

    assert verdict(a_case(*work, definition=a_definition(terminates="2026-12-31"))) == ("shortfall", ["credit-declined"])


def test_a_refused_claim_shows_what_was_claimed_and_awards_nothing() -> None:
    found = decision(a_case(*everything("ama-pra-1", "1.5")))

    assert (found.claimed, found.awarded) == ("1.50", "0.00")
    assert found.reasons[0].remedy == "Claim again what you spent, up to 1.25 credits."


def test_a_fixed_credit_is_all_or_nothing() -> None:
    of_pharmacist = {"profession": "pharmacist", "identifiers": ["nabp-eprofile"], "consents": ["cpe-monitor"]}

    assert decision(a_case(*everything("acpe", "1.25"), **of_pharmacist), "acpe").awarded == "1.25"
    assert verdict(a_case(*everything("acpe", "1.00"), **of_pharmacist), "acpe") == ("shortfall", ["claim-not-the-fixed-amount"])


def test_the_step_is_that_of_the_rule_in_force_on_the_day_of_completion() -> None:
    halves = a_rule("ama-pra-1", "choice", ["physician"], **{"from": "2026-12-04", "step": "0.5"})

    assert verdict(a_case(*everything("ama-pra-1", "0.75"), rule_book=rules(halves))) == ("shortfall", ["claim-off-step"])
    from_next_day = a_rule("ama-pra-1", "choice", ["physician"], **{"from": "2026-12-05", "step": "0.5"})
    assert verdict(a_case(*everything("ama-pra-1", "0.75"), rule_book=rules(from_next_day)))[0] == "award"


# --- a credit that equals another ---------------------------------------------------------------


def test_moc_points_equal_the_credit_awarded() -> None:
    found = decision(a_case(*everything("ama-pra-1", "0.75"), claimed("abim-moc", "0.75")), "abim-moc")

    assert (found.outcome, found.computed, found.awarded, found.unit) == ("award", "0.75", "0.75", "MOC point")


def test_moc_points_are_never_more_than_the_credit_awarded() -> None:
    found = decision(a_case(*everything("ama-pra-1", "0.75"), claimed("abim-moc", "1.25")), "abim-moc")

    assert (found.claimed, found.awarded) == ("1.25", "0.75")


def test_moc_points_may_be_fewer() -> None:
    found = decision(a_case(*everything("ama-pra-1", "1.25"), claimed("abim-moc", "0.50")), "abim-moc")

    assert found.awarded == "0.50"


def test_moc_points_are_on_their_step_as_well() -> None:
    assert verdict(a_case(*everything(), claimed("abim-moc", "0.60")), "abim-moc") == ("shortfall", ["claim-off-step"])


def test_moc_points_are_never_more_than_designated() -> None:
    credits = [{**credit, "maximum": "0.50"} if credit["system"] == "abim-moc" else credit for credit in CREDITS]
    case = a_case(*everything("ama-pra-1", "1.25"), claimed("abim-moc", "0.50"), definition=a_definition(credits=credits))

    assert decision(case, "abim-moc").awarded == "0.50"


def test_no_moc_points_without_the_credit_they_equal() -> None:
    case = a_case(*all_but_claim(), declined("ama-pra-1"), claimed("abim-moc", "1.25"))

    assert codes(decision(case, "abim-moc")) == ["equal-credit-not-awarded"]


def test_moc_points_are_held_with_the_credit_they_equal() -> None:
    npi = {"key": "npi", "label": "NPI", "pattern": r"\d{10}", "required": True}
    credits = [{**credit, "identifiers": [npi]} if credit["system"] == "ama-pra-1" else credit for credit in CREDITS]
    case = a_case(*everything(), claimed("abim-moc", "1.00"), definition=a_definition(credits=credits))

    assert verdict(case, "abim-moc") == ("held", ["equal-credit-held"])
