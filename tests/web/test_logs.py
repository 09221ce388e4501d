"""A log line says what was asked for and how it went, under one number for each request, and nothing of what was sent."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs_bridge.config import from_environment
from lrs_bridge.running import logs
from tests.bridge.builders import ABridge, a_statement


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program writes to its log meanwhile."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(logs.formatter())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_it_works(on_sqlite: ABridge, written: io.StringIO) -> None:
    on_sqlite.client.get("/certificates/" + "a" * 32)
    (line,) = [line for line in lines(written) if line["message"] == "request"]
    assert (line["method"], line["rule"], line["status"]) == ("GET", "/certificates/<identity>", 404)
    assert re.fullmatch(r"[0-9a-f]{32}", line["request"])


def test_every_line_of_a_request_bears_its_number(on_sqlite: ABridge, written: io.StringIO) -> None:
    on_sqlite.bridge.engine.dispose()
    on_sqlite.bridge.config.data.joinpath("bridge.sqlite").unlink()
    answer = on_sqlite.client.post("/launch", json={"site": "x"}, headers={"X-Request-Id": "proxy-0815.4711"})
    assert answer.headers["X-Request-Id"] == "proxy-0815.4711"
    assert {line["request"] for line in lines(written)} == {"proxy-0815.4711"}


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "ann@northfield.example", "two words", 'quo"te1234', "semi;colon", "é2345678", "-leading1"]
)
def test_takes_no_number_that_could_be_something_else(on_sqlite: ABridge, given: str) -> None:
    answer = on_sqlite.client.get("/healthz", headers={"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_two_requests_have_two_numbers(on_sqlite: ABridge) -> None:
    assert len({on_sqlite.client.get("/healthz").headers["X-Request-Id"] for _ in range(5)}) == 5


_secret = st.text(st.sampled_from("kqxzjwv"), min_size=12, max_size=20)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(
    secret=_secret,
    place=st.sampled_from(["actor", "verb", "object", "result", "extension", "id", "broken", "parameter", "path", "header", "key"]),
)
def test_nothing_that_was_sent_is_in_the_log(on_sqlite: ABridge, written: io.StringIO, secret: str, place: str) -> None:
    written.truncate(0)
    headers = on_sqlite.key("full")
    says = {
        "actor": {"actor": {"mbox": f"mailto:{secret}@x.example", "name": secret}},
        "verb": {"verb": {"id": f"https://x.example/{secret}"}},
        "object": {"object": {"id": f"https://x.example/{secret}"}},
        "result": {"result": {"response": secret}},
        "extension": {"context": {"extensions": {f"https://x.example/{secret}": secret}}},
        "id": {"id": secret},
        "broken": {secret: secret},
    }
    if place in says:
        on_sqlite.posts(a_statement(id=None) | says[place], headers=headers)
    elif place == "parameter":
        on_sqlite.client.get("/xapi/statements", query_string={"agent": secret, secret: "1"}, headers=headers)
    elif place == "path":
        on_sqlite.client.get(f"/certificates/{secret}/{secret}")
    elif place == "header":
        on_sqlite.client.get(
            "/xapi/statements", headers={"Authorization": f"Bearer {secret}", "User-Agent": secret, "X-Request-Id": f"{secret} "}
        )
    else:
        on_sqlite.client.open("/launch", method=secret.upper(), data=secret)
    assert secret not in written.getvalue().lower()


def test_tells_what_it_was_started_with_but_no_secret(written: io.StringIO, tmp_path: Path) -> None:
    url = "postgresql://bridge:sesame@db.example/bridge?sslpassword=mellon&password=friend"
    logs.note_settings(from_environment({"LRS_BRIDGE_DATABASE_URL": url, "LRS_BRIDGE_DATA": str(tmp_path)}).as_json())
    (line,) = lines(written)
    assert line["settings"]["database_url"].startswith("postgresql+psycopg://bridge:***@db.example/bridge")
    assert not re.search("sesame|mellon|friend", written.getvalue())
