"""The manifest's resources against the files of the package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from lxml import etree

from scorm_packager.activity.problems import Place
from scorm_packager.verify.rule import CMI5, ERROR, SCORM, WARNING, XAPI, Finding, on_package
from scorm_packager.verify.seen import MANIFEST, Seen, at, attribute, children, is_web, local, text_of, url_path

_CAM_12 = "SCORM 1.2 CAM 2.3.2.6"
_CAM_2004 = "SCORM 2004 CAM 3.4.2"
_NAMED = "SCORM 2004 CAM 3.4.2; cmi5 14.1.0.0-4; projecttincan.com, launching"
_XML = "http://www.w3.org/XML/1998/namespace"
_ENCODED = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#\[\]]|%[0-9A-Fa-f]{2})*")
_CONTROL_DOCUMENTS = (".xsd", ".dtd")
_MANIFESTS = (*SCORM, CMI5, XAPI)


def launch_files(seen: Seen) -> Iterator[tuple[Place, str]]:
    """What an LMS opens: the place in the manifest that says so, and the file in the package."""
    for resource in seen.elements("resource"):
        if resource.get("identifier") in seen.launched and resource.get("href"):
            yield at(resource), _path(resource)
    for element in _started(seen):
        if not is_web(text_of(element)):
            yield at(element), _started_path(element)


@on_package("file-missing", ERROR, _NAMED, of=_MANIFESTS)
def file_missing(seen: Seen) -> Iterator[Finding]:
    """Every file that the manifest names is in the package."""
    for element, path in _named(seen):
        if path not in seen.archive and path.casefold() not in seen.folded:
            yield Finding(at(element), f"“{path}” is not in the package.", "Add the file, or correct the line.")


@on_package("href-wrong-case", ERROR, "practice: Linux hosts tell capitals from small letters", of=_MANIFESTS)
def wrong_case(seen: Seen) -> Iterator[Finding]:
    """The manifest writes names in capitals and small letters as the files have them."""
    for element, path in _named(seen):
        alike = seen.folded.get(path.casefold())
        if path not in seen.archive and alike:
            message = f"The manifest writes “{path}”, the file is named “{alike}”: on Linux hosts it is not found."
            yield Finding(at(element), message, "Write it as the file is named.")


@on_package("href-absolute", ERROR, f"{_CAM_2004}; RFC 3986", of=_MANIFESTS)
def absolute(seen: Seen) -> Iterator[Finding]:
    """Paths in the manifest are relative to it."""
    for element, href in _written(seen):
        if href.startswith("/"):
            yield Finding(at(element), f"“{href}” begins with a slash.", "Write a path relative to the manifest.")


@on_package("href-backslash", ERROR, f"{_CAM_2004}; RFC 3986", of=_MANIFESTS)
def backslash(seen: Seen) -> Iterator[Finding]:
    """Paths in the manifest have forward slashes."""
    for element, href in _written(seen):
        if "\\" in href:
            yield Finding(at(element), f"“{href}” has a backslash.", "Write forward slashes.")


@on_package("href-climbs", ERROR, f"{_CAM_2004}; RFC 3986", of=_MANIFESTS)
def climbs(seen: Seen) -> Iterator[Finding]:
    """Paths in the manifest do not climb out of their folder."""
    for element, href in _written(seen):
        if ".." in unquote(url_path(href)).split("/"):
            yield Finding(at(element), f"“{href}” climbs out of its folder.", "Write the path from the manifest's folder.")


@on_package("href-not-encoded", WARNING, "RFC 3986 2.1", of=_MANIFESTS)
def not_encoded(seen: Seen) -> Iterator[Finding]:
    """Addresses in the manifest are percent-encoded."""
    for element, href in _written(seen):
        if not _ENCODED.fullmatch(href.replace("\\", "/")):
            message = f"“{href}” has characters that a URL must encode."
            yield Finding(at(element), message, "Percent-encode it, or rename the file with plain letters.")


@on_package("href-missing", ERROR, _CAM_2004, of=SCORM)
def href_missing(seen: Seen) -> Iterator[Finding]:
    """What is launched has a page, and each file a name."""
    for resource in seen.elements("resource"):
        if resource.get("href") is None and resource.get("identifier") in seen.launched:
            yield Finding(at(resource), "An item starts this resource, which has no href.", "Add the page that is opened.")
    for element in seen.elements("file"):
        if element.get("href") is None:
            yield Finding(at(element), "This <file> has no href.", "Add one, or remove it.")


@on_package("href-not-listed", ERROR, f"{_CAM_2004}, schematron", of=SCORM)
def not_listed(seen: Seen) -> Iterator[Finding]:
    """A resource lists the page that it opens among its files."""
    for resource in seen.elements("resource"):
        href, files = resource.get("href"), children(resource, "file")
        if href and files and _is_local(href) and _path(resource) not in {_path(each) for each in files}:
            yield Finding(at(resource), f"“{href}” is opened, and not among the resource's files.", "List it.")


@on_package("href-external", ERROR, _CAM_2004, of=SCORM)
def external(seen: Seen) -> Iterator[Finding]:
    """A SCO's page is in the package: a page of another host finds no API."""
    for resource in seen.elements("resource"):
        if _is_sco(resource) and resource.get("href") and not _is_local(resource.get("href") or ""):
            yield Finding(at(resource), "A SCO's page must be in the package.", "Ship the page itself.")


