"""Everything that the people at one LMS are told of one activity, and the files that it is handed over in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scorm_packager.activity.definition import definition_id
from scorm_packager.activity.definition_model import Definition
from scorm_packager.budget import Budget, budget, sentence
from scorm_packager.formats import PackageFormat
from scorm_packager.lms_advice import document as documents
from scorm_packager.lms_advice.attestation import attestation, host_conditions
from scorm_packager.lms_advice.catalogue import Catalogue, catalogue
from scorm_packager.lms_advice.document import Document
from scorm_packager.lms_advice.facts import facts, in_general
from scorm_packager.lms_advice.settings import settings
from scorm_packager.presets import GENERIC, Preset, choose


@dataclass(frozen=True, slots=True)
class Advice:
    """`settings` are for one package format; the others hold for every format."""

    settings: Document
    attestation: Document
    catalogue: Catalogue
    saved_state: dict[str, Budget]

    def as_json(self) -> dict[str, object]:
        return {
            "advice": self.settings.as_json(),
            "catalogue": self.catalogue.as_json(),
            "host_attestation": self.attestation.as_json(),
            "saved_state": {key: found.as_json() for key, found in self.saved_state.items()},
            "problems": [problem.as_json() for problem in self.catalogue.problems],
        }


def general(preset: Preset, known: tuple[Preset, ...], form: PackageFormat) -> Document:
    """What can be said before there is an activity."""
    return settings(preset, choose(known, GENERIC), in_general(form, preset.settled()))


def advice(
    definition: Definition, preset: Preset, known: tuple[Preset, ...], forms: tuple[PackageFormat, ...], templates: Path, today: date
) -> Advice:
    """`forms` are those to choose from, the one that the settings are for first. Raises `ProblemsFound`."""
    states = {form.key: budget(definition, _room(form, preset)) for form in forms if form.reports}
    form = forms[0]
    state = f"{form.name}: {sentence(states[form.key])}" if form.key in states else ""
    told = settings(preset, choose(known, GENERIC), facts(definition, form, preset.settled()), definition, state)
    asked = attestation(definition, preset, definition_id(definition), host_conditions(templates), today)
    return Advice(told, asked, catalogue(definition, today), states)


def files(found: Advice, stem: str) -> Iterator[tuple[str, str]]:
    """Names and contents of the files in which this is handed over."""
    for name, document in ((f"{stem}-settings", found.settings), ("host-attestation", found.attestation)):
        yield f"{name}.md", documents.markdown(document)
        yield f"{name}.html", documents.html(document)
    for name, text in (("catalogue-short", found.catalogue.short), ("catalogue", found.catalogue.full)):
        if text:
            yield f"{name}.txt", text.plain
            yield f"{name}.html", text.html


def _room(form: PackageFormat, preset: Preset) -> int:
    """Characters of saved state: the format's, or fewer where the LMS is known to keep fewer."""
    kept = preset.limits.saved_state
    return min(form.limits["suspend_data"], kept.value.get(form.key, form.limits["suspend_data"])) if kept else form.limits["suspend_data"]
