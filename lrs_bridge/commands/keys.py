"""Commands for the keys that programs come with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

from lrs_bridge import access
from lrs_bridge.bridge import Bridge
from lrs_bridge.commands.shared import json_option, open_here, show, show_json, show_rows
from lrs_bridge.refusals import NotFound, one
from lrs_bridge.store import audit, keys, sites
from lrs_bridge.store.engine import Connection, in_writing, reading, writing
from lrs_bridge.store.keys import Key

_COLUMNS = ("id", "role", "site", "created", "expires", "revoked", "previous_until", "last_used", "note")

_days = click.option("--days", type=click.IntRange(1, 3650), help="How long it is good for; for ever when not given.")
_who = click.option("--who", default="the command line", help="Who does this, for the audit log.")


def add_to(group: click.Group) -> None:
    group.add_command(key)


@click.group()
def key() -> None:
    """Keys for programs: LMSs, authors' tools, reports."""


@key.command()
@click.option("--role", required=True, type=click.Choice(access.ROLES))
@click.option("--site", help="The site whose LMS this is; for the role lms.")
@_days
@click.option("--note", default="", help="What it is for.")
@_who
@json_option
def create(role: access.Role, site: str | None, days: int | None, note: str, who: str, as_json: bool) -> None:
    """Make a key. Its secret is shown this once."""
    if (role == "lms") != (site is not None):
        raise click.UsageError("A key of role lms needs --site, and no other takes it.")
    with open_here() as bridge:
        made = access.new_key(role, bridge.random_bytes, bridge.now(), site=site, days=days, note=note)
        with writing(bridge.engine) as connection:
            if site is not None and sites.get(connection, site) is None:
                raise NotFound(one("site-unknown", f"There is no site {site!r}.", "Add it with `lrs-bridge site add`."))
            keys.add(connection, made.kept)
            _note(bridge, connection, who, "key created", made.kept, {"role": role, "site": site, "expires": made.kept.expires})
    _show_secret(as_json, made, {})


@key.command(name="list")
@json_option
def listed(as_json: bool) -> None:
    """The keys there are, and when each was last used (to the minute)."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        rows = [[getattr(one, column) for column in _COLUMNS] for one in keys.listed(connection)]
    if as_json:
        return show_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    show_rows(_COLUMNS, rows, "No keys yet.")


@key.command()
@click.argument("identity")
@click.option("--overlap", default=24.0, show_default=True, type=click.FloatRange(0, 720), help="Hours the old secret is good for still.")
@_days
@_who
@json_option
def rotate(identity: str, overlap: float, days: int | None, who: str, as_json: bool) -> None:
    """Give a key a new secret, shown this once; the old one is good for a while longer."""
    with open_here() as bridge:

        def work(connection: Connection) -> access.NewKey:
            old, now = _known(connection, identity), bridge.now()
            made = access.rotated(old, bridge.random_bytes, now, overlap=timedelta(hours=overlap), days=days)
            keys.put_secret(connection, made.kept)
            _note(bridge, connection, who, "key rotated", made.kept, {"previous_until": made.kept.previous_until})
            return made

        made = in_writing(bridge.engine, work)
    _show_secret(as_json, made, {"previous_until": made.kept.previous_until})


@key.command()
@click.argument("identity")
@_who
def revoke(identity: str, who: str) -> None:
    """Take a key back, with every secret it has. It is refused everywhere two seconds later at most."""
    with open_here() as bridge, writing(bridge.engine) as connection:
        kept = _known(connection, identity)
        if not keys.revoke(connection, identity, bridge.text_now()):
            raise NotFound(one("key-unknown", f"There is no key {identity!r} in force.", "See `lrs-bridge key list`."))
        _note(bridge, connection, who, "key revoked", kept, {})
    click.echo(f"Revoked {identity}.")


def _known(connection: Connection, identity: str) -> Key:
    found = keys.get(connection, identity)
    if found is None:
        raise NotFound(one("key-unknown", f"There is no key {identity!r}.", "See `lrs-bridge key list`."))
    return found


def _note(bridge: Bridge, connection: Connection, who: str, action: str, kept: Key, facts: dict[str, Any]) -> None:
    audit.add(connection, audit.Entry(at=bridge.text_now(), who=who, action=action, subject=kept.id, facts=facts))


def _show_secret(as_json: bool, made: access.NewKey, more: dict[str, str | None]) -> None:
    value = {"key": made.kept.id, "secret": made.secret, "expires": made.kept.expires, **more}
    lines = [f"{name:<7} {said}" for name, said in value.items() if said is not None]
    show(as_json, value, "\n".join((*lines, "The secret is not kept: write it down now.")))
