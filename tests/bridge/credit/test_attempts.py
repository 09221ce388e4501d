"""How often the post-activity assessment may be taken: counted for a person at an activity, over all launches."""

from datetime import timedelta

from tests.bridge.learning import (
    SECOND_REGISTRATION,
    TEN_IN_CHICAGO,
    Event,
    a_case,
    a_definition,
    an_item,
    an_override,
    assessed,
    at,
    claimed,
    decided,
    decision,
    disclosed,
    evaluated,
    fails,
    finished,
    passes,
    verdict,
)  # fmt: skip

START = (disclosed(), *finished())
END = (*evaluated(), claimed())
NEXT_DAY = TEN_IN_CHICAGO + timedelta(days=1)


def later(*events: Event, by: timedelta = timedelta(days=1), arriving: timedelta = timedelta(0)) -> tuple[Event, ...]:
    """The events a minute apart, a day later."""
    moments = (TEN_IN_CHICAGO + by + timedelta(minutes=n) for n in range(len(events)))
    return tuple(moved for event, moment in zip(events, moments, strict=True) for moved in at(moment, event, stored=moment + arriving))


def test_it_works() -> None:
    found = decision(a_case(*START, *fails(1), *passes(2), *END))

    assert found.outcome == "award"
    assert "passed at attempt 2: 4 of 4" in found.reasons[2].text


def test_the_third_of_three_attempts_may_pass() -> None:
    assert verdict(a_case(*START, *fails(1), *fails(2), *passes(3), *END))[0] == "award"


def test_a_fourth_attempt_does_not_count() -> None:
    case = a_case(*START, *fails(1), *fails(2), *fails(3), *passes(4), *END)

    assert verdict(case) == ("shortfall", ["attempts-used-up"])


def test_a_fourth_attempt_counts_when_one_was_granted() -> None:
    work = (*START, *fails(1), *fails(2), *fails(3), *passes(4), *END)

    assert verdict(a_case(*work, overrides=(an_override("grant-attempt"),)))[0] == "award"


def test_an_award_that_needed_a_granted_attempt_says_who_granted_it_and_why() -> None:
    work = (*START, *fails(1), *fails(2), *fails(3), *passes(4), *END)
    told = decision(a_case(*work, overrides=(an_override("grant-attempt"),))).reasons[2].text

    assert told.endswith("A further attempt was granted by R. Abara on 2026-12-10: seen with the learner.")


def test_failing_with_attempts_left_says_how_many() -> None:
    found = decision(a_case(*START, *fails(1)))

    assert found.reasons[0].code == "post-assessment-not-passed"
    assert found.reasons[0].remedy == "Take it again; 2 attempts are left."


def test_failing_with_none_left_says_who_can_grant_one() -> None:
    found = decision(a_case(*START, *fails(1), *fails(2), *fails(3), *evaluated()))

    assert (found.reasons[0].code, found.reasons[0].by) == ("attempts-used-up", "coordinator")


def test_launching_again_gives_no_more_attempts() -> None:
    used_up = a_case(*START, *fails(1), *fails(2), *fails(3))
    again = a_case(*later(*START, *passes(1), *END), registration=SECOND_REGISTRATION)
    outcomes = {one.decision.registration: one.decision.outcome for one in decided(used_up, again) if one.decision.system == "ama-pra-1"}

    assert outcomes[SECOND_REGISTRATION] == "shortfall"


def test_another_persons_attempts_are_not_counted() -> None:
    used_up = a_case(*START, *fails(1), *fails(2), *fails(3))
    other = a_case(*later(*START, *passes(1), *END), registration=SECOND_REGISTRATION, person="p2")
    outcomes = {one.decision.registration: one.decision.outcome for one in decided(used_up, other) if one.decision.system == "ama-pra-1"}

    assert outcomes[SECOND_REGISTRATION] == "award"


def test_an_attempt_that_claims_to_have_been_made_before_those_that_long_arrived_is_held() -> None:
    used_up = a_case(*START, *fails(1), *fails(2), *fails(3))
    backdated = later(*START, *passes(1), *END, by=timedelta(days=-1), arriving=timedelta(days=3))
    settled = decided(used_up, a_case(*backdated, registration=SECOND_REGISTRATION))
    found = next(one.decision for one in settled if one.decision.registration == SECOND_REGISTRATION and one.decision.system == "ama-pra-1")

    assert (found.outcome, [reason.code for reason in found.reasons]) == ("held", ["attempt-order-doubtful"])


