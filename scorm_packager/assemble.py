"""Entries into a zip: the same entries give the same bytes, and a half-written package is never seen."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

# Compressed already: deflating them again costs time and gains nothing.
_MEDIA = (".mp4", ".m4v", ".m4a", ".mp3", ".webm", ".ogg", ".ogv", ".mov", ".aac", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_STORED = frozenset((*_MEDIA, ".woff", ".woff2", ".pdf", ".zip", ".gz", ".docx", ".pptx", ".xlsx"))
_EARLIEST = date(1980, 1, 1)  # the zip format's own first day
_LATEST = date(2107, 12, 31)
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Bytes:
    """A member that was made in memory."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """A member that is copied from a file, which must have this many bytes and, when given, this hash."""

    path: str
    file: Path
    bytes: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """A member that is copied from what `opened` gives, which must have this many bytes."""

    path: str
    opened: Callable[[], AbstractContextManager[IO[bytes]]]
    bytes: int


Member = Bytes | Copy | Stream


def assemble(members: Iterable[Member], target: Path, *, stamp: date | None) -> Path:
    """Writes the zip at `target` in one step, replacing what was there. `stamp` is every member's date (1980-01-01 for none).

    Memory does not grow with a member's size. Raises `ProblemsFound` when a file is no longer what it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w", allowZip64=True) as package:
            for member in sorted(members, key=lambda each: each.path):
                _write(package, member, _day(stamp))
        unfinished.replace(target)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return target


def _day(stamp: date | None) -> date:
    return _EARLIEST if stamp is None else min(max(stamp, _EARLIEST), _LATEST)


def _write(package: zipfile.ZipFile, member: Member, day: date) -> None:
    with package.open(_info(member, day), "w") as out:
        if isinstance(member, Bytes):
            out.write(member.data)
        elif isinstance(member, Stream):
            _pour(member, out)
        else:
            _copy(member, out)


def _info(member: Member, day: date) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(member.path, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if PurePosixPath(member.path).suffix.lower() in _STORED else zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _REGULAR_FILE
    info.file_size = len(member.data) if isinstance(member, Bytes) else member.bytes  # tells zipfile whether zip64 is needed
    return info


def _copy(member: Copy, out: IO[bytes]) -> None:
    digest = hashlib.sha256()
    count = 0
    for chunk in _chunks(member):
        digest.update(chunk)
        count += len(chunk)
        out.write(chunk)
    if count != member.bytes or digest.hexdigest() != (member.sha256 or digest.hexdigest()):
        raise ProblemsFound((_changed(member),))


def _pour(member: Stream, out: IO[bytes]) -> None:
    with member.opened() as source:
        while chunk := source.read(_CHUNK):
            out.write(chunk)


def _chunks(member: Copy) -> Iterator[bytes]:
    try:
        with member.file.open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise ProblemsFound((_changed(member),)) from error


def _changed(member: Copy) -> Problem:
    return Problem(
        "file-changed-while-building",
        Place(str(member.file)),
        f"This file is no longer the one that was read at the start of the build ({member.path}).",
        "Build again when nothing writes to the activity's folder.",
    )
