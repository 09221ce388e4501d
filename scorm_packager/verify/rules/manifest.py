"""The manifest of SCORM: its edition, namespaces and parts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from scorm_packager.activity.problems import Place
from scorm_packager.verify.rule import ERROR, SCORM, SCORM_2004, WARNING, Finding, on_package
from scorm_packager.verify.seen import EDITION_2004_2, EDITIONS, MANIFEST, Seen, at, attributes, children, local, text_of

_CAM_12 = "SCORM 1.2 CAM 2.3"
_CAM_2004 = "SCORM 2004 CAM 3"
_PACKAGING = {True: "http://www.imsglobal.org/xsd/imscp_v1p1", False: "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
_EXTENSION = {True: "http://www.adlnet.org/xsd/adlcp_v1p3", False: "http://www.adlnet.org/xsd/adlcp_rootv1p2"}
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PARTS = ("metadata", "organizations", "resources")
_REMEDY = "Write <schema>ADL SCORM</schema><schemaversion>…</schemaversion> as the standard has it."
_LENGTHS = {"title": 200, "parameters": 1000, "structure": 200, "type": 1000, "href": 2000, "base": 2000, "location": 2000, "version": 20}


@on_package("schema-unknown", ERROR, _CAM_12, of=SCORM)
def schema_unknown(seen: Seen) -> Iterator[Finding]:
    """The schema is “ADL SCORM”, to the letter."""
    for metadata in _metadata(seen):
        found = children(metadata, "schema")
        if not found or text_of(found[0]) != "ADL SCORM":
            said = f"The schema is “{text_of(found[0])}”, not “ADL SCORM”." if found else "The manifest does not name its schema."
            yield Finding(at(found[0] if found else metadata), said, _REMEDY)


@on_package("schemaversion-missing", ERROR, _CAM_12, of=SCORM)
def schemaversion_missing(seen: Seen) -> Iterator[Finding]:
    """The manifest says which SCORM it follows: hosts choose their run time by it."""
    for metadata in _metadata(seen):
        if not children(metadata, "schemaversion"):
            yield Finding(at(metadata), "The manifest does not say which SCORM it follows.", _REMEDY)


@on_package("schemaversion-unknown", ERROR, _CAM_12, of=SCORM)
def schemaversion_unknown(seen: Seen) -> Iterator[Finding]:
    """The version is one of the editions' own words, to the letter; hosts take any other for 1.2."""
    for each in seen.elements("schemaversion")[:1]:
        if text_of(each) not in EDITIONS:
            yield Finding(
                at(each), f"“{text_of(each)}” is no SCORM edition; hosts take it for 1.2.", f"Write one of: {', '.join(EDITIONS)}."
            )


@on_package("schema-order", WARNING, f"{_CAM_2004}; ADL CP validator", of=(SCORM_2004,))
def schema_order(seen: Seen) -> Iterator[Finding]:
    """Schema and schemaversion come first in the metadata, in this order."""
    for metadata in _metadata(seen):
        names = [local(each) for each in metadata if local(each)]
        if {"schema", "schemaversion"} <= set(names) and names[:2] != ["schema", "schemaversion"]:
            yield Finding(at(metadata), "Schema and schemaversion do not come first.", "Put them first, in this order.")


@on_package("edition-old", WARNING, "ADL CP validator", of=(SCORM_2004,))
def edition_old(seen: Seen) -> Iterator[Finding]:
    """The edition is the 3rd or 4th of SCORM 2004."""
    for each in seen.elements("schemaversion")[:1]:
        if text_of(each) == EDITION_2004_2:
            yield Finding(at(each), "This is the 2nd edition of SCORM 2004.", "Publish for the 3rd or 4th edition.")


@on_package("namespace-mismatch", ERROR, f"{_CAM_12}; {_CAM_2004}", of=SCORM)
def namespace_mismatch(seen: Seen) -> Iterator[Finding]:
    """Namespaces are those of the edition that is stated."""
    if seen.root is None:
        return
    if etree.QName(seen.root).namespace != _PACKAGING[seen.is_2004]:
        message = f"The manifest's namespace is not that of SCORM {seen.edition}."
        yield Finding(at(seen.root), message, f'Write xmlns="{_PACKAGING[seen.is_2004]}".')
    if _EXTENSION[not seen.is_2004] in _namespaces(seen):
        message = f"The adlcp namespace is not that of SCORM {seen.edition}."
        yield Finding(at(seen.root), message, f'Write xmlns:adlcp="{_EXTENSION[seen.is_2004]}".')


