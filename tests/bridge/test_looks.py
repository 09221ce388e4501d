"""What is looked up on a connection that is kept at hand: fresh, and good again after the database went away."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from lrs_bridge.store.engine import looking, writing
from tests.bridge.builders import ABridge


def names(engine: Engine) -> list[str]:
    with looking(engine) as connection:
        return list(connection.scalars(text("SELECT name FROM sites")))


def rename(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE sites SET name = :name"), {"name": name})


def test_a_look_sees_what_was_written_since_the_last(here: ABridge) -> None:
    names(here.bridge.engine)
    rename(here.bridge.engine, "Northfield, renamed")
    assert names(here.bridge.engine) == ["Northfield, renamed"]


def test_two_looks_at_once_are_on_two_connections(here: ABridge) -> None:
    with looking(here.bridge.engine) as one, looking(here.bridge.engine) as other:
        assert one is not other


def test_looks_one_after_another_are_on_the_same_whatever_thread_looks(here: ABridge) -> None:
    """Threads come and go with the requests that are slow to arrive; a database takes only so many connections."""
    found = set()

    def look() -> None:
        with looking(here.bridge.engine) as connection:
            found.add(id(connection))

    for _ in range(5):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert len(found) == 1


def test_a_refusal_while_looking_costs_no_connection(here: ABridge) -> None:
    with looking(here.bridge.engine) as before:
        pass
    with pytest.raises(LookupError), looking(here.bridge.engine):
        raise LookupError
    with looking(here.bridge.engine) as after:
        assert after is before


def test_a_broken_connection_is_not_used_twice(here: ABridge) -> None:
    expected = names(here.bridge.engine)
    with looking(here.bridge.engine) as broken:
        assert broken.connection.driver_connection is not None
        broken.connection.driver_connection.close()
    with pytest.raises(SQLAlchemyError):
        names(here.bridge.engine)
    assert names(here.bridge.engine) == expected


def test_a_closed_database_is_left_by_all(here: ABridge) -> None:
    with looking(here.bridge.engine) as at_hand:
        pass
    here.bridge.engine.dispose()
    assert at_hand.closed


def test_who_looked_while_the_database_was_closed_leaves_it_afterwards(here: ABridge) -> None:
    with looking(here.bridge.engine) as lent:
        here.bridge.engine.dispose()
    assert lent.closed
