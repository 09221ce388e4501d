"""What the host of an accredited activity confirms to its provider: a form, filled in as far as the activity is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field as Said

from scorm_packager.activity import dated
from scorm_packager.activity.dated import RuleBlock
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.model import Day, Part, Text
from scorm_packager.activity.wording import long_date
from scorm_packager.lms_advice.document import Block, Bullet, Document, Field, Paragraph, Section
from scorm_packager.presets import GENERIC, Preset
from scorm_packager.yaml_files import read_part


class HostRule(RuleBlock):
    from_: Day = Said(alias="from")
    conditions: tuple[Text, ...] = Said(min_length=1)


class HostConditions(Part):
    """What one rule-maker asks of whoever hosts accredited education, with its dates."""

    key: Text
    name: Text
    rules: tuple[HostRule, ...] = Said(min_length=1)


def host_conditions(templates: Path) -> tuple[HostConditions, ...]:
    """Those of every rule-maker, sorted by key. Raises `ProblemsFound` for a file that cannot be read."""
    return tuple(read_part(file, HostConditions, key=file.stem) for file in sorted((templates / "host-attestation").glob("*.yaml")))


def attestation(definition: Definition, preset: Preset, identity: str, known: tuple[HostConditions, ...], on: date) -> Document:
    """The form for one activity at one LMS, with the conditions in force on a day. `identity` is the definition's id."""
    rules = tuple((each.name, rule) for each in known if (rule := dated.in_force(each.rules, on)))
    conditions = tuple(_section(name, rule) for name, rule in rules)
    return Document(f"Host attestation: {definition.title}", (_activity(definition, identity), _host(preset), *conditions, _signature()))


def _activity(definition: Definition, identity: str) -> Section:
    provider = definition.provider
    dates = {"Release date": definition.released, "Most recent review": definition.reviewed, "Termination date": definition.terminates}
    contact = ", ".join(part for part in (provider.contact_name, provider.contact_email, provider.contact_phone) if part)
    return Section(
        "Activity",
        (
            Field("Title", definition.title),
            Field("Activity", f"{definition.activity}, version {definition.version}"),
            Field("Definition", identity),
            Field("Accredited provider", provider.name),
            *((Field("Jointly provided with", ", ".join(definition.joint_providers)),) if definition.joint_providers else ()),
            *(Field(name, long_date(day, definition.language)) for name, day in dates.items() if day),
            Field("To be reported to", contact),
        ),
    )


def _host(preset: Preset) -> Section:
    system = preset.name if preset.key != GENERIC else ""
    return Section("Host", (Field("Organization"), Field("Learning management system", system), Field("Web address")))


def _section(name: str, rule: HostRule) -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph("The organization named above hosts the activity for its provider, and confirms that:"),
        *(Bullet(condition, box=True) for condition in rule.conditions),
        Paragraph(f"Source: {rule.source}{'' if rule.verified else '; not verified at its maker’s'}."),
    )
    return Section(f"Conditions of the {name}", blocks)


def _signature() -> Section:
    return Section("For the host", (Field("Name"), Field("Position"), Field("Date"), Field("Signature")))
