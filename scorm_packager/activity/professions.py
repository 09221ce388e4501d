"""Professions: who a learner may say to be, and how PARS, Joint Accreditation and REMS call them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from scorm_packager.activity import resources, yaml_text
from scorm_packager.activity.model import Part, Slug, Text

OTHER = "other"


class Profession(Part):
    """`pars`, `joint_accreditation` and `rems` are the names by which those systems count this profession."""

    key: Slug
    label: Text
    plural: Text  # as a sentence has it: "This activity is for nurses."
    names: tuple[Text, ...] = ()  # other names that authors write
    degrees: tuple[Text, ...] = ()
    pars: Text
    joint_accreditation: Text
    rems: Text


@cache
def professions() -> tuple[Profession, ...]:
    """All professions in the order of the file; the last is "other"."""
    data = yaml_text.rule_data(resources.rules("professions.yaml"))
    return tuple(Profession.model_validate({"key": key, **said}) for key, said in data["professions"].items())


def find(name: str) -> Profession | None:
    """The profession of that key, label or other name, whatever the case."""
    return _by_name().get(_folded(name))


def offered(audience: Iterable[str]) -> tuple[Profession, ...]:
    """What a learner may choose: the audience first, then the rest, "other" last."""
    found = (find(name) for name in audience)
    first = dict.fromkeys(profession for profession in found if profession and profession.key != OTHER)
    rest = [profession for profession in professions() if profession not in first]
    return (*first, *rest)


@cache
def _by_name() -> dict[str, Profession]:
    return {_folded(name): found for found in professions() for name in (found.key, found.label, found.plural, *found.names)}


def _folded(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").split())
