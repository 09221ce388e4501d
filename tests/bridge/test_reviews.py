"""A review of unchanged content moves the dates that learners see and that credit obeys, without a new package."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lrs_bridge.deciding.by_hand import record_review
from lrs_bridge.refusals import Malformed
from lrs_bridge.store.definitions import Review
from lrs_bridge.store.engine import writing
from tests.bridge.builders import ABridge, Launched
from tests.bridge.learning import ACTIVITY, a_definition, at, evaluated, everything, opened, under

AFTER_THE_END = datetime(2029, 12, 3, 18, 0, tzinfo=UTC)
THAT_DAY = datetime(2029, 10, 15, 18, 0, tzinfo=UTC)
BEFORE_THE_END = datetime(2029, 11, 1, 18, 0, tzinfo=UTC)


def reviewed(here: ABridge, terminates: str) -> None:
    here.clock.is_now(max(here.clock.moment, THAT_DAY))
    records(here, reviewed="2029-10-15", terminates=terminates)


def records(here: ABridge, reviewed: str, terminates: str) -> None:
    now = here.bridge.text_now()
    review = Review(activity=ACTIVITY, reviewed=reviewed, terminates=terminates, who="R. Abara", why="still valid", at=now)
    with writing(here.bridge.engine) as connection:
        record_review(here.bridge, connection, review)


def taken(here: ABridge, moment: datetime) -> Launched:
    here.clock.is_now(moment)
    ann = here.registers(a_definition()).launched()
    ann.profile(profession="physician")
    ann.takes(*at(moment, *everything()))
    return ann


def test_it_works(here: ABridge) -> None:
    here.registers()
    reviewed(here, "2032-10-15")
    assert here.launched().answer["dates"] == {"released": "2026-12-01", "reviewed": "2029-10-15", "terminates": "2032-10-15"}


def test_awards_in_the_time_that_an_extension_gives(here: ABridge) -> None:
    taken(here, AFTER_THE_END)
    assert here.record()["outcome"] == "shortfall"
    reviewed(here, "2032-10-15")
    assert here.record()["outcome"] == "award"


def test_withholds_after_an_early_withdrawal(here: ABridge) -> None:
    here.registers()
    reviewed(here, "2029-10-31")
    taken(here, BEFORE_THE_END)
    record = here.record()
    assert record["outcome"] == "shortfall"
    assert "after-termination" in [reason["code"] for reason in record["reasons"]]


def test_lets_the_last_review_count(here: ABridge) -> None:
    here.registers()
    reviewed(here, "2032-10-15")
    reviewed(here, "2030-01-31")
    assert here.launched().answer["dates"]["terminates"] == "2030-01-31"


@pytest.mark.parametrize(
    ("reviewed", "terminates", "where"),
    [
        ("2026-12-04", "2029-12-05", "--terminates"),  # ACCME: three years at most after the review
        ("2026-12-06", "2029-12-05", "--reviewed"),  # two days to come
    ],
)
def test_refuses_days_that_no_review_of_enduring_material_can_have(on_sqlite: ABridge, reviewed: str, terminates: str, where: str) -> None:
    on_sqlite.registers()
    with pytest.raises(Malformed) as refused:
        records(on_sqlite, reviewed, terminates)
    assert [str(problem.where) for problem in refused.value.problems] == [where]


def test_takes_three_years_to_the_day(on_sqlite: ABridge) -> None:
    on_sqlite.registers()
    records(on_sqlite, "2026-12-04", "2029-12-04")
    assert on_sqlite.launched().answer["dates"]["terminates"] == "2029-12-04"


def test_leaves_a_later_version_its_own_dates(here: ABridge) -> None:
    here.registers()
    reviewed(here, "2029-10-31")
    corrected = here.registers(a_definition(version="2029.2", reviewed="2029-11-02", terminates="2032-10-31"))
    assert corrected.launched().answer["dates"]["terminates"] == "2032-10-31"


def test_judges_by_the_dates_of_the_version_that_was_claimed_under(here: ABridge) -> None:
    here.clock.is_now(AFTER_THE_END)
    later = here.registers(a_definition(version="2029.2", reviewed="2029-11-02", terminates="2032-10-31"))
    ann = here.registers(a_definition()).launched()
    ann.profile(profession="physician")
    ann.takes(*at(AFTER_THE_END, *everything(), *under(later.definition, opened(), *evaluated())))
    assert [reason["code"] for reason in here.record()["reasons"]] == ["after-termination"]
