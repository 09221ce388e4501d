"""What people decide by hand is an input of the decision: it counts, and the record says who and why."""

from __future__ import annotations

from typing import Any

import pytest

from lrs_bridge.deciding import by_hand
from lrs_bridge.refusals import Malformed, NotFound
from lrs_bridge.store import overrides, pending, people
from lrs_bridge.store.engine import writing
from lrs_bridge.store.overrides import KeptOverride
from tests.bridge.builders import KEY_OF_BOB, ABridge
from tests.bridge.learning import ACTIVITY, claimed, disclosed, evaluated, everything, fails, finished, passes

PASSED_AT_THE_FOURTH = (disclosed(), *finished(), *fails(1), *fails(2), *fails(3), *passes(4), *evaluated(), claimed())


def decides_by_hand(here: ABridge, kind: str, learner: str | None = "ann", **details: str) -> None:
    with writing(here.bridge.engine) as connection:
        known = people.learner(connection, "northfield", learner) if learner else None
        person = known.person if known else None
        identity = f"{kind}-{here.bridge.random_hex()}"[:36]
        override = KeptOverride(
            id=identity, kind=kind, activity=ACTIVITY, person=person, who="R. Abara", why="asked for", at=here.bridge.text_now(), **details
        )
        overrides.add(connection, override)
        pending.mark_activity(connection, ACTIVITY, here.bridge.text_now())


def took(here: ABridge, *events: Any, learner: str = "ann", key: str = "a" * 32) -> None:
    launched = here.registers().launched(learner, key)
    launched.profile(profession="physician")
    launched.takes(*events)


def test_it_works(here: ABridge) -> None:
    took(here, *PASSED_AT_THE_FOURTH)
    assert here.record()["outcome"] == "shortfall"
    decides_by_hand(here, "grant-attempt")
    assert here.record()["outcome"] == "award"


def test_is_for_the_person_it_was_made_for(here: ABridge) -> None:
    took(here, *PASSED_AT_THE_FOURTH)
    took(here, *everything(), learner="bob", key=KEY_OF_BOB)
    decides_by_hand(here, "grant-attempt", learner="bob")
    assert sorted(record["outcome"] for record in here.records() if record["system"] == "ama-pra-1") == ["award", "shortfall"]


def test_shows_granted_attempts_to_the_package(here: ABridge) -> None:
    here.registers().launched()
    decides_by_hand(here, "grant-attempt")
    assert here.launched().answer["attempts_granted"] == 1


def test_voids_an_item_for_everybody(here: ABridge) -> None:
    took(here, disclosed(), *finished(), *fails(), *evaluated(), claimed())
    assert here.record()["outcome"] == "shortfall"
    for item in ("q2", "q3", "q4"):
        decides_by_hand(here, "void-item", learner=None, item=item)
    assert here.record()["outcome"] == "award"


def test_awards_by_hand_and_says_so(here: ABridge) -> None:
    took(here, disclosed())
    decides_by_hand(here, "manual-award", system="ama-pra-1", amount="0.50", completed_on="2026-12-04")
    record = here.record()
    assert (record["outcome"], record["awarded"]) == ("award", "0.50")
    assert "R. Abara" in record["reasons"][0]["text"]


def test_awards_by_hand_where_no_statement_ever_arrived(here: ABridge) -> None:
    here.registers().launched().profile(profession="physician")
    decides_by_hand(here, "manual-award", system="ama-pra-1", amount="0.50", completed_on="2026-12-04")
    assert (here.record()["outcome"], here.record()["version"]) == ("award", "2026.1")


# --- as it is entered -----------------------------------------------------------------------------


def enters(here: ABridge, kind: str, **details: str) -> list[str]:
    """The places of what is wrong with it."""
    made = KeptOverride(
        id=here.bridge.random_hex(), kind=kind, activity=ACTIVITY, who="R. Abara", why="asked for", at=here.bridge.text_now(), **details
    )
    try:
        with writing(here.bridge.engine) as connection:
            by_hand.add_override(here.bridge, connection, made)
    except Malformed as refused:
        return [str(problem.where) for problem in refused.problems]
    return []


GOOD = {"system": "ama-pra-1", "amount": "0.50", "completed_on": "2026-12-04"}


@pytest.mark.parametrize(
    ("kind", "details", "wrong"),
    [
        ("manual-award", GOOD, []),
        ("manual-award", GOOD | {"system": "aafp"}, ["--system"]),
        ("manual-award", GOOD | {"amount": "1.50"}, ["--amount"]),
        ("manual-award", GOOD | {"amount": "1e0"}, ["--amount"]),
        ("manual-award", GOOD | {"completed_on": "4 December"}, ["--completed-on"]),
        ("manual-award", GOOD | {"completed_on": "2026-12-06"}, ["--completed-on"]),
        ("void-item", {"item": "q1"}, []),
        ("void-item", {"item": "q9"}, ["--item"]),
        ("void-item", {"item": "q1", "item_version": "9"}, ["--item-version"]),
        ("grant-attempt", {}, []),
    ],
)
def test_what_no_version_of_the_activity_has_is_refused(on_sqlite: ABridge, kind: str, details: dict[str, str], wrong: list[str]) -> None:
    assert enters(on_sqlite.registers(), kind, **details) == wrong


def test_nothing_is_decided_by_hand_about_an_activity_that_nobody_registered(on_sqlite: ABridge) -> None:
    with pytest.raises(NotFound):
        enters(on_sqlite, "grant-attempt")
