"""What the manifest names: its addresses, and the files of the package that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from lxml import etree

from scorm_packager.activity.problems import Place
from scorm_packager.verify.seen import Seen, at, attribute, children, is_web, local, text_of, url_path

_XML = "http://www.w3.org/XML/1998/namespace"


def launch_files(seen: Seen) -> Iterator[tuple[Place, str]]:
    """What an LMS opens: the place in the manifest that says so, and the file in the package."""
    for resource in seen.elements("resource"):
        if resource.get("identifier") in seen.launched and resource.get("href"):
            yield at(resource), path_of(resource)
    for element in _started(seen):
        if not is_web(text_of(element)):
            yield at(element), _started_path(element)


def written(seen: Seen) -> Iterator[tuple[etree._Element, str]]:
    """Every local address as it stands in the manifest."""
    for element in seen.every("resource", "file"):
        href = element.get("href")
        if href and is_local(href):
            yield element, href
    for element in _started(seen):
        if text_of(element) and not is_web(text_of(element)):
            yield element, text_of(element)


def named(seen: Seen) -> Iterator[tuple[etree._Element, str]]:
    """Every file that the manifest names, by its path in the zip; a resource's page only where it is not among its files."""
    for element in seen.every("resource", "file"):
        href = element.get("href")
        if href and is_local(href) and not _is_its_first_file(element):
            yield element, path_of(element)
    for element in _started(seen):
        if text_of(element) and not is_web(text_of(element)):
            yield element, _started_path(element)


def _is_its_first_file(element: etree._Element) -> bool:
    return local(element) == "resource" and any(path_of(each) == path_of(element) for each in children(element, "file"))


def _started(seen: Seen) -> Iterator[etree._Element]:
    """The addresses of a cmi5 unit and of a plain xAPI activity."""
    for unit in seen.elements("au"):
        yield from children(unit, "url")[:1]
    for activity in seen.elements("activity"):
        yield from children(activity, "launch")


def _started_path(element: etree._Element) -> str:
    return unquote(url_path(text_of(element)))


def path_of(element: etree._Element) -> str:
    """Where the element's href points to in the zip: bases joined, decoded, without query."""
    href = url_path((element.get("href") or "").replace("\\", "/"))
    return normpath(unquote(_base(element) + href)).lstrip("/") if href else ""


def _base(element: etree._Element) -> str:
    around = [each.get(f"{{{_XML}}}base") or "" for each in (element, *element.iterancestors())]
    return "".join(reversed(around))


def is_local(href: str) -> bool:
    return not re.match(r"[A-Za-z][A-Za-z0-9+.\-]+:|//", href)


def type_of(resource: etree._Element) -> str | None:
    found = attribute(resource, "scormType")
    return attribute(resource, "scormtype") if found is None else found
