"""What a person gets, however often and wherever the activity was taken: every credit once, the earliest completion."""

from datetime import timedelta

from lrs_bridge.credit.model import Decision
from tests.bridge.learning import (
    REGISTRATION,
    SECOND_REGISTRATION,
    TEN_IN_CHICAGO,
    Event,
    a_case,
    all_but_claim,
    an_override,
    at,
    claimed,
    codes,
    decided,
    declined,
    everything,
)  # fmt: skip


def a_week_later(*events: Event) -> tuple[Event, ...]:
    return tuple(moved for n, event in enumerate(events) for moved in at(TEN_IN_CHICAGO + timedelta(days=7, minutes=n), event))


def of(settled: tuple, registration: str, system: str = "ama-pra-1") -> Decision:
    return next(one.decision for one in settled if (one.decision.registration, one.decision.system) == (registration, system))


FIRST = a_case(*everything("ama-pra-1", "0.50"))
AGAIN = a_case(*a_week_later(*everything("ama-pra-1", "1.25")), registration=SECOND_REGISTRATION, site="lakeside")


def test_it_works() -> None:
    settled = decided(FIRST, AGAIN)

    assert of(settled, REGISTRATION).awarded == "0.50"
    assert (of(settled, SECOND_REGISTRATION).outcome, codes(of(settled, SECOND_REGISTRATION))) == ("shortfall", ["already-awarded"])
    assert REGISTRATION in of(settled, SECOND_REGISTRATION).reasons[0].text


def test_two_persons_each_get_theirs() -> None:
    other = a_case(*a_week_later(*everything()), registration=SECOND_REGISTRATION, person="p2")

    assert [one.decision.outcome for one in decided(FIRST, other) if one.decision.system == "ama-pra-1"] == ["award", "award"]


def test_what_fell_short_does_not_stand_in_the_way() -> None:
    gave_up = a_case(*all_but_claim(), declined())

    assert of(decided(gave_up, AGAIN), SECOND_REGISTRATION).outcome == "award"


def test_completions_at_the_same_moment_are_settled_by_registration() -> None:
    twin = a_case(*everything(), registration=SECOND_REGISTRATION)

    assert of(decided(twin, FIRST), REGISTRATION).outcome == "award"


def test_points_that_equal_a_credit_equal_what_the_person_was_awarded_of_it() -> None:
    with_points = a_case(*a_week_later(*everything("ama-pra-1", "1.25"), claimed("abim-moc", "1.25")), registration=SECOND_REGISTRATION)
    points = of(decided(FIRST, with_points), SECOND_REGISTRATION, "abim-moc")

    assert (points.outcome, points.awarded) == ("award", "0.50")


def test_whoever_says_to_be_something_else_in_another_launch_is_flagged_in_both() -> None:
    nurse = a_case(*a_week_later(*everything("ancc")), profession="nurse", registration=SECOND_REGISTRATION)
    settled = decided(FIRST, nurse)

    assert [flag.text for flag in of(settled, REGISTRATION).flags] == [
        "In another launch of this activity the same person said to be: nurse."
    ]
    assert [flag.code for flag in of(settled, SECOND_REGISTRATION, "ancc").flags] == ["another-profession"]


# --- by hand --------------------------------------------------------------------------------------


def test_somebody_may_award_by_hand_and_says_why() -> None:
    by_hand = an_override("manual-award", system="ama-pra-1", amount="0.75", completed_on="2026-12-03")
    found = of(decided(a_case(*all_but_claim(), overrides=(by_hand,))), REGISTRATION)

    assert (found.outcome, found.awarded, found.completed_on) == ("award", "0.75", "2026-12-03")
    assert found.reasons[0].text == "Awarded by hand by R. Abara on 2026-12-10: seen with the learner"


def test_an_award_by_hand_is_one_of_the_persons_awards() -> None:
    by_hand = an_override("manual-award", system="ama-pra-1", amount="0.75", completed_on="2026-12-03")
    settled = decided(a_case(*all_but_claim(), overrides=(by_hand,)), AGAIN)

    assert codes(of(settled, SECOND_REGISTRATION)) == ["already-awarded"]


def test_an_award_by_hand_above_what_is_designated_is_held() -> None:
    for amount in ("1.50", "-1", "a lot"):
        by_hand = an_override("manual-award", system="ama-pra-1", amount=amount, completed_on="2026-12-03")
        assert codes(of(decided(a_case(*all_but_claim(), overrides=(by_hand,))), REGISTRATION)) == ["manual-award-malformed"]
