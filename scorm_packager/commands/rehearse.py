"""The command `rehearse`."""

from __future__ import annotations

from pathlib import Path

import click

from scorm_packager import console

_BESIDES = 1  # steps besides the robots'


@click.command()
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", metavar="KEY", default="scorm-1.2", show_default=True, help="The SCORM format to build. See `formats`.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the certificates that come out in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def rehearse(context: click.Context, path: Path, form: str, out: Path | None, as_json: bool) -> None:
    """Let the robot learners take an activity in a real browser, and show the records and certificates that would come out.

    Exit code 1 when something is not as the robots expect.
    """
    from scorm_packager.rehearsal import lines, run
    from scorm_packager.robots.robot import robots

    with console.problems_end_it(), console.progress(len(robots()) + _BESIDES + bool(out)) as say:
        done = run(path, form, out, say)
    if as_json:
        console.show_json(done.as_json())
    else:
        for taken in done.taken:
            click.echo("\n".join(lines(taken)))
        for file in done.certificates:
            click.echo(file)
    context.exit(console.PROBLEMS if any(taken.surprises for taken in done.taken) else console.GOOD)