@on_package("base-malformed", ERROR, _CAM_2004, of=SCORM)
def base_malformed(seen: Seen) -> Iterator[Finding]:
    """Bases are relative, and end with a slash."""
    for element in seen.every("manifest", "resources", "resource"):
        base = element.get(f"{{{_XML}}}base")
        if base is not None and (base.startswith("/") or not base.endswith("/")):
            yield Finding(at(element), f"xml:base is “{base}”; it must be relative and end with a slash.", "Write it as folder/.")


@on_package("file-unlisted", WARNING, "ADL CP validator", of=SCORM)
def unlisted(seen: Seen) -> Iterator[Finding]:
    """The manifest lists the files of the package, but for itself and the standard's schema files."""
    listed = frozenset(_path(each) for each in seen.elements("file") if each.get("href"))
    other = frozenset(text_of(each) for each in seen.elements("location")) | frozenset(map(_path, seen.elements("resource")))
    for name in seen.archive.names if listed else ():
        if name not in listed and name not in other and name != MANIFEST and not name.lower().endswith(_CONTROL_DOCUMENTS):
            yield Finding(Place(name), "This file is in the package and not in the manifest.", "List it, or leave it out.")


@on_package("file-listed-twice", WARNING, "ADL CP validator", of=SCORM)
def listed_twice(seen: Seen) -> Iterator[Finding]:
    """A resource lists a file once."""
    for resource in seen.elements("resource"):
        counted = Counter(_path(each) for each in children(resource, "file") if each.get("href"))
        for path, count in counted.items():
            if count > 1:
                yield Finding(at(resource), f"{path} is listed {count} times.", "List it once.")


@on_package("scormtype-spelling", ERROR, _CAM_12, of=SCORM)
def type_spelling(seen: Seen) -> Iterator[Finding]:
    """SCORM 1.2 spells `scormtype`, SCORM 2004 `scormType`."""
    right, wrong = ("scormType", "scormtype") if seen.is_2004 else ("scormtype", "scormType")
    for resource in seen.elements("resource"):
        if attribute(resource, wrong) is not None:
            yield Finding(at(resource), f"In SCORM {seen.edition} it is spelled adlcp:{right}.", "Correct it.")


@on_package("scormtype-missing", ERROR, f"{_CAM_12}; Moodle gives such a page no API", of=SCORM)
def type_missing(seen: Seen) -> Iterator[Finding]:
    """A resource says whether it is a SCO or an asset."""
    for resource in seen.elements("resource"):
        if _type(resource) is None:
            yield Finding(at(resource), "This resource says neither sco nor asset.", 'Add adlcp:scormtype="sco", in 2004 adlcp:scormType.')


