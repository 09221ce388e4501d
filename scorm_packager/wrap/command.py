"""`scorm-packager wrap`: what an export is; with an activity, the export put into it and the packages built."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click

from scorm_packager import console
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors


@click.command("wrap")
@click.argument("export", metavar="ZIP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--activity", metavar="PATH", type=click.Path(exists=True, path_type=Path), help="The activity that it is content of.")
@click.option("--format", "formats", multiple=True, metavar="KEY", help="A package format; may be repeated. See `formats`.")
@click.option("--lms", metavar="KEY", default="generic", show_default=True, help="The LMS to build for. See `lms`.")
@click.option("--bridge", metavar="URL", help="The bridge that learners' packages report to.")
@click.option("--site", metavar="KEY", help="The site (one LMS tenant) that the packages are for.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("dist"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def wrap(context: click.Context, /, export: Path, activity: Path | None, as_json: bool, **order: Any) -> None:
    """Say what an authoring tool's export is, or build an activity around it.

    With --activity, ZIP takes the place of the package that the activity's file names, and the packages are built.
    """
    from scorm_packager.wrap import told
    from scorm_packager.wrap.look import look

    with console.problems_end_it():
        found = look(export)
        if activity is not None:
            target = place_of(activity)
            if target.resolve() != export.resolve():
                shutil.copyfile(export, target)
                click.echo(f"{export} is now {target}", err=True)
    if activity is not None:
        from scorm_packager.commands.build import build

        context.invoke(build, paths=(activity,), every=False, schemas=None, jobs=None, as_json=as_json, **order)
        return
    if as_json:
        console.show_json(told.as_json(found))
    else:
        for line in told.lines(found):
            click.echo(line)
        console.show_problems(found.problems)
    context.exit(1 if errors(found.problems) else 0)


def place_of(activity: Path) -> Path:
    """Where the activity's one package lies. Raises `ProblemsFound` when its file names none, or several."""
    from scorm_packager.activity import yaml_text
    from scorm_packager.activity.load import ACTIVITY_FILE

    file = activity / ACTIVITY_FILE if activity.is_dir() else activity
    read = yaml_text.read_file(file, file.name)
    if read.broken:
        raise ProblemsFound(read.problems)
    contents = read.value.get("contents")
    named = [each["package"] for each in contents if isinstance(each, dict) and "package" in each] if isinstance(contents, list) else []
    if len(named) != 1 or not isinstance(named[0], str):
        message = f"The activity names {len(named)} packages in its contents; ZIP can take the place of one."
        remedy = "Write `- {package: content/NAME.zip, title: …, minutes: …}` under `contents`, or copy the file yourself."
        raise ProblemsFound((Problem("wrap-which-package", read.places.at("contents") if named else Place(file.name), message, remedy),))
    from scorm_packager.activity.source import leaves

    if leaves(named[0]):
        raise ProblemsFound((Problem("path-outside", Place(file.name), f"{named[0]} leads out of the activity's folder.", "Correct it."),))
    return file.parent / named[0]
