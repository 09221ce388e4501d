"""Definitions are kept for ever: the same text under the same id, and never two contents under one version."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from lrs_bridge import access
from lrs_bridge.cli import main
from scorm_packager.activity.definition import canonical, definition_id
from tests.bridge.builders import UNKNOWN, ABridge, codes
from tests.bridge.learning import a_definition


def test_it_works(here: ABridge) -> None:
    assert here.puts_definition(a_definition()).status_code == 201
    assert here.puts_definition(a_definition()).status_code == 200


def test_refuses_an_id_that_is_not_the_texts(here: ABridge) -> None:
    answer = here.puts_definition(a_definition(), identity=UNKNOWN)
    assert (answer.status_code, codes(answer)) == (400, ["wrong-definition-id"])


def test_refuses_a_text_that_is_not_canonical(here: ABridge) -> None:
    url = f"/definitions/{definition_id(a_definition())}"
    answer = here.client.put(url, data=canonical(a_definition()) + b"\n", headers=here.key("author"))
    assert (answer.status_code, codes(answer)) == (400, ["wrong-definition-id"])


def test_refuses_another_content_under_the_same_version(here: ABridge) -> None:
    here.registers()
    answer = here.puts_definition(a_definition(title="Another"))
    assert (answer.status_code, codes(answer)) == (409, ["version-taken"])


def test_takes_another_version(here: ABridge) -> None:
    here.registers()
    assert here.puts_definition(a_definition(title="Another", version="2026.2")).status_code == 201


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"activity": 1}'])
def test_refuses_what_is_no_definition(on_sqlite: ABridge, data: bytes) -> None:
    answer = on_sqlite.client.put(f"/definitions/{UNKNOWN}", data=data, headers=on_sqlite.key("author"))
    assert answer.status_code == 400


@pytest.mark.parametrize(("role", "status"), [("author", 201), ("admin", 201), ("full", 201), ("lms", 403), ("report", 403)])
def test_is_for_authors(on_sqlite: ABridge, role: access.Role, status: int) -> None:
    assert on_sqlite.puts_definition(a_definition(), role=role).status_code == status


def test_needs_a_key(on_sqlite: ABridge) -> None:
    url = f"/definitions/{definition_id(a_definition())}"
    assert on_sqlite.client.put(url, data=canonical(a_definition())).status_code == 401


def test_registers_an_activity_from_its_folder(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "af-anticoagulation"
    run, environment = CliRunner(), {"LRS_BRIDGE_DATA": str(tmp_path)}
    run.invoke(main, ["init"], env=environment)
    first = run.invoke(main, ["register", str(example)], env=environment)
    again = run.invoke(main, ["register", str(example)], env=environment)
    assert first.output.startswith("Registered "), first.output
    assert again.output.startswith("Was registered before: ")
