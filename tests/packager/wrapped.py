"""Exports with one trap each, as the folders under tests/packages say: what is in them, what they are, and how they are played.

`package.yaml` of each has `about`, `is` (what looking at it must say), `content` (keys of the activity's content), `post` (it is the
post-activity assessment), `steps` (what a learner does) and `then` (what must come of it).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PACKAGES = Path(__file__).parent.parent / "packages"


@dataclass(frozen=True)
class Trap:
    name: str
    said: dict[str, Any]

    @property
    def steps(self) -> list[dict[str, Any]]:
        return list(self.said["steps"])

    @property
    def outcome(self) -> dict[str, Any]:
        return dict(self.said["then"])

    def zipped(self, target: Path) -> Path:
        """The export as its tool would hand it over."""
        files = PACKAGES / self.name / "files"
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for path in sorted(files.rglob("*")):
                if path.is_file():
                    made.write(path, path.relative_to(files).as_posix())
        return target


def traps() -> list[Trap]:
    found = sorted(PACKAGES.glob("*/package.yaml"))
    return [Trap(path.parent.name, YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))) for path in found]
