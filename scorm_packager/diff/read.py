"""A finished package read for `diff`: its definition, where it reports to, and by what an LMS knows it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from pydantic import ValidationError

from scorm_packager import archive, hostile_xml
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.diff.model import Released
from scorm_packager.package_files import PackageFiles

_DEFINITION, _PACKAGE = "data/definition.js", "data/package.js"


def released(package: Path) -> Released:
    """Raises `ProblemsFound` for a zip that cannot be trusted, or that CME Bridge did not make."""
    with archive.trusted(package) as files:
        if not {_DEFINITION, _PACKAGE} <= set(files.names):
            raise _foreign(package, f"There is no {_DEFINITION} in it")
        definition, data = _assigned(files, _DEFINITION, package), _assigned(files, _PACKAGE, package)
        try:
            return Released(
                definition=Definition.model_validate(definition),
                definition_id=str(data["definition_id"]),
                format=str(data["format"]),
                bridge=data["bridge"],
                site=data["site"],
                identifiers=dict(_identifiers(files)),
            )
        except (ValidationError, KeyError) as unknown:
            raise _foreign(package, "Its data are not of this edition") from unknown


def _assigned(files: PackageFiles, name: str, package: Path) -> dict[str, Any]:
    """The JSON text that a script assigns."""
    text = files.read(name).decode("utf-8", "replace")
    try:
        found = re.search(r"\bcme\.\w+ = (?=\{\S)", text)
        value, _ = json.JSONDecoder().raw_decode(text, found.end() if found else 0)
    except ValueError as damaged:
        raise _foreign(package, f"{name} cannot be read") from damaged
    return dict(value)


def _identifiers(files: PackageFiles) -> Iterator[tuple[str, str]]:
    for name, read in _MANIFESTS.items():
        if name in files.names:
            yield from read(hostile_xml.parse(files.read(name), name))


def _of_scorm(root: etree._Element) -> Iterator[tuple[str, str]]:
    yield "manifest", root.get("identifier", "")
    for kind in ("organization", "item", "resource"):
        for element in [*root.iter("{*}" + kind)][:1]:
            yield kind, element.get("identifier", "")
            if kind == "resource":
                yield "launch file", element.get("href", "")


def _of_cmi5(root: etree._Element) -> Iterator[tuple[str, str]]:
    for kind in ("course", "au"):
        for element in [*root.iter("{*}" + kind)][:1]:
            yield kind, element.get("id", "")


def _of_tincan(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in [*root.iter("{*}activity")][:1]:
        yield "activity", element.get("id", "")


_MANIFESTS: dict[str, Callable[[etree._Element], Iterator[tuple[str, str]]]] = {
    "imsmanifest.xml": _of_scorm,
    "cmi5.xml": _of_cmi5,
    "tincan.xml": _of_tincan,
}


def _foreign(package: Path, message: str) -> ProblemsFound:
    remedy = "Name two packages that `scorm-packager build` made."
    return ProblemsFound((Problem("package-not-ours", Place(package.name), f"{message}: what is in it cannot be compared.", remedy),))
