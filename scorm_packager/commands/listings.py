"""The commands of `scorm-packager` that list what there is to choose from."""

from __future__ import annotations

from pathlib import Path

import click

from scorm_packager import console
from scorm_packager.activity.resources import templates

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


@click.command("credits")
@_JSON
def credits_(as_json: bool) -> None:
    """List the credit systems and their rules by date."""
    from scorm_packager.activity.credits import all_rules

    rules = all_rules()
    if as_json:
        console.show_json([rule.model_dump(mode="json", by_alias=True) for rule in rules])
        return
    rows = ((rule.id, rule.from_.isoformat(), f"{rule.step}", rule.name, ", ".join(rule.professions)) for rule in rules)
    console.show_table(("KEY", "FROM", "STEP", "NAME", "PROFESSIONS"), rows)


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
