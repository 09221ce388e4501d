"""The commands `lms` and `lms explain`."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scorm_packager import console
from scorm_packager.activity.resources import templates

if TYPE_CHECKING:
    from scorm_packager.activity.definition_model import Definition
    from scorm_packager.formats import PackageFormat
    from scorm_packager.lms_advice.advice import Advice
    from scorm_packager.lms_advice.document import Document
    from scorm_packager.presets import Preset

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_WIDEST = 100  # longer lines are hard to read


@click.group("lms", invoke_without_command=True)
@_JSON
@click.pass_context
def lms(context: click.Context, as_json: bool) -> None:
    """List the LMS presets, or explain one."""
    if context.invoked_subcommand:
        return
    from scorm_packager import presets

    with console.problems_end_it():
        known = presets.presets(templates())
    if as_json:
        console.show_json([presets.as_json(each) for each in known])
        return
    console.show_table(("KEY", "NAME", "FORMATS"), ((each.key, each.name, ", ".join(each.formats)) for each in known))


@lms.command("explain")
@click.argument("key", metavar="KEY")
@click.option("--activity", metavar="PATH", type=click.Path(exists=True, path_type=Path), help="Say what it means for this activity.")
@click.option("--format", "form", metavar="KEY", help="The package format; the LMS's preferred one when left out.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write settings, catalogue texts and host attestation as files."
)
@_JSON
def explain(key: str, activity: Path | None, form: str | None, out: Path | None, as_json: bool) -> None:
    """Say what an LMS wants of a package and why; with an activity: what to set there, the catalogue's texts, the host's attestation."""
    if out and not activity:
        raise click.UsageError("--out needs --activity.")
    with console.problems_end_it():
        known, preset = _preset(key)
        forms = _forms(preset, form)
        found = _advice(activity, preset, known, forms) if activity else None
        told = found.settings if found else _in_general(preset, known, forms[0])
    if as_json:
        console.show_json({**_as_json(preset), **(found.as_json() if found else {"advice": told.as_json()})})
    elif found:
        _show_advice(found)
    else:
        _show(told)
    if found and out:
        _write(found, out, f"{preset.key}-{forms[0].key}")


def _preset(key: str) -> tuple[tuple[Preset, ...], Preset]:
    from scorm_packager import presets

    known = presets.presets(templates())
    return known, presets.choose(known, key)


def _as_json(preset: Preset) -> dict[str, object]:
    from scorm_packager import presets

    return presets.as_json(preset)


def _forms(preset: Preset, wanted: str | None) -> tuple[PackageFormat, ...]:
    """The formats to choose from, the wanted or preferred one first. Raises `ProblemsFound` for one that does not exist."""
    from scorm_packager import formats

    known = {each.key: each for each in formats.formats(templates())}
    if wanted:
        formats.choose(tuple(known.values()), (wanted,))
    keys = dict.fromkeys((*((wanted,) if wanted else ()), *preset.formats))
    return tuple(known[each] for each in keys if each in known)


def _in_general(preset: Preset, known: tuple[Preset, ...], form: PackageFormat) -> Document:
    from scorm_packager.lms_advice.advice import general

    return general(preset, known, form)


def _advice(path: Path, preset: Preset, known: tuple[Preset, ...], forms: tuple[PackageFormat, ...]) -> Advice:
    from scorm_packager.lms_advice.advice import advice

    definition = _definition(path)
    today = datetime.now(ZoneInfo(definition.zone)).date()
    return advice(definition, preset, known, forms, templates(), today)


def _definition(path: Path) -> Definition:
    from scorm_packager.activity.definition import definition_of
    from scorm_packager.activity.load import load

    loaded = load(path)
    return definition_of(loaded.activity, loaded.source)


def _show_advice(found: Advice) -> None:
    _show(found.settings)
    texts = {"Catalogue text, in short": found.catalogue.short, "Catalogue text": found.catalogue.full}
    for heading, text in texts.items():
        if text:
            click.secho(f"\n{heading}\n", bold=True)
            click.echo(text.plain.rstrip("\n"))
    click.echo()
    _show(found.attestation)
    console.show_problems(found.catalogue.problems, err=True)


def _show(document: Document) -> None:
    """Broken into lines on a terminal only: what other programs read keeps a sentence in one piece."""
    from scorm_packager.lms_advice.document import lines

    width = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None
    for line in lines(document, width):
        click.secho(line.text, bold=line.strong, dim=line.faint)


def _write(found: Advice, folder: Path, stem: str) -> None:
    from scorm_packager.lms_advice.advice import files

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files(found, stem):
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(f"{folder / name}", err=True)
