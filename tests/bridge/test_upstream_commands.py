"""`lrs-bridge upstream`: adding, seeing, stopping and forgetting other record stores; secrets are never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lrs_bridge.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command line, with a bridge of its own that has the site northfield."""
    environment = {"LRS_BRIDGE_DATA": str(tmp_path / "data"), "LRS_BRIDGE_PUBLIC_URL": "https://bridge.northfield.example"}

    def call(*arguments: str, secret: str = "") -> Result:
        return CliRunner().invoke(main, arguments, input=secret, env=environment)

    assert call("init").exit_code == 0
    assert call("site", "add", "northfield").exit_code == 0
    return call


def adds(run: Run, *further: str, key: str = "lms", endpoint: str = "https://lrs.northfield.example/xapi/") -> Result:
    ways = further or ("--pull", "--site", "northfield")
    return run("upstream", "add", key, "--endpoint", endpoint, "--name", "bridge", "--secret-file", "-", *ways, secret="very secret\n")


def listed(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("upstream", "list", "--json").output)
    return found


def test_a_store_is_added_and_its_secret_is_shown_nowhere(run: Run) -> None:
    added = adds(run, "--forward", "--activity", "https://cme.northfield.example/", "--json")

    assert added.exit_code == 0, added.output
    (found,) = listed(run)
    assert (found["endpoint"], found["filter"]) == (
        "https://lrs.northfield.example/xapi",
        {"activities": ["https://cme.northfield.example/"]},
    )
    assert [way["direction"] for way in found["directions"]] == ["forward"]
    shown = added.output + run("upstream", "list").output + json.dumps(listed(run))
    assert "very secret" not in shown


@pytest.mark.parametrize(
    ("further", "endpoint", "code"),
    [
        (("--pull",), "https://lrs.northfield.example/xapi", "site-missing"),
        (("--version", "1.0.3"), "https://lrs.northfield.example/xapi", "no-direction"),
        (("--forward",), "ftp://lrs.northfield.example", "endpoint"),
        (("--forward",), "https://bridge:secret@lrs.northfield.example/xapi", "endpoint"),
        (("--pull", "--site", "eastbrook"), "https://lrs.northfield.example/xapi", "site-unknown"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(run: Run, further: tuple[str, ...], endpoint: str, code: str) -> None:
    found = adds(run, *further, endpoint=endpoint)

    assert found.exit_code == 1
    assert code in found.stderr
    assert listed(run) == []


def test_a_key_is_used_once(run: Run) -> None:
    adds(run)

    assert "upstream-exists" in adds(run).stderr


def test_a_store_is_paused_resumed_and_forgotten(run: Run) -> None:
    adds(run)

    assert run("upstream", "pause", "lms").exit_code == 0
    assert listed(run)[0]["paused"]
    assert run("upstream", "resume", "lms").exit_code == 0
    assert not listed(run)[0]["paused"]
    assert run("upstream", "now", "lms").exit_code == 0
    assert run("upstream", "remove", "lms").exit_code == 0
    assert listed(run) == []
    assert run("upstream", "remove", "lms").exit_code == 1


def test_there_are_no_dead_letters_at_first(run: Run) -> None:
    adds(run)

    assert json.loads(run("upstream", "dead-letters", "--json").output) == []
    assert "letter-unknown" in run("upstream", "dead-letters", "--give-up", "7").stderr
    assert "letter-unknown" in run("upstream", "dead-letters", "--again", "7").stderr
