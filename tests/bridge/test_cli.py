"""The command line: what each command prints and how it ends (0 good, 1 problems found, 2 wrong use)."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result

from lrs_bridge.cli import main
from scorm_packager.activity.definition import definition_id
from scorm_packager.bridge_process import BridgeProcess
from scorm_packager.register import Key, register
from tests.bridge.builders import KEY_OF_ANN
from tests.bridge.learning import ACTIVITY, a_definition


class Here:
    """A data folder, and what commands say in it."""

    def __init__(self, data: Path):
        self.data = data

    def run(self, *words: str, **settings: str) -> Result:
        return CliRunner().invoke(main, words, env={"LRS_BRIDGE_DATA": str(self.data), **settings})

    def json(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    found = Here(tmp_path)
    assert found.run("init").exit_code == 0
    return found


def test_prepares_a_bridge_and_keeps_what_is_there(here: Here) -> None:
    before = (here.data / "vault.keys").read_bytes()
    assert here.run("init").exit_code == 0
    assert (here.data / "vault.keys").read_bytes() == before
    assert (here.data / "vault.keys").stat().st_mode & 0o077 == 0
    assert (here.data / "seal.key").stat().st_mode & 0o077 == 0


def test_says_what_to_do_before_it_is_prepared(tmp_path: Path) -> None:
    done = Here(tmp_path).run("records")
    assert done.exit_code == 1
    assert "lrs-bridge init" in done.stderr


def test_prints_key_and_secret_once(here: Here) -> None:
    made = here.json("key", "create", "--role", "full")
    assert sorted(made) == ["expires", "key", "secret"]
    (listed,) = here.json("key", "list")
    assert (listed["id"], listed["role"]) == (made["key"], "full")
    assert made["secret"] not in json.dumps(listed)


def test_revokes_a_key(here: Here) -> None:
    key = here.json("key", "create", "--role", "report")["key"]
    assert here.run("key", "revoke", key).exit_code == 0
    assert here.run("key", "revoke", key).exit_code == 1


def test_lists_the_sites_with_their_origins(here: Here) -> None:
    here.run("site", "add", "northfield", "--name", "Northfield Health", "--origin", "https://lms.northfield.example/")
    assert here.json("site", "list") == [{"key": "northfield", "name": "Northfield Health", "origins": ["https://lms.northfield.example"]}]


WRONG: list[tuple[list[str], int, str]] = [
    (["site", "add", "North Field"], 1, "site-key"),
    (["site", "add", "northfield", "--origin", "lms.northfield.example/path"], 1, "origin"),
    (["key", "create", "--role", "lms"], 2, "--site"),
    (["key", "create", "--role", "lms", "--site", "nowhere"], 1, "site-unknown"),
    (["key", "create", "--role", "king"], 2, "king"),
    (["review", "https://x.example/a", "--reviewed", "2026-01-01", "--terminates", "2027-01-01"], 1, "activity-unknown"),
    (["explain", "nobody", ACTIVITY], 1, "learner-unknown"),
    (["override", "add", "manual-award", ACTIVITY, "--who", "R", "--why", "x"], 1, "missing-option"),
    (["outcomes", ACTIVITY, "--out", "x.json"], 1, "activity-unknown"),
    (["dance"], 2, "dance"),
]


@pytest.mark.parametrize(("words", "ends", "says"), WRONG, ids=[" ".join(row[0][:3]) for row in WRONG])
def test_says_what_is_wrong(here: Here, words: list[str], ends: int, says: str) -> None:
    done = here.run(*words)
    assert (done.exit_code, says in done.stderr) == (ends, True), done.stderr


def test_refuses_settings_that_mean_nothing(tmp_path: Path) -> None:
    done = Here(tmp_path).run("config", LRS_BRIDGE_TOKEN_HOURS="long", LRS_BRIDGE_COLOUR="red")
    assert done.exit_code == 1
    assert "LRS_BRIDGE_TOKEN_HOURS" in done.stderr
    assert "LRS_BRIDGE_COLOUR" in done.stderr


# --- while it serves ----------------------------------------------------------------------------


def a_launch(**changes: Any) -> dict[str, Any]:
    plain = {
        "site": "northfield", "activity": ACTIVITY, "definition": definition_id(a_definition()), "build": "b", "format": "scorm-1.2",
        "launch_key": KEY_OF_ANN, "learner": {"id": "ann", "name": "Ann"}, "mode": "normal", "credit": True,
    }  # fmt: skip
    return plain | changes


def test_serves_decides_explains_and_ends_when_told(tmp_path: Path) -> None:
    with BridgeProcess(tmp_path) as bridge:
        bridge.command("site", "add", "northfield")
        made: Key = bridge.author_key()
        assert register(a_definition(), bridge.url, made).outcome == "new"
        answer = requests.post(f"{bridge.url}/launch", json=a_launch(), timeout=10).json()
        assert answer["known_definition"] is True
        assert ACTIVITY in bridge.command("explain", "northfield/ann", ACTIVITY)
        assert bridge.json("records") == []
        assert bridge.json("reassess") == []
        assert "will be decided again" in bridge.command(
            "override", "add", "grant-attempt", ACTIVITY, "--learner", "northfield/ann", "--who", "R. Abara", "--why", "asked"
        )
        again = requests.post(f"{bridge.url}/launch", json=a_launch(), timeout=10).json()
        assert (again["attempts_granted"], again["linked"]) == (1, True)
        process = bridge._process
        assert process is not None
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
