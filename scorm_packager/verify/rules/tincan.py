"""The list of activities of a plain xAPI package (tincan.xml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from scorm_packager.verify.rule import ERROR, NOTE, WARNING, XAPI, Finding, on_package
from scorm_packager.verify.seen import Seen, at, children, is_iri, text_of

NAMESPACE = "http://projecttincan.com/tincan.xsd"
_ONLY = (XAPI,)
_SOURCE = "projecttincan.com, launching"
_DATA = "xAPI 1.0.3 Data 2.4.4.1"


@on_package("namespace-mismatch", ERROR, _SOURCE, of=_ONLY)
def namespace(seen: Seen) -> Iterator[Finding]:
    """The namespace is that of tincan.xml."""
    if seen.root is not None and etree.QName(seen.root).namespace != NAMESPACE:
        yield Finding(at(seen.root), "The namespace is not that of tincan.xml.", f'Write xmlns="{NAMESPACE}".')


@on_package("activity-missing", ERROR, _SOURCE, of=_ONLY)
def activity_missing(seen: Seen) -> Iterator[Finding]:
    """There is an activity."""
    if seen.root is not None and not seen.elements("activity"):
        yield Finding(at(seen.root), "There is no activity, so nothing to launch.", "Add an <activity>.")


@on_package("launch-missing", ERROR, _SOURCE, of=_ONLY)
def launch_missing(seen: Seen) -> Iterator[Finding]:
    """The first activity is the one that is launched."""
    for each in seen.elements("activity")[:1]:
        if not children(each, "launch"):
            message = "The first activity has no <launch>; hosts start the first one."
            yield Finding(at(each), message, "Add <launch>…</launch> to it.")


@on_package("launch-empty", ERROR, _SOURCE, of=_ONLY)
def launch_empty(seen: Seen) -> Iterator[Finding]:
    """A launch names a page."""
    for each in seen.elements("launch"):
        if not text_of(each):
            yield Finding(at(each), "This <launch> names no page.", "Name one.")


@on_package("id-not-iri", ERROR, _DATA, of=_ONLY)
def id_not_iri(seen: Seen) -> Iterator[Finding]:
    """An activity's id is an absolute IRI."""
    for each in seen.elements("activity"):
        if not is_iri((each.get("id") or "").strip()):
            message = f"The activity's id is “{(each.get('id') or '').strip()}”, which is no absolute IRI."
            yield Finding(at(each), message, "Write an IRI of your own, such as https://….")


@on_package("identifier-twice", ERROR, _DATA, of=_ONLY)
def id_twice(seen: Seen) -> Iterator[Finding]:
    """Activities have ids of their own."""
    counted = Counter((each.get("id") or "").strip() for each in seen.elements("activity"))
    for each in seen.elements("activity"):
        identity = (each.get("id") or "").strip()
        if counted[identity] > 1 and is_iri(identity):
            yield Finding(at(each), f"The id {identity} is used {counted[identity]} times.", "Make it unique.")


@on_package("type-not-iri", WARNING, _DATA, of=_ONLY)
def type_not_iri(seen: Seen) -> Iterator[Finding]:
    """An activity's type is an absolute IRI."""
    for each in seen.elements("activity"):
        if each.get("type") and not is_iri(each.get("type") or ""):
            message = f"The type “{each.get('type')}” is no absolute IRI."
            yield Finding(at(each), message, "Write http://adlnet.gov/expapi/activities/course, or what is meant.")


@on_package("title-missing", WARNING, _SOURCE, of=_ONLY)
def title_missing(seen: Seen) -> Iterator[Finding]:
    """An activity has a name, which hosts show to learners."""
    for each in seen.elements("activity"):
        if not any(text_of(name) for name in children(each, "name")):
            yield Finding(at(each), "This activity has no name.", "Add a <name>.")


@on_package("description-missing", NOTE, _SOURCE, of=_ONLY)
def description_missing(seen: Seen) -> Iterator[Finding]:
    """The activity that is launched has a description."""
    for each in seen.elements("activity")[:1]:
        if not any(text_of(name) for name in children(each, "description")):
            yield Finding(at(each), "This activity has no description.", "Add a <description>.")
