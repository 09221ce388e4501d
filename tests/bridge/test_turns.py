"""What waits for the writer together is committed together, and each is still kept or refused by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from lrs_bridge.store.engine import adding_statements, in_turn, reading
from tests.bridge.builders import ABridge, a_statement
from tests.bridge.test_intake import ids


class Refused(Exception):
    pass


def adds(key: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(text("INSERT INTO sites (key, name, origins, created) VALUES (:key, '', '[]', '')"), {"key": key})
        return key

    return work


def adds_and_refuses(key: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        adds(key)(connection)
        raise Refused(key)

    return work


def sites(here: ABridge) -> set[str]:
    with reading(here.bridge.engine) as connection:
        return set(connection.execute(text("SELECT key FROM sites WHERE key <> 'northfield'")).scalars())


def commits(here: ABridge) -> list[int]:
    """Grows by one with every transaction that is committed."""
    counted: list[int] = []
    event.listen(here.bridge.engine, "commit", lambda _connection: counted.append(1))
    return counted


def together(here: ABridge, *calls: Callable[[], Any]) -> None:
    """Calls that all wait while another is writing, and then go on."""
    threads = [threading.Thread(target=call) for call in calls]
    with adding_statements(here.bridge.engine):
        for thread in threads:
            thread.start()
            thread.join(0.05)  # until it waits: whoever comes late only waits less
    for thread in threads:
        thread.join()


def test_it_works(here: ABridge) -> None:
    assert in_turn(here.bridge.engine, adds("one")) == "one"
    assert sites(here) == {"one"}


def test_what_waited_is_committed_at_once(here: ABridge) -> None:
    """The first goes alone, for it was the first; the others go together."""
    counted = commits(here)
    together(here, *(lambda key=key: in_turn(here.bridge.engine, adds(key)) for key in ("a", "b", "c", "d", "e")))  # type: ignore[misc]
    assert sites(here) == {"a", "b", "c", "d", "e"}
    assert len(counted) < 1 + 5


def test_what_is_refused_takes_nobody_with_it(here: ABridge) -> None:
    refused: list[str] = []

    def refusing() -> None:
        try:
            in_turn(here.bridge.engine, adds_and_refuses("bad"))
        except Refused as error:
            refused.append(str(error))

    together(here, lambda: in_turn(here.bridge.engine, adds("a")), refusing, lambda: in_turn(here.bridge.engine, adds("b")))
    assert sites(here) == {"a", "b"}
    assert refused == ["bad"]


def test_what_the_database_refuses_takes_nobody_with_it(here: ABridge) -> None:
    """A key that is there already fails the whole transaction on one engine; each then goes alone."""
    in_turn(here.bridge.engine, adds("there"))
    failed: list[str] = []

    def again() -> None:
        try:
            in_turn(here.bridge.engine, adds("there"))
        except Exception as error:
            failed.append(type(error).__name__)

    together(here, lambda: in_turn(here.bridge.engine, adds("a")), again, lambda: in_turn(here.bridge.engine, adds("b")))
    assert sites(here) == {"there", "a", "b"}
    assert failed == ["IntegrityError"]


def test_goes_on_after_a_failure(here: ABridge) -> None:
    with pytest.raises(Refused):
        in_turn(here.bridge.engine, adds_and_refuses("bad"))
    assert in_turn(here.bridge.engine, adds("one")) == "one"


def test_each_works_in_its_own_context(here: ABridge) -> None:
    """Whoever's thread carries it out."""
    who: ContextVar[str] = ContextVar("who")
    seen: dict[str, str] = {}

    def call(name: str) -> None:
        who.set(name)
        in_turn(here.bridge.engine, lambda _connection: seen.update({name: who.get()}))

    together(here, *(lambda name=name: call(name) for name in "abcd"))  # type: ignore[misc]
    assert seen == {name: name for name in "abcd"}


def test_a_batch_in_conflict_does_not_spoil_those_beside_it(here: ABridge) -> None:
    first, second, third = ids(3)
    headers = here.key("full")
    here.posts(a_statement(id=first), headers=headers)
    statuses: dict[str, int] = {}

    def send(name: str, *statements: dict[str, Any]) -> None:
        client = here.client.application.test_client()
        statuses[name] = client.post("/xapi/statements", json=list(statements), headers=headers).status_code

    other = {"id": "https://cme.northfield.example/things/2"}
    together(
        here,
        lambda: send("good", a_statement(id=second)),
        lambda: send("bad", a_statement(id=third), a_statement(id=first, object=other)),
        lambda: send("also good", a_statement(id=ids(4)[3])),
    )
    assert statuses == {"good": 200, "bad": 409, "also good": 200}
    assert [here.gets(one).status_code for one in ids(4)] == [200, 200, 404, 200]


def test_of_two_that_send_one_id_at_once_with_other_content_one_is_refused(here: ABridge) -> None:
    headers, statuses = here.key("full"), []

    def send(thing: int) -> None:
        client = here.client.application.test_client()
        told = a_statement(object={"id": f"https://cme.northfield.example/things/{thing}"})
        statuses.append(client.post("/xapi/statements", json=[told], headers=headers).status_code)

    together(here, *(lambda thing=thing: send(thing) for thing in range(5)))  # type: ignore[misc]
    assert sorted(statuses) == [200, 409, 409, 409, 409]
