"""The one way in which anything in CME Bridge says that something is wrong."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`ERROR` stops a build or a registration; `WARNING` is shown and does not stop anything; `NOTE` is good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem stands: a file, and a line and column counted from 1 (0 when not known)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do about it.

    `code` is stable and kebab-case; `source` names the rule (standard and clause) when one demands it;
    `verified` is False when that rule's text was not read at its maker's.
    """

    code: str
    where: Place
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    source: str = ""
    verified: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.severity} {self.code}: {self.message} {self.remedy}"

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": self.where.file,
            "line": self.where.line,
            "column": self.where.column,
            "message": self.message,
            "remedy": self.remedy,
            "source": self.source,
            "verified": self.verified,
        }


class ProblemsFound(Exception):
    """Raised where a value cannot be made; carries every problem found, not the first."""

    def __init__(self, problems: tuple[Problem, ...]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def file_trouble(fault: OSError) -> Problem | None:
    """What the machine says of a file or folder, for people; None when its fault is about something else (a closed pipe, the network)."""
    if fault.errno is None or (fault.filename is None and fault.errno not in _DISK_FULL):
        return None
    said = os.strerror(fault.errno)
    message = f"The machine refused it: {said[:1].lower()}{said[1:]}."
    return Problem("file-trouble", Place(_named(fault)), message, _file_remedy(fault.errno))


def _named(fault: OSError) -> str:
    return "disk" if fault.filename is None else os.fsdecode(fault.filename)


def _file_remedy(number: int) -> str:
    if number in _DISK_FULL:
        return "Make room, or choose another folder."
    if number in _FORBIDDEN:
        return "Choose a folder in which you may write, or ask for the right to use this one."
    return "Check the path, or choose another one."
