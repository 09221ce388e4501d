"""Commands that let go of personal data: of one learner, and of what was kept long enough. And the log of who did so."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from lrs_bridge.commands import learners
from lrs_bridge.commands.shared import json_option, open_here, show, show_json, show_rows
from lrs_bridge.erasing import erasure, retaining
from lrs_bridge.erasing.erasure import Report, Wanted
from lrs_bridge.store import audit
from lrs_bridge.store.engine import reading
from lrs_bridge.xapi import actors
from scorm_packager.activity.problems import ProblemsFound


def add_to(group: click.Group) -> None:
    for command in (erase, retain, audit_log):
        group.add_command(command)


@click.command()
@click.argument("learner")
@click.option("--apply", "applies", is_flag=True, help="Do it. Without this it is only counted.")
@click.option("--credit", is_flag=True, help="The names on awards and the certificates too, though an accreditor may still ask for them.")
@click.option("--also", "also", multiple=True, metavar="AGENT", help='Another xAPI agent that is this learner, as JSON: {"mbox": "…"}.')
@click.option("--who", default="the command line", help="Who does this, for the audit log.")
@click.option("--why", default="", help="Why: the learner's request, say.")
@json_option
def erase(learner: str, applies: bool, credit: bool, also: tuple[str, ...], who: str, why: str, as_json: bool) -> None:
    """Erase a learner's personal data. LEARNER is a person's id or SITE/learner-id."""
    with open_here() as bridge:
        with reading(bridge.engine) as connection:
            person = learners.person(connection, learner)
        wanted = Wanted(person=person, who=who, why=why, credit=credit, also=tuple(map(_agent, also)))
        done = erasure.carried_out(bridge, wanted) if applies else erasure.rehearsed(bridge, wanted)
    show(as_json, done.as_json(), "\n".join(_lines(done)))


def _agent(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise click.UsageError(f"--also {text!r} is not JSON.") from None
    problems = tuple(actors.agent(found, "--also"))
    if problems:
        raise ProblemsFound(problems)
    return dict(found)


def _lines(done: Report) -> list[str]:
    went = "Erased" if done.applied else "Would erase"
    goes = [f"{went} {count:>6}  {what}" for what, count in done.goes.items()] or [f"{went} nothing: there is nothing left."]
    stays = [f"Stays {kept.count:>7}  {kept.what}. {kept.why}" for kept in done.stays]
    return [*goes, *stays] + ([] if done.applied else ["Nothing was changed: add --apply."])


@click.command()
@click.option("--apply", "applies", is_flag=True, help="Do it. Without this it is only counted.")
@click.option("--who", default="the command line", help="Who does this, for the audit log.")
@json_option
def retain(applies: bool, who: str, as_json: bool) -> None:
    """Let go of what was kept long enough."""
    with open_here() as bridge:
        done = retaining.carried_out(bridge, who) if applies else retaining.rehearsed(bridge)
    if as_json:
        return show_json([asdict(due) for due in done])
    rows = [(due.key, "for ever" if due.days is None else due.days, due.count, due.why, due.source) for due in done]
    show_rows(("what", "days", "removed" if applies else "would go", "why", "source"), rows, "")


@click.command(name="audit")
@click.option("--since", default="", help="Only from this date on (2026-12-01).")
@json_option
def audit_log(since: str, as_json: bool) -> None:
    """Who did what: keys made, rotated and revoked, learners erased, retention applied."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = audit.listed(connection, since)
    if as_json:
        return show_json([asdict(entry) for entry in found])
    rows = [(one.at, one.who, one.action, one.subject, one.why, json.dumps(one.facts)) for one in found]
    show_rows(("at", "who", "action", "subject", "why", "facts"), rows, "Nothing was noted yet.")
