"""Commands about credit: what was decided and why, and what people decide by hand."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import click

from lrs_bridge.bridge import Bridge
from lrs_bridge.commands import learners
from lrs_bridge.commands.shared import json_option, open_here, show_json, show_rows
from lrs_bridge.credit.allot import settle
from lrs_bridge.credit.explain import explain as explained
from lrs_bridge.credit.explain import lines
from lrs_bridge.deciding import by_hand, cases, certify, settling
from lrs_bridge.launching import credit_answer
from lrs_bridge.refusals import Malformed, NotFound, one
from lrs_bridge.store import launches, overrides, people
from lrs_bridge.store.definitions import Review
from lrs_bridge.store.engine import in_writing, reading
from lrs_bridge.store.overrides import KeptOverride
from scorm_packager.activity.problems import Place, Problem


def add_to(group: click.Group) -> None:
    for command in (records, explain, reassess, review, override):
        group.add_command(command)


@click.command()
@click.option("--activity", help="Only those of this activity.")
@json_option
def records(activity: str | None, as_json: bool) -> None:
    """The current credit records."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = credit_answer.listed(bridge, connection, activity)
    if as_json:
        return show_json(found)
    columns = ("person", "site", "system", "outcome", "awarded", "claimed", "completed_on", "activity")
    show_rows((*columns, "first reason"), [(*(row[name] for name in columns), _first_reason(row)) for row in found], "No records yet.")


def _first_reason(row: dict[str, Any]) -> str:
    return row["reasons"][0]["text"] if row["reasons"] else ""


@click.command()
@click.argument("learner")
@click.argument("activity")
@json_option
def explain(learner: str, activity: str, as_json: bool) -> None:
    """Why a learner was awarded credit or not. LEARNER is a person's id or SITE/learner-id."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = cases.of_person(bridge, connection, learners.person(connection, learner), activity)
        if not found:
            message = f"{learner} never launched {activity}."
            raise NotFound(one("nothing-to-explain", message, "See `lrs-bridge records`.", where="ACTIVITY"))
        value = explained(found, settle(found))
    show_json(value) if as_json else click.echo("\n".join(lines(value)))


@click.command()
@click.option("--apply", "applies", is_flag=True, help="Make what is decided now the state of things.")
@json_option
def reassess(applies: bool, as_json: bool) -> None:
    """Decide everything again, and show what would change. Ends with 1 when something differs and was not applied."""
    with open_here() as bridge:
        everyone = _people_at_activities(bridge)
        differing = [found for person, activity in everyone for found in _reassessed(bridge, person, activity, applies)]
    if as_json:
        show_json(differing)
    else:
        rows = [(change["record"], change["before"], change["after"], ", ".join(change["changed"])) for change in differing]
        show_rows(("record", "before", "after", "what differs"), rows, "Every decision is as it was.")
    if differing and not applies:
        raise SystemExit(1)


def _people_at_activities(bridge: Bridge) -> list[tuple[str, str]]:
    with reading(bridge.engine) as connection:
        found = launches.all_registrations(connection)
        return sorted({(people.current(connection, one.person), one.activity) for one in found})


def _reassessed(bridge: Bridge, person: str, activity: str, applies: bool) -> list[dict[str, Any]]:
    if applies:
        outcome = in_writing(bridge.engine, lambda connection: settling.settle_now(bridge, connection, person, activity))
        certify.after_deciding(bridge, outcome)
    else:
        with reading(bridge.engine) as connection:
            outcome = settling.decide(bridge, connection, person, activity)
    return settling.differences(outcome)


@click.command()
@click.argument("activity")
@click.option("--reviewed", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day of the review.")
@click.option("--terminates", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day for credit, in the activity's zone.")
@click.option("--by", "who", default="", help="Who reviewed it.")
@click.option("--why", default="", help="What came of it.")
def review(activity: str, reviewed: Any, terminates: Any, who: str, why: str) -> None:
    """Record a review of unchanged content: its dates are in force from now on, in packages that are out there too."""
    with open_here() as bridge:
        found = Review(activity=activity, reviewed=_day(reviewed), terminates=_day(terminates), who=who, why=why, at=bridge.text_now())
        count = in_writing(bridge.engine, lambda connection: by_hand.record_review(bridge, connection, found))
    click.echo(f"{activity} is in force until {found.terminates}. {count} registrations will be decided again.")


def _day(moment: Any) -> str:
    day: date = moment.date()
    return day.isoformat()


# --- by hand ------------------------------------------------------------------------------------


@click.group()
def override() -> None:
    """What people decide by hand: who and why stand with each."""


@override.command(name="add")
@click.argument("kind", type=click.Choice(["grant-attempt", "accept-late", "void-item", "manual-award"]))
@click.argument("activity")
@click.option("--learner", help="Whom it is for: a person's id or SITE/learner-id; void-item may be for everybody.")
@click.option("--item", default="", help="void-item: the item's id.")
@click.option("--item-version", default="", help="void-item: only this version of it.")
@click.option("--system", default="", help="manual-award: the credit.")
@click.option("--amount", default="", help="manual-award: how much.")
@click.option("--completed-on", default="", help="manual-award: the day of completion, YYYY-MM-DD.")
@click.option("--who", required=True, help="Who decides this.")
@click.option("--why", required=True, help="Why.")
def override_add(kind: str, activity: str, learner: str | None, **given: str) -> None:
    """Decide something by hand."""
    if problems := _incomplete(kind, learner, given):
        raise Malformed(problems)
    with open_here() as bridge:
        identity = str(uuid.UUID(bytes=bridge.random_bytes(16), version=4))

        def add(connection: Any) -> int:
            person = learners.person(connection, learner) if learner else None
            found = KeptOverride(id=identity, kind=kind, activity=activity, person=person, at=bridge.text_now(), **given)
            return by_hand.add_override(bridge, connection, found)

        count = in_writing(bridge.engine, add)
    click.echo(f"Noted as {identity}. {count} registrations will be decided again.")


_NEEDED = {"void-item": ("item",), "manual-award": ("system", "amount", "completed_on")}


def _incomplete(kind: str, learner: str | None, given: dict[str, str]) -> Any:
    missing = [name for name in _NEEDED.get(kind, ()) if not given[name]]
    if learner is None and kind != "void-item":
        missing.append("learner")
    options = (f"--{name.replace('_', '-')}" for name in missing)
    return tuple(Problem("missing-option", Place(kind), f"{kind} needs {option}.", "Give it.") for option in options)


@override.command(name="list")
@json_option
def override_list(as_json: bool) -> None:
    """What was decided by hand so far."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = overrides.listed(connection)
    names = ("id", "kind", "activity", "person", "item", "system", "amount", "completed_on", "who", "why", "at")
    rows = [[getattr(each, name) for name in names] for each in found]
    if as_json:
        return show_json([dict(zip(names, row, strict=True)) for row in rows])
    show_rows(names, rows, "Nothing was decided by hand.")
