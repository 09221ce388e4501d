"""What is looked up on a connection that a thread keeps: fresh, and good again after the database went away."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from lrs_bridge.store import looks
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


def test_a_thread_keeps_its_connection(here: ABridge) -> None:
    assert looks.of(here.bridge.engine) is looks.of(here.bridge.engine)


def test_no_two_threads_share_one(here: ABridge) -> None:
    found: list[Connection] = []
    thread = threading.Thread(target=lambda: found.append(looks.of(here.bridge.engine)))
    thread.start()
    thread.join()
    assert found[0] is not looks.of(here.bridge.engine)


def test_a_broken_connection_is_not_used_twice(here: ABridge) -> None:
    expected = names(here.bridge.engine)
    broken = looks.of(here.bridge.engine)
    assert broken.connection.driver_connection is not None
    broken.connection.driver_connection.close()
    with pytest.raises(SQLAlchemyError):
        names(here.bridge.engine)
    assert names(here.bridge.engine) == expected


def test_a_closed_database_is_left_by_all(here: ABridge) -> None:
    kept = looks.of(here.bridge.engine)
    here.bridge.engine.dispose()
    assert kept.closed
