"""`lrs-bridge diagnostics`: what players reported of their LMS."""

from __future__ import annotations

import click

from lrs_bridge.commands.shared import json_option, open_here, show_json, show_rows
from lrs_bridge.launching import diagnostics as reports
from lrs_bridge.store import diagnostics as store
from lrs_bridge.store.engine import reading

_COLUMNS = ("at", "site", "activity", "format", "bridge", "LMS", "unsent", "met")


def add_to(group: click.Group) -> None:
    group.add_command(diagnostics)


@click.command()
@click.option("--site", metavar="KEY", help="Only those of this site.")
@click.option("--last", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many, the newest first.")
@json_option
def diagnostics(site: str | None, last: int, as_json: bool) -> None:
    """What learners' packages reported: what their LMS does besides the standard, what was saved and sent."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = [reports.read(kept) for kept in store.newest(connection, site=site, limit=last)]
    if as_json:
        return show_json([each.as_json() for each in found])
    show_rows(_COLUMNS, [_row(each) for each in found], "No reports yet.")


def _row(each: reports.Reported) -> tuple[object, ...]:
    met = "; ".join(f"{one.code} ({one.evidence})" if one.evidence else one.code for one in each.odd)
    return (each.at, each.site, each.activity, each.format, each.connection, each.saved, each.unsent, met)
