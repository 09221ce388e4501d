"""Opening anybody's zip: what is dangerous about it is said, and nothing of it touches the disk.

A zip is read as its central directory tells it. Declared sizes are kept to by the reader, so limits on them hold for what is read.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity, errors

_MEBIBYTE = 1 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1 | 0x40
_LOCAL_HEADER = 30
_CHUNK = 1 << 20
_READABLE = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a zip is believed: members, bytes unpacked in all and in one member, unpacked to packed above a mebibyte, name length."""

    members: int = 20_000
    total: int = 16 * 1024 * _MEBIBYTE
    text: int = 64 * _MEBIBYTE
    ratio: int = 200
    name: int = 512


DEFAULT = Limits()


class Archive:
    """An opened zip. `names` are its files (folders left out) in the zip's own order."""

    def __init__(self, opened: zipfile.ZipFile, limits: Limits):
        self._zip = opened
        self._limits = limits
        self._infos = {info.filename: info for info in opened.infolist() if not info.is_dir()}
        self.names: tuple[str, ...] = tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        return self._infos[name].file_size

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises `ProblemsFound` when it is damaged, or too large to be held in memory."""
        if self.size(name) > self._limits.text:
            raise ProblemsFound((_found("member-too-large", name, "This file is too large to be read whole.", "Make it smaller."),))
        with self.stream(name) as member:
            return member.read()

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """A member, to be read in pieces. Raises `ProblemsFound` when it is damaged."""
        try:
            with self._zip.open(self._infos[name]) as member:
                yield member
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise ProblemsFound((_damaged(name, str(error)),)) from error

    def damage(self) -> tuple[Problem, ...]:
        """Every member whose bytes do not unpack or do not have their check sum. Reads all of the zip once, in pieces."""
        return tuple(problem for name in self.names for problem in self._damage_of(name))

    def _damage_of(self, name: str) -> tuple[Problem, ...]:
        try:
            with self.stream(name) as member:
                while member.read(_CHUNK):
                    pass
        except ProblemsFound as found:
            return found.problems
        return ()


@contextmanager
def opened(path: Path, limits: Limits = DEFAULT) -> Iterator[tuple[Archive, tuple[Problem, ...]]]:
    """The zip with all that is objectionable about its directory; harmless ones are warnings.

    Raises `ProblemsFound` when it is no zip, or when reading it would be dangerous (a bomb, overlapping members, encryption).
    """
    with _zip(path) as package:
        dangers = tuple(problem for look in _DANGERS for problem in look(package, limits))
        if dangers:
            raise ProblemsFound(dangers)
        yield Archive(package, limits), tuple(problem for look in _NAMES for problem in look(package, limits))


@contextmanager
def trusted(path: Path, limits: Limits = DEFAULT) -> Iterator[Archive]:
    """The zip, when no error was found in its directory: its names may be used as paths. Raises `ProblemsFound` otherwise."""
    with opened(path, limits) as (archive, problems):
        if errors(problems):
            raise ProblemsFound(errors(problems))
        yield archive


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError, EOFError) as error:
        raise ProblemsFound((_no_zip(path, str(error)),)) from error
    except OSError as error:
        raise ProblemsFound((_unreadable(path, error),)) from error
    with package:
        yield package


# --- dangers: nothing is read when there is one ---------------------------------------------------


def _too_many(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    count = len(package.infolist())
    if count > limits.members:
        yield _found("zip-too-many-files", "", f"The zip has {count} members; {limits.members} are read at most.", "Split the package.")


def _too_large(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    total = sum(info.file_size for info in package.infolist())
    if total > limits.total:
        yield _found(
            "zip-too-large", "", f"Unpacked, the zip has {total} bytes; {limits.total} are read at most.", "Make its media smaller."
        )


def _bomb(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    for info in package.infolist():
        if info.file_size > _MEBIBYTE and info.file_size > limits.ratio * max(info.compress_size, 1):
            message = f"{info.file_size} bytes are packed into {info.compress_size}: a zip bomb, or an empty file of great length."
            yield _found("zip-bomb", info.filename, message, "Leave this file out.")


def _overlapping(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    end = 0
    for info in sorted(package.infolist(), key=lambda each: each.header_offset):
        if info.header_offset < end:
            yield _found("zip-overlap", info.filename, "This member shares its bytes with another one.", "Make the zip with another tool.")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _encrypted(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    for info in package.infolist():
        if info.flag_bits & _ENCRYPTED:
            yield _found(
                "zip-encrypted", info.filename, "This member is encrypted; no LMS can read it.", "Make the zip without a password."
            )


_Look = Callable[[zipfile.ZipFile, Limits], Iterator[Problem]]
_DANGERS: tuple[_Look, ...] = (_too_many, _too_large, _bomb, _overlapping, _encrypted)


# --- names and kinds ------------------------------------------------------------------------------


def _names(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    for info in package.infolist():
        name = info.orig_filename
        for code, is_so, message in _NAME_RULES:
            if is_so(name, info):
                yield _found(
                    code, name, message, "Give the file a plain relative name with forward slashes, and zip the folder's contents."
                )
        if len(name) > limits.name:
            yield _found("name-too-long", name, f"This name has more than {limits.name} characters.", "Shorten folder and file names.")


_NameRule = tuple[str, Callable[[str, zipfile.ZipInfo], bool], str]
_NAME_RULES: tuple[_NameRule, ...] = (
    ("name-climbs", lambda name, _: ".." in name.replace("\\", "/").split("/"), "This name climbs out of the package (“..”)."),
    ("name-absolute", lambda name, _: name.startswith(("/", "\\")), "This name is absolute."),
    ("name-with-drive", lambda name, _: name[1:2] == ":", "This name begins with a drive."),
    ("name-backslash", lambda name, _: "\\" in name, "This name has a backslash: most hosts take it for a part of the file's name."),
    (
        "name-control-character",
        lambda name, _: any(unicodedata.category(each) == "Cc" for each in name),
        "This name has a control character.",
    ),
    ("name-empty-part", lambda name, _: not name or "//" in name or "/./" in f"/{name}", "This name has an empty or “.” part."),
    ("name-not-utf-8", lambda name, info: not info.flag_bits & _UTF8_NAME and not name.isascii(), "This name is not marked as UTF-8."),
    ("zip-link", lambda _, info: stat.S_ISLNK(info.external_attr >> 16), "This member is a symbolic link."),
    ("zip-special-file", lambda _, info: _is_special(info.external_attr >> 16), "This member is neither a file nor a folder."),
    ("zip-method", lambda _, info: info.compress_type not in _READABLE, "This member is packed in a way that many hosts cannot unpack."),
)


def _is_special(mode: int) -> bool:
    return stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK)


def _duplicates(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    exact: set[str] = set()
    folded: dict[str, str] = {}
    for info in package.infolist():
        name = info.filename
        alike = folded.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if name in exact:
            yield _found("name-twice", name, "Two members have this name.", "Keep one of them.")
        elif alike != name:
            message = f"This name differs from “{alike}” only in case: on Windows one overwrites the other."
            yield _found("name-twice-but-for-case", name, message, "Rename one of them.")
        exact.add(name)


def _nested(package: zipfile.ZipFile, limits: Limits) -> Iterator[Problem]:
    for info in package.infolist():
        if info.filename.lower().endswith((".zip", ".7z", ".rar", ".tar", ".gz", ".jar")):
            message = "An archive lies inside the package; no LMS unpacks it."
            yield _found("zip-nested", info.filename, message, "Leave it out unless learners are to download it.", Severity.WARNING)


_NAMES: tuple[_Look, ...] = (_names, _duplicates, _nested)


def _found(code: str, name: str, message: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(code, Place(_printable(name)), message, remedy, severity)


def _printable(name: str) -> str:
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in name)


def _damaged(name: str, why: str) -> Problem:
    return _found("member-damaged", name, f"This file does not unpack ({why}).", "Make the zip again.")


def _no_zip(path: Path, why: str) -> Problem:
    return Problem("not-a-zip", Place(str(path)), f"This is not a zip file ({why}).", "Give the package that your authoring tool exported.")


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(
        "file-unreadable", Place(str(path)), f"This file cannot be read: {error.strerror}.", "Check the path and its permissions."
    )
