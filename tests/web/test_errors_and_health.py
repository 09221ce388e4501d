"""What an outsider is told when something is wrong, and what those who run the bridge are told about its health."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from lrs_bridge.store.engine import writing
from tests.bridge.builders import ABridge, codes
from tests.bridge.learning import opened


@pytest.mark.parametrize("path", ["/nowhere", "/xapi/nowhere", "/launch/nowhere"])
def test_says_not_found_in_json(on_sqlite: ABridge, path: str) -> None:
    answer = on_sqlite.client.get(path)
    assert (answer.status_code, codes(answer)) == (404, ["not-found"])


def test_says_which_methods_a_door_takes(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.get("/launch")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_gives_each_problem_a_code_a_message_and_a_remedy(on_sqlite: ABridge) -> None:
    (problem,) = on_sqlite.launch(site="nowhere").json["problems"]
    assert all(problem[name] for name in ("code", "message", "remedy"))


def test_tells_an_outsider_nothing_of_what_broke(on_sqlite: ABridge, caplog: pytest.LogCaptureFixture) -> None:
    with writing(on_sqlite.bridge.engine) as connection:
        connection.execute(text("ALTER TABLE sites RENAME TO places"))
    answer = on_sqlite.launch("ann@northfield.example")
    assert (answer.status_code, codes(answer)) == (500, ["internal"])
    assert "sites" not in answer.text


def test_is_alive(on_sqlite: ABridge) -> None:
    assert on_sqlite.client.get("/healthz").json == {"alive": True}


def test_is_ready(here: ABridge) -> None:
    answer = here.client.get("/readyz")
    assert (answer.status_code, answer.json["ready"], answer.json["oldest_pending_seconds"]) == (200, True, 0.0)


def test_says_how_long_the_oldest_has_waited(here: ABridge) -> None:
    here.launched().takes(opened())
    here.clock.moves(seconds=90)
    assert here.client.get("/readyz").json["oldest_pending_seconds"] == 90.0


def test_is_not_ready_with_a_database_of_another_version(here: ABridge) -> None:
    with writing(here.bridge.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert here.client.get("/readyz").status_code == 503
