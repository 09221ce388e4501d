"""Commands for the keys that programs come with."""

from __future__ import annotations

import click

from lrs_bridge import access
from lrs_bridge.commands.shared import json_option, open_here, show, show_json, show_rows
from lrs_bridge.refusals import NotFound, one
from lrs_bridge.store import keys, sites
from lrs_bridge.store.engine import reading, writing


def add_to(group: click.Group) -> None:
    group.add_command(key)


@click.group()
def key() -> None:
    """Keys for programs: LMSs, authors' tools, reports."""


@key.command()
@click.option("--role", required=True, type=click.Choice(access.ROLES))
@click.option("--site", help="The site whose LMS this is; for the role lms.")
@click.option("--days", type=click.IntRange(1, 3650), help="How long it is good for; for ever when not given.")
@click.option("--note", default="", help="What it is for.")
@json_option
def create(role: access.Role, site: str | None, days: int | None, note: str, as_json: bool) -> None:
    """Make a key. Its secret is shown this once."""
    if (role == "lms") != (site is not None):
        raise click.UsageError("A key of role lms needs --site, and no other takes it.")
    with open_here() as bridge:
        made = access.new_key(role, bridge.random_bytes, bridge.now(), site=site, days=days, note=note)
        with writing(bridge.engine) as connection:
            if site is not None and sites.get(connection, site) is None:
                raise NotFound(one("site-unknown", f"There is no site {site!r}.", "Add it with `lrs-bridge site add`."))
            keys.add(connection, made.kept)
    text = f"key     {made.kept.id}\nsecret  {made.secret}\nThe secret is not kept: write it down now."
    show(as_json, {"key": made.kept.id, "secret": made.secret}, text)


@key.command(name="list")
@json_option
def listed(as_json: bool) -> None:
    """The keys there are, and when each was last used."""
    columns = ("id", "role", "site", "created", "expires", "revoked", "last_used", "note")
    with open_here() as bridge, reading(bridge.engine) as connection:
        rows = [[getattr(one, column) for column in columns] for one in keys.listed(connection)]
    if as_json:
        return show_json([dict(zip(columns, row, strict=True)) for row in rows])
    show_rows(columns, rows, "No keys yet.")


@key.command()
@click.argument("identity")
def revoke(identity: str) -> None:
    """Take a key back at once."""
    with open_here() as bridge, writing(bridge.engine) as connection:
        done = keys.revoke(connection, identity, bridge.text_now())
    if not done:
        raise NotFound(one("key-unknown", f"There is no key {identity!r} in force.", "See `lrs-bridge key list`."))
    click.echo(f"Revoked {identity}.")