@on_package("prefix-not-adlcp", WARNING, "Moodle matches prefixes, not namespaces", of=SCORM)
def prefix(seen: Seen) -> Iterator[Finding]:
    """ADL's elements bear the prefix adlcp, by which Moodle knows them."""
    found = [
        prefix
        for element in seen.every("manifest", "item", "resource")
        for prefix, uri in element.nsmap.items()
        if uri == _EXTENSION[seen.is_2004]
    ]
    if seen.root is not None and found and "adlcp" not in found:
        message = f"The prefix of ADL's elements is “{found[0]}”; Moodle knows them by the prefix adlcp only."
        yield Finding(at(seen.root), message, "Name the prefix adlcp.")


@on_package("schema-file-missing", WARNING, "ADL CP validator", of=SCORM)
def schema_file_missing(seen: Seen) -> Iterator[Finding]:
    """Schema files that the manifest names are in the package; without xsi:schemaLocation nobody looks for them."""
    if seen.root is None:
        return
    for each in (seen.root.get(f"{{{_XSI}}}schemaLocation") or "").split()[1::2]:
        if "://" not in each and each not in seen.archive:
            message = f"schemaLocation names {each}, which is not in the package."
            yield Finding(at(seen.root), message, "Leave xsi:schemaLocation out, or add the files.")


@on_package("manifest-part-missing", ERROR, _CAM_2004, of=SCORM)
def part_missing(seen: Seen) -> Iterator[Finding]:
    """There are metadata, organizations and resources."""
    for name in _PARTS:
        if seen.root is not None and not children(seen.root, name):
            yield Finding(at(seen.root), f"The manifest has no <{name}>.", f"Add one <{name}>.")


@on_package("manifest-part-twice", ERROR, _CAM_2004, of=SCORM)
def part_twice(seen: Seen) -> Iterator[Finding]:
    """There is one of each part."""
    for name in _PARTS:
        if seen.root is not None and len(children(seen.root, name)) > 1:
            yield Finding(at(seen.root), f"The manifest has {len(children(seen.root, name))} <{name}>.", "Keep one.")


@on_package("manifest-inside-manifest", ERROR, _CAM_2004, of=SCORM)
def manifest_inside(seen: Seen) -> Iterator[Finding]:
    """No manifest lies inside the manifest."""
    for nested in seen.elements("manifest")[1:]:
        yield Finding(at(nested), "A manifest lies inside the manifest; no host reads it.", "Keep one.")


@on_package("text-too-long", WARNING, "SCORM 2004 CAM, smallest permitted maximum", of=SCORM)
def too_long(seen: Seen) -> Iterator[Finding]:
    """Texts are no longer than what is sure to be kept."""
    for element, key, value in _texts(seen):
        limit = _LENGTHS.get(key)
        if limit and len(value) > limit:
            yield Finding(at(element), f"{key} has {len(value)} characters; {limit} are sure to be kept.", "Shorten it.")


@on_package("manifest-lists-itself", WARNING, "ADL CP validator", of=SCORM)
def lists_itself(seen: Seen) -> Iterator[Finding]:
    """The manifest does not list itself."""
    for each in seen.elements("file"):
        if each.get("href") == MANIFEST:
            yield Finding(Place(MANIFEST, at(each).line, 1), "The manifest lists itself as a file.", "Remove that line.")


def _metadata(seen: Seen) -> tuple[etree._Element, ...]:
    return children(seen.root, "metadata")[:1] if seen.root is not None else ()


def _namespaces(seen: Seen) -> frozenset[str]:
    return frozenset(uri for element in seen.every("manifest", "item", "resource") for uri in element.nsmap.values())


def _texts(seen: Seen) -> Iterator[tuple[etree._Element, str, str]]:
    for element in seen.every("title", "location"):
        yield element, local(element), text_of(element)
    for element in seen.every("manifest", "organization", "item", "resource", "file"):
        for _, key, value in attributes(element):
            yield element, key, value
