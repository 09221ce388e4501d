"""What will be hard about an export: traps, one file each under `traps/`, found by looking.

A trap is found by a pattern in a text (`text`, in files matching `within`; `start` there means the page it starts with), or by a file that
matches one of `files`. What it says is a warning with a remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from scorm_packager.activity.model import Part, Text
from scorm_packager.activity.problems import Place, Problem, Severity
from scorm_packager.wrap.export import Stated
from scorm_packager.wrap.texts import Texts
from scorm_packager.yaml_files import read_part

_FOLDER = Path(__file__).with_name("traps")


class Trap(Part):
    key: Text
    message: Text
    remedy: Text
    text: str = ""
    within: tuple[Text, ...] = ("*.html", "*.htm", "*.js")
    files: tuple[Text, ...] = ()
    player: bool = False  # the player must be ready for it


@cache
def traps() -> tuple[Trap, ...]:
    """Every trap there is, by key."""
    return tuple(read_part(file, Trap, key=file.stem) for file in sorted(_FOLDER.glob("*.yaml")))


def found(stated: Stated, names: tuple[str, ...], texts: Texts) -> Iterator[tuple[Trap, Problem]]:
    """Each trap that is there, once, with the first place of it."""
    for trap in traps():
        place = _by_name(trap, names) or _by_text(trap, stated, texts)
        if place is not None:
            yield trap, Problem(f"wrap-{trap.key}", place, trap.message, trap.remedy, Severity.WARNING)


def _by_name(trap: Trap, names: tuple[str, ...]) -> Place | None:
    return next((Place(name) for name in names if any(fnmatchcase(name.lower(), pattern) for pattern in trap.files)), None)


def _by_text(trap: Trap, stated: Stated, texts: Texts) -> Place | None:
    if not trap.text:
        return None
    wanted = re.compile(trap.text)
    starts = {re.split(r"[?#]", start.href)[0] for start in stated.starts}
    for name in sorted(texts):
        if not _within(trap, name, starts):
            continue
        match = wanted.search(texts[name])
        if match:
            return _place(name, texts[name], match.start())
    return None


def _place(name: str, text: str, offset: int) -> Place:
    return Place(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _within(trap: Trap, name: str, starts: set[str]) -> bool:
    if "start" in trap.within:
        return name in starts
    return any(fnmatchcase(name.lower(), pattern) for pattern in trap.within)