@on_package("scormtype-unknown", ERROR, _CAM_12, of=SCORM)
def type_unknown(seen: Seen) -> Iterator[Finding]:
    """A resource is `sco` or `asset`, in small letters."""
    for resource in seen.elements("resource"):
        found = _type(resource)
        if found not in (None, "sco", "asset"):
            yield Finding(at(resource), f"“{found}” is neither sco nor asset.", "Write one of the two, in small letters.")


@on_package("asset-launched", WARNING, "Moodle completes an asset when it opens", of=SCORM)
def asset_launched(seen: Seen) -> Iterator[Finding]:
    """What is launched and reports is a SCO."""
    for resource in seen.elements("resource"):
        if _type(resource) == "asset" and resource.get("identifier") in seen.launched:
            message = "An asset is launched: it gets no API, and hosts complete it when it opens."
            yield Finding(at(resource), message, "Make it a SCO if it reports anything.")


@on_package("resource-type", ERROR, _CAM_12, of=SCORM)
def resource_type(seen: Seen) -> Iterator[Finding]:
    """A resource has the type webcontent."""
    for resource in seen.elements("resource"):
        if resource.get("type") != "webcontent":
            yield Finding(at(resource), "A SCORM resource has the type webcontent.", 'Write type="webcontent".')


@on_package("sco-not-first", WARNING, "Open edX SCORM XBlock launches the first resource with an href", of=SCORM)
def sco_not_first(seen: Seen) -> Iterator[Finding]:
    """The SCO is the first resource that has a page."""
    with_href = [each for each in seen.elements("resource") if each.get("href")]
    if with_href and _type(with_href[0]) == "asset" and with_href[0].get("identifier") not in seen.launched:
        message = "The first resource is not the SCO; hosts that launch the first one open the wrong page."
        yield Finding(at(with_href[0]), message, "Put the SCO's resource first.")


def _written(seen: Seen) -> Iterator[tuple[etree._Element, str]]:
    """Every local address as it stands in the manifest."""
    for element in seen.every("resource", "file"):
        href = element.get("href")
        if href and _is_local(href):
            yield element, href
    for element in _started(seen):
        if text_of(element) and not is_web(text_of(element)):
            yield element, text_of(element)


def _named(seen: Seen) -> Iterator[tuple[etree._Element, str]]:
    """Every file that the manifest names, by its path in the zip; a resource's page only where it is not among its files."""
    for element in seen.every("resource", "file"):
        href = element.get("href")
        if href and _is_local(href) and not _is_its_first_file(element):
            yield element, _path(element)
    for element in _started(seen):
        if text_of(element) and not is_web(text_of(element)):
            yield element, _started_path(element)


def _is_its_first_file(element: etree._Element) -> bool:
    return local(element) == "resource" and any(_path(each) == _path(element) for each in children(element, "file"))


def _started(seen: Seen) -> Iterator[etree._Element]:
    """The addresses of a cmi5 unit and of a plain xAPI activity."""
    for unit in seen.elements("au"):
        yield from children(unit, "url")[:1]
    for activity in seen.elements("activity"):
        yield from children(activity, "launch")


def _started_path(element: etree._Element) -> str:
    return unquote(url_path(text_of(element)))


def _path(element: etree._Element) -> str:
    """Where the element's href points to in the zip: bases joined, decoded, without query."""
    href = url_path((element.get("href") or "").replace("\\", "/"))
    return normpath(unquote(_base(element) + href)).lstrip("/") if href else ""


def _base(element: etree._Element) -> str:
    around = [each.get(f"{{{_XML}}}base") or "" for each in (element, *element.iterancestors())]
    return "".join(reversed(around))


def _is_local(href: str) -> bool:
    return not re.match(r"[A-Za-z][A-Za-z0-9+.\-]+:|//", href)


def _type(resource: etree._Element) -> str | None:
    found = attribute(resource, "scormType")
    return attribute(resource, "scormtype") if found is None else found


def _is_sco(resource: etree._Element) -> bool:
    return _type(resource) == "sco"
