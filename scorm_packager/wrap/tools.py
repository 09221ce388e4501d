"""Which authoring tool made an export: fingerprints, one file each under `tools/`, found by looking.

A fingerprint fits when each of `files` (shell patterns) matches some file and, where there is one, `text` is found in a file of `within`.
The first that fits counts, in the order of their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from pydantic import Field

from scorm_packager.activity.model import Part, Text
from scorm_packager.wrap.export import Tool
from scorm_packager.wrap.texts import Texts
from scorm_packager.yaml_files import read_part

_FOLDER = Path(__file__).with_name("tools")


class Fingerprint(Part):
    key: Text
    name: Text
    order: int
    files: tuple[Text, ...] = Field(min_length=1)
    text: str = ""
    within: tuple[Text, ...] = ()
    shape: str = ""
    note: str = ""
    seen: Text  # where it was seen


@cache
def fingerprints() -> tuple[Fingerprint, ...]:
    """Every fingerprint there is, the more particular ones first."""
    found = [read_part(file, Fingerprint, key=file.stem) for file in sorted(_FOLDER.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda each: (each.order, each.key)))


def tool(names: Iterable[str], texts: Texts) -> Tool | None:
    """The tool whose fingerprint fits, or None."""
    known = tuple(names)
    found = next((each for each in fingerprints() if _fits(each, known, texts)), None)
    return Tool(found.name, found.shape, found.note) if found else None


def _fits(fingerprint: Fingerprint, names: tuple[str, ...], texts: Texts) -> bool:
    if not all(any(fnmatchcase(name, pattern) for name in names) for pattern in fingerprint.files):
        return False
    if not fingerprint.text:
        return True
    wanted = re.compile(fingerprint.text)
    return any(wanted.search(text) for name, text in texts.items() if any(fnmatchcase(name, each) for each in fingerprint.within))
