"""Package formats: one folder each under `templates/formats`, found by looking.

Whatever is peculiar to a standard (names, limits, manifest, run time) stands in its folder and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from scorm_packager.activity.model import Part, Text
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.yaml_files import read_part


class Interactions(Part):
    """How the standard names item kinds and results, and what an interaction's id may hold (a regular expression)."""

    identifier: Text
    kinds: dict[str, str]
    results: dict[str, str]


class PackageFormat(Part):
    """A standard and edition in which an activity can be packaged. `limits` are in characters, or counts, and reach the player.

    `template` and `runtime` name files in the format's own folder, or by their path inside `templates/` where formats share one. The files
    of `runtime` run in their order. `schemas` are the XML namespaces whose schema files a package may carry. A format that does not
    `reports` is told of no bridge. `judged_as` is the standard by which `verify` judges it. `told` says in the standard's own words what
    the LMS hears of a learner: `failed` once all attempts are used up, `withheld` instead of it where the preset wants no failures told.
    """

    key: Text
    name: Text
    standard: Text
    edition: Text
    default: bool = False
    reports: bool = True
    judged_as: Text = "scorm"
    manifest: Text | None = None
    template: Text | None = None
    runtime: tuple[Text, ...] = Field(min_length=1)
    schemas: tuple[Text, ...] = ()
    limits: dict[str, int] = Field(min_length=1)
    interactions: Interactions | None = None
    told: dict[Literal["begun", "completed", "passed", "failed", "withheld", "score"], Text] = {}

    @property
    def manifest_template(self) -> str | None:
        """The path of the manifest's template inside `templates/`."""
        return self._inside(self.template or self.manifest) if self.manifest else None

    @property
    def runtime_files(self) -> tuple[str, ...]:
        """Paths inside `templates/`."""
        return tuple(self._inside(name) for name in self.runtime)

    def _inside(self, name: str | None) -> str:
        return name if name and "/" in name else f"formats/{self.key}/{name}"


def formats(templates: Path) -> tuple[PackageFormat, ...]:
    """Every format there is, sorted by key. Raises `ProblemsFound` for a folder that cannot be read."""
    files = sorted((templates / "formats").glob("*/format.yaml"))
    return tuple(read_part(file, PackageFormat, key=file.parent.name) for file in files)


def choose(known: tuple[PackageFormat, ...], keys: tuple[str, ...]) -> tuple[PackageFormat, ...]:
    """The formats of these keys, in the order of `known`; the default ones for no keys. Raises `ProblemsFound` for keys unknown."""
    if not keys:
        return tuple(each for each in known if each.default)
    unknown = [key for key in keys if key not in {each.key for each in known}]
    if unknown:
        raise ProblemsFound(tuple(_unknown(key, known) for key in unknown))
    return tuple(each for each in known if each.key in keys)


def _unknown(key: str, known: tuple[PackageFormat, ...]) -> Problem:
    return Problem(
        "format-unknown", Place(key), f"There is no package format “{key}”.", f"Choose one of: {', '.join(each.key for each in known)}."
    )
