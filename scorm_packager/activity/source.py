"""Where an activity's files are read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    sha256: str
    bytes: int


class Source(Protocol):
    """Reads files by their path in the activity's folder, with `/` between the parts. Both raise FileNotFoundError."""

    def read(self, path: str) -> bytes: ...

    def measure(self, path: str) -> Measured: ...


class Outside(FileNotFoundError):
    """A path that leads out of the activity's folder."""


class FolderSource:
    """An activity's folder on disk; nothing outside it is ever read. Large media are measured piece by piece."""

    def __init__(self, folder: Path):
        self._folder = folder.resolve()

    def read(self, path: str) -> bytes:
        return self.locate(path).read_bytes()

    def measure(self, path: str) -> Measured:
        digest, size = hashlib.sha256(), 0
        with self.locate(path).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
        return Measured(digest.hexdigest(), size)

    def locate(self, path: str) -> Path:
        """The file itself. Raises Outside for a path that is absolute or leaves the folder, by `..` or by a link; FileNotFoundError."""
        if leaves(path):
            raise Outside(path)
        try:
            found = (self._folder / path).resolve()
        except RuntimeError:  # links that lead in a circle
            raise FileNotFoundError(path) from None
        if not found.is_relative_to(self._folder):
            raise Outside(path)
        if not found.is_file():
            raise FileNotFoundError(path)
        return found


def leaves(path: str) -> bool:
    """Whether a path, as written, is no plain relative path inside the folder."""
    parts = PurePosixPath(path).parts
    return not path or path.startswith("/") or ".." in parts or "\\" in path or ":" in path or "\0" in path
