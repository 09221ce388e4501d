"""Commands for other record stores: forwarding to them, pulling from them, and what could not be taken over."""

from __future__ import annotations

from typing import Any, TextIO

import click

from lrs_bridge import upstream as turns
from lrs_bridge.bridge import Bridge
from lrs_bridge.commands.shared import json_option, open_here, show, show_json, show_rows
from lrs_bridge.other_stores import upstreams_admitted as admitted
from lrs_bridge.other_stores.record_store import Trouble
from lrs_bridge.store import upstreams
from lrs_bridge.store.engine import in_writing, reading
from lrs_bridge.store.upstreams import Filter


def add_to(group: click.Group) -> None:
    group.add_command(upstream)


@click.group()
def upstream() -> None:
    """Other record stores that statements are forwarded to or pulled from."""


@upstream.command()
@click.argument("key")
@click.option("--endpoint", required=True, help="The address above /statements, such as https://lrs.example.org/xapi.")
@click.option("--name", required=True, help="The name, or key, that it knows us by.")
@click.option("--secret-file", type=click.File("r"), help="Where the secret is read from, - for standard input; asked for when not given.")
@click.option("--site", help="Whose learners its statements speak of; needed for pulling.")
@click.option("--forward", "forwards", is_flag=True, help="Send it the statements that come in here.")
@click.option("--pull", "pulls", is_flag=True, help="Fetch its statements.")
@click.option(
    "--version", default="1.0.3", show_default=True, type=click.Choice(["1.0.3", "2.0.0"]), help="The xAPI version it is spoken to in."
)
@click.option("--activity", "activities", multiple=True, help="Forward only what is about activities that begin so; may be repeated.")
@click.option("--verb", "verbs", multiple=True, help="Forward only this verb; may be repeated.")
@click.option("--of-site", "sites", multiple=True, help="Forward only what comes from this site; may be repeated.")
@click.option("--homepage", "homepages", multiple=True, help="Whose accounts are the site's learner ids when pulling; all when not given.")
@json_option
def add(key: str, secret_file: TextIO | None, as_json: bool, **said: Any) -> None:
    """Add a record store. It is spoken to from the next second on."""
    secret = secret_file.read().strip() if secret_file else click.prompt("Secret", hide_input=True)
    with open_here() as bridge:
        made = in_writing(bridge.engine, lambda connection: admitted.add(bridge, connection, _asked(key, secret, said)))
    show(as_json, admitted.shown(made), f"Added {key}. `lrs-bridge upstream list` says how far it is.")


def _asked(key: str, secret: str, said: dict[str, Any]) -> admitted.Asked:
    wanted = Filter(**{name: said[name] for name in Filter.__dataclass_fields__})
    plain = {name: said[name] for name in ("endpoint", "name", "site", "forwards", "pulls", "version")}
    return admitted.Asked(key=key, secret=secret, filter=wanted, **plain)


@upstream.command(name="list")
@json_option
def listed(as_json: bool) -> None:
    """The record stores, how far each is, and what is wrong with it."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = admitted.listed(connection)
    if as_json:
        return show_json(found)
    columns = ("key", "direction", "position", "behind", "moved", "tries", "error", "dead_letters", "paused")
    rows = [[one["key"], *(way[name] for name in columns[1:-1]), one["paused"]] for one in found for way in one["directions"]]
    show_rows(columns, rows, "No other record stores.")


@upstream.command()
@click.argument("key")
def pause(key: str) -> None:
    """Stop for now. Nothing is lost: it goes on from there."""
    _change(key, lambda bridge, connection: upstreams.pause(connection, key, bridge.text_now(), "paused by hand"), "Paused")


@upstream.command()
@click.argument("key")
def resume(key: str) -> None:
    """Go on where it stopped."""
    _change(key, lambda bridge, connection: upstreams.resume(connection, key, bridge.text_now()), "Resumed")


@upstream.command()
@click.argument("key")
def remove(key: str) -> None:
    """Forget a record store, its credentials and its dead letters. Statements that came from it stay."""
    _change(key, lambda _bridge, connection: upstreams.remove(connection, key), "Removed")


@upstream.command()
@click.argument("key")
def now(key: str) -> None:
    """Do not wait for the next look: forward and pull at once, whoever is working."""
    _change(key, lambda bridge, connection: upstreams.hurry(connection, key, bridge.text_now()), "Due now")


def _change(key: str, change: admitted.Change, said: str) -> None:
    with open_here() as bridge:
        in_writing(bridge.engine, lambda connection: admitted.change(bridge, connection, key, change, said))
    click.echo(f"{said}: {key}.")


@upstream.command(name="dead-letters")
@click.option("--of", "key", help="Of this record store only.")
@click.option("--again", type=int, help="Try this one once more.")
@click.option("--give-up", type=int, help="Leave this one for good.")
@json_option
def dead_letters(key: str | None, again: int | None, give_up: int | None, as_json: bool) -> None:
    """Statements that could not be taken over, each with its reason."""
    with open_here() as bridge:
        if again is not None:
            return _again(bridge, again, as_json)
        if give_up is not None:
            in_writing(bridge.engine, lambda connection: admitted.give_up(bridge, connection, give_up))
            return show(as_json, {"given_up": give_up}, f"Left {give_up} for good.")
        with reading(bridge.engine) as connection:
            found = [admitted.letter(one) for one in upstreams.letters(connection, key=key)]
    if as_json:
        return show_json(found)
    columns = ("number", "upstream", "direction", "statement", "at", "reason")
    show_rows(columns, [[one[name] for name in columns] for one in found], "No dead letters.")


def _again(bridge: Bridge, number: int, as_json: bool) -> None:
    try:
        reason = turns.again(bridge, number)
    except Trouble as trouble:
        reason = trouble.reason
    show(as_json, {"again": number, "refused": reason}, f"Still refused: {reason}" if reason else f"Taken over: {number}.")
    if reason:
        raise SystemExit(1)
