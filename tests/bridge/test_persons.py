"""One person at two sites: joined and parted by hand, in any order, with the same end."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.launching import persons
from lrs_bridge.refusals import InConflict
from lrs_bridge.store import people
from lrs_bridge.store.engine import reading, writing
from lrs_bridge.store.people import Link
from tests.bridge.builders import KEY_OF_BOB, ABridge
from tests.bridge.learning import everything


@dataclass(frozen=True)
class Two:
    """Somebody who took the activity at two sites; `first` earlier."""

    here: ABridge
    first: str
    second: str

    def change(self, action: Any, first: str, second: str) -> None:
        with writing(self.here.bridge.engine) as connection:
            action(self.here.bridge, connection, first, second, "R. Abara", "same NPI")

    def outcomes(self) -> list[str]:
        return sorted(record["outcome"] for record in self.here.records() if record["system"] == "ama-pra-1")


@pytest.fixture
def two(here: ABridge) -> Two:
    here.adds_site("lakeside")
    registered = here.registers()
    for site, key in (("northfield", "a" * 32), ("lakeside", KEY_OF_BOB)):
        launched = registered.launched("1042", key, site=site)
        launched.profile(profession="physician")
        launched.takes(*everything())
    with reading(here.bridge.engine) as connection:
        found = [people.learner(connection, site, "1042") for site in ("northfield", "lakeside")]
    first, second = (learner.person for learner in found if learner is not None)
    return Two(here, first, second)


def test_it_works(two: Two) -> None:
    assert two.outcomes() == ["award", "award"]
    two.change(persons.join, two.first, two.second)
    assert two.outcomes() == ["award", "shortfall"]


def test_gives_both_back_what_is_theirs_when_they_are_parted(two: Two) -> None:
    before = two.here.records()
    two.change(persons.join, two.first, two.second)
    two.here.works()
    two.change(persons.part, two.first, two.second)
    assert two.here.records() == before


def test_decides_the_same_in_whichever_order_they_are_named(two: Two) -> None:
    two.change(persons.join, two.first, two.second)
    one_way = two.here.records()
    two.change(persons.part, two.second, two.first)
    two.change(persons.join, two.second, two.first)
    assert two.here.records() == one_way


def test_keeps_the_history(two: Two) -> None:
    two.change(persons.join, two.first, two.second)
    two.change(persons.part, two.first, two.second)
    with reading(two.here.bridge.engine) as connection:
        assert [link.action for link in people.links(connection)] == ["join", "part"]


def test_refuses_to_part_who_was_not_joined(two: Two) -> None:
    with pytest.raises(InConflict):
        two.change(persons.part, two.first, two.second)


def test_refuses_to_join_somebody_with_themselves(two: Two) -> None:
    with pytest.raises(InConflict):
        two.change(persons.join, two.first, two.first)


PAIRS = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]


def link(pair: tuple[str, str], action: str) -> Link:
    return Link(first=pair[0], second=pair[1], action=action, who="", why="", at="")


@given(st.sets(st.sampled_from(PAIRS)), st.sets(st.sampled_from(PAIRS)), st.integers())
def test_follows_from_what_stands_not_from_how_it_came_about(kept: set[tuple[str, str]], undone: set[tuple[str, str]], seed: int) -> None:
    undone -= kept
    history = [link(pair, "join") for pair in kept] + [link(pair, "join") for pair in undone] + [link(pair, "part") for pair in undone]
    other = [link(pair, "join") for pair in random.Random(seed).sample(sorted(kept), len(kept))]
    standing, directly = persons.joined(history), persons.joined(other)
    assert all(persons.together(person, standing) == persons.together(person, directly) for person in "abcde")
