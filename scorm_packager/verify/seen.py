"""What the rules look at: a zip's files, its manifest, and what its texts together do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from lxml import etree

from scorm_packager.activity.problems import Place
from scorm_packager.archive import Archive
from scorm_packager.verify.traits import Traits

MANIFEST = "imsmanifest.xml"
EDITION_12 = "1.2"
EDITION_2004_2 = "CAM 1.3"
EDITION_2004_3 = "2004 3rd Edition"
EDITION_2004_4 = "2004 4th Edition"
EDITIONS = (EDITION_12, EDITION_2004_2, EDITION_2004_3, EDITION_2004_4)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True)
class Seen:
    """A package as its reader sees it. `root` is None when there is no manifest that can be read; `written` are the manifest's
    bytes, `unread` the texts that are too large to be looked into."""

    archive: Archive
    root: etree._Element | None
    manifest: str = MANIFEST
    written: bytes = b""
    unread: tuple[str, ...] = ()
    traits: Traits = field(default_factory=Traits)

    @cached_property
    def edition(self) -> str:
        """The edition that the manifest claims; by its namespace when it does not say, and 1.2 at last, as hosts take it."""
        stated = [text_of(each) for each in self.elements("schemaversion")]
        if stated and stated[0] in EDITIONS:
            return stated[0]
        if stated and stated[0].startswith("2004"):
            return EDITION_2004_4 if "4" in stated[0].removeprefix("2004") else EDITION_2004_3
        namespaces = {etree.QName(each).namespace or "" for each in self.elements("manifest")}
        return EDITION_2004_3 if any("imscp_v1p1" in each for each in namespaces) else EDITION_12

    @property
    def is_2004(self) -> bool:
        return self.edition != EDITION_12

    @cached_property
    def folded(self) -> dict[str, str]:
        """File names by their form without case."""
        return {name.casefold(): name for name in self.archive.names}

    @cached_property
    def folders(self) -> frozenset[str]:
        return frozenset(name[:end] for name in self.archive.names for end, letter in enumerate(name) if letter == "/")

    @cached_property
    def launched(self) -> frozenset[str]:
        """Identifiers of the resources that items start."""
        return frozenset(each.get("identifierref") or "" for each in self.elements("item")) - {""}

    def elements(self, name: str, under: etree._Element | None = None) -> tuple[etree._Element, ...]:
        """Elements of this local name, in document order: namespaces differ, and are often wrong."""
        start = self.root if under is None else under
        return () if start is None else tuple(start.iter(f"{{*}}{name}"))

    def every(self, *names: str) -> Iterator[etree._Element]:
        for name in names:
            yield from self.elements(name)


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


def at(element: etree._Element) -> Place:
    return Place(element.getroottree().docinfo.URL or MANIFEST, element.sourceline or 0, 1)
