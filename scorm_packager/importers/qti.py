"""Questions in IMS QTI 2.1 or 2.2: one item, or a content package of items."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from scorm_packager import archive, hostile_xml
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.source import FolderSource
from scorm_packager.archive import Archive, Limits
from scorm_packager.importing.bytes_in import data_of, head
from scorm_packager.importing.html import Image
from scorm_packager.importing.model import Importer, Question, Reading, Source, refuse
from scorm_packager.importing.qti_item import Item, values
from scorm_packager.importing.shelf import MAXIMUM, Beside, Shelf

_MANIFEST = "imsmanifest.xml"
_LIMITS = Limits(members=10_000, total=1 << 30)
_ITEM = re.compile(rb"<(?:[\w.-]+:)?assessmentItem\b")
_OTHERS = (
    (re.compile(rb"<(?:[\w.-]+:)?questestinterop\b"), "QTI 1.2"),
    (re.compile(rb"<(?:[\w.-]+:)?qti-assessment-(?:item|test)\b"), "QTI 3.0"),
)


def recognises(path: Path) -> bool:
    start = head(path)
    if path.suffix.lower() == ".xml":
        return bool(_ITEM.search(start) or any(pattern.search(start) for pattern, _ in _OTHERS))
    return start.startswith(b"PK") and path.suffix.lower() in (".zip", ".imscc") and _is_about_qti(path)


def _is_about_qti(path: Path) -> bool:
    try:
        with archive.trusted(path, _LIMITS) as found:
            return _MANIFEST in found and b"imsqti" in found.read(_MANIFEST)
    except ProblemsFound:
        return False


def read(source: Source) -> Reading:
    shelf = Shelf(source, f"{source.folder}/")
    found, problems = list[Question](), list[Problem]()
    for root, where, beside in _items(source, problems):
        item = Item(root, where, _images(shelf, where, beside))
        try:
            found.append(Question(item.name, where, values(item)))
        except ProblemsFound as refused:
            item.problems += refused.problems
        problems += (Problem(each.code, where, f"“{item.name}”: {each.message}", each.remedy, each.severity) for each in item.problems)
    if not found and not problems:
        raise refuse("import-nothing", source.place(), "There are no items of QTI 2.1 in it.", "Export it as QTI 2.1.")
    return Reading(tuple(found), (), shelf.media, (*problems, *shelf.problems))


def _items(source: Source, problems: list[Problem]) -> Iterator[tuple[etree._Element, Place, Beside]]:
    if not head(source.path).startswith(b"PK"):
        data = data_of(source)
        _refuse_others(data, source.place())
        root = hostile_xml.parse(data, source.name)
        yield root, source.place("", int(root.sourceline or 0), 1), _in_folder(source.path.parent)
        return
    with archive.trusted(source.path, _LIMITS) as package:
        for name in _named(package, source):
            try:
                data = package.read(name)
                _refuse_others(data, source.place(name))
                root = hostile_xml.parse(data, f"{source.name}/{name}")
            except ProblemsFound as refused:
                problems += refused.problems
                continue
            if etree.QName(root).localname == "assessmentItem":
                yield root, source.place(name, int(root.sourceline or 0), 1), _beside(package, posixpath.dirname(name))


def _named(package: Archive, source: Source) -> list[str]:
    """The items that the manifest lists, in its order; those that it lists and lacks are a problem."""
    if _MANIFEST not in package:
        raise refuse("import-qti-missing", source.place(), f"There is no {_MANIFEST} in this zip.", "Export the package again.")
    root = hostile_xml.parse(package.read(_MANIFEST), f"{source.name}/{_MANIFEST}")
    listed = [
        posixpath.normpath(unquote(each.get("href", "")))
        for each in root.iter("{*}resource")
        if each.get("type", "").startswith("imsqti_") and "test" not in each.get("type", "")
    ]
    missing = [name for name in listed if name not in package]
    if missing:
        message = f"The manifest names files that are not there: {', '.join(missing)[:200]}."
        raise refuse("import-qti-missing", source.place(_MANIFEST), message, "Export the package again.")
    return list(dict.fromkeys(listed))


def _refuse_others(data: bytes, where: Place) -> None:
    other = next((name for pattern, name in _OTHERS if pattern.search(data[:4096])), None)
    if other:
        raise refuse("import-qti-version", where, f"This is {other}; QTI 2.1 and 2.2 are read.", "Export it as QTI 2.1, or as Moodle XML.")


def _in_folder(folder: Path) -> Beside:
    def file(address: str) -> bytes | None:
        try:
            found = FolderSource(folder).locate(unquote(address))
            return found.read_bytes() if found.stat().st_size <= MAXIMUM else None
        except OSError:
            return None

    return file


def _beside(package: Archive, folder: str) -> Beside:
    def file(address: str) -> bytes | None:
        name = posixpath.normpath(posixpath.join(folder, unquote(address)))
        return package.read(name) if name in package else None

    return file


def _images(shelf: Shelf, where: Place, beside: Beside) -> Image:
    return lambda address, name: shelf.fetch(address, name, where, beside)


IMPORTER = Importer("questions in QTI 2.1", "items", recognises, read)
