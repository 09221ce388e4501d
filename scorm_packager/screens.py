"""Learner screens: one folder each under `templates/screens`, found by looking, in the order that their `screen.yaml` gives."""

from __future__ import annotations

from pathlib import Path

from scorm_packager.activity.model import Part, Text
from scorm_packager.yaml_files import read_part


class ScreenKind(Part):
    """`order` is the place among the screens that learners meet; `title` the name of its words in the player's messages."""

    key: Text
    kind: Text
    order: int
    title: Text


def screens(templates: Path) -> tuple[str, ...]:
    """The kinds of screen, in order. Raises `ProblemsFound` for a folder that cannot be read."""
    files = sorted((templates / "screens").glob("*/screen.yaml"))
    found = [read_part(file, ScreenKind, key=file.parent.name) for file in files]
    return tuple(each.key for each in sorted(found, key=lambda each: (each.order, each.key)))
