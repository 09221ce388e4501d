"""The commands of `scorm-packager` that list what there is to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scorm_packager import console
from scorm_packager.activity.resources import templates

if TYPE_CHECKING:
    from scorm_packager.budget import Budget
    from scorm_packager.presets import Preset, Reason

_BASES = {"seen": "seen", "code": "its source code", "vendor": "its maker's documentation", "report": "reported, not looked into"}
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command("formats")
@_JSON
def formats_(as_json: bool) -> None:
    """List the package formats."""
    from scorm_packager.formats import formats

    with console.problems_end_it():
        known = formats(templates())
    if as_json:
        console.show_json([each.model_dump(mode="json") for each in known])
        return
    rows = ((each.key, "yes" if each.default else "", f"{each.limits['suspend_data']:,}", each.name) for each in known)
    console.show_table(("KEY", "DEFAULT", "SAVED STATE", "NAME"), rows)


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
    console.show_table(("KEY", "FORMATS", "NAME"), ((each.key, ", ".join(each.formats), each.name) for each in known))


@lms.command("explain")
@click.argument("key", metavar="KEY")
@click.option("--activity", metavar="PATH", type=click.Path(exists=True, path_type=Path), help="Say what it means for this activity.")
@_JSON
def explain(key: str, activity: Path | None, as_json: bool) -> None:
    """Say what an LMS wants of a package, and why."""
    from scorm_packager import presets

    with console.problems_end_it():
        preset = presets.choose(presets.presets(templates()), key)
        budgets = _budgets(activity, preset) if activity else {}
    if as_json:
        kept = {name: found.as_json() for name, found in budgets.items()}
        console.show_json({**presets.as_json(preset), **({"saved_state": kept} if activity else {})})
    else:
        _explain(preset)
        _explain_saved_state(budgets)


def _budgets(activity: Path, preset: Preset) -> dict[str, Budget]:
    """For each format that the LMS takes: the worst case of this activity's saved state. Raises `ProblemsFound`."""
    from scorm_packager.activity.definition import definition_of
    from scorm_packager.activity.load import load
    from scorm_packager.budget import budget
    from scorm_packager.formats import formats

    loaded = load(activity)
    definition = definition_of(loaded.activity, loaded.source)
    return {each.key: budget(definition, each.limits["suspend_data"]) for each in formats(templates()) if each.key in preset.formats}


def _explain_saved_state(budgets: dict[str, Budget]) -> None:
    from scorm_packager.budget import sentence

    if budgets:
        click.echo("\nThis activity")
    for name, found in budgets.items():
        click.echo(f"  {name}: {sentence(found)}")


def _explain(preset: Preset) -> None:
    click.secho(preset.name, bold=True)
    click.echo("\nFormats, the preferred first")
    for key, why in preset.formats.items():
        click.echo(f"  {key}: {why}")
    click.echo("\nSettings")
    for name, value in preset.settled().model_dump().items():
        reason = preset.settings.get(name)
        click.echo(f"  {name}: {_word(value)}" + (f"  {reason.why} ({_basis(reason)})" if reason else "  (what works in most places)"))
    if preset.upload:
        click.echo("\nAt the LMS")
    for advice in preset.upload:
        click.echo(f"  - {advice.do}\n    {advice.why} ({_BASES[advice.basis]})")


def _word(value: bool | str) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else value


def _basis(reason: Reason) -> str:
    return " ".join(part for part in (_BASES[reason.basis], reason.version, reason.on) if part)


@click.command("credits")
@_JSON
def credits_(as_json: bool) -> None:
    """List the credit systems and their rules by date."""
    from scorm_packager.activity.credits import all_rules

    rules = all_rules()
    if as_json:
        console.show_json([rule.model_dump(mode="json", by_alias=True) for rule in rules])
        return
    rows = ((rule.id, rule.from_.isoformat(), f"{rule.step}", ", ".join(rule.professions), rule.name) for rule in rules)
    console.show_table(("KEY", "FROM", "STEP", "PROFESSIONS", "NAME"), rows)


@click.command()
@click.argument("what", type=click.Choice(["activity", "provider", "definition"]), default="activity")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
def schema(what: str, out: Path | None) -> None:
    """Print the JSON Schema of an activity, a provider or a definition, for your editor."""
    import json

    from scorm_packager.activity import schema as schemas

    make = {"activity": schemas.schema, "provider": schemas.provider_schema, "definition": schemas.definition_schema}
    found = make[what]()
    text = json.dumps(found, ensure_ascii=False, indent=2)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)
