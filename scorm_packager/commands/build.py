"""`scorm-packager build`: one activity, or many at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorm_packager import __version__, console
from scorm_packager.activity.resources import templates

if TYPE_CHECKING:
    from scorm_packager.build import Order, Package
    from scorm_packager.formats import PackageFormat
    from scorm_packager.many import Built
    from scorm_packager.presets import Preset


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "formats", multiple=True, metavar="KEY", help="A package format; may be repeated. See `formats`.")
@click.option("--all", "every", is_flag=True, help="Build in every format there is.")
@click.option("--lms", metavar="KEY", default="generic", show_default=True, help="The LMS to build for. See `lms`.")
@click.option("--bridge", metavar="URL", help="The bridge that learners' packages report to.")
@click.option("--site", metavar="KEY", help="The site (one LMS tenant) that the packages are for.")
@click.option(
    "--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Put the standard's XSD files of this folder in."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("dist"), show_default=True)
@click.option("--jobs", type=click.IntRange(1, 64), help="How many activities to build at a time.  [default: one for each processor]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def build(
    context: click.Context,
    paths: tuple[Path, ...],
    formats: tuple[str, ...],
    every: bool,
    lms: str,
    bridge: str | None,
    site: str | None,
    schemas: Path | None,
    out: Path,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Build the packages of activities. Errors block an activity; warnings are printed. A folder of activities stands for all of them."""
    if every and formats:
        raise click.UsageError("Give either --format or --all.")
    from scorm_packager.build import Order
    from scorm_packager.destination import destination
    from scorm_packager.many import activities

    with console.problems_end_it():
        preset = _preset(lms)
        where, doubts = destination(bridge, site)
        order = Order(_formats(formats, every, preset), preset, where, out, templates(), __version__, schemas)
        wanted = activities(paths)
    built = _one(wanted[0], order) if len(wanted) == 1 else _many(wanted, order, jobs or os.cpu_count() or 1)
    console.show_problems(doubts, err=True)
    _show([package for each in built for package in each.packages], as_json)
    context.exit(_told(built) if len(built) > 1 else console.GOOD)


def _one(path: Path, order: Order) -> tuple[Built, ...]:
    from scorm_packager.activity.definition import definition_of
    from scorm_packager.activity.problems import ProblemsFound, errors
    from scorm_packager.build import build as make
    from scorm_packager.check import check
    from scorm_packager.many import Built

    with console.problems_end_it(), console.progress() as say:
        say(f"Checking {path}")
        checked = check(path)
        if checked.loaded is None or errors(checked.problems):
            raise ProblemsFound(checked.problems)
        console.show_problems(checked.problems, err=True)
        loaded = checked.loaded
        return (Built(path, make(definition_of(loaded.activity, loaded.source), loaded.folder, order, say), checked.problems),)


def _many(paths: tuple[Path, ...], order: Order, jobs: int) -> tuple[Built, ...]:
    """In the order asked for, whichever was done first."""
    from scorm_packager.many import build_many

    done: dict[Path, Built] = {}
    with console.progress(len(paths)) as say:
        say(f"Building {len(paths)} activities")
        for each in build_many(paths, order, jobs):
            done[each.path] = each
            say(f"{len(done)} of {len(paths)}: {each.path}")
    return tuple(done[path] for path in paths)


def _told(built: tuple[Built, ...]) -> int:
    """The problems of many, each under its activity, and the exit code."""
    from scorm_packager.many import collisions

    found = collisions(built)
    for each in built:
        if each.problems:
            click.echo(f"{each.path}: {console.summary(each.problems)}", err=True)
            console.show_problems(each.problems, err=True)
    console.show_problems(found, err=True)
    missing = sum(1 for each in built if not each.packages)
    if missing:
        click.echo(f"{missing} of {len(built)} activities were not built.", err=True)
    return console.PROBLEMS if missing or found else console.GOOD


def _preset(key: str) -> Preset:
    from scorm_packager import presets

    return presets.preset(templates(), key)


def _formats(keys: tuple[str, ...], every: bool, preset: Preset) -> tuple[PackageFormat, ...]:
    """Those asked for; else those that a particular LMS is known to take; else the default ones."""
    from scorm_packager import formats, presets

    known = formats.formats(templates())
    if every:
        return known
    return formats.choose(known, keys or (() if preset.key == presets.GENERIC else tuple(preset.formats)))


def _show(packages: list[Package], as_json: bool) -> None:
    from scorm_packager.budget import sentence

    if as_json:
        console.show_json([package.as_json() for package in packages])
        return
    for package in packages:
        console.show_problems(package.warnings, err=True)
        click.echo(f"{package.file}  {package.file.stat().st_size:,} bytes")
        click.echo(f"  {sentence(package.saved_state)}")
