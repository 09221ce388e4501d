"""The course structure of a cmi5 package (Quartz, sections 13 and 14); `source` names the requirement as CATAPULT numbers it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import etree

from scorm_packager.activity.problems import Problem
from scorm_packager.verify.seen import Seen, at, children, error, is_iri, is_web, local, text_of, warning

MANIFEST = "cmi5.xml"
NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
_METHODS = ("OwnWindow", "AnyWindow")
_LAUNCH_NAMES = ("endpoint", "fetch", "actor", "registration", "activityId")
_NAMED = ("course", "au", "block", "objective")
_ORDER = ("title", "description", "objectives", "url", "launchParameters", "entitlementKey")
_CONDITION = re.compile(r"\d*\.?\d*")


def structure(seen: Seen) -> Iterator[Problem]:
    root = seen.root
    if root is None:
        return
    if etree.QName(root).namespace != NAMESPACE:
        message = "The course structure's namespace is not that of cmi5."
        yield error("namespace-mismatch", at(root), message, f'Write xmlns="{NAMESPACE}".', "cmi5 13.2")
    count = len(children(root, "course"))
    if count != 1:
        yield error("course-not-one", at(root), f"There are {count} <course> elements; there must be one.", "Keep one.", "cmi5 13.1.1")
    if not seen.elements("au"):
        yield error("au-missing", at(root), "There is no assignable unit, so nothing to launch.", "Add an <au>.", "cmi5 13.1")
    for block in seen.elements("block"):
        if not [each for each in block if local(each) in ("au", "block")]:
            yield error("block-empty", at(block), "This block holds no unit.", "Add one, or remove the block.", "cmi5 13.1.2")


def identifiers(seen: Seen) -> Iterator[Problem]:
    named = [each for name in _NAMED for each in seen.elements(name) if not (name == "objective" and each.get("idref"))]
    counted = Counter((each.get("id") or "").strip() for each in named)
    for each in named:
        identity = (each.get("id") or "").strip()
        if not is_iri(identity):
            message = f"The id of this <{local(each)}> is “{identity}”, which is no absolute IRI."
            yield error("id-not-iri", at(each), message, "Write an IRI of your own, such as https://….", "3.0.0.0-1")
        elif counted[identity] > 1:
            yield error(
                "identifier-twice", at(each), f"The id {identity} is used {counted[identity]} times.", "Make it unique.", "cmi5 13.1"
            )
    known = {(each.get("id") or "").strip() for each in seen.elements("objective")}
    for each in seen.elements("objective"):
        if each.get("idref") and (each.get("idref") or "").strip() not in known:
            yield error("objective-dangling", at(each), f"There is no objective {each.get('idref')}.", "Correct it.", "cmi5 13.1.4")


def texts(seen: Seen) -> Iterator[Problem]:
    """Title and description in at least one language, each with a text."""
    for element in (each for name in _NAMED for each in seen.elements(name) if not each.get("idref")):
        for part in ("title", "description"):
            found = children(element, part)
            if len(found) != 1 or not any(text_of(each) for each in children(found[0], "langstring")):
                message = f"This <{local(element)}> has no {part} in a <langstring>."
                yield error(f"{part}-missing", at(element), message, f"Add one <{part}> with <langstring lang=…>.", "cmi5 13.1")


def units(seen: Seen) -> Iterator[Problem]:
    for unit in seen.elements("au"):
        yield from _word(unit, "moveOn", _MOVE_ON, "cmi5 13.1.4")
        yield from _word(unit, "launchMethod", _METHODS, "8.1.0.0-1")
        yield from _mastery(unit)
        yield from _order(unit)
        yield from _url(seen, unit)


def _word(unit: etree._Element, name: str, allowed: tuple[str, ...], source: str) -> Iterator[Problem]:
    value = unit.get(name)
    if value is not None and value.strip() not in allowed:
        message = f"{name} is “{value}”, which is not one of the words of cmi5."
        yield error("word-unknown", at(unit), message, f"Write one of: {', '.join(allowed)}.", source)


def _mastery(unit: etree._Element) -> Iterator[Problem]:
    value = unit.get("masteryScore")
    if value is None:
        return
    score = _number(value.strip())
    if score is None or not 0 <= score <= 1:
        message = f"The mastery score is “{value}”; it must be a number from 0 to 1."
        yield error("mastery-out-of-range", at(unit), message, "Write 0.8 for 80 per cent.", "cmi5 13.1.4")
    elif len(value.strip().partition(".")[2]) > 4:
        yield warning("mastery-too-fine", at(unit), f"The mastery score {value} has more than 4 decimals.", "Round it.", "cmi5 13.1.4")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if _CONDITION.fullmatch(text) else None
    except InvalidOperation:
        return None


def _order(unit: etree._Element) -> Iterator[Problem]:
    places = [_ORDER.index(local(each)) for each in unit if local(each) in _ORDER]
    if places != sorted(places):
        message = f"The parts of this <au> stand in another order than {', '.join(_ORDER)}."
        yield error("order", at(unit), message, "Put them in that order.", "cmi5 13.2")


def _url(seen: Seen, unit: etree._Element) -> Iterator[Problem]:
    found = children(unit, "url")
    url = text_of(found[0]) if len(found) == 1 else ""
    if not url:
        yield error("url-missing", at(unit), "This <au> has no <url> of its own.", "Add one.", "cmi5 13.1.4")
        return
    taken = sorted({name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)} & set(_LAUNCH_NAMES))
    if taken:
        message = f"The address uses {', '.join(taken)}, which the launch itself needs."
        yield error("launch-name-taken", at(found[0]), message, "Rename it.", "8.1.0.0-6")
    if not is_web(url):
        yield from seen.presence(found[0], unquote(urlsplit(url).path), "14.1.0.0-4")


CHECKS = (structure, identifiers, texts, units)
