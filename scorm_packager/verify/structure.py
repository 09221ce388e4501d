"""The manifest's outer form: schema, namespaces, organizations, items, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from scorm_packager.activity.problems import Problem
from scorm_packager.verify.seen import EDITIONS, MANIFEST, SCORM_2004_2, Seen, at, attributes, children, error, local, text_of, warning

_CAM_12 = "SCORM 1.2 CAM 2.3"
_CAM_2004 = "SCORM 2004 CAM 3"
_PACKAGING = {True: "http://www.imsglobal.org/xsd/imscp_v1p1", False: "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
_EXTENSION = {True: "http://www.adlnet.org/xsd/adlcp_v1p3", False: "http://www.adlnet.org/xsd/adlcp_rootv1p2"}
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NCNAME = re.compile(r"[^\W\d][\w.\-]*")
_LENGTHS = {"title": 200, "parameters": 1000, "structure": 200, "type": 1000, "href": 2000, "base": 2000, "location": 2000, "version": 20}


def schema(seen: Seen) -> Iterator[Problem]:
    """`ADL SCORM` and one of the editions' own words, to the letter: hosts choose their run time by it."""
    remedy = "Write <schema>ADL SCORM</schema><schemaversion>…</schemaversion> as the standard has it."
    stated = seen.elements("schemaversion")
    if not stated:
        yield error("schemaversion-missing", MANIFEST, "The manifest does not say which SCORM it follows.", remedy, _CAM_12)
    for each in stated[:1]:
        if text_of(each) not in EDITIONS:
            yield error(
                "schemaversion-unknown", at(each), f"“{text_of(each)}” is no SCORM edition; hosts take it for 1.2.", remedy, _CAM_12
            )
        if text_of(each) == SCORM_2004_2:
            yield warning("edition-old", at(each), "This is the 2nd edition of SCORM 2004.", "Publish for the 3rd or 4th edition.")
    for each in seen.elements("schema")[:1]:
        if text_of(each) != "ADL SCORM":
            yield error("schema-unknown", at(each), f"The schema is “{text_of(each)}”, not “ADL SCORM”.", remedy, _CAM_12)


def namespaces(seen: Seen) -> Iterator[Problem]:
    """Namespaces must be those of the edition stated, and the prefix be `adlcp`: Moodle matches prefixes, not namespaces."""
    if seen.root is None:
        return
    if etree.QName(seen.root).namespace != _PACKAGING[seen.is_2004]:
        message = f"The manifest's namespace is not that of SCORM {seen.edition}."
        yield error("namespace-mismatch", at(seen.root), message, f'Write xmlns="{_PACKAGING[seen.is_2004]}".')
    bound = {uri: prefix for prefix, uri in seen.root.nsmap.items()}
    wrong, right = _EXTENSION[not seen.is_2004], _EXTENSION[seen.is_2004]
    if wrong in bound:
        message = f"The adlcp namespace is not that of SCORM {seen.edition}."
        yield error("namespace-mismatch", at(seen.root), message, f'Write xmlns:adlcp="{right}".')
    if right in bound and bound[right] != "adlcp":
        message = f"The prefix of ADL's elements is “{bound[right]}”; Moodle knows them by the prefix adlcp only."
        yield warning("prefix-not-adlcp", at(seen.root), message, "Name the prefix adlcp.")


def schema_files(seen: Seen) -> Iterator[Problem]:
    """A schemaLocation that names files not in the package fails ADL's validator; without one, nobody looks."""
    if seen.root is None:
        return
    named = (seen.root.get(f"{{{_XSI}}}schemaLocation") or "").split()[1::2]
    for each in named:
        if "://" not in each and each not in seen.archive:
            message = f"schemaLocation names {each}, which is not in the package."
            yield warning(
                "schema-file-missing", at(seen.root), message, "Leave xsi:schemaLocation out, or add the files.", "ADL CP validator"
            )


def single_parts(seen: Seen) -> Iterator[Problem]:
    if seen.root is None:
        return
    for name in ("metadata", "organizations", "resources"):
        count = len(children(seen.root, name))
        if count == 0:
            yield error("manifest-part-missing", at(seen.root), f"The manifest has no <{name}>.", f"Add one <{name}>.", _CAM_2004)
        if count > 1:
            yield error("manifest-part-twice", at(seen.root), f"The manifest has {count} <{name}>.", "Keep one.", _CAM_2004)
    for nested in seen.elements("manifest")[1:]:
        yield error(
            "manifest-inside-manifest", at(nested), "A manifest lies inside the manifest; no host reads it.", "Keep one.", _CAM_2004
        )


