"""When something counts as done: by whose clock, on which date, before or after the last day. Chicago is UTC−6, in summer UTC−5."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lrs_bridge.credit.model import Case, Dates
from tests.bridge.learning import (
    TEN_IN_CHICAGO,
    a_case,
    a_definition,
    a_provider,
    all_but_claim,
    an_override,
    at,
    claimed,
    codes,
    decision,
    disclosed,
    evaluated,
    everything,
    finished,
    passes,
    verdict,
)  # fmt: skip


def until(last_day: date) -> Dates:
    return Dates(released=date(2026, 12, 1), terminates=last_day)


def claims_at(moment: datetime, *, last_day: date, late: timedelta = timedelta(seconds=2), **besides: object) -> Case:
    """Everything done in good time but the claim, which completes the activity."""
    claim = at(moment, claimed(), stored=moment + late)
    return a_case(*all_but_claim(), *claim, dates=until(last_day), **besides)  # type: ignore[arg-type]


def test_it_works() -> None:
    assert decision(a_case(*everything())).completed_on == "2026-12-04"


def test_the_date_is_the_activitys_not_utcs() -> None:
    evening = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)  # 20:00 on the 4th in Chicago

    assert decision(a_case(*all_but_claim(), *at(evening, claimed()))).completed_on == "2026-12-04"


# --- midnight of the last day, also in the nights when the clocks change (14 March and 7 November 2027) --------------------


@pytest.mark.parametrize(
    ("last_day", "minute_before", "minute_after"),
    [
        (date(2026, 12, 31), datetime(2027, 1, 1, 5, 59, tzinfo=UTC), datetime(2027, 1, 1, 6, 1, tzinfo=UTC)),
        (date(2027, 3, 13), datetime(2027, 3, 14, 5, 59, tzinfo=UTC), datetime(2027, 3, 14, 6, 1, tzinfo=UTC)),
        (date(2027, 3, 14), datetime(2027, 3, 15, 4, 59, tzinfo=UTC), datetime(2027, 3, 15, 5, 1, tzinfo=UTC)),
        (date(2027, 11, 6), datetime(2027, 11, 7, 4, 59, tzinfo=UTC), datetime(2027, 11, 7, 5, 1, tzinfo=UTC)),
        (date(2027, 11, 7), datetime(2027, 11, 8, 5, 59, tzinfo=UTC), datetime(2027, 11, 8, 6, 1, tzinfo=UTC)),
    ],
)
def test_the_last_day_ends_at_midnight_in_the_activitys_zone(last_day: date, minute_before: datetime, minute_after: datetime) -> None:
    assert decision(claims_at(minute_before, last_day=last_day)).completed_on == last_day.isoformat()
    assert verdict(claims_at(minute_after, last_day=last_day)) == ("shortfall", ["after-termination"])


# --- arriving late --------------------------------------------------------------------------------------------------------

LAST_DAY = date(2026, 12, 4)
MINUTE_BEFORE_MIDNIGHT = datetime(2026, 12, 5, 5, 59, tzinfo=UTC)
MINUTE_AFTER_MIDNIGHT = datetime(2026, 12, 5, 6, 1, tzinfo=UTC)


def test_what_arrives_three_days_late_counts_at_its_own_time() -> None:
    found = decision(claims_at(MINUTE_BEFORE_MIDNIGHT, last_day=LAST_DAY, late=timedelta(days=3)))

    assert (found.outcome, found.completed_on) == ("award", "2026-12-04")


def test_what_arrives_forty_days_late_is_held() -> None:
    found = decision(claims_at(MINUTE_BEFORE_MIDNIGHT, last_day=LAST_DAY, late=timedelta(days=40)))

    assert (found.outcome, codes(found), found.reasons[0].by) == ("held", ["arrived-late"], "coordinator")
    assert "40 days later; up to 14 days" in found.reasons[0].text


@pytest.mark.parametrize("late", [timedelta(days=3), timedelta(days=40)])
def test_what_says_it_was_done_after_the_last_day_falls_short_however_late_it_arrives(late: timedelta) -> None:
    assert verdict(claims_at(MINUTE_AFTER_MIDNIGHT, last_day=LAST_DAY, late=late)) == ("shortfall", ["after-termination"])


@pytest.mark.parametrize(("late", "outcome"), [(timedelta(days=14), "award"), (timedelta(days=14, seconds=1), "held")])
def test_fourteen_days_are_the_limit_to_the_second(late: timedelta, outcome: str) -> None:
    assert verdict(claims_at(MINUTE_BEFORE_MIDNIGHT, last_day=LAST_DAY, late=late))[0] == outcome


def test_the_provider_may_set_another_limit() -> None:
    patient = a_definition(provider=a_provider(late_days=60))

    assert verdict(claims_at(MINUTE_BEFORE_MIDNIGHT, last_day=LAST_DAY, late=timedelta(days=40), definition=patient))[0] == "award"


def test_somebody_may_accept_what_arrived_late() -> None:
    accepted = an_override("accept-late")
    found = decision(claims_at(MINUTE_BEFORE_MIDNIGHT, last_day=LAST_DAY, late=timedelta(days=40), overrides=(accepted,)))

    assert (found.outcome, found.completed_on) == ("award", "2026-12-04")
    assert "accepted by R. Abara on 2026-12-10: seen with the learner" in found.reasons[5].text


def test_late_but_within_the_term_counts_at_its_arrival() -> None:
    found = decision(claims_at(TEN_IN_CHICAGO, last_day=date(2029, 11, 30), late=timedelta(days=40)))

    assert (found.outcome, found.completed_on) == ("award", "2027-01-13")
    assert "arrival-time-counts" in codes(found)


# --- times made up --------------------------------------------------------------------------------------------------------


def test_a_time_in_the_future_counts_as_the_moment_of_arrival() -> None:
    future = at(datetime(2028, 6, 1, tzinfo=UTC), claimed(), stored=TEN_IN_CHICAGO + timedelta(minutes=20))
    found = decision(a_case(*all_but_claim(), *future))

    assert (found.outcome, found.completed_on) == ("award", "2026-12-04")


def test_a_future_time_does_not_help_past_the_last_day() -> None:
    arrived = datetime(2026, 12, 6, tzinfo=UTC)
    future = at(arrived + timedelta(days=1), claimed(), stored=arrived)

    assert verdict(a_case(*all_but_claim(), *future, dates=until(LAST_DAY))) == ("shortfall", ["after-termination"])


def test_times_long_past_are_held_when_they_arrive_after_the_last_day() -> None:
    arrived = datetime(2029, 12, 24, tzinfo=UTC)
    long_past = at(datetime(2026, 12, 4, tzinfo=UTC), *everything(), stored=arrived)

    assert verdict(a_case(*long_past)) == ("held", ["arrived-late"])


def test_times_long_past_count_at_arrival_within_the_term() -> None:
    long_past = at(datetime(1999, 12, 4, tzinfo=UTC), *everything(), stored=TEN_IN_CHICAGO)

    assert decision(a_case(*long_past)).completed_on == "2026-12-04"


def test_what_was_done_before_the_release_falls_short() -> None:
    early = at(datetime(2026, 11, 30, 12, 0, tzinfo=UTC), *everything())

    assert verdict(a_case(*early)) == ("shortfall", ["before-release"])


# --- reviews --------------------------------------------------------------------------------------------------------------


def test_a_review_that_extends_the_term_holds_over_the_definitions_own_dates() -> None:
    later = at(datetime(2030, 5, 1, 15, 0, tzinfo=UTC), disclosed(), *finished(), *passes(), *evaluated(), claimed())
    extended = Dates(released=date(2026, 12, 1), reviewed=date(2029, 11, 1), terminates=date(2032, 10, 31))

    assert verdict(a_case(*later)) == ("shortfall", ["after-termination"])
    assert decision(a_case(*later, dates=extended)).completed_on == "2030-05-01"


def test_a_review_that_withdraws_early_ends_credit_after_its_day_and_not_before() -> None:
    withdrawn = Dates(released=date(2026, 12, 1), reviewed=date(2027, 2, 1), terminates=date(2027, 2, 1))
    next_day = datetime(2027, 2, 2, 15, 0, tzinfo=UTC)

    assert verdict(a_case(*everything(), dates=withdrawn))[0] == "award"
    assert verdict(a_case(*at(next_day, *everything()), dates=withdrawn)) == ("shortfall", ["after-termination"])


def test_without_dates_nothing_ends() -> None:
    assert verdict(a_case(*everything(), dates=Dates()))[0] == "award"
