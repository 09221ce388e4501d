"""What an outsider is told when something is wrong, and what those who run the bridge are told about its health."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from lrs_bridge.deciding import sealing
from lrs_bridge.running import doctor, readiness
from lrs_bridge.store.engine import open_database, writing
from tests.bridge.builders import ABridge, codes
from tests.bridge.learning import everything, opened


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


def readiness_of(here: ABridge) -> tuple[int, dict[str, Any]]:
    answer = here.client.get("/readyz")
    found: dict[str, Any] = answer.json
    return answer.status_code, found


def test_is_ready(here: ABridge) -> None:
    status, found = readiness_of(here)
    assert (status, found["ready"]) == (200, True)
    names = ["database", "migrations", "data_folder", "pending", "upstream", "seal"]
    assert [(name, check["state"]) for name, check in found["checks"].items()] == [(name, "ok") for name in names]


def test_says_how_long_the_oldest_has_waited(here: ABridge) -> None:
    here.launched().takes(opened())
    here.clock.moves(seconds=90)
    assert readiness_of(here)[1]["checks"]["pending"] == {"state": "ok", "oldest_seconds": 90.0, "most_seconds": 300}


def test_stays_open_and_says_so_when_nobody_decides(here: ABridge) -> None:
    here.launched().takes(opened())
    here.clock.moves(seconds=301)
    status, found = readiness_of(here)
    assert (status, found["checks"]["pending"]["state"]) == (200, "late")
    assert "lrs-bridge work" in found["checks"]["pending"]["remedy"]


def test_says_when_nobody_seals(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    here.works()
    here.clock.moves(seconds=601)
    assert readiness_of(here)[1]["checks"]["seal"]["state"] == "late"
    sealing.seal(here.bridge)
    assert readiness_of(here)[1]["checks"]["seal"]["state"] == "ok"


def test_is_not_ready_with_a_database_of_another_version(here: ABridge) -> None:
    with writing(here.bridge.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    status, found = readiness_of(here)
    assert (status, found["checks"]["migrations"]["state"]) == (503, "failed")


def test_is_not_ready_without_its_data_folder(on_sqlite: ABridge) -> None:
    gone = replace(on_sqlite.bridge, config=replace(on_sqlite.bridge.config, data=on_sqlite.bridge.config.data / "gone"))
    assert not readiness.is_ready(readiness.checks(gone))


def test_is_not_ready_without_its_database(on_sqlite: ABridge, tmp_path: Path) -> None:
    nowhere = replace(on_sqlite.bridge, engine=open_database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}"))
    found = {check.name: check.state for check in readiness.checks(nowhere)}
    assert found == {"database": "failed", "data_folder": "ok"}


def test_tells_doctors_what_is_late(on_sqlite: ABridge) -> None:
    on_sqlite.launched().takes(opened())
    on_sqlite.clock.moves(seconds=301)
    assert "pending-late" in [problem.code for problem in doctor.examine(on_sqlite.bridge)]


def test_tells_doctors_which_keys_end_soon(on_sqlite: ABridge) -> None:
    key = on_sqlite.new_key("full", days=30)
    assert "key-ends" not in [problem.code for problem in doctor.examine(on_sqlite.bridge)]
    on_sqlite.clock.moves(days=20)
    (found,) = [problem for problem in doctor.examine(on_sqlite.bridge) if problem.code == "key-ends"]
    assert key.kept.id in str(found)
