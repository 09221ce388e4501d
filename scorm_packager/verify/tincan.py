"""The list of activities of a plain xAPI package (tincan.xml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from scorm_packager.activity.problems import Problem
from scorm_packager.verify.seen import Seen, at, children, error, is_iri, is_web, text_of, warning

MANIFEST = "tincan.xml"
NAMESPACE = "http://projecttincan.com/tincan.xsd"
_SOURCE = "projecttincan.com, launching"


def structure(seen: Seen) -> Iterator[Problem]:
    if seen.root is None:
        return
    if etree.QName(seen.root).namespace != NAMESPACE:
        yield error("namespace-mismatch", at(seen.root), "The namespace is not that of tincan.xml.", f'Write xmlns="{NAMESPACE}".', _SOURCE)
    found = seen.elements("activity")
    if not found:
        yield error("activity-missing", at(seen.root), "There is no activity, so nothing to launch.", "Add an <activity>.", _SOURCE)
    for each in found[:1]:
        if not children(each, "launch"):
            message = "The first activity has no <launch>; hosts start the first one."
            yield error("launch-missing", at(each), message, "Add <launch>…</launch> to it.", _SOURCE)


def activities(seen: Seen) -> Iterator[Problem]:
    found = seen.elements("activity")
    counted = Counter((each.get("id") or "").strip() for each in found)
    for each in found:
        identity = (each.get("id") or "").strip()
        if not is_iri(identity):
            message = f"The activity's id is “{identity}”, which is no absolute IRI."
            yield error("id-not-iri", at(each), message, "Write an IRI of your own, such as https://….", "xAPI 1.0.3 Data 2.4.4.1")
        elif counted[identity] > 1:
            yield error("identifier-twice", at(each), f"The id {identity} is used {counted[identity]} times.", "Make it unique.", _SOURCE)
        if each.get("type") and not is_iri(each.get("type") or ""):
            yield error("type-not-iri", at(each), f"The type “{each.get('type')}” is no absolute IRI.", "Correct it.", _SOURCE)
        if not any(text_of(name) for name in children(each, "name")):
            yield warning("title-missing", at(each), "This activity has no name: hosts show it to learners.", "Add a <name>.", _SOURCE)


def launches(seen: Seen) -> Iterator[Problem]:
    for each in seen.elements("launch"):
        url = text_of(each)
        if not url:
            yield error("launch-empty", at(each), "This <launch> names no page.", "Name one.", _SOURCE)
        elif not is_web(url):
            yield from seen.presence(each, unquote(urlsplit(url).path), _SOURCE)


CHECKS = (structure, activities, launches)
