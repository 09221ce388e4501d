"""Until when everything stored can be seen: never later than what is still on its way, and near now when nothing is."""

from __future__ import annotations

import threading

from lrs_bridge.reading.consistency import consistent_through
from lrs_bridge.store.engine import adding_statements
from lrs_bridge.times import text_of
from tests.bridge.builders import ABridge, a_statement
from tests.bridge.test_intake import ids

HEADER = "X-Experience-API-Consistent-Through"


def test_it_works(here: ABridge) -> None:
    """Idle: a millisecond ago, because what comes within this one will say this one."""
    assert consistent_through(here.bridge) == "2026-12-04T15:59:59.999Z"


def test_is_on_every_answer(here: ABridge) -> None:
    here.clock.moves(seconds=5)
    assert here.gets(ids(1)[0]).headers[HEADER] == "2026-12-04T16:00:04.999Z"


def test_stays_behind_what_another_is_adding(here: ABridge) -> None:
    here.posts(a_statement(id=ids(1)[0]))
    here.clock.moves(seconds=60)
    begun, goes_on = threading.Event(), threading.Event()

    def add() -> None:
        with adding_statements(here.bridge.engine):
            begun.set()
            goes_on.wait()

    adding = threading.Thread(target=add)
    adding.start()
    begun.wait()
    told = consistent_through(here.bridge)
    goes_on.set()
    adding.join()
    assert told == "2026-12-04T15:59:59.999Z"


def test_catches_up_once_the_other_is_done(here: ABridge) -> None:
    test_stays_behind_what_another_is_adding(here)
    here.clock.moves(seconds=1)
    assert consistent_through(here.bridge) == text_of(here.clock.moment).replace("01.000", "00.999")


def test_what_is_stored_never_goes_back_behind_it(here: ABridge) -> None:
    """A clock that is set back does not put statements where somebody already looked."""
    first, second = ids(2)
    here.posts(a_statement(id=first))
    here.clock.moves(minutes=-5)
    here.posts(a_statement(id=second))
    assert here.gets(second).json["stored"] == here.gets(first).json["stored"] == "2026-12-04T16:00:00.000Z"
