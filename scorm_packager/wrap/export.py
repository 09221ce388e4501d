"""What is known of an export after looking at it: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scorm_packager.activity.problems import Problem

Standard = Literal["scorm-1.2", "scorm-2004", "html"]


@dataclass(frozen=True, slots=True)
class Start:
    """One thing that a learner can start. `href` is a path inside the export, with parameters; `mastery` is the manifest's, as written;
    `objectives` are the ids that it finds in its data model."""

    title: str
    href: str
    mastery: str = ""
    launch_data: str = ""
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What the export says of itself, by its manifest or the lack of one."""

    standard: Standard
    edition: str
    title: str
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """An authoring tool. `shape` is landscape where its slides have a fixed width; `note` is what an author should know of it."""

    name: str
    shape: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reports:
    """What the scripts of an export speak of, so what they may report to an LMS when they run."""

    completion: bool = False
    success: bool = False
    score: bool = False
    saved_state: bool = False
    interactions: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.completion or self.success or self.score)


@dataclass(frozen=True, slots=True)
class Inner:
    """A file of the export: its name in the zip, where it goes below the content's folder, and its bytes unpacked."""

    member: str
    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Export:
    """`files` go into the package, `left_out` do not. `problems` are what stands in the way (errors) or will be hard (warnings);
    `traps` are the codes of those that the player must be ready for."""

    stated: Stated
    tool: Tool | None
    reports: Reports
    files: tuple[Inner, ...]
    left_out: tuple[str, ...]
    traps: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    @property
    def api(self) -> str:
        """Which API the content screen offers: that of the export's own standard, both to a web export that asks for either, or none."""
        if self.stated.standard != "html":
            return self.stated.standard
        return "none" if self.reports.nothing else "both"
