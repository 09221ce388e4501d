"""Activity files for the tests of loading and defining: the least that loads, with only what matters added or changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.load import Loaded, load
from scorm_packager.activity.model import Activity
from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.activity.source import Measured

ACTIVITY = """\
activity: https://cme.northfield.example/activities/sample
version: "2026.1"
title: A <b>&" sample
description: For tests.
zone: America/Chicago
provider: provider.yaml
contents:
  - {page: content/one.md, minutes: 15}
"""  # what a test adds begins in line 9

PROVIDER = """\
name: Northfield Medical Society
accreditations: [{accreditor: accme}]
contact: {name: Office, email: education@northfield.example}
"""

PAGE = "# One\n\nThe first page.\n"

CHOICE = {"id": "q1", "kind": "choice", "stem": "Which?", "choices": {"a": "This", "b": "That"}, "answer": "b"}


def a_folder(folder: Path, added: str = "", *, changed: Mapping[str, str] | None = None, files: Mapping[str, str] | None = None) -> Path:
    """An activity's folder. `changed` replaces text of the activity file, `files` adds or replaces files."""
    text = ACTIVITY + added
    for old, new in (changed or {}).items():
        assert old in text, f"{old!r} is not in the file"
        text = text.replace(old, new)
    written: dict[str, str] = {"activity.yaml": text, "provider.yaml": PROVIDER, "content/one.md": PAGE, **(files or {})}
    for name, content in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def loaded(folder: Path, added: str = "", **different: Any) -> Loaded:
    return load(a_folder(folder, added, **different))


def problems(folder: Path, added: str = "", **different: Any) -> tuple[Problem, ...]:
    """The problems of an activity's folder, warnings included; none when it loads without."""
    return problems_at(a_folder(folder, added, **different))


def problems_at(path: Path) -> tuple[Problem, ...]:
    try:
        return load(path).warnings
    except ProblemsFound as found:
        return found.problems


def said(found: tuple[Problem, ...]) -> list[str]:
    """Problems as `file:line code`."""
    return [f"{problem.where.file}:{problem.where.line} {problem.code}" for problem in found]


def an_activity(**changes: Any) -> Activity:
    """The same activity as a value; keys as in the file."""
    base: dict[str, Any] = {
        "activity": "https://cme.northfield.example/activities/sample",
        "version": "2026.1",
        "title": 'A <b>&" sample',
        "description": "For tests.",
        "zone": "America/Chicago",
        "released": "2026-12-01",
        "provider": {
            "name": "Northfield Medical Society",
            "accreditations": [{"accreditor": "accme"}],
            "contact": {"name": "Office", "email": "education@northfield.example"},
        },
        "contents": [{"page": "content/one.md", "minutes": 15}],
    }
    return Activity.model_validate(base | changes)


class Texts:
    """A source that holds its files as texts."""

    def __init__(self, files: Mapping[str, str]):
        self._files = files

    def read(self, path: str) -> bytes:
        if path not in self._files:
            raise FileNotFoundError(path)
        return self._files[path].encode()

    def measure(self, path: str) -> Measured:
        return Measured("0" * 64, len(self.read(path)))


def the_definition(activity: Activity, files: Mapping[str, str] | None = None) -> Definition:
    return definition_of(activity, Texts({"content/one.md": PAGE, **(files or {})}))


def a_person(name: str, *roles: str, **different: Any) -> dict[str, Any]:
    return {"name": name, "roles": [{"role": role, "from": "2026-09-01"} for role in roles or ("faculty",)], **different}


def a_relationship(company: str, **different: Any) -> dict[str, Any]:
    return {"company": company, "nature": ["consultant"], "relevant": True, "mitigated": "2026-08-20", **different}
