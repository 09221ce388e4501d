"""What is taken out of somebody's file, before it has a place in an activity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity

Kind = Literal["items", "pages"]
Values = dict[str, Any]  # an item as activity.yaml writes it, without its id


@dataclass(frozen=True, slots=True)
class Question:
    """One item: `name` is what its source calls it ("" when nothing), `topic` the category it stands in."""

    name: str
    where: Place
    values: Mapping[str, Any]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of Markdown, which begins with its title; images in it are named relative to the page.

    `path` is its own in the folder of the import; without one it gets a number and its title.
    """

    title: str
    text: str
    where: Place
    path: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that items or pages show, by its name in the folder of the import."""

    name: str
    data: bytes = field(repr=False)
    where: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of a file, and every problem met; what could not be taken is named among them."""

    questions: tuple[Question, ...] = ()
    pages: tuple[Page, ...] = ()
    media: tuple[Media, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file or folder to be read, what problems call it, and the folder of the activity that its media will lie in."""

    path: Path
    name: str
    folder: str  # content/<name>

    def place(self, part: str = "", line: int = 0, column: int = 0) -> Place:
        return Place(f"{self.name}/{part}" if part else self.name, line, column)


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of file is told and read. `read` raises `ProblemsFound` when nothing of the file can be understood."""

    label: str
    kind: Kind
    recognises: Callable[[Path], bool]
    read: Callable[[Source], Reading]
    template: Callable[[], bytes] | None = None  # an example file to begin with
    key: str = ""  # its module's name


def refuse(code: str, where: Place, message: str, remedy: str) -> ProblemsFound:
    """What is said of a part that is damaged or contradicts itself."""
    return ProblemsFound((Problem(code, where, message, remedy),))


def nothing(source: Source, problems: Sequence[Problem]) -> ProblemsFound:
    """What is said of a file of which nothing could be taken, after what was said of its parts."""
    message = "Nothing in this file could be taken."
    problem = Problem("import-nothing", source.place(), message, "Open it in its program, and compare it with what is named here.")
    return ProblemsFound((*problems, problem))


def pass_over(code: str, where: Place, message: str, remedy: str) -> ProblemsFound:
    """What is said of a part that is sound but has no counterpart here."""
    return ProblemsFound((Problem(code, where, message, remedy, Severity.WARNING),))


def warning(code: str, where: Place, message: str, remedy: str) -> Problem:
    return Problem(code, where, message, remedy, Severity.WARNING)
