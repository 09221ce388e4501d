"""Reading the packager's own data files (formats, presets) into frozen parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from scorm_packager.activity import yaml_text
from scorm_packager.activity.model import Part
from scorm_packager.activity.places import Places
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.shape import misfits

Model = TypeVar("Model", bound=Part)


@dataclass(frozen=True, slots=True)
class Read(Generic[Model]):
    """A file's part, and where in the file each piece of it is written."""

    part: Model
    places: Places


def read_part(file: Path, model: type[Model], *, key: str) -> Model:
    """The file's mapping as `model`, its `key` taken from where the file is. Raises `ProblemsFound` with every fault of the file."""
    return read_placed(file, model, key=key).part


def read_placed(file: Path, model: type[Model], *, key: str) -> Read[Model]:
    """The same, with places. Raises `ProblemsFound` with every fault of the file."""
    try:
        state = file.stat()
    except OSError:
        return _read(file, model, key)
    read: Read[Model] = _remembered(file, model, key, state.st_mtime_ns, state.st_size)
    return read


@lru_cache(maxsize=256)
def _remembered(file: Path, model: type[Model], key: str, changed: int, size: int) -> Read[Model]:
    """Read once for as long as the file stays as it is: parsing is what a build would otherwise spend most of its time on."""
    return _read(file, model, key)


def _read(file: Path, model: type[Model], key: str) -> Read[Model]:
    text = yaml_text.read_file(file, str(file))
    if text.problems or text.broken:
        raise ProblemsFound(text.problems)
    values = {**text.value, "key": key}
    faults = misfits(model, values, text.places)
    if faults:
        raise ProblemsFound(faults)
    return Read(model.model_validate(values), text.places)
