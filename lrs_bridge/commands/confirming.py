"""The command that holds an LMS's list of completions against the bridge's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from lrs_bridge.commands.shared import json_option, open_here, show_json
from lrs_bridge.deciding import confirming
from lrs_bridge.deciding.confirming import Compared
from lrs_bridge.store.engine import in_writing


def add_to(group: click.Group) -> None:
    group.add_command(confirm)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", required=True, help="The site whose LMS made the list.")
@click.option("--activity", help="The activity's IRI; needed when several were launched from this site.")
@click.option("--column", help="The column with the learner's id, when it is not found.")
@json_option
def confirm(file: Path, site: str, activity: str | None, column: str | None, as_json: bool) -> None:
    """Confirm learners by the LMS's own list of completions (CSV), and show who is in one and not in the other."""
    data = file.read_bytes()
    with open_here() as bridge:
        found = in_writing(
            bridge.engine,
            lambda connection: confirming.confirm(bridge, connection, data, site=site, activity=activity, column=column),
        )
    if as_json:
        return show_json(asdict(found))
    click.echo("\n".join(_lines(found)))


def _lines(found: Compared) -> Iterator[str]:
    by = ", ".join(found.decided_by)
    yield f"{found.activity}: learners by {found.column!r}; " + (f"completed by {by!r}." if by else "every row is taken as a completion.")
    yield f"Confirmed now: {len(found.confirmed)}; before: {len(found.confirmed_before)}."
    for words, names in (
        ("Completed in the LMS, never heard of here", found.only_in_lms),
        ("Awarded here, not completed in the LMS", found.only_here),
        ("Not confirmed, for several launches bear the id and nothing says which is the learner's", found.doubtful),
    ):
        if names:
            yield f"{words} ({len(names)}): {', '.join(names)}"
