"""What somebody awards by hand: it may set aside what is missing, never what a credit is."""

from dataclasses import replace

import pytest

from lrs_bridge.credit.model import Decision, RuleApplied
from tests.bridge.learning import D1, a_case, a_definition, an_override, decision, disclosed, opened


def by_hand(
    system: str = "ama-pra-1",
    amount: str = "0.75",
    completed_on: str = "2026-12-03",
    profession: str | None = "physician",
    when: str = "2026-12-10",
) -> Decision:
    award = replace(an_override("manual-award", system=system, amount=amount, completed_on=completed_on), when=when)
    return decision(a_case(opened(), disclosed(), profession=profession, overrides=(award,)), system)


def test_it_works() -> None:
    found = by_hand()

    assert (found.outcome, found.awarded, found.completed_on) == ("award", "0.75", "2026-12-03")
    assert found.rule == RuleApplied("ama-pra-1", "2017-01-01")


WRONG = {
    "off the step": by_hand(amount="0.60"),
    "part of a fixed credit": by_hand("acpe", "0.50", profession="pharmacist"),
    "to a profession it is not for": by_hand(profession="nurse"),
    "before the release": by_hand(completed_on="2026-11-30"),
    "after the last day": by_hand(completed_on="2029-12-01", when="2030-01-15"),
    "for a day to come": by_hand(completed_on="2026-12-12"),
    "for no day": by_hand(completed_on="soon"),
}


@pytest.mark.parametrize("found", WRONG.values(), ids=WRONG.keys())
def test_is_held(found: Decision) -> None:
    assert (found.outcome, [reason.code for reason in found.reasons]) == ("held", ["manual-award-malformed"])


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (WRONG["off the step"], "The award by hand is '0.60'; AMA-PRA-1 is at most 1.25, in steps of 0.25."),
        (WRONG["part of a fixed credit"], "The award by hand is '0.50'; ACPE is 1.25 or nothing."),
        (WRONG["before the release"], "The award by hand is for 2026-11-30; the activity was offered from 2026-12-01 to 2029-11-30."),
        (WRONG["for a day to come"], "The award by hand was entered on 2026-12-10 for 2026-12-12, which was still to come."),
    ],
)
def test_says_what_is_wrong_with_it(found: Decision, told: str) -> None:
    assert found.reasons[0].text == told


def test_can_be_given_before_the_learner_said_a_profession() -> None:
    assert by_hand(profession=None).outcome == "award"


def test_can_be_given_where_no_statement_ever_arrived() -> None:
    award = an_override("manual-award", system="ama-pra-1", amount="1.00", completed_on="2026-12-04")
    silent = a_case(overrides=(award,), definition=a_definition())

    assert decision(replace(silent, launched_under=D1)).outcome == "award"