def organizations(seen: Seen) -> Iterator[Problem]:
    found = seen.elements("organization")
    for holder in seen.elements("organizations"):
        default = holder.get("default")
        if default is None:
            yield error("organization-default-missing", at(holder), "No default organization is named.", "Add default=….", _CAM_12)
        elif default not in {each.get("identifier") for each in found}:
            message = f"The default organization “{default}” does not exist."
            yield error("organization-default-dangling", at(holder), message, "Name the organization that there is.", _CAM_12)
        if not children(holder, "organization"):
            yield error("organization-missing", at(holder), "There is no organization, so nothing to launch.", "Add one with one item.")
    for each in found[1:]:
        yield warning("organization-second", at(each), "There is more than one organization; hosts show one of them.", "Keep one.")
    for each in found:
        if not children(each, "item"):
            yield error("organization-empty", at(each), "This organization has no item, so nothing to launch.", "Add an item.", _CAM_2004)
        yield from _one_title(each)


def items(seen: Seen) -> Iterator[Problem]:
    resources = {each.get("identifier") for each in seen.elements("resource")}
    for item in seen.elements("item"):
        yield from _one_title(item)
        target = item.get("identifierref")
        if target and target not in resources:
            yield error("resource-dangling", at(item), f"The item points to the resource “{target}”, which does not exist.", "Correct it.")
        if not target and not children(item, "item"):
            yield error("item-without-resource", at(item), "This item has neither a resource nor items.", "Add identifierref=….", _CAM_2004)
        if target and children(item, "item") and seen.is_2004:
            yield error(
                "item-with-both", at(item), "An item with items may not have a resource.", "Move the resource to an item of its own."
            )
        if target and item.get("isvisible") == "false":
            yield warning(
                "item-hidden", at(item), "This item is launched but hidden: some hosts then show nothing.", 'Write isvisible="true".'
            )


def dependencies(seen: Seen) -> Iterator[Problem]:
    resources = {each.get("identifier") for each in seen.elements("resource")}
    for each in seen.elements("dependency"):
        if each.get("identifierref") not in resources:
            message = f"A dependency points to the resource “{each.get('identifierref')}”, which does not exist."
            yield error("resource-dangling", at(each), message, "Correct or remove it.")


def identifiers(seen: Seen) -> Iterator[Problem]:
    known: set[str] = set()
    for element in (each for name in ("manifest", "organization", "item", "resource") for each in seen.elements(name)):
        value = element.get("identifier")
        if value is None:
            yield error("identifier-missing", at(element), f"This <{local(element)}> has no identifier.", "Give it one.", _CAM_12)
            continue
        if not _NCNAME.fullmatch(value):
            message = f"“{value}” is no XML id: it must begin with a letter and have no space or colon."
            yield error("identifier-illegal", at(element), message, "Use letters, digits, hyphens.", "XML Schema xs:ID")
        if value in known:
            yield error("identifier-twice", at(element), f"The identifier “{value}” is used twice.", "Make it unique.", "XML Schema xs:ID")
        known.add(value)


def lengths(seen: Seen) -> Iterator[Problem]:
    """Smallest permitted maxima: what is longer may be cut."""
    for element in seen.elements("title") + seen.elements("location"):
        yield from _too_long(element, local(element), text_of(element))
    for name in ("manifest", "organization", "item", "resource", "file"):
        for element in seen.elements(name):
            for _, key, value in attributes(element):
                yield from _too_long(element, key, value)


def _too_long(element: etree._Element, key: str, value: str) -> Iterator[Problem]:
    limit = _LENGTHS.get(key)
    if limit and len(value) > limit:
        message = f"{key} has {len(value)} characters; {limit} are sure to be kept."
        yield warning("text-too-long", at(element), message, "Shorten it.", "SCORM 2004 CAM, smallest permitted maximum")


def _one_title(element: etree._Element) -> Iterator[Problem]:
    titles = children(element, "title")
    name = local(element)
    if not titles or not text_of(titles[0]):
        yield error("title-missing", at(element), f"This <{name}> has no title.", "Add one: hosts show it to learners.", _CAM_12)
    if len(titles) > 1:
        yield error("title-twice", at(element), f"This <{name}> has {len(titles)} titles.", "Keep one.", _CAM_12)


CHECKS = (schema, namespaces, schema_files, single_parts, organizations, items, dependencies, identifiers, lengths)
