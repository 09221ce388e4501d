"""The command `new`."""

from __future__ import annotations

from pathlib import Path

import click

from scorm_packager import console
from scorm_packager.activity.resources import templates
from scorm_packager.new import STARTER


@click.command()
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.option("--starter", "--from", "starter", metavar="KEY", default=STARTER, show_default=True, help="What to start from. See --list.")
@click.option("--list", "listed", is_flag=True, help="Say what there is to start from.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (with --list).")
def new(folder: Path | None, starter: str, listed: bool, as_json: bool) -> None:
    """Start a new activity in DIR, from one that is complete and correct."""
    if listed:
        return _list(as_json)
    if folder is None:
        raise click.UsageError("Name the folder to make, or give --list.")
    from scorm_packager.new import new as start

    with console.problems_end_it():
        for file in start(folder, templates(), starter):
            click.echo(file)
    click.echo(f"Now edit {folder / 'activity.yaml'}, and run: scorm-packager preview {_typed(folder)}", err=True)


def _typed(folder: Path) -> str:
    """The folder as it is typed on a command line."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


def _list(as_json: bool) -> None:
    from scorm_packager.new import about, starters

    known = [(key, about(templates(), key)) for key in starters(templates())]
    if as_json:
        console.show_json([{"key": key, "about": text} for key, text in known])
    else:
        console.show_table(("starter", "what it is"), known)
