"""The commands of `scorm-packager`. Exit codes: 0 good, 1 problems found, 2 wrong use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorm_packager import __version__, console
from scorm_packager.commands.build import build
from scorm_packager.commands.listings import credits_, formats_, schema
from scorm_packager.commands.new import new
from scorm_packager.commands.rehearse import rehearse
from scorm_packager.commands.verify import verify
from scorm_packager.diff.command import diff
from scorm_packager.importing.command import import_
from scorm_packager.lms_advice.command import lms
from scorm_packager.wrap.command import wrap

if TYPE_CHECKING:
    from scorm_packager.activity.definition_model import Definition
    from scorm_packager.activity.load import Loaded
    from scorm_packager.activity.problems import Problem

# Modules of the work itself are imported by the command that needs them, so that `--help` comes at once.

_ACTIVITY = click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=console.Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(__version__)
def main() -> None:
    """Make accredited continuing medical education into packages for any LMS."""


@click.command()
@_ACTIVITY
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@_JSON
@click.pass_context
def check(context: click.Context, path: Path, form: str, as_json: bool) -> None:
    """Say everything that is wrong with an activity, and what an accreditor would object to."""
    from scorm_packager.check import check as look

    checked = look(path)
    _show(str(path), path.resolve().as_uri(), checked.problems, "json" if as_json else form)
    if checked.loaded is not None:
        _say_unverified(checked.loaded)
    context.exit(console.exit_code(checked.problems))


@click.command()
@_ACTIVITY
@click.option("--bridge", metavar="URL", required=True, help="The bridge's address.")
@click.option("--key", envvar="SCORM_PACKAGER_KEY", required=True, help="A key of role author [env: SCORM_PACKAGER_KEY].")
@click.option(
    "--secret", envvar="SCORM_PACKAGER_SECRET", required=True, help="Its secret; better in the environment [env: SCORM_PACKAGER_SECRET]."
)
@_JSON
def register(path: Path, bridge: str, key: str, secret: str, as_json: bool) -> None:
    """Give an activity's definition to a bridge, which decides credit by it."""
    from scorm_packager.destination import bridge_address
    from scorm_packager.register import Key
    from scorm_packager.register import register as give

    with console.problems_end_it():
        address = bridge_address(bridge)
        done = give(_definition(_good(path)), address, Key(key, secret))
    if as_json:
        console.show_json({"definition": done.definition_id, "outcome": done.outcome, "bridge": address})
    else:
        click.echo(f"{done.definition_id} is {'registered' if done.outcome == 'new' else 'known already'} at {address}")


@click.command()
@_ACTIVITY
@click.option("--port", type=click.IntRange(0, 65535), default=8100, show_default=True, help="0 takes a free one.")
@click.option("--lms", metavar="KEY", default="generic", show_default=True, help="The LMS to be like. See `lms`.")
@click.option("--quirk", "quirks", multiple=True, metavar="KEY", help="What the LMS does against the standard; may be repeated.")
@click.option("--format", "form", metavar="KEY", default="scorm-2004-3", show_default=True, help="The package format. See `formats`.")
@click.option("--no-bridge", is_flag=True, help="Without a throw-away bridge that decides credit.")
def preview(path: Path, port: int, lms: str, quirks: tuple[str, ...], form: str, no_bridge: bool) -> None:
    """Show an activity in the stand-in LMS, anew whenever it is saved; or a package."""
    from scorm_packager.preview import Wish, serve

    with console.problems_end_it():
        serve(path, Wish(port, lms, quirks, form, not no_bridge))


# --- shared by the commands -----------------------------------------------------------------------


def _good(path: Path) -> Loaded:
    """The activity, its warnings printed. Raises `ProblemsFound` when it has errors."""
    from scorm_packager.activity.problems import ProblemsFound, errors
    from scorm_packager.check import check as look

    checked = look(path)
    if checked.loaded is None or errors(checked.problems):
        raise ProblemsFound(checked.problems)
    console.show_problems(checked.problems, err=True)
    return checked.loaded


def _say_unverified(loaded: Loaded) -> None:
    from scorm_packager.activity.unverified import unverified

    for line in unverified(loaded.activity):
        click.echo(f"not verified at its maker's: {line}", err=True)


def _definition(loaded: Loaded) -> Definition:
    from scorm_packager.activity.definition import definition_of

    return definition_of(loaded.activity, loaded.source)


def _show(name: str, base: str, problems: tuple[Problem, ...], form: str) -> None:
    from scorm_packager import report

    if form == "json":
        console.show_json(report.as_json(name, problems))
    elif form == "sarif":
        console.show_json(report.as_sarif(base, problems, __version__))
    else:
        console.show_problems(problems)
        click.echo(f"{name}: {console.summary(problems)}")


for each in (new, check, preview, rehearse, build, verify, register, diff, wrap, import_, lms, formats_, credits_, schema):
    main.add_command(each)
