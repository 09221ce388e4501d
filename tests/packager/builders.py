"""Builders of the packager's tests: they state only what matters to the test."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Problem
from scorm_packager.activity.resources import templates
from scorm_packager.formats import PackageFormat, formats
from scorm_packager.pack import parts
from scorm_packager.package_data import Destination, package_data
from scorm_packager.plan import Plan, plan
from scorm_packager.presets import Preset, choose, presets

FORMATS = formats(templates())
PARTS = parts(templates())
PRESETS = presets(templates())
NORTHFIELD = Destination("https://cme.northfield.example", "northfield")
FIGURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"

_PROVIDER = {
    "name": "Northfield Institute", "id": "", "homepage": "", "contact_name": "J. Lindqvist", "contact_email": "cme@northfield.example",
    "contact_phone": "", "contact_address": "", "privacy_url": "", "colour": "#1f5f8b", "on_colour": "#ffffff", "signatory_name": "",
    "signatory_title": "", "late_days": 14, "assurance": "asserted", "accreditors": ["accme"],
}  # fmt: skip

_ITEM = {
    "id": "q1", "version": "00000001", "kind": "choice", "objective": None, "vignette_html": "", "stem_html": "<p>Which?</p>",
    "rationale_html": "<p>Because.</p>", "choices": [{"id": "a", "html": "This"}, {"id": "b", "html": "That"}], "answer": "b",
}  # fmt: skip

_PAGE = {"id": "one", "kind": "page", "title": "One", "minutes": 15, "html": "<p>One.</p>"}

_DEFINITION: dict[str, Any] = {
    "schema": "d1", "activity": "https://cme.northfield.example/activities/sample", "version": "2026.1", "title": "A <b>&\" sample",
    "description": "For tests.", "language": "en", "zone": "America/Chicago", "format": "enduring material", "media": ["text"],
    "released": "2026-12-01", "reviewed": None, "terminates": "2029-11-30", "estimated_minutes": 15, "provider": _PROVIDER,
    "joint_providers": [], "audience": [], "professions": [{"key": "physician", "label": "Physician"}, {"key": "other", "label": "Other"}],
    "objectives": [], "front_matter": [{"kind": "dates", "heading": "Dates", "html": "<p>Released.</p>"}], "accreditation_html": "",
    "disclosure": {"html": "<p>None.</p>", "acknowledgement": "I have read this.", "hash": "0" * 64}, "credits": [],
    "participation_attestation": "I took part.", "contents": [_PAGE],
    "files": [], "items": [_ITEM], "pre": {"items": ["q1"]},
    "post": {"items": ["q1"], "passing_score": 0.75, "attempts": 3, "feedback": "after attempt", "from": None}, "evaluation": [],
    "commitments": 0, "references": [], "follow_up_days": [], "requires": ["disclosure", "content"], "lms_completion": "evaluation",
}  # fmt: skip


def a_definition(**different: Any) -> Definition:
    return Definition.model_validate({**_DEFINITION, **different})


def with_files(folder: Path, files: Mapping[str, bytes]) -> Definition:
    """A definition with these files, which are written into `folder`."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    listed = [{"path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in files.items()]
    return a_definition(files=listed)


def a_format(key: str = "scorm-1.2") -> PackageFormat:
    return next(each for each in FORMATS if each.key == key)


def a_preset(key: str = "generic") -> Preset:
    return choose(PRESETS, key)


def a_plan(
    definition: Definition | None = None,
    *,
    key: str = "scorm-1.2",
    lms: str = "generic",
    destination: Destination | None = None,
    packager: str = "1.0",
) -> Plan:
    defined = definition or a_definition()
    data = package_data(defined, a_format(key), a_preset(lms), destination, packager)
    return plan(defined, a_format(key), data, PARTS)


def a_zip(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """A zip of these files, in this order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]
