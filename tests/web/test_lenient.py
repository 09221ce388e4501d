"""The setting `lenient`: what clients in the field are known to send is read as meant, and the log says so."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lrs_bridge.config import from_environment
from lrs_bridge.web import app_of
from scorm_packager.activity.problems import ProblemsFound
from tests.bridge.builders import ABridge
from tests.web.asking import ANN, BOB, asked, found, id_of, numbered, numbers

OLD_ANN = {"name": ["Ann"], "mbox": ["mailto:ann@northfield.example"], "objectType": "Agent"}
OLD_BOB = {"account": [{"accountServiceHomePage": "https://lms.northfield.example", "accountName": "bob"}], "name": ["Bob"]}


@pytest.fixture
def lenient(on_sqlite: ABridge) -> ABridge:
    bridge = replace(on_sqlite.bridge, config=replace(on_sqlite.bridge.config, lenient=True))
    return replace(on_sqlite, bridge=bridge, client=app_of(bridge).test_client())


def test_leaves_out_parameters_that_nobody_knows(lenient: ABridge) -> None:
    lenient.posts(numbered(1))
    assert numbers(asked(lenient, cachebuster="1733328000", externalRegistration="x")) == [1]
    put = f"/xapi/statements?statementId={id_of(2)}&cachebuster=1"
    assert lenient.client.put(put, json=numbered(2), headers=lenient.key("full")).status_code == 204


@pytest.mark.parametrize(("old", "today"), [(OLD_ANN, ANN), (OLD_BOB, BOB)])
def test_reads_agents_of_articulates_launchers(lenient: ABridge, old: dict[str, Any], today: dict[str, Any]) -> None:
    lenient.posts(numbered(1, actor=today))
    assert found(lenient, agent=old) == found(lenient, agent=today) == [1]


@pytest.mark.parametrize("old", [OLD_ANN, OLD_BOB])
def test_never_keeps_such_an_agent_in_a_statement(lenient: ABridge, old: dict[str, Any]) -> None:
    assert lenient.posts(numbered(1, actor=old)).status_code == 400


@pytest.mark.parametrize("agent", ["x", "[]", '{"mbox": []}', '{"mbox": ["mailto:a@b.example", "mailto:c@d.example"]}', '{"name": ["x"]}'])
def test_does_not_guess_who_is_meant(lenient: ABridge, agent: str) -> None:
    assert asked(lenient, agent=agent).status_code == 400


def test_forgives_nothing_else(lenient: ABridge) -> None:
    assert asked(lenient, since="yesterday").status_code == 400
    assert lenient.client.put("/xapi/statements?cachebuster=1", json=numbered(1), headers=lenient.key("full")).status_code == 400
    assert lenient.posts(numbered(1, colour="red")).status_code == 400


def test_is_off_unless_asked_for(on_sqlite: ABridge) -> None:
    assert asked(on_sqlite, cachebuster="1").status_code == 400
    assert asked(on_sqlite, agent=json.dumps(OLD_ANN)).status_code == 400


def test_says_in_the_log_what_it_forgave_and_of_nobody(lenient: ABridge, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="lrs_bridge.web.xapi.entry"):
        asked(lenient, agent=OLD_ANN, ann="ann@northfield.example")
    forgiven = [(record.getMessage(), vars(record)["kind"], vars(record)["rule"]) for record in caplog.records]
    assert forgiven == [
        ("forgiven", "unknown-parameter", "/xapi/statements"),
        ("forgiven", "agent-of-xapi-0.9", "/xapi/statements"),
    ]


@pytest.mark.parametrize("timestamp", ["2026-12-04T15:00:00", "2026-12-04 15:00:00.5", "2026-12-04T15:00"])
def test_says_that_a_time_without_a_zone_was_read_as_utc(lenient: ABridge, caplog: pytest.LogCaptureFixture, timestamp: str) -> None:
    with caplog.at_level(logging.WARNING, logger="lrs_bridge.web.xapi.entry"):
        (identity,) = lenient.posts(numbered(1, timestamp=timestamp), numbered(2)).json[:1]
    assert [vars(record)["kind"] for record in caplog.records] == ["timestamp-without-zone"]
    assert lenient.gets(identity).json["timestamp"].endswith("Z")


def test_says_nothing_of_times_with_a_zone(lenient: ABridge, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="lrs_bridge.web.xapi.entry"):
        lenient.posts(numbered(1, timestamp="2026-12-04T15:00:00Z"), numbered(2, timestamp="2026-12-04T15:00:00-06"))
    assert caplog.records == []


def test_is_a_setting(tmp_path: Path) -> None:
    plain = {"LRS_BRIDGE_DATA": str(tmp_path)}
    assert [from_environment(plain | {"LRS_BRIDGE_LENIENT": said}).lenient for said in ("", "no", "yes")] == [False, False, True]
    with pytest.raises(ProblemsFound, match="neither yes nor no"):
        from_environment(plain | {"LRS_BRIDGE_LENIENT": "perhaps"})
