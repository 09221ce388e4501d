"""The manifest's resources against the files of the package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from lxml import etree

from scorm_packager.activity.problems import Problem
from scorm_packager.verify.seen import MANIFEST, Seen, at, attributes, children, error, local, url_path, warning

_CAM_12 = "SCORM 1.2 CAM 2.3.2.6"
_CAM_2004 = "SCORM 2004 CAM 3.4.2"
_XML = "http://www.w3.org/XML/1998/namespace"
_ENCODED = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#\[\]]|%[0-9A-Fa-f]{2})*")
_CONTROL_DOCUMENTS = (".xsd", ".dtd")


def scorm_types(seen: Seen) -> Iterator[Problem]:
    """SCORM 1.2 spells `scormtype`, SCORM 2004 `scormType`; hosts that do not find it give the page no API."""
    right, wrong = ("scormType", "scormtype") if seen.is_2004 else ("scormtype", "scormType")
    launched = {each.get("identifierref") for each in seen.elements("item")}
    for resource in seen.elements("resource"):
        found = {name: value for _, name, value in attributes(resource)}
        if wrong in found:
            yield error("scormtype-spelling", at(resource), f"In SCORM {seen.edition} it is spelled adlcp:{right}.", "Correct it.", _CAM_12)
        value = found.get(right, found.get(wrong))
        if value is None:
            yield error(
                "scormtype-missing", at(resource), "This resource says neither sco nor asset.", f'Add adlcp:{right}="sco".', _CAM_12
            )
        elif value not in ("sco", "asset"):
            yield error(
                "scormtype-unknown", at(resource), f"“{value}” is neither sco nor asset.", "Write one of the two, in small letters."
            )
        elif value == "asset" and resource.get("identifier") in launched:
            message = "An asset is launched: it gets no API, and hosts complete it when it opens."
            yield warning("asset-launched", at(resource), message, f'Write adlcp:{right}="sco" if it reports anything.')
        if found.get("type") != "webcontent":
            yield error("resource-type", at(resource), "A SCORM resource has the type webcontent.", 'Write type="webcontent".', _CAM_12)


def first_resource(seen: Seen) -> Iterator[Problem]:
    """Open edX launches the first resource with an href, whatever the organization says."""
    with_href = [each for each in seen.elements("resource") if each.get("href")]
    if with_href and not _is_sco(with_href[0]):
        message = "The first resource is not the SCO; hosts that launch the first one open the wrong page."
        yield warning("sco-not-first", at(with_href[0]), message, "Put the SCO's resource first.", "Open edX SCORM XBlock")


def launch_pages(seen: Seen) -> Iterator[Problem]:
    launched = {each.get("identifierref") for each in seen.elements("item") if each.get("identifierref")}
    for resource in seen.elements("resource"):
        href = resource.get("href")
        if href is None:
            if resource.get("identifier") in launched:
                yield error("href-missing", at(resource), "This resource is launched and has no href.", "Add href=….", _CAM_2004)
            continue
        listed = {_path(seen, each) for each in children(resource, "file")}
        if _is_local(href) and _path(seen, resource) not in listed:
            yield error("href-not-listed", at(resource), "The launch page is not among the resource's files.", "List it.", _CAM_2004)
        if _is_sco(resource) and not _is_local(href):
            yield error("href-external", at(resource), "A SCO's page must be in the package.", "Ship the page itself.", _CAM_2004)


def references(seen: Seen) -> Iterator[Problem]:
    """Every href: form, and whether the file is there, to the letter."""
    for element in (*seen.elements("resource"), *seen.elements("file")):
        href = element.get("href")
        if href is None:
            if local(element) == "file":
                yield error("href-missing", at(element), "This <file> has no href.", "Add one, or remove it.", _CAM_2004)
            continue
        if not _is_local(href):
            continue
        yield from _form(element, href)
        yield from _presence(seen, element)


def bases(seen: Seen) -> Iterator[Problem]:
    for name in ("manifest", "resources", "resource"):
        for element in seen.elements(name):
            base = element.get(f"{{{_XML}}}base")
            if base is not None and (base.startswith("/") or not base.endswith("/")):
                message = f"xml:base is “{base}”; it must be relative and end with a slash."
                yield error("base-malformed", at(element), message, "Write it as folder/.", _CAM_2004)


def listing(seen: Seen) -> Iterator[Problem]:
    """The manifest lists what is in the package, but itself and the standard's own schema files."""
    listed = Counter(_path(seen, each) for each in seen.elements("file") if each.get("href"))
    if MANIFEST in listed:
        yield warning("manifest-lists-itself", MANIFEST, "The manifest lists itself as a file.", "Remove that line.")
    if not listed:
        return
    for name in seen.archive.names:
        if name not in listed and name != MANIFEST and not name.lower().endswith(_CONTROL_DOCUMENTS):
            yield warning("file-unlisted", name, "This file is in the package and not in the manifest.", "List it, or leave it out.")


def repeated_files(seen: Seen) -> Iterator[Problem]:
    for resource in seen.elements("resource"):
        counted = Counter(_path(seen, each) for each in children(resource, "file") if each.get("href"))
        for path, count in counted.items():
            if count > 1:
                yield warning("file-listed-twice", at(resource), f"{path} is listed {count} times.", "List it once.")


def _form(element: etree._Element, href: str) -> Iterator[Problem]:
    if href.startswith("/"):
        yield error("href-absolute", at(element), f"“{href}” begins with a slash.", "Write a path relative to the manifest.", _CAM_2004)
    if "\\" in href:
        yield error("href-backslash", at(element), f"“{href}” has a backslash.", "Write forward slashes.", _CAM_2004)
    if ".." in url_path(href).split("/"):
        yield error("href-climbs", at(element), f"“{href}” climbs out of its folder.", "Write the path from the manifest's folder.")
    if not _ENCODED.fullmatch(href.replace("\\", "/")):
        message = f"“{href}” has characters that a URL must encode."
        yield error("href-not-encoded", at(element), message, "Percent-encode it, or rename the file with plain letters.", "RFC 3986")


def _presence(seen: Seen, element: etree._Element) -> Iterator[Problem]:
    path = _path(seen, element)
    if path in seen.archive:
        return
    alike = seen.folded.get(path.casefold())
    if alike:
        message = f"The manifest writes “{path}”, the file is named “{alike}”: on Linux hosts it is not found."
        yield error("href-wrong-case", at(element), message, "Write it as the file is named.")
    else:
        yield error("file-missing", at(element), f"“{path}” is not in the package.", "Add the file, or remove the line.", _CAM_2004)


def _path(seen: Seen, element: etree._Element) -> str:
    """Where the element's href points to in the zip: bases joined, decoded, without query."""
    href = url_path((element.get("href") or "").replace("\\", "/"))
    return normpath(unquote(_base(element) + href)) if href else ""


def _base(element: etree._Element) -> str:
    around = [each.get(f"{{{_XML}}}base") or "" for each in (element, *element.iterancestors())]
    return "".join(reversed(around))


def _is_local(href: str) -> bool:
    return not re.match(r"[A-Za-z][A-Za-z0-9+.\-]+:|//", href)


def _is_sco(resource: etree._Element) -> bool:
    return any(name.lower() == "scormtype" and value == "sco" for _, name, value in attributes(resource))


CHECKS = (scorm_types, first_resource, launch_pages, references, bases, listing, repeated_files)
