"""Reading somebody's file into memory: bounded, and as text by the encoding it is really in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity
from scorm_packager.importing.model import Source, refuse

MAXIMUM = 32 << 20
_HEAD = 4096
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    problems: tuple[Problem, ...] = ()


def data_of(source: Source) -> bytes:
    """All bytes of the file. Raises `ProblemsFound` above 32 MiB or when it cannot be read."""
    with readable(source.path, source.place()):
        if source.path.stat().st_size > MAXIMUM:
            raise refuse("import-too-large", source.place(), "This file is larger than 32 MiB.", "Split it, or leave media out of it.")
        return source.path.read_bytes()


def text_of(source: Source) -> Decoded:
    """The file as text with plain line ends: UTF-8, UTF-16 with its mark, or else what Windows programs write in the West."""
    data = data_of(source)
    coding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return Decoded(_plain_ends(data.decode(coding)))
    except UnicodeDecodeError as fault:
        if coding != "utf-8":
            message = f"This file says it is {coding} and is not: {fault.reason}."
            raise refuse("import-encoding", source.place(), message, "Save it again as UTF-8.") from fault
        line = data.count(b"\n", 0, fault.start) + 1
        message = "This file is not in UTF-8; it was read as Windows-1252."
        problem = Problem(
            "import-encoding", source.place("", line, 1), message, "Compare letters with accents, or save it as UTF-8.", Severity.WARNING
        )
        return Decoded(_plain_ends(data.decode("cp1252", errors="replace")), (problem,))


def head(path: Path) -> bytes:
    """The first bytes of a file, to tell what it is; nothing of a folder or of what cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""


@contextmanager
def readable(path: Path, where: Place) -> Iterator[None]:
    """A file that cannot be read is a problem."""
    try:
        yield
    except OSError as error:
        remedy = "Check the path and its permissions."
        raise ProblemsFound((Problem("file-unreadable", where, f"{path} cannot be read: {error.strerror}.", remedy),)) from error


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
