"""Runs of formatted text, as word processors and slides keep them, as inline Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from scorm_packager.importing.html import around, link
from scorm_packager.importing.prose import escape


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one format; `made` is Markdown already (a line break, an image, the mark of a note)."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    height: Literal["", "sub", "sup"] = ""
    address: str = ""
    made: str = ""


BREAK = Run(made="<br>")


def line(runs: Iterable[Run], left_out: Callable[[str, str], None]) -> str:
    """One line of Markdown. `left_out` is told of links that lead nowhere from inside a package."""
    whole = "".join(
        link(_formatted(list(same)), address, left_out) if address else _formatted(list(same))
        for address, same in groupby(runs, key=lambda run: run.address)
    )
    return _trimmed(whole)


def plain(runs: Iterable[Run]) -> str:
    """The words alone."""
    return " ".join("".join(" " if run == BREAK else run.text for run in runs).split())


def _formatted(runs: list[Run]) -> str:
    alike = groupby(runs, key=lambda run: (run.bold, run.italic, run.height, bool(run.made)))
    return "".join(_marked("".join(run.made or escape(run.text) for run in same), *form) for form, same in alike)


def _marked(text: str, bold: bool, italic: bool, height: str, made: bool) -> str:
    if made:
        return text
    if height and text.strip():
        text = f"<{height}>{text}</{height}>"
    return around(text, "*" * (2 * bold + italic)) if bold or italic else text


def _trimmed(text: str) -> str:
    text = text.strip()
    while text.startswith("<br>"):
        text = text[4:].lstrip()
    while text.endswith("<br>"):
        text = text[:-4].rstrip()
    return text
