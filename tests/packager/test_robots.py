"""A robot answers as many items right as it says, always the same ones, and takes part in any activity."""

from __future__ import annotations

import pytest

from scorm_packager.activity import scoring
from scorm_packager.activity.definition_model import Definition
from scorm_packager.rehearsal import activity_of
from scorm_packager.robots.robot import at, responses, robots
from tests.journeys.conftest import LONG_ACTIVITY, SHORT_ACTIVITY
from tests.journeys.learners import a_learner


@pytest.fixture(scope="module")
def long() -> Definition:
    """The example, with the items that its assessments ask."""
    definition = activity_of(LONG_ACTIVITY)[0]
    assert definition.post is not None
    asked = tuple(item for item in definition.items if item.id in definition.post.items)
    return definition.model_copy(update={"items": asked})


@pytest.fixture(scope="module")
def short() -> Definition:
    return activity_of(SHORT_ACTIVITY)[0]


@pytest.mark.parametrize(("share", "right"), [(0.0, 0), (0.4, 5), (0.5, 6), (0.75, 9), (1.0, 12)])
def test_answers_a_share_of_the_twelve_items_right(long: Definition, share: float, right: int) -> None:
    assert scoring.score(long.items, responses(long.items, share)).correct == right


def test_answers_every_kind_of_item_right_and_wrong(long: Definition) -> None:
    assert {item.kind for item in long.items} == {"choice", "multiple", "true-false", "matching", "ordering", "numeric"}
    assert scoring.score(long.items, responses(long.items, 1.0, first=7)).correct == 12
    assert scoring.score(long.items, responses(long.items, 0.0, first=7)).correct == 0


def test_does_not_forget_what_it_knew(long: Definition) -> None:
    before, after = responses(long.items, 0.4, first=5), responses(long.items, 0.8, first=5)
    known = [item for item in long.items if scoring.correct(item, before[item.id])]
    assert all(scoring.correct(item, after[item.id]) for item in known)


def test_claims_no_more_than_is_designated(short: Definition) -> None:
    robot = at(short, a_learner(does={"claim": {"ama-pra-1": "0.75"}}, expect={"ama-pra-1": {"outcome": "award", "awarded": "0.75"}}))
    assert robot.does.claim == {"ama-pra-1": "0.25"}
    assert robot.expect["ama-pra-1"].awarded == "0.25"


def test_expects_nothing_of_a_credit_that_is_not_offered(short: Definition) -> None:
    robot = at(short, a_learner(does={"claim": {"acpe": "maximum"}}, expect={"acpe": {"outcome": "award", "awarded": "maximum"}}))
    assert robot.expect == {}


def test_the_robots_that_come_along_differ_in_profession_and_fate() -> None:
    found = robots()
    assert {robot.profession for robot in found} == {"physician", "nurse", "pharmacist", "other"}
    assert {expected.outcome for robot in found for expected in robot.expect.values()} == {"award", "shortfall", "held"}
