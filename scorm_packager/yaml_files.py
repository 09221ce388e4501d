"""Reading the packager's own data files (formats, presets) into frozen parts."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from scorm_packager.activity.model import Part
from scorm_packager.activity.problems import Place, Problem, ProblemsFound

Model = TypeVar("Model", bound=Part)


def read_part(file: Path, model: type[Model], *, key: str) -> Model:
    """The file's mapping as `model`, its `key` taken from where the file is. Raises `ProblemsFound` with every fault of the file."""
    try:
        values = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        return model.model_validate({**(values or {}), "key": key})
    except ValidationError as error:
        raise ProblemsFound(tuple(_fault(file, ".".join(map(str, each["loc"])), each["msg"]) for each in error.errors())) from error
    except (YAMLError, UnicodeDecodeError, TypeError) as error:
        raise ProblemsFound((_fault(file, "", str(error)),)) from error


def _fault(file: Path, field: str, message: str) -> Problem:
    return Problem("template-data-invalid", Place(str(file)), f"{field}: {message}.".lstrip(": "), "Correct this data file.")
