"""What will be hard about an export: traps, one file each under `traps/`, found by looking.

A trap is found by a pattern in a text (`text`, in files matching `within`; `start` there means the page it starts with), or by a file that
matches one of `files`. What it says is a warning with a remedy. What stands in a comment of a page is no trap.
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
    largest: int | None = None  # characters; what is longer is not looked through
    files: tuple[Text, ...] = ()
    player: bool = False  # the player must be ready for it


@cache
def traps() -> tuple[Trap, ...]:
    """Every trap there is, by key."""
    return tuple(read_part(file, Trap, key=file.stem) for file in sorted(_FOLDER.glob("*.yaml")))


def found(stated: Stated, names: tuple[str, ...], texts: Texts) -> Iterator[tuple[Trap, Problem]]:
    """Each trap that is there, once, with the first place of it."""
    read = {name: _as_browsers_read(name, text) for name, text in texts.items()}
    for trap in traps():
        place = _by_name(trap, names) or _by_text(trap, stated, read)
        if place is not None:
            yield trap, Problem(f"wrap-{trap.key}", place, trap.message, trap.remedy, Severity.WARNING)


# Of comments, those in which markup stands: others hide a script's text from browsers that no longer exist, and it runs. What a condition
# reveals to all but one browser is none (`<!--[if !IE]><!-->`).
_COMMENT = re.compile(r"<!--(?:\[if\b[^\]]{0,99}\]>(?!\s*(?:<!)?-->)|\s*<(?!!)).*?-->", re.DOTALL)
_NOT_A_LINE_END = re.compile(r"[^\n]")


def _as_browsers_read(name: str, text: str) -> str:
    """The text with its commented-out markup blanked; every other character keeps its place."""
    if not name.lower().endswith((".html", ".htm")):
        return text
    return _COMMENT.sub(lambda comment: _NOT_A_LINE_END.sub(" ", comment[0]), text)


def _by_name(trap: Trap, names: tuple[str, ...]) -> Place | None:
    return next((Place(name) for name in names if any(fnmatchcase(name.lower(), pattern) for pattern in trap.files)), None)


def _by_text(trap: Trap, stated: Stated, texts: Texts) -> Place | None:
    if not trap.text:
        return None
    wanted = re.compile(trap.text)
    starts = {re.split(r"[?#]", start.href)[0] for start in stated.starts}
    for name in sorted(texts):
        if not _within(trap, name, starts) or len(texts[name]) > (trap.largest or len(texts[name])):
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
