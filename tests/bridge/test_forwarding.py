"""Statements are sent on to another record store as they were received: in order, at least once, and one bad one stops nobody."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lrs_bridge import forwarding, upstream
from lrs_bridge.record_store import Trouble
from tests.bridge.builders import ABridge, a_statement
from tests.bridge.record_stores import Asked, Reply, Store, adds_upstream, exchanges, letters, reply, served, state


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
