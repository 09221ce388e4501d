"""Commands about people: who is the same person as who, and what is known of whom."""

from __future__ import annotations

from collections.abc import Callable

import click

from lrs_bridge.bridge import Bridge
from lrs_bridge.commands import learners
from lrs_bridge.commands.shared import json_option, open_here, show_json, show_rows
from lrs_bridge.launching import persons
from lrs_bridge.store import people
from lrs_bridge.store.engine import Connection, in_writing, reading

_Change = Callable[[Bridge, Connection, str, str, str, str], int]


def add_to(group: click.Group) -> None:
    group.add_command(person)


@click.group()
def person() -> None:
    """People: one learner may be known to several LMSs. LEARNER is a person's id or SITE/learner-id."""


@person.command()
@click.argument("learner")
@click.argument("other")
@click.option("--who", required=True, help="Who says so.")
@click.option("--why", required=True, help="How they know.")
def join(learner: str, other: str, who: str, why: str) -> None:
    """Say that two are the same person: their attempts and credits count together."""
    _change(persons.join, learner, other, who, why)


@person.command()
@click.argument("learner")
@click.argument("other")
@click.option("--who", required=True, help="Who says so.")
@click.option("--why", required=True, help="How they know.")
def part(learner: str, other: str, who: str, why: str) -> None:
    """Take back a join."""
    _change(persons.part, learner, other, who, why)


def _change(change: _Change, learner: str, other: str, who: str, why: str) -> None:
    with open_here() as bridge:

        def work(connection: Connection) -> int:
            return change(bridge, connection, learners.person(connection, learner), learners.person(connection, other), who, why)

        count = in_writing(bridge.engine, work)
    click.echo(f"Noted. {count} registrations will be decided again.")


@person.command(name="list")
@json_option
def listed(as_json: bool) -> None:
    """The joins and parts so far."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = people.links(connection)
    names = ("first", "second", "action", "who", "why", "at")
    rows = [[getattr(link, name) for name in names] for link in found]
    if as_json:
        return show_json([dict(zip(names, row, strict=True)) for row in rows])
    show_rows(names, rows, "Nobody was joined with anybody.")
