"""Statements delivered twice, shuffled and in other batches, and persons joined and parted on the way, give the same records."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs_bridge.launching import persons
from lrs_bridge.store import people
from lrs_bridge.store.engine import writing
from tests import databases
from tests.bridge.builders import KEY_OF_BOB, ABridge, Launched, open_for_test
from tests.bridge.learning import TEN_IN_CHICAGO, all_but_claim, claimed, disclosed, evaluated, fails, finished, opened, passes

TOOK_TWO_ATTEMPTS = (opened(), disclosed(), *finished(), *fails(), *passes(2), *evaluated(), claimed(amount="0.75"))
LATER = TEN_IN_CHICAGO + timedelta(hours=2)
Step = tuple[str, Any]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.migrated_sqlite(tmp_path_factory.mktemp("template"))


def two_learners(here: ABridge) -> tuple[Launched, Launched]:
    """The same person at two sites, as it will turn out."""
    here.adds_site("lakeside")
    registered = here.registers()
    ann, again = registered.launched(), registered.launched("1042", KEY_OF_BOB, site="lakeside")
    for launched in (ann, again):
        launched.profile(profession="physician")
    here.clock.is_now(LATER)
    return ann, again


def deliver(here: ABridge, order: list[Step]) -> list[dict[str, Any]]:
    ann, again = two_learners(here)
    said = {"ann": ann.statements(*TOOK_TWO_ATTEMPTS), "again": again.statements(opened(), *all_but_claim(), claimed())}
    for step, what in order:
        if step == "work":
            here.works()
        elif step in ("join", "part"):
            _link(here, step)
        else:
            sender = ann if step == "ann" else again
            numbers = dict.fromkeys(number % len(said[step]) for number in what)
            assert sender.sends(*(said[step][number] for number in numbers)).status_code == 200
    for sender, name in ((ann, "ann"), (again, "again")):
        assert sender.sends(*said[name]).status_code == 200
    _link(here, "join")
    return here.records()


def _link(here: ABridge, action: str) -> None:
    with writing(here.bridge.engine) as connection:
        pair = [people.learner(connection, site, name) for site, name in (("northfield", "ann"), ("lakeside", "1042"))]
        first, second = (learner.person for learner in pair if learner is not None)
        joined = people.current(connection, first) == people.current(connection, second)
        if joined == (action == "part"):
            getattr(persons, action)(here.bridge, connection, first, second, "R. Abara", "same NPI")


def records(template: Path, order: list[Step]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_for_test(databases.copy_of(template, folder), folder) as here:
            return deliver(here, order)


@pytest.fixture(scope="module")
def plain(template: Path) -> list[dict[str, Any]]:
    """The records when everything arrives in order and once."""
    return records(template, [])


def test_it_works(plain: list[dict[str, Any]]) -> None:
    assert [record["outcome"] for record in plain if record["system"] == "ama-pra-1"] in (["award", "shortfall"], ["shortfall", "award"])


_numbers = st.lists(st.integers(0, 40), min_size=1, max_size=8)
_step = st.one_of(
    st.tuples(st.sampled_from(["ann", "again"]), _numbers),
    st.tuples(st.sampled_from(["work", "join", "part"]), st.none()),
)


@settings(max_examples=10, deadline=None)
@given(order=st.lists(_step, max_size=8))
def test_gives_the_same_records_however_the_statements_arrive(template: Path, plain: list[dict[str, Any]], order: list[Step]) -> None:
    assert records(template, order) == plain
