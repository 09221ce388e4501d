"""Organizations and items: what the LMS shows and starts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from scorm_packager.verify.rule import ERROR, NOTE, SCORM, SCORM_2004, WARNING, Finding, on_package
from scorm_packager.verify.seen import Seen, at, children, local, text_of

_CAM_12 = "SCORM 1.2 CAM 2.3"
_CAM_2004 = "SCORM 2004 CAM 3.4.1"
_NCNAME = re.compile(r"[^\W\d][\w.\-]*")
_IDENTIFIED = ("manifest", "organization", "item", "resource")


@on_package("organization-default-missing", ERROR, _CAM_12, of=SCORM)
def default_missing(seen: Seen) -> Iterator[Finding]:
    """The organization to start from is named."""
    for holder in seen.elements("organizations"):
        if holder.get("default") is None:
            yield Finding(at(holder), "No default organization is named.", "Add default=….")


@on_package("organization-default-dangling", ERROR, _CAM_12, of=SCORM)
def default_dangling(seen: Seen) -> Iterator[Finding]:
    """The organization to start from exists."""
    known = {each.get("identifier") for each in seen.elements("organization")}
    for holder in seen.elements("organizations"):
        if holder.get("default") is not None and holder.get("default") not in known and known:
            message = f"The default organization “{holder.get('default')}” does not exist."
            yield Finding(at(holder), message, "Name the organization that there is.")


@on_package("organization-missing", ERROR, _CAM_2004, of=SCORM)
def organization_missing(seen: Seen) -> Iterator[Finding]:
    """There is an organization."""
    for holder in seen.elements("organizations")[:1]:
        if not children(holder, "organization"):
            yield Finding(at(holder), "There is no organization, so nothing to launch.", "Add one with one item.")


@on_package("organization-empty", ERROR, _CAM_2004, of=SCORM)
def organization_empty(seen: Seen) -> Iterator[Finding]:
    """An organization has an item."""
    for each in seen.elements("organization"):
        if not children(each, "item"):
            yield Finding(at(each), "This organization has no item, so nothing to launch.", "Add an item.")


@on_package("organization-second", WARNING, of=SCORM)
def organization_second(seen: Seen) -> Iterator[Finding]:
    """There is one organization: hosts show one of several."""
    for each in seen.elements("organization")[1:]:
        yield Finding(at(each), "There is more than one organization; hosts show one of them.", "Keep one.")


@on_package("title-missing", ERROR, _CAM_12, of=SCORM)
def title_missing(seen: Seen) -> Iterator[Finding]:
    """Organizations and items have a title, which hosts show to learners."""
    for element in seen.every("organization", "item"):
        titles = children(element, "title")
        if not titles or not text_of(titles[0]):
            yield Finding(at(element), f"This <{local(element)}> has no title.", "Add one: hosts show it to learners.")


@on_package("title-twice", ERROR, _CAM_12, of=SCORM)
def title_twice(seen: Seen) -> Iterator[Finding]:
    """Organizations and items have one title."""
    for element in seen.every("organization", "item"):
        count = len(children(element, "title"))
        if count > 1:
            yield Finding(at(element), f"This <{local(element)}> has {count} titles.", "Keep one.")


@on_package("resource-dangling", ERROR, _CAM_12, of=SCORM)
def resource_dangling(seen: Seen) -> Iterator[Finding]:
    """Items and dependencies point to resources that there are."""
    known = {each.get("identifier") for each in seen.elements("resource")}
    for each in seen.every("item", "dependency"):
        meant = each.get("identifierref")
        if (meant or local(each) == "dependency") and meant not in known:
            yield Finding(at(each), f"This <{local(each)}> points to the resource “{meant or ''}”, which does not exist.", "Correct it.")


@on_package("item-without-resource", ERROR, _CAM_2004, of=SCORM)
def item_without_resource(seen: Seen) -> Iterator[Finding]:
    """An item has a resource, or items."""
    for item in seen.elements("item"):
        if not item.get("identifierref") and not children(item, "item"):
            yield Finding(at(item), "This item has neither a resource nor items.", "Add identifierref=….")


@on_package("item-with-both", ERROR, _CAM_2004, of=(SCORM_2004,))
def item_with_both(seen: Seen) -> Iterator[Finding]:
    """An item with items has no resource of its own."""
    for item in seen.elements("item"):
        if item.get("identifierref") and children(item, "item"):
            yield Finding(at(item), "An item with items may not have a resource.", "Move the resource to an item of its own.")


@on_package("item-hidden", WARNING, of=SCORM)
def item_hidden(seen: Seen) -> Iterator[Finding]:
    """What is to be launched is visible: some hosts show nothing else."""
    for item in seen.elements("item"):
        if item.get("identifierref") and item.get("isvisible") == "false":
            message = "This item is launched but hidden: some hosts then show nothing."
            yield Finding(at(item), message, 'Write isvisible="true".')


@on_package("several-parts", NOTE, "Docebo help: no sequencing; Moodle's app plays one SCO", of=SCORM)
def several_parts(seen: Seen) -> Iterator[Finding]:
    """Hosts differ most where a package has several parts."""
    for organization in seen.elements("organization"):
        launched = [item for item in seen.elements("item", organization) if item.get("identifierref") and not children(item, "item")]
        if len(launched) > 1:
            message = (
                f"There are {len(launched)} items to launch: hosts differ in how they lead from one to the next, and what completes all."
            )
            yield Finding(at(launched[1]), message, "Try it in your LMS; one item is safest.")


@on_package("identifier-missing", ERROR, _CAM_12, of=SCORM)
def identifier_missing(seen: Seen) -> Iterator[Finding]:
    """Manifest, organizations, items and resources have identifiers."""
    for element in seen.every(*_IDENTIFIED):
        if element.get("identifier") is None:
            yield Finding(at(element), f"This <{local(element)}> has no identifier.", "Give it one.")


@on_package("identifier-illegal", ERROR, "XML Schema 3.3.8 ID", of=SCORM)
def identifier_illegal(seen: Seen) -> Iterator[Finding]:
    """Identifiers are XML ids."""
    for element, value in _identifiers(seen):
        if not _NCNAME.fullmatch(value):
            message = f"“{value}” is no XML id: it begins with a letter, and has no space, colon or bracket."
            yield Finding(at(element), message, "Use letters, digits, hyphens.")


@on_package("identifier-twice", ERROR, "XML Schema 3.3.8 ID", of=SCORM)
def identifier_twice(seen: Seen) -> Iterator[Finding]:
    """Identifiers are unique in the manifest."""
    found = tuple(_identifiers(seen))
    counted = Counter(value for _, value in found)
    known: set[str] = set()
    for element, value in found:
        if counted[value] > 1 and value in known:
            yield Finding(at(element), f"The identifier “{value}” is used {counted[value]} times.", "Make it unique.")
        known.add(value)


def _identifiers(seen: Seen) -> Iterator[tuple[etree._Element, str]]:
    for element in seen.every(*_IDENTIFIED):
        value = element.get("identifier")
        if value is not None:
            yield element, value