ONE_ATTEMPT = a_definition(post={"items": ["q1", "q2", "q3", "q4"], "passing_score": 0.75, "attempts": 1, "feedback": "after attempt"})


def test_an_attempt_of_higher_number_that_claims_to_have_been_made_before_the_failed_one_is_held() -> None:
    backdated = at(TEN_IN_CHICAGO + timedelta(minutes=3, seconds=30), *passes(2), stored=TEN_IN_CHICAGO + timedelta(minutes=10))

    assert verdict(a_case(*START, *fails(1), *backdated, *END, definition=ONE_ATTEMPT)) == ("held", ["attempt-order-doubtful"])


def test_an_attempt_submitted_again_as_if_before_it_failed_is_held() -> None:
    backdated = at(TEN_IN_CHICAGO + timedelta(minutes=3, seconds=30), *passes(1), stored=TEN_IN_CHICAGO + timedelta(minutes=10))

    assert verdict(a_case(*START, *fails(1), *backdated, *END, definition=ONE_ATTEMPT)) == ("held", ["attempt-order-doubtful"])


def test_an_attempt_of_lower_number_sent_a_day_after_the_failed_one_is_held() -> None:
    backdated = at(TEN_IN_CHICAGO + timedelta(minutes=3, seconds=30), *passes(1), stored=NEXT_DAY)

    assert verdict(a_case(*START, *fails(2), *backdated, *END, definition=ONE_ATTEMPT)) == ("held", ["attempt-order-doubtful"])


def test_the_same_attempt_submitted_again_is_left_out_and_flagged() -> None:
    found = decision(a_case(*START, *fails(1), *passes(1), *END))

    assert found.outcome == "shortfall"
    assert "attempt-submitted-again" in [flag.code for flag in found.flags]


def test_an_attempt_answered_faster_than_anyone_reads_is_flagged_and_counts() -> None:
    hasty = at(TEN_IN_CHICAGO + timedelta(minutes=9), *passes(1))
    found = decision(a_case(*START, *hasty, *later(*END)))

    assert found.outcome == "award"
    assert [flag.code for flag in found.flags] == ["answered-very-fast"]


# --- items ----------------------------------------------------------------------------------------


def test_a_voided_item_leaves_every_score() -> None:
    work = (*START, *assessed("post", "b", "b", "a", "a"), *END)  # 2 of 4; without q4, 2 of 3; without both, 2 of 2
    one = an_override("void-item", item="q4")
    two = an_override("void-item", item="q3", item_version="1")

    assert verdict(a_case(*work, overrides=(one,)))[0] == "shortfall"
    assert verdict(a_case(*work, overrides=(one, two)))[0] == "award"


def test_a_score_without_a_voided_item_says_who_left_it_out_and_why() -> None:
    work = (*START, *assessed("post", "b", "b", "b", "a"), *END)
    told = decision(a_case(*work, overrides=(an_override("void-item", item="q4"),))).reasons[2].text

    assert "3 of 3 responses correct when scored again (75 % is needed), without q4 (left out by R. Abara on 2026-12-10: seen" in told


def test_an_item_voided_in_another_version_stays() -> None:
    work = (*START, *assessed("post", "b", "b", "a", "b"), *END)  # 3 of 4
    other_version = an_override("void-item", item="q1", item_version="other")

    assert verdict(a_case(*work, overrides=(other_version,)))[0] == "award"


def test_voiding_everything_passes_nobody() -> None:
    voided = tuple(an_override("void-item", item=f"q{n}") for n in range(1, 5))

    assert verdict(a_case(*START, *passes(), *END, overrides=voided))[0] == "shortfall"


def test_the_exact_passing_score_passes() -> None:
    seven_of_ten = a_definition(
        items=[an_item(f"q{n}") for n in range(1, 11)],
        post={"items": [f"q{n}" for n in range(1, 11)], "passing_score": 0.7, "attempts": 3, "feedback": "none"},
    )
    work = (*START, *assessed("post", *"bbbbbbbaaa"), *END)

    assert verdict(a_case(*work, definition=seven_of_ten))[0] == "award"
