"""The manifest's resources against the files of the package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scorm_packager.activity.problems import Place
from scorm_packager.verify.named import is_local, path_of, type_of
from scorm_packager.verify.rule import ERROR, SCORM, WARNING, Finding, on_package
from scorm_packager.verify.seen import MANIFEST, Seen, at, attribute, children, text_of

_CAM_12 = "SCORM 1.2 CAM 2.3.2.6"
_CAM_2004 = "SCORM 2004 CAM 3.4.2"
_CONTROL_DOCUMENTS = (".xsd", ".dtd")


@on_package("href-not-listed", ERROR, f"{_CAM_2004}, schematron", of=SCORM)
def not_listed(seen: Seen) -> Iterator[Finding]:
    """A resource lists the page that it opens among its files."""
    for resource in seen.elements("resource"):
        href, files = resource.get("href"), children(resource, "file")
        if href and files and is_local(href) and path_of(resource) not in {path_of(each) for each in files}:
            yield Finding(at(resource), f"“{href}” is opened, and not among the resource's files.", "List it.")


@on_package("file-unlisted", WARNING, "ADL CP validator", of=SCORM)
def unlisted(seen: Seen) -> Iterator[Finding]:
    """The manifest lists the files of the package, but for itself and the standard's schema files."""
    listed = frozenset(path_of(each) for each in seen.elements("file") if each.get("href"))
    other = frozenset(text_of(each) for each in seen.elements("location")) | frozenset(map(path_of, seen.elements("resource")))
    for name in seen.archive.names if listed else ():
        if name not in listed and name not in other and name != MANIFEST and not name.lower().endswith(_CONTROL_DOCUMENTS):
            yield Finding(Place(name), "This file is in the package and not in the manifest.", "List it, or leave it out.")


@on_package("file-listed-twice", WARNING, "ADL CP validator", of=SCORM)
def listed_twice(seen: Seen) -> Iterator[Finding]:
    """A resource lists a file once."""
    for resource in seen.elements("resource"):
        counted = Counter(path_of(each) for each in children(resource, "file") if each.get("href"))
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
        if type_of(resource) is None:
            yield Finding(at(resource), "This resource says neither sco nor asset.", 'Add adlcp:scormtype="sco", in 2004 adlcp:scormType.')


@on_package("scormtype-unknown", ERROR, _CAM_12, of=SCORM)
def type_unknown(seen: Seen) -> Iterator[Finding]:
    """A resource is `sco` or `asset`, in small letters."""
    for resource in seen.elements("resource"):
        found = type_of(resource)
        if found not in (None, "sco", "asset"):
            yield Finding(at(resource), f"“{found}” is neither sco nor asset.", "Write one of the two, in small letters.")


@on_package("asset-launched", WARNING, "Moodle completes an asset when it opens", of=SCORM)
def asset_launched(seen: Seen) -> Iterator[Finding]:
    """What is launched and reports is a SCO."""
    for resource in seen.elements("resource"):
        if type_of(resource) == "asset" and resource.get("identifier") in seen.launched:
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
    if with_href and type_of(with_href[0]) == "asset" and with_href[0].get("identifier") not in seen.launched:
        message = "The first resource is not the SCO; hosts that launch the first one open the wrong page."
        yield Finding(at(with_href[0]), message, "Put the SCO's resource first.")
