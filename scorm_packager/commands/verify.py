"""The command `scorm-packager verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorm_packager import __version__, console
from scorm_packager.activity.resources import templates

if TYPE_CHECKING:
    from scorm_packager.activity.problems import Problem
    from scorm_packager.presets import Preset

    Judged = dict[Path, tuple[Problem, ...]]


@click.command()
@click.argument("zips", metavar="ZIP...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option(
    "--as", "standard", type=click.Choice(["scorm", "cmi5", "xapi", "aicc", "web"]), help="Judge as this; else as what the zip says."
)
@click.option("--lms", metavar="KEY", help="Say too what this LMS would turn them away for. See `lms`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def verify(context: click.Context, zips: tuple[Path, ...], form: str, standard: str | None, lms: str | None, as_json: bool) -> None:
    """Judge finished packages, whoever made them: SCORM, cmi5, xAPI, AICC, or plain web pages."""
    with console.problems_end_it():
        preset = _preset(lms) if lms else None
    judged = _judged(zips, preset, standard)
    _SHOWN["json" if as_json else form](judged)
    context.exit(max(console.exit_code(problems) for problems in judged.values()))


def _judged(zips: tuple[Path, ...], preset: Preset | None, standard: str | None) -> Judged:
    from scorm_packager.verify.judge import judge

    judged: Judged = {}
    with console.progress(len(zips)) as say:
        for package in zips:
            say(f"Judging {package.name}")
            judged[package] = (*judge(package, standard=standard), *_not_taken(preset, package, standard))
    return judged


def _preset(key: str) -> Preset:
    from scorm_packager import presets

    return presets.preset(templates(), key)


def _not_taken(preset: Preset | None, package: Path, standard: str | None) -> tuple[Problem, ...]:
    if preset is None:
        return ()
    from scorm_packager.formats import formats
    from scorm_packager.limits import against

    return against(preset, package, formats(templates()), standard)


def _as_text(judged: Judged) -> None:
    for package, problems in judged.items():
        console.show_problems(problems)
        click.echo(f"{package}: {console.summary(problems)}")


def _as_json(judged: Judged) -> None:
    """Of one package an object, of several a list of them."""
    from scorm_packager import report

    found = [report.as_json(str(package), problems) for package, problems in judged.items()]
    console.show_json(found[0] if len(found) == 1 else found)


def _as_sarif(judged: Judged) -> None:
    """One log, with a run for each package."""
    from scorm_packager import report

    logs = [report.as_sarif(package.resolve().as_uri(), problems, __version__) for package, problems in judged.items()]
    console.show_json({**logs[0], "runs": [run for log in logs for run in log["runs"]]})


_SHOWN = {"text": _as_text, "json": _as_json, "sarif": _as_sarif}
