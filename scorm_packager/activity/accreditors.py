"""Accreditation statements: what an accredited provider must print, as each accreditor words it."""

from __future__ import annotations

from datetime import date
from functools import cache

from pydantic import Field

from scorm_packager.activity import dated, yaml_text
from scorm_packager.activity.dated import RuleBlock
from scorm_packager.activity.model import Accreditation, Activity, Day, Part, Slug, Text
from scorm_packager.activity.wording import filled_html


class StatementRule(RuleBlock):
    """Templates of HTML; they may use `provider`, `partners` (a list of names) and `number`."""

    from_: Day = Field(alias="from")
    direct: Text
    joint: Text


class Accreditor(Part):
    id: Slug
    name: Text
    abbreviation: Text
    statements: tuple[StatementRule, ...] = Field(min_length=1)


@cache
def accreditors() -> dict[str, Accreditor]:
    """Key → accreditor, a file under `accreditors/` each."""
    found = dated.files("accreditors")
    return {key: Accreditor.model_validate({"id": key, **yaml_text.rule_data(path)}) for key, path in found.items()}


def statements_of(activity: Activity, on: date) -> tuple[str, ...]:
    """The accreditation statements of an activity as HTML, one for each accreditation of its provider."""
    return tuple(text for accreditation in activity.provider.accreditations if (text := _statement(activity, accreditation, on)))


def _statement(activity: Activity, accreditation: Accreditation, on: date) -> str:
    accreditor = accreditors().get(accreditation.accreditor)
    rule = dated.in_force(accreditor.statements, on) if accreditor else None
    if rule is None:
        return ""
    words = {"provider": activity.provider.name, "partners": activity.providership.with_, "number": accreditation.number}
    template = rule.joint if activity.providership.kind == "joint" else rule.direct
    return filled_html(template, words)
