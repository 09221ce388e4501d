"""Addresses in the manifest: each means a file of the package, and is written as addresses are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from scorm_packager.verify.named import is_local, named, type_of, written
from scorm_packager.verify.rule import CMI5, ERROR, SCORM, WARNING, XAPI, Finding, on_package
from scorm_packager.verify.seen import Seen, at, url_path

_CAM_2004 = "SCORM 2004 CAM 3.4.2"
_NAMED = "SCORM 2004 CAM 3.4.2; cmi5 14.1.0.0-4; projecttincan.com, launching"
_XML = "http://www.w3.org/XML/1998/namespace"
_ENCODED = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#\[\]]|%[0-9A-Fa-f]{2})*")
_MANIFESTS = (*SCORM, CMI5, XAPI)


@on_package("file-missing", ERROR, _NAMED, of=_MANIFESTS)
def file_missing(seen: Seen) -> Iterator[Finding]:
    """Every file that the manifest names is in the package."""
    for element, path in named(seen):
        if path not in seen.archive and path.casefold() not in seen.folded:
            yield Finding(at(element), f"“{path}” is not in the package.", "Add the file, or correct the line.")


@on_package("href-wrong-case", ERROR, "practice: Linux hosts tell capitals from small letters", of=_MANIFESTS)
def wrong_case(seen: Seen) -> Iterator[Finding]:
    """The manifest writes names in capitals and small letters as the files have them."""
    for element, path in named(seen):
        alike = seen.folded.get(path.casefold())
        if path not in seen.archive and alike:
            message = f"The manifest writes “{path}”, the file is named “{alike}”: on Linux hosts it is not found."
            yield Finding(at(element), message, "Write it as the file is named.")


@on_package("href-absolute", ERROR, f"{_CAM_2004}; RFC 3986", of=_MANIFESTS)
def absolute(seen: Seen) -> Iterator[Finding]:
    """Paths in the manifest are relative to it."""
    for element, href in written(seen):
        if href.startswith("/"):
            yield Finding(at(element), f"“{href}” begins with a slash.", "Write a path relative to the manifest.")


@on_package("href-backslash", ERROR, f"{_CAM_2004}; RFC 3986", of=_MANIFESTS)
def backslash(seen: Seen) -> Iterator[Finding]:
    """Paths in the manifest have forward slashes."""
    for element, href in written(seen):
        if "\\" in href:
            yield Finding(at(element), f"“{href}” has a backslash.", "Write forward slashes.")


@on_package("href-climbs", ERROR, f"{_CAM_2004}; RFC 3986", of=_MANIFESTS)
def climbs(seen: Seen) -> Iterator[Finding]:
    """Paths in the manifest do not climb out of their folder."""
    for element, href in written(seen):
        if ".." in unquote(url_path(href)).split("/"):
            yield Finding(at(element), f"“{href}” climbs out of its folder.", "Write the path from the manifest's folder.")


@on_package("href-not-encoded", WARNING, "RFC 3986 2.1", of=_MANIFESTS)
def not_encoded(seen: Seen) -> Iterator[Finding]:
    """Addresses in the manifest are percent-encoded."""
    for element, href in written(seen):
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


@on_package("href-external", ERROR, _CAM_2004, of=SCORM)
def external(seen: Seen) -> Iterator[Finding]:
    """A SCO's page is in the package: a page of another host finds no API."""
    for resource in seen.elements("resource"):
        if type_of(resource) == "sco" and resource.get("href") and not is_local(resource.get("href") or ""):
            yield Finding(at(resource), "A SCO's page must be in the package.", "Ship the page itself.")


@on_package("base-malformed", ERROR, _CAM_2004, of=SCORM)
def base_malformed(seen: Seen) -> Iterator[Finding]:
    """Bases are relative, and end with a slash."""
    for element in seen.every("manifest", "resources", "resource"):
        base = element.get(f"{{{_XML}}}base")
        if base is not None and (base.startswith("/") or not base.endswith("/")):
            yield Finding(at(element), f"xml:base is “{base}”; it must be relative and end with a slash.", "Write it as folder/.")
