"""The standard's XSD files, for LMSs that demand them at a package's root: from a folder that the user gives, since none come with us.

SCORM's schema files carry others' copyright. A manifest that names one without shipping it fails ADL's validator, one that names none
passes everywhere else; so a package has all that its manifest needs, or none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import join, normpath

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

# Schema files have document types, which our own reader of XML refuses: what is looked for is found in their text.
_NAMESPACE = re.compile(r"<[\w.-]*:?schema\b[^>]*?\stargetNamespace\s*=\s*[\"']([^\"']+)[\"']", re.DOTALL)
_NEEDED = re.compile(r"(?:schemaLocation\s*=\s*|<!DOCTYPE[^\[>]*?|\bSYSTEM\s+)[\"']([^\"'\s]+\.(?:xsd|dtd))[\"']")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A file for the package's root: its path there, where it is, and what it was when it was read."""

    path: str
    file: Path
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Schemas:
    """`locations` are the namespaces of a manifest, each with the file that declares it."""

    files: tuple[SchemaFile, ...] = ()
    locations: tuple[tuple[str, str], ...] = ()


def schemas(folder: Path, namespaces: tuple[str, ...]) -> Schemas:
    """The schema files of a manifest of these namespaces, and all that they need in turn. Raises `ProblemsFound` for what is not there."""
    texts = dict(_texts(folder))
    declared = {namespace: path for path, text in reversed(texts.items()) for namespace in _NAMESPACE.findall(text)}
    missing = [_no_schema(folder, namespace) for namespace in namespaces if namespace not in declared]
    locations = tuple((namespace, declared[namespace]) for namespace in namespaces if namespace in declared)
    wanted, absent = _all_needed([path for _, path in locations], texts)
    if missing or absent:
        raise ProblemsFound((*missing, *(_no_file(folder, path, by) for path, by in absent)))
    return Schemas(tuple(_file(folder, path) for path in wanted), locations)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in (".xsd", ".dtd") and file.is_file():
            yield file.relative_to(folder).as_posix(), _COMMENT.sub("", file.read_bytes().decode("utf-8", "replace"))


def _all_needed(first: list[str], texts: Mapping[str, str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The files reached from the first ones, and (file, by) of those that are named and not there."""
    reached, absent, waiting = set[str](), list[tuple[str, str]](), list(first)
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for name in _NEEDED.findall(texts[path]):
            target = normpath(join(str(PurePosixPath(path).parent), name))
            if target in texts:
                waiting.append(target)
            elif "://" not in name:
                absent.append((target, path))
    return sorted(reached), absent


def _file(folder: Path, path: str) -> SchemaFile:
    data = (folder / path).read_bytes()
    return SchemaFile(path, folder / path, hashlib.sha256(data).hexdigest(), len(data))


def _no_schema(folder: Path, namespace: str) -> Problem:
    message = f"No file in this folder declares the namespace {namespace}."
    remedy = "Give the folder of the standard's own schema files, for this edition; or build without --schemas."
    return Problem("schema-not-found", Place(str(folder)), message, remedy)


def _no_file(folder: Path, path: str, by: str) -> Problem:
    return Problem("schema-file-missing", Place(str(folder / by)), f"This schema needs {path}, which is not there.", "Add the file.")
