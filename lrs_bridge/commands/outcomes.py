"""The command that measures what learners gained from an activity."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from lrs_bridge.commands.shared import open_here
from lrs_bridge.outcomes import privacy
from lrs_bridge.refusals import Malformed, one
from lrs_bridge.store.engine import reading


def add_to(group: click.Group) -> None:
    group.add_command(outcomes)


@click.command()
@click.argument("activity")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .html or .json file.")
@click.option(
    "--for", "readers", default="inside", show_default=True, type=click.Choice(tuple(privacy.FOR)),
    help="Who will read it. Outside the provider nothing is shown of groups, or in cells, of fewer than eleven.",
)  # fmt: skip
def outcomes(activity: str, out: Path, readers: str) -> None:
    """What learners gained: matched before and after, with intervals, and who is missing."""
    from lrs_bridge.deciding import measuring
    from lrs_bridge.outcomes import page as outcomes_page  # the statistics behind them take longer to load than other commands to run

    writers: dict[str, Callable[[dict[str, Any]], str]] = {".html": outcomes_page.html, ".json": _as_json}
    write = writers.get(out.suffix.lower())
    if write is None:
        raise Malformed(one("unknown-suffix", f"{out.name} is neither .html nor .json.", "Name the file so.", where=str(out)))
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = measuring.measured(bridge, connection, activity, privacy.FOR[readers])
    out.write_text(write(found), encoding="utf-8")
    click.echo(outcomes_page.summary(found))
    click.echo(f"Wrote {out}.")


def _as_json(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
