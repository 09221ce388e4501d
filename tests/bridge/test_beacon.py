"""The beacon: statements in a plain-text body, the token inside, for the last moment of a page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge, Launched, codes
from tests.bridge.learning import everything, opened


def beacon(launched: Launched, *statements: dict[str, Any]) -> TestResponse:
    body = json.dumps({"token": launched.answer["token"], "statements": statements})
    return launched.here.client.post("/launch/beacon", data=body, content_type="text/plain;charset=UTF-8")


def test_it_works(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    here.clock.moves(hours=1)
    assert beacon(ann, *ann.statements(*everything())).status_code == 204
    assert here.record()["outcome"] == "award"


def test_takes_what_the_outbox_sent_too(here: ABridge) -> None:
    ann = here.launched()
    ann.takes(opened())
    assert beacon(ann, *ann.statements(opened())).status_code == 204
    assert ann.credit()["statements"] == 1


def test_refuses_what_the_token_may_not_say(on_sqlite: ABridge) -> None:
    ann = on_sqlite.launched()
    (said,) = ann.statements(opened())
    said["actor"]["account"]["name"] = "someone"
    assert (beacon(ann, said).status_code, codes(beacon(ann, said))) == (403, ["another-actor"])


NO_BEACON = [b"", b"{}", b"[]", b'{"token": "x"}', b'{"token": 1, "statements": []}', b'{"token": "x", "statements": {}}']


@pytest.mark.parametrize("body", NO_BEACON)
def test_refuses_what_is_no_beacon(on_sqlite: ABridge, body: bytes) -> None:
    assert on_sqlite.client.post("/launch/beacon", data=body, content_type="text/plain").status_code == 400


def test_refuses_more_than_a_beacon_can_be(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.post("/launch/beacon", data=b" " * 300_000, content_type="text/plain")
    assert (answer.status_code, codes(answer)) == (413, ["too-large"])


def test_keeps_a_players_report(on_sqlite: ABridge) -> None:
    token = on_sqlite.launched().answer["token"]
    for report in ({"token": token, "report": {"api": "not found"}}, {"report": "no token yet"}):
        assert on_sqlite.client.post("/launch/diagnostics", json=report).status_code == 204


@pytest.mark.parametrize(("body", "status"), [({}, 400), ([], 400), ({"token": "made-up", "report": 1}, 401)])
def test_refuses_a_report_that_is_none(on_sqlite: ABridge, body: Any, status: int) -> None:
    assert on_sqlite.client.post("/launch/diagnostics", json=body).status_code == status


def test_takes_so_many_reports_a_minute_and_no_more(on_sqlite: ABridge) -> None:
    statuses = [
        on_sqlite.client.post("/launch/diagnostics", json={"report": n}, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code
        for n in range(70)
    ]
    assert set(statuses) == {204, 429}
