"""What docs/operations.md says of roles, rules and commands is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from lrs_bridge.cli import main
from lrs_bridge.erasing import retention
from lrs_bridge.scopes import OF_A_LAUNCH, ROLES, SCOPES

PAGE = (Path(__file__).parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(lrs-bridge .+?)(?:\s+#.*)?$", PAGE, re.MULTILINE)


def table(head: str) -> list[list[str]]:
    """The rows of the table that begins so, cell by cell."""
    lines = PAGE.split(f"\n{head}")[1].splitlines()[2:]
    rows = [line for line in lines[: next((n for n, line in enumerate(lines) if not line.startswith("|")), None)]]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_table_of_scopes_is_the_scopes() -> None:
    said = {row[0].split("`")[1]: row[1:] for row in table("| scope |")}
    assert set(said) == SCOPES["full"]
    for place, role in enumerate(ROLES):
        assert {scope for scope, cells in said.items() if cells[place]} == SCOPES[role], role
    assert {scope for scope, cells in said.items() if cells[-1]} == OF_A_LAUNCH


def test_the_table_of_retention_is_the_rules() -> None:
    said = {row[0].strip("`"): row[1] for row in table("| rule |")}
    assert said == {key: "for ever" if rule.days is None else str(rule.days) for key, rule in retention.rules().items()}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command: str) -> None:
    found: click.Command = main
    context, words = click.Context(main), shlex.split(command)[1:]
    while isinstance(found, click.Group):
        name, words = words[0], words[1:]
        following = found.get_command(context, name)
        assert following is not None, command
        found = following
    found.make_parser(context).parse_args(list(words))


def test_it_shows_commands() -> None:
    assert len(COMMANDS) >= 8
