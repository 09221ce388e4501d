"""Office Open XML files (ISO/IEC 29500): zips of XML parts that refer to one another by relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from scorm_packager import archive, hostile_xml
from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.archive import Archive, Limits
from scorm_packager.importing.model import Source, refuse

_LIMITS = Limits(members=10_000, total=1 << 30)
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the compound file of older programs, and of files with a password


@dataclass(frozen=True, slots=True)
class Related:
    """Where a relationship leads: a part of the same file, or an address outside of it."""

    kind: str  # the last word of its type
    target: str
    outside: bool


class Parts:
    """The parts of an opened file. Names have no leading slash."""

    def __init__(self, opened: Archive, source: Source):
        self._archive = opened
        self.names = opened.names
        self._source = source

    def __contains__(self, name: str) -> bool:
        return name in self._archive

    def data(self, name: str) -> bytes:
        """A part's bytes. Raises `ProblemsFound` when it is not there, or damaged."""
        if name not in self._archive:
            raise refuse("import-part-missing", self._source.place(name), "This part of the file is not there.", "Save the file again.")
        return self._archive.read(name)

    def xml(self, name: str) -> etree._Element:
        return hostile_xml.parse(self.data(name), f"{self._source.name}/{name}")

    def related(self, name: str) -> dict[str, Related]:
        """The relationships of a part ("" for the file's own) by their id."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self._archive:
            return {}
        return {each.get("Id", ""): _related(each, folder) for each in self.xml(rels).iter(_RELATED)}

    def main(self) -> str:
        """The name of the document itself."""
        found = [each.target for each in self.related("").values() if each.kind == "officeDocument" and not each.outside]
        if len(found) != 1:
            message = "This file does not say which of its parts is the document."
            raise refuse("import-office-damaged", self._source.place(), message, "Open it in its program and save it again.")
        return found[0]


@contextmanager
def opened(source: Source) -> Iterator[Parts]:
    """Raises `ProblemsFound` for what is no such file, or dangerous to read."""
    _refuse_old(source)
    try:
        with archive.trusted(source.path, _LIMITS) as found:
            yield Parts(found, source)
    except ProblemsFound as refused:
        raise ProblemsFound(tuple(_placed(each, source) for each in refused.problems)) from refused


def looked_through(source: Source) -> None:
    """Every XML part parsed once, so that a library that reads the file afterwards meets nothing hostile. Raises `ProblemsFound`."""
    with opened(source) as parts:
        for name in parts.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                parts.xml(name)


def _refuse_old(source: Source) -> None:
    from scorm_packager.importing.bytes_in import head

    if head(source.path).startswith(_OLD):
        message = "This file is in the format of Office before 2007, or has a password."
        raise refuse("import-office-old", source.place(), message, "Open it, remove the password, and save it as .docx, .pptx or .xlsx.")


def _related(element: etree._Element, folder: str) -> Related:
    target, outside = element.get("Target", ""), element.get("TargetMode", "") == "External"
    if not outside:
        target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
    return Related(element.get("Type", "").rpartition("/")[2], target, outside)


def _placed(problem: Problem, source: Source) -> Problem:
    """A problem of the zip with the name of the file that it is in."""
    if problem.where.file.startswith(source.name):
        return problem
    if problem.code == "not-a-zip":
        message = "This is no file of Word, PowerPoint or Excel, or it was cut short."
        return Problem("import-office-damaged", source.place(), message, "Open it in its program and save it again.")
    inside = "" if problem.where.file == str(source.path) else problem.where.file
    where = source.place(inside, problem.where.line, problem.where.column)
    return Problem(problem.code, where, problem.message, problem.remedy, problem.severity)


def title(parts: Parts) -> str:
    """What the file's own properties call it; "" when they do not."""
    name = next((each.target for each in parts.related("").values() if each.kind == "core-properties"), "")
    if name not in parts:
        return ""
    return " ".join((parts.xml(name).findtext("{http://purl.org/dc/elements/1.1/}title") or "").split())
