"""The activity that an import goes into: read before, added to after, and never written over."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorm_packager.activity import yaml_text
from scorm_packager.activity.load import ACTIVITY_FILE
from scorm_packager.activity.problems import Place, ProblemsFound
from scorm_packager.activity.source import FolderSource
from scorm_packager.importing.addition import Addition
from scorm_packager.importing.bytes_in import readable
from scorm_packager.importing.model import refuse
from scorm_packager.importing.yaml_entries import with_entries


@dataclass(frozen=True, slots=True)
class Target:
    """An activity's file as it is now."""

    file: Path
    data: bytes
    activity: dict[str, Any]

    def held(self, path: str) -> bytes | None:
        try:
            return FolderSource(self.file.parent).read(path)
        except OSError:
            return None


def target_of(path: Path) -> Target:
    """The activity of a folder or file. Raises `ProblemsFound` when its file cannot be understood."""
    file = path / ACTIVITY_FILE if path.is_dir() else path
    with readable(file, Place(file.name)):
        data = file.read_bytes()
    read = yaml_text.read(data, file.name)
    if read.broken:
        raise ProblemsFound(read.problems)
    return Target(file, data, read.value)


def write(target: Target, added: Addition) -> None:
    """New files first, the activity's file last. Raises `ProblemsFound`, and leaves that file as it was, when it cannot be done."""
    result = with_entries(target.data, target.file.name, {"contents": added.contents, "items": added.items})
    for path, data in (added.files or {}).items():
        write_new(target.file.parent / path, data)
    _replace(target.file, result)


def write_new(file: Path, data: bytes) -> None:
    """A file that is not there yet. Raises `ProblemsFound` when it is."""
    with readable(file, Place(str(file))):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("xb") as stream:
                stream.write(data)
        except FileExistsError as error:
            message = "This file is there already; nothing was written over."
            raise refuse("import-file-there", Place(str(file)), message, "Name another one.") from error


def _replace(file: Path, data: bytes) -> None:
    """All of the new text or all of the old, with the permissions it had."""
    with readable(file, Place(file.name)):
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(file.stat().st_mode & 0o777)
        Path(name).replace(file)
