"""What the checks look at: a zip's files, its manifest, and what each text file says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar
from urllib.parse import urlsplit

from lxml import etree

from scorm_packager.activity.problems import Place, Problem, Severity
from scorm_packager.archive import Archive

MANIFEST = "imsmanifest.xml"
SCORM_12 = "1.2"
SCORM_2004_2 = "CAM 1.3"
SCORM_2004_3 = "2004 3rd Edition"
SCORM_2004_4 = "2004 4th Edition"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
EDITIONS = (SCORM_12, SCORM_2004_2, SCORM_2004_3, SCORM_2004_4)


@dataclass(frozen=True)
class Seen:
    """A package as its reader sees it. `root` is None when there is no manifest that can be read."""

    TEXTS: ClassVar = frozenset((".html", ".htm", ".xhtml", ".js", ".css", ".json", ".xml", ".svg", ".txt", ".vtt"))
    MAXIMUM: ClassVar = 16 << 20  # bytes of a text that is still read

    archive: Archive
    root: etree._Element | None
    encoding: str = "UTF-8"
    texts: dict[str, str] = field(default_factory=dict)
    other_encodings: tuple[str, ...] = ()  # text files that are not UTF-8
    manifest: str = MANIFEST

    @cached_property
    def edition(self) -> str:
        """The edition that the manifest claims; by its namespace when it does not say, and 1.2 at last, as hosts take it."""
        stated = [text_of(each) for each in self.elements("schemaversion")]
        if stated and stated[0] in EDITIONS:
            return stated[0]
        if stated and stated[0].startswith("2004"):
            return SCORM_2004_4 if "4" in stated[0].removeprefix("2004") else SCORM_2004_3
        namespaces = {etree.QName(each).namespace or "" for each in self.elements("manifest")}
        return SCORM_2004_3 if any("imscp_v1p1" in each for each in namespaces) else SCORM_12

    @cached_property
    def folded(self) -> dict[str, str]:
        """File names by their form without case."""
        return {name.casefold(): name for name in self.archive.names}

    def presence(self, element: etree._Element, path: str, source: str) -> Iterator[Problem]:
        """Whether the file that an element names is in the package, to the letter."""
        if path in self.archive:
            return
        alike = self.folded.get(path.casefold())
        if alike:
            message = f"This names “{path}”, the file is named “{alike}”: on Linux hosts it is not found."
            yield error("href-wrong-case", at(element), message, "Write it as the file is named.", source)
        else:
            yield error("file-missing", at(element), f"“{path}” is not in the package.", "Add the file, or correct the name.", source)

    @property
    def is_2004(self) -> bool:
        return self.edition != SCORM_12

    def elements(self, name: str, under: etree._Element | None = None) -> tuple[etree._Element, ...]:
        """Elements of this local name, in document order: namespaces differ, and are often wrong."""
        start = self.root if under is None else under
        return () if start is None else tuple(start.iter(f"{{*}}{name}"))


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> tuple[etree._Element, ...]:
    return tuple(each for each in element if local(each) == name)


def text_of(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def attributes(element: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Namespace, local name and value of each attribute."""
    for name, value in element.attrib.items():
        qualified = etree.QName(str(name))
        yield qualified.namespace or "", qualified.localname, str(value)


def attribute(element: etree._Element, wanted: str) -> str | None:
    """The value of an attribute in any namespace or none."""
    return next((value for _, name, value in attributes(element) if name == wanted), None)


def url_path(url: str) -> str:
    """A URL's path; the whole of it when it is no URL."""
    try:
        return urlsplit(url).path
    except ValueError:
        return url


def is_iri(text: str) -> bool:
    """Whether this is an absolute IRI."""
    return bool(_IRI.fullmatch(text))


def is_web(url: str) -> bool:
    """Whether this is an address of its own, not a path in the package."""
    return bool(re.match(r"(?i)https?://", url.strip()))


def error(code: str, where: Place | str, message: str, remedy: str, source: str = "") -> Problem:
    return Problem(code, where if isinstance(where, Place) else Place(where), message, remedy, Severity.ERROR, source)


def warning(code: str, where: Place | str, message: str, remedy: str, source: str = "") -> Problem:
    return Problem(code, where if isinstance(where, Place) else Place(where), message, remedy, Severity.WARNING, source)


def at(element: etree._Element) -> Place:
    return Place(element.getroottree().docinfo.URL or MANIFEST, element.sourceline or 0, 1)
