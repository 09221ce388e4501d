"""Building an activity's packages: checked, planned, packed, judged; a package that is not good is never left behind."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Problem, ProblemsFound, errors
from scorm_packager.budget import Budget, budget, doubts
from scorm_packager.formats import PackageFormat
from scorm_packager.limits import contents, objections
from scorm_packager.pack import pack, parts
from scorm_packager.package_data import Destination, PackageData, package_data
from scorm_packager.plan import plan
from scorm_packager.presets import Preset
from scorm_packager.schemas import Schemas, schemas
from scorm_packager.verify.judge import judge
from scorm_packager.wrap.embed import Exports, exports, without_their_own


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: one package for each format, all for the same LMS and the same destination."""

    formats: tuple[PackageFormat, ...]
    preset: Preset
    destination: Destination | None
    out: Path
    templates: Path
    packager: str
    schemas: Path | None = None  # a folder of the standards' own schema files


@dataclass(frozen=True, slots=True)
class Package:
    """A finished package; `warnings` are what `verify` says of it, of its saved state's worst case, and of what the LMS takes."""

    file: Path
    data: PackageData
    saved_state: Budget
    warnings: tuple[Problem, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "file": str(self.file),
            "format": self.data.format,
            "preset": self.data.preset,
            "build": self.data.build,
            "definition": self.data.definition_id,
            "bytes": self.file.stat().st_size,
            "saved_state": self.saved_state.as_json(),
            "warnings": [problem.as_json() for problem in self.warnings],
        }


def build(definition: Definition, folder: Path, order: Order, say: Callable[[str], None]) -> tuple[Package, ...]:
    """Every package of the order. `say` is told of each step before it is taken. Raises `ProblemsFound`, leaving no faulty package."""
    wrapped = exports(definition, folder)
    return tuple(_build(definition, folder, order, each, wrapped, say) for each in order.formats)


def file_name(definition: Definition, data: PackageData) -> str:
    """Which activity, version, format and site; the LMS too, when it is a particular one."""
    activity = definition.activity.rstrip("/").rsplit("/", 1)[-1]
    parts = (activity, definition.version, data.format, data.preset if data.preset != "generic" else "", data.site or "")
    return "-".join(_plain(part) for part in parts if part) + ".zip"


def _build(
    definition: Definition, folder: Path, order: Order, package_format: PackageFormat, wrapped: Exports, say: Callable[[str], None]
) -> Package:
    data = package_data(definition, package_format, order.preset, order.destination, order.packager, wrapped)
    target = order.out / file_name(definition, data)
    unjudged = target.with_name(f".{target.stem}.{os.getpid()}.unjudged.zip")
    try:
        say(f"Packing {target.name}")
        found = schemas(order.schemas, package_format.schemas) if order.schemas and package_format.schemas else Schemas()
        there = replace(parts(order.templates), exports=wrapped, schemas=found)
        pack(plan(definition, package_format, data, there), folder, order.templates, unjudged)
        say(f"Verifying {target.name}")
        problems = without_their_own(judge(unjudged, standard=package_format.judged_as), wrapped)
        if errors(problems):
            raise ProblemsFound(problems)
        saved = budget(definition, package_format.limits["suspend_data"])
        package = unjudged.replace(target)
        taken = objections(order.preset, contents(package, (package_format.key,) if package_format.reports else ()))
        return Package(package, data, saved, (*problems, *doubts(saved, package_format.name), *taken))
    finally:
        with suppress(FileNotFoundError):
            unjudged.unlink()


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-.")
