"""Statements are sent on to another record store as they were received: in order, at least once, and one bad one stops nobody."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lrs_bridge import upstream
from lrs_bridge.store import statements, upstreams
from lrs_bridge.store.engine import reading
from lrs_bridge.xapi import relay
from lrs_bridge.xapi.relay import Enclosed
from tests import databases
from tests.bridge.builders import ABridge, a_statement, open_for_test
from tests.bridge.record_stores import Asked, Reply, Store, adds_upstream, exchanges, letters, over_http, reply, served, state


def an_id(n: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, str(n)))


def posts_raw(here: ABridge, text: str) -> None:
    headers = here.key("full") | {"Content-Type": "application/json"}
    assert here.client.post("/xapi/statements", data=text, headers=headers).status_code == 200


def test_statements_are_forwarded_in_the_order_of_their_coming(here: ABridge) -> None:
    store = Store()
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True)
        for n in range(5):
            here.posts(a_statement(id=an_id(n)))
        exchanges(here)

    assert [one["id"] for one in store.received] == [an_id(n) for n in range(5)]
    assert (state(here)["behind"], state(here)["error"]) == (0, None)


def test_what_is_sent_is_what_was_received_to_the_last_character(here: ABridge) -> None:
    text = f'{{ "verb":{{"id":"http://a.example/v"}},"id" : "{an_id(1)}", "actor":{{"mbox":"mailto:ann@northfield.example"}},\n'
    text += '"object":{"id":"http://a.example/o"},"result":{"score":{"scaled":0.50},"duration":"PT1H2M3.450S"},"timestamp":"2026-12-04T16:00:00+00:00"}'
    with served(Store()) as server:
        adds_upstream(here, server.url, forwards=True)
        posts_raw(here, text)
        exchanges(here)

    assert server.asked[0].body == f"[{text}]".encode()


def test_a_statement_without_id_and_time_is_sent_with_those_it_was_given(here: ABridge) -> None:
    store = Store()
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True)
        stored = here.clock.moment
        given_id = here.posts(a_statement(id=None)).json[0]
        exchanges(here)

    assert store.received[0]["id"] == given_id
    assert store.received[0]["timestamp"].startswith(f"{stored:%Y-%m-%dT%H:%M:%S}")


def test_what_was_pulled_from_a_store_is_not_sent_back_to_it(here: ABridge) -> None:
    theirs = json.dumps(a_statement(id=an_id(1), stored="2026-12-04T15:00:00.000Z"))
    store = Store(theirs)
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True, pulls=True)
        exchanges(here)
        here.posts(a_statement(id=an_id(2)))
        exchanges(here)

    assert [one["id"] for one in store.received] == [an_id(2)]


@pytest.mark.parametrize(
    ("filters", "sent"),
    [
        ({"verbs": ("http://adlnet.gov/expapi/verbs/passed",)}, [2]),
        ({"activities": ("https://cme.northfield.example/things/",)}, [1, 2]),
        ({"activities": ("https://other.example/course",)}, [3]),
        ({"sites": ("northfield",)}, [4]),
        ({"sites": ("eastbrook",)}, []),
    ],
)
def test_only_what_the_filter_admits_is_sent(on_sqlite: ABridge, filters: dict[str, Any], sent: list[int]) -> None:
    here, store = on_sqlite, Store()
    within = {"contextActivities": {"grouping": [{"id": "https://other.example/course/7"}]}}
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True, **filters)
        here.posts(a_statement(id=an_id(1)))
        here.posts(a_statement(id=an_id(2), verb={"id": "http://adlnet.gov/expapi/verbs/passed"}))
        here.posts(a_statement(id=an_id(3), object={"id": "https://elsewhere.example/o"}, context=within))
        here.posts(a_statement(id=an_id(4), object={"id": "https://elsewhere.example/o"}), headers=here.key("lms"))
        exchanges(here)

    assert [one["id"] for one in store.received] == [an_id(n) for n in sent]
    assert state(here)["behind"] == 0


# --- refusals -------------------------------------------------------------------------------------


class Choosy(Store):
    """Refuses every batch that has one of these, with this status."""

    def __init__(self, *refused: int, status: int = 400) -> None:
        super().__init__()
        self.refused, self.status = {an_id(n) for n in refused}, status

    def __call__(self, asked: Asked) -> Reply:
        sent = {one["id"] for one in json.loads(asked.body)}
        return reply(self.status, b"verb: not a verb of ours") if sent & self.refused else super().__call__(asked)


def test_a_bad_statement_is_found_and_left_and_the_rest_goes_on_in_order(here: ABridge) -> None:
    store = Choosy(3, 6)
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True)
        here.posts(*(a_statement(id=an_id(n)) for n in range(8)))
        exchanges(here)

    assert [one["id"] for one in store.received] == [an_id(n) for n in (0, 1, 2, 4, 5, 7)]
    assert [(one.statement, one.reason) for one in letters(here)] == [(an_id(n), "400 verb: not a verb of ours") for n in (3, 6)]
    assert state(here)["behind"] == 0


def test_a_statement_that_is_there_already_is_done(here: ABridge) -> None:
    store = Choosy(1, status=409)
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True)
        here.posts(*(a_statement(id=an_id(n)) for n in range(3)))
        exchanges(here)

    assert (letters(here), state(here)["behind"]) == ([], 0)
    assert [one["id"] for one in store.received] == [an_id(0), an_id(2)]


def test_a_dead_letter_can_be_sent_again(here: ABridge) -> None:
    store = Choosy(1)
    with served(store) as server:
        adds_upstream(here, server.url, forwards=True)
        here.posts(a_statement(id=an_id(1)))
        exchanges(here)
        (letter,) = letters(here)
        assert upstream.again(here.bridge, letter.seq) is not None
        store.refused = set()
        assert upstream.again(here.bridge, letter.seq) is None

    assert letters(here) == []
    assert [one["id"] for one in store.received] == [an_id(1)]


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_are_refused_stop_it_and_cost_no_statement(here: ABridge, status: int) -> None:
    with served(lambda asked: reply(status, b"no")) as server:
        adds_upstream(here, server.url, forwards=True)
        here.posts(a_statement(id=an_id(1)))
        exchanges(here, times=3)

    assert (len(server.asked), letters(here), state(here)["behind"]) == (1, [], 1)
    assert state(here)["paused"]


@pytest.mark.parametrize("status", [301, 404, 408, 429, 500, 503])
def test_trouble_that_is_not_about_the_statements_costs_none(on_sqlite: ABridge, status: int) -> None:
    with served(lambda asked: reply(status)) as server:
        adds_upstream(on_sqlite, server.url, forwards=True)
        on_sqlite.posts(a_statement(id=an_id(1)))
        exchanges(on_sqlite)

    assert (letters(on_sqlite), state(on_sqlite)["behind"], state(on_sqlite)["tries"]) == ([], 1, 1)


def test_a_store_that_asks_for_patience_is_given_it(on_sqlite: ABridge) -> None:
    with served(lambda asked: reply(429, Retry_After="1800")) as server:
        adds_upstream(on_sqlite, server.url, forwards=True)
        on_sqlite.posts(a_statement(id=an_id(1)))
        exchanges(on_sqlite, times=14)  # 26 minutes after the first
        assert len(server.asked) == 1
        exchanges(on_sqlite, times=3)

    assert len(server.asked) == 2


@pytest.mark.parametrize(("tries", "least", "most"), [(0, 1, 2), (1, 2, 4), (5, 32, 64), (40, 1800, 3600)])
def test_the_wait_doubles_and_is_spread_by_chance(tries: int, least: int, most: int) -> None:
    assert upstream.wait_after(tries, 0).total_seconds() == least
    assert upstream.wait_after(tries, 1).total_seconds() == most


# --- once more --------------------------------------------------------------------------------------


def test_after_a_crash_before_the_answer_counted_the_batch_is_sent_again(here: ABridge) -> None:
    store = Store()

    def dies_once_sent() -> Any:
        if store.received:
            raise KeyboardInterrupt
        return here.clock()

    with served(store) as server:
        adds_upstream(here, server.url, forwards=True)
        here.posts(a_statement(id=an_id(1)))
        with pytest.raises(KeyboardInterrupt):
            exchanges(replace(here, bridge=replace(here.bridge, now=dies_once_sent)))
        here.clock.moves(minutes=10)
        exchanges(here)

    assert [one["id"] for one in store.received] == [an_id(1), an_id(1)]
    assert state(here)["behind"] == 0


def test_two_bridges_end_with_the_same_statements(here: ABridge, tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "second").mkdir()
    with open_for_test(databases.copy_of(sqlite_template, tmp_path / "second"), tmp_path / "second") as other:
        key = other.new_key("full")
        with over_http(other.client.application) as url:
            adds_upstream(here, url, forwards=True, credentials=(key.kept.id, key.secret))
            here.posts(*(a_statement(id=an_id(n), timestamp="2026-12-04T15:59:00Z") for n in range(60)))
            exchanges(here, times=2)
        with reading(here.bridge.engine) as first, reading(other.bridge.engine) as second:
            sent, there = (statements.by_ids(one, map(an_id, range(60))) for one in (first, second))

    assert {one.id: one.text for one in there.values()} == {one.id: one.text for one in sent.values()}
    assert len(there) == 60


CONTENT = b"%PDF-1.7 a certificate\r\n--with a line like a boundary"
ATTACHED = {
    "usageType": "http://id.tincanapi.com/attachment/certificate-of-completion",
    "display": {"en": "Certificate"},
    "contentType": "application/pdf",
    "length": len(CONTENT),
    "sha2": hashlib.sha256(CONTENT).hexdigest(),
}


def posts_with_attachment(here: ABridge) -> None:
    statement = a_statement(id=an_id(1), timestamp="2026-12-04T15:59:00Z", attachments=[ATTACHED])
    body, content_type = relay.body([json.dumps(statement)], [Enclosed(ATTACHED["sha2"], "application/pdf", CONTENT)])
    answer = here.client.post("/xapi/statements", data=body, headers=here.key("full") | {"Content-Type": content_type})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("way", ["forward", "pull"])
def test_attachments_go_along(here: ABridge, tmp_path: Path, sqlite_template: Path, way: str) -> None:
    (tmp_path / "second").mkdir()
    with open_for_test(databases.copy_of(sqlite_template, tmp_path / "second"), tmp_path / "second") as other:
        sender, receiver = (here, other) if way == "forward" else (other, here)
        posts_with_attachment(sender)
        listening = other
        key = listening.new_key("full")
        with over_http(listening.client.application) as url:
            adds_upstream(here, url, forwards=way == "forward", pulls=way == "pull", credentials=(key.kept.id, key.secret))
            exchanges(here, times=2)
        with reading(receiver.bridge.engine) as connection:
            found = upstreams.attachment_contents(connection, [ATTACHED["sha2"]])

    assert (found, letters(here)) == ({ATTACHED["sha2"]: CONTENT}, [])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=some.lists(some.sampled_from([200, 400, 409, 429, 500, 503]), max_size=12), count=some.integers(1, 6))
def test_whatever_the_store_answers_each_statement_arrives_or_has_a_letter(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, answers: list[int], count: int
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store, script = Store(), iter(answers)

    def replying(asked: Asked) -> Reply:
        status = next(script, 200)
        return store(asked) if status == 200 else reply(status)

    with open_for_test(databases.copy_of(sqlite_template, folder), folder) as here, served(replying) as server:
        adds_upstream(here, server.url, forwards=True)
        here.posts(*(a_statement(id=an_id(n)) for n in range(count)))
        for _ in range(20):
            here.clock.moves(hours=1)
            upstream.turn(here.bridge)
        arrived = [one["id"] for one in store.received]
        given_up = {one.statement for one in letters(here)}
        behind = state(here)["behind"]

    assert behind == 0
    assert arrived == sorted(arrived, key=[an_id(n) for n in range(count)].index)
    assert len(set(arrived)) == len(arrived)
    assert not given_up & set(arrived)
