"""The command `diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorm_packager import console

if TYPE_CHECKING:
    from scorm_packager.diff.compare import Difference

_ZIP = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("old", metavar="OLD.ZIP", type=_ZIP)
@click.argument("new", metavar="NEW.ZIP", type=_ZIP)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def diff(context: click.Context, old: Path, new: Path, as_json: bool) -> None:
    """Say what becomes of learners in progress when NEW.ZIP takes the place of OLD.ZIP in the LMS.

    Exit code 1 when they would lose what they did.
    """
    from scorm_packager.diff.compare import diff as compare
    from scorm_packager.diff.model import Effect
    from scorm_packager.diff.read import released

    with console.problems_end_it():
        found = compare(released(old), released(new))
    if as_json:
        console.show_json({"old": str(old), "new": str(new), **found.as_json()})
    else:
        _show(found)
    context.exit(console.PROBLEMS if found.effect is Effect.BREAKS else console.GOOD)


def _show(found: Difference) -> None:
    from scorm_packager.diff.model import Effect

    marks = {Effect.BREAKS: ("red", "breaks"), Effect.AGAIN: ("yellow", "again"), Effect.CHANGES: ("green", "differs")}
    for finding in found.findings:
        colour, word = marks[finding.effect]
        click.secho(f"{word:8}{finding.what}", fg=colour)
        click.echo(f"        {finding.learners}")
    click.secho(found.verdict, bold=True)
