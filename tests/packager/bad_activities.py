"""Bad activities: the good one with one fault, as the small files under tests/activities/bad say.

A case has `fault` (in words), `change` (a list, done in order) and `expect` (code, line, remedy; file and severity where not the usual).
A change is one of: `set: path` with `to`, `remove: path`, `append: path` with `value`, `replace: text` with `by` (once in the raw text),
`write: file` with `text`,
`zip: file` with `files` (name: text); `in` names another file than activity.yaml. A path is written with points: people.0.disclosed.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.packager.builders import a_zip

ACTIVITIES = Path(__file__).parent.parent / "activities"


@dataclass(frozen=True)
class Expected:
    code: str
    line: str
    remedy: str
    file: str = "activity.yaml"
    severity: str = "error"


@dataclass(frozen=True)
class BadActivity:
    name: str
    fault: str
    change: tuple[Mapping[str, Any], ...]
    expect: Expected

    def write(self, folder: Path) -> Path:
        """The folder with the good activity and this fault in it."""
        shutil.copytree(ACTIVITIES / "good", folder)
        for change in self.change:
            _apply(change, folder)
        return folder


def bad_activities() -> list[BadActivity]:
    return [_read(path) for path in sorted((ACTIVITIES / "bad").glob("*.yaml"))]


def _read(path: Path) -> BadActivity:
    said = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return BadActivity(path.stem, said["fault"], tuple(said["change"]), Expected(**said["expect"]))


def _apply(change: Mapping[str, Any], folder: Path) -> None:
    if "write" in change:
        (folder / change["write"]).write_text(change["text"], encoding="utf-8")
        return
    if "zip" in change:
        a_zip(folder / change["zip"], change["files"])
        return
    file = folder / change.get("in", "activity.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(_replaced(text, change) if "replace" in change else _edited(text, change), encoding="utf-8")


def _replaced(text: str, change: Mapping[str, Any]) -> str:
    assert text.count(change["replace"]) == 1, f"{change['replace']!r} must stand once in the file"
    return text.replace(change["replace"], change["by"])


def _edited(text: str, change: Mapping[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 4096
    said = yaml.load(text)
    _change(said, change)
    written = StringIO()
    yaml.dump(said, written)
    return written.getvalue()


def _change(said: Any, change: Mapping[str, Any]) -> None:
    path = next(change[verb] for verb in ("set", "remove", "append") if verb in change)
    *around, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    owner = reduce(lambda part, key: part[key], around, said)
    if "set" in change:
        owner[last] = change["to"]
    elif "remove" in change:
        del owner[last]
    else:
        owner[last].append(change["value"])
