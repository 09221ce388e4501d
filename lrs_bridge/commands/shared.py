"""What every command needs: an open bridge, and one way to show what it has to say."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lrs_bridge import config
from lrs_bridge.bridge import Bridge, open_bridge
from lrs_bridge.web import system_now

_Command = TypeVar("_Command", bound=Callable[..., Any])

_PIPE_WIDTH = 400


@contextmanager
def open_here() -> Iterator[Bridge]:
    """The bridge that the environment describes, closed at the end. Raises `ProblemsFound`."""
    bridge = open_bridge(config.from_environment(), system_now, secrets.token_bytes)
    try:
        yield bridge
    finally:
        bridge.close()


def json_option(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")(command)


def show_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[object]], nothing: str) -> None:
    """A table for people; `nothing` is said when it would be empty."""
    if not rows:
        click.echo(nothing)
        return
    table = Table(box=box.SIMPLE, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else Text(str(value)) for value in row))
    # In a file or a pipe nothing is folded: there the lines may be as long as they are.
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    Console(highlight=False, width=width).print(table)


def show(as_json: bool, value: Any, text: str) -> None:
    """`value` for programs or `text` for people."""
    show_json(value) if as_json else click.echo(text)
