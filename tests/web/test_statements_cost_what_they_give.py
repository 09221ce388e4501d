"""Asking costs by what is given back, not by what is stored: counted in steps of SQLite's machine, never in seconds."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from lrs_bridge.store import queries, statements
from lrs_bridge.store.engine import adding_statements, reading
from lrs_bridge.store.statements import Kept
from lrs_bridge.times import text_of
from lrs_bridge.xapi import query, references
from tests.bridge.builders import ABridge
from tests.bridge.learning import TEN_IN_CHICAGO
from tests.web.asking import ANN, BOB, COMPLETED, EXPERIENCED, numbered

_AUTHORITY = {"objectType": "Agent", "account": {"homePage": "https://bridge.northfield.example", "name": "key a"}}


def fill(here: ABridge, first: int, last: int) -> None:
    """Every statement is experienced by Ann, but every tenth by Bob and every thirtieth completed by Bob."""
    kept, found_by = [], []
    for n in range(first, last):
        raw = numbered(n, actor=BOB if n % 10 == 0 else ANN, verb={"id": COMPLETED if n % 30 == 0 else EXPERIENCED})
        said = references.said_of(raw, _AUTHORITY)
        found_by.append(references.found_by(raw, said, f"key:{n % 10 == 0}"))
        kept.append(
            Kept(
                id=raw["id"], text=json.dumps(raw), stored=text_of(TEN_IN_CHICAGO + timedelta(seconds=n)),
                version="1.0.0", authority=json.dumps(_AUTHORITY), origin=f"key:{n % 10 == 0}",
            )
        )  # fmt: skip
    with adding_statements(here.bridge.engine) as connection:
        statements.add(connection, kept, found_by, {})


def steps(here: ABridge, args: dict[str, Any], origin: str | None) -> int:
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    with reading(here.bridge.engine) as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(count, 10)
        try:
            page = queries.page(connection, query.of(args | {"limit": 20}, origin, None))
        finally:
            driver.set_progress_handler(None, 0)
    assert len(page.found) == 20
    return counted[0]


SINCE = text_of(TEN_IN_CHICAGO + timedelta(seconds=1))
ASKED: dict[str, tuple[dict[str, Any], str | None]] = {
    "everything": ({}, None),
    "agent": ({"agent": BOB}, None),
    "verb and since": ({"verb": EXPERIENCED, "since": SINCE}, None),
    "rare agent, frequent activity": ({"agent": BOB, "activity": "https://cme.northfield.example/things/1"}, None),
    "frequent agent, rare verb": ({"agent": BOB, "verb": COMPLETED, "related_agents": True}, None),
    "oldest first": ({"agent": BOB, "verb": COMPLETED, "ascending": True}, None),
    "only my own": ({}, "key:True"),
    "only my own of an activity": ({"activity": "https://cme.northfield.example/things/1"}, "key:True"),
}


def test_costs_no_more_with_six_times_as_much_in_the_store(on_sqlite: ABridge) -> None:
    fill(on_sqlite, 1, 3_001)
    before = {name: steps(on_sqlite, *asked) for name, asked in ASKED.items()}
    fill(on_sqlite, 3_001, 18_001)
    after = {name: steps(on_sqlite, *asked) for name, asked in ASKED.items()}
    assert {name: after[name] for name in ASKED if after[name] > 1.3 * before[name]} == {}


@pytest.mark.parametrize("name", ["rare agent, frequent activity", "frequent agent, rare verb"])
def test_walks_the_rarest_whatever_the_order_of_the_parameters(on_sqlite: ABridge, name: str) -> None:
    fill(on_sqlite, 1, 6_001)
    alone = steps(on_sqlite, *ASKED["agent"])
    assert steps(on_sqlite, *ASKED[name]) < 4 * alone
