"""Commands that set a bridge up and run it."""

from __future__ import annotations

import secrets
import threading
from dataclasses import replace
from pathlib import Path
from wsgiref.types import WSGIApplication

import click

from lrs_bridge import bridge as bridges
from lrs_bridge import config, library, upstream, work
from lrs_bridge.commands.shared import json_option, open_here, show, show_json, show_rows
from lrs_bridge.deciding import certify
from lrs_bridge.running import doctor as doctors
from lrs_bridge.running import logs, serving
from lrs_bridge.running.bell import Bell
from lrs_bridge.store import sites
from lrs_bridge.store.engine import in_writing, reading
from lrs_bridge.store.sites import Site
from lrs_bridge.web import app_of, system_now
from scorm_packager.activity.definition import FolderSource, canonical, definition_id, definition_of
from scorm_packager.activity.load import load
from scorm_packager.activity.problems import errors


def add_to(group: click.Group) -> None:
    for command in (init, serve, work_apart, site, register, show_config, doctor):
        group.add_command(command)


@click.command()
def init() -> None:
    """Create the data folder, the keys and the tables, or bring an older database up to date."""
    settings = config.from_environment()
    bridges.initialise(settings, secrets.token_bytes)
    click.echo(f"Ready in {settings.data}. Back up {settings.vault_file} and {settings.seal_file} apart from the database.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8400, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer requests.")
def serve(host: str, port: int, workers: int) -> None:
    """Answer requests, and decide credit beside it. Ends cleanly at Ctrl-C or SIGTERM."""
    with open_here() as bridge:  # what keeps it from starting is said here
        logs.start(bridge.config.log_level)
        logs.note_settings(bridge.config.as_json())
        largest = bridge.config.largest_body
    serving.run(serving.Parts(_doors, _work, largest), host=host, port=port, processes=workers)


def _doors(bell: Bell) -> WSGIApplication:
    return app_of(replace(bridges.open_bridge(config.from_environment(), system_now, secrets.token_bytes), bell=bell))


def _work(bell: Bell, stopped: threading.Event) -> None:
    with open_here() as opened, upstream.in_a_thread(opened):
        work.until(replace(opened, bell=bell), stopped, certify.after_deciding)


@click.command(name="work")
def work_apart() -> None:
    """Decide credit apart from `serve`, in a process of its own."""
    with open_here() as bridge:
        logs.start(bridge.config.log_level)
        logs.note_settings(bridge.config.as_json())
        with upstream.in_a_thread(bridge):
            work.until(bridge, serving.stop_at_signals(threading.Event()), certify.after_deciding)


@click.group()
def site() -> None:
    """The LMS tenants that packages are launched in."""


@site.command(name="add")
@click.argument("key")
@click.option("--name", default="", help="The site as people call it.")
@click.option("--origin", "origins", multiple=True, help="An origin that its packages are served from; may be repeated.")
def site_add(key: str, name: str, origins: tuple[str, ...]) -> None:
    """Add a site, or change its name and origins."""
    wanted = Site(key=key, name=name or key, origins=tuple(sorted({origin.rstrip("/") for origin in origins})))
    sites.require_sound(wanted)
    with open_here() as bridge:
        new = in_writing(bridge.engine, lambda connection: sites.put(connection, wanted, bridge.text_now()))
    click.echo(f"{'Added' if new else 'Changed'} {key}.")


@site.command(name="list")
@json_option
def site_list(as_json: bool) -> None:
    """The sites there are."""
    with open_here() as bridge, reading(bridge.engine) as connection:
        found = sites.listed(connection)
    if as_json:
        return show_json([{"key": one.key, "name": one.name, "origins": list(one.origins)} for one in found])
    show_rows(("key", "name", "origins"), [(one.key, one.name, ", ".join(one.origins)) for one in found], "No sites yet.")


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@json_option
def register(path: Path, as_json: bool) -> None:
    """Give the bridge the definition of an activity, from its folder."""
    loaded = load(path)
    definition = definition_of(loaded.activity, FolderSource(loaded.folder))
    identity, data = definition_id(definition), canonical(definition)
    with open_here() as bridge:
        new = in_writing(bridge.engine, lambda connection: library.take_in(connection, identity, data, bridge.text_now()))
    text = f"{'Registered' if new else 'Was registered before:'} {definition.activity} {definition.version} as {identity}."
    show(as_json, {"activity": definition.activity, "version": definition.version, "definition": identity, "new": new}, text)


@click.command(name="config")
@json_option
def show_config(as_json: bool) -> None:
    """Every setting, what it is now, and what it means."""
    values = config.from_environment().as_json()
    listed = [{"variable": one.variable, "value": values[one.name], "meaning": one.meaning} for one in config.SETTINGS]
    if as_json:
        return show_json(listed)
    show_rows(("variable", "value", "meaning"), [tuple(one.values()) for one in listed], "")


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look for everything that is wrong, before a learner finds it. Ends with 1 when something is."""
    with open_here() as bridge:
        found = doctors.examine(bridge)
    show(as_json, [problem.as_json() for problem in found], "\n".join(map(str, found)) or "Nothing is wrong.")
    if errors(found):
        raise SystemExit(1)
