"""The course structure of cmi5 (Quartz, sections 13 and 14); numbers such as 3.0.0.0-1 are CATAPULT's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from scorm_packager.verify.rule import CMI5, ERROR, WARNING, Finding, on_package
from scorm_packager.verify.seen import Seen, at, children, is_iri, local, text_of

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
_ONLY = (CMI5,)
_MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
_METHODS = ("OwnWindow", "AnyWindow")
_LAUNCH_NAMES = ("endpoint", "fetch", "actor", "registration", "activityId")
_NAMED = ("course", "au", "block", "objective")
_ORDER = ("title", "description", "objectives", "url", "launchParameters", "entitlementKey")
_DECIMAL = re.compile(r"\d*\.?\d*")


@on_package("namespace-mismatch", ERROR, "cmi5 13.2", of=_ONLY)
def namespace(seen: Seen) -> Iterator[Finding]:
    """The namespace is that of cmi5."""
    if seen.root is not None and etree.QName(seen.root).namespace != NAMESPACE:
        yield Finding(at(seen.root), "The course structure's namespace is not that of cmi5.", f'Write xmlns="{NAMESPACE}".')


@on_package("course-not-one", ERROR, "cmi5 13.1.1", of=_ONLY)
def one_course(seen: Seen) -> Iterator[Finding]:
    """There is one course."""
    if seen.root is not None and len(children(seen.root, "course")) != 1:
        count = len(children(seen.root, "course"))
        yield Finding(at(seen.root), f"There are {count} <course> elements; there must be one.", "Keep one.")


@on_package("au-missing", ERROR, "cmi5 13.1", of=_ONLY)
def unit_missing(seen: Seen) -> Iterator[Finding]:
    """There is an assignable unit."""
    if seen.root is not None and not seen.elements("au"):
        yield Finding(at(seen.root), "There is no assignable unit, so nothing to launch.", "Add an <au>.")


@on_package("block-empty", ERROR, "cmi5 13.1.2", of=_ONLY)
def block_empty(seen: Seen) -> Iterator[Finding]:
    """A block holds a unit, or a block."""
    for block in seen.elements("block"):
        if not [each for each in block if local(each) in ("au", "block")]:
            yield Finding(at(block), "This block holds no unit.", "Add one, or remove the block.")


@on_package("id-not-iri", ERROR, "3.0.0.0-1", of=_ONLY)
def id_not_iri(seen: Seen) -> Iterator[Finding]:
    """Ids are absolute IRIs."""
    for each, identity in _identified(seen):
        if not is_iri(identity):
            message = f"The id of this <{local(each)}> is “{identity}”, which is no absolute IRI."
            yield Finding(at(each), message, "Write an IRI of your own, such as https://….")


@on_package("identifier-twice", ERROR, "cmi5 13.1", of=_ONLY)
def id_twice(seen: Seen) -> Iterator[Finding]:
    """Ids are unique."""
    counted = Counter(identity for _, identity in _identified(seen))
    for each, identity in _identified(seen):
        if counted[identity] > 1 and is_iri(identity):
            yield Finding(at(each), f"The id {identity} is used {counted[identity]} times.", "Make it unique.")


@on_package("objective-dangling", ERROR, "cmi5 13.1.4", of=_ONLY)
def objective_dangling(seen: Seen) -> Iterator[Finding]:
    """Units name objectives that there are."""
    known = {(each.get("id") or "").strip() for each in seen.elements("objective")}
    for each in seen.elements("objective"):
        if each.get("idref") and (each.get("idref") or "").strip() not in known:
            yield Finding(at(each), f"There is no objective {each.get('idref')}.", "Correct it.")


@on_package("title-missing", ERROR, "cmi5 13.1", of=_ONLY)
def title_missing(seen: Seen) -> Iterator[Finding]:
    """Course, blocks, units and objectives have a title in at least one language."""
    for element in _without(seen, "title"):
        yield Finding(at(element), f"This <{local(element)}> has no title in a <langstring>.", "Add one <title> with <langstring lang=…>.")


@on_package("description-missing", ERROR, "cmi5 13.1", of=_ONLY)
def description_missing(seen: Seen) -> Iterator[Finding]:
    """Course, blocks, units and objectives have a description in at least one language."""
    for element in _without(seen, "description"):
        message = f"This <{local(element)}> has no description in a <langstring>."
        yield Finding(at(element), message, "Add one <description> with <langstring lang=…>.")


@on_package("word-unknown", ERROR, "cmi5 13.1.4; 8.1.0.0-1", of=_ONLY)
def word_unknown(seen: Seen) -> Iterator[Finding]:
    """moveOn and launchMethod are words of cmi5, to the letter."""
    for unit in seen.elements("au"):
        for name, allowed in (("moveOn", _MOVE_ON), ("launchMethod", _METHODS)):
            value = unit.get(name)
            if value is not None and value.strip() not in allowed:
                message = f"{name} is “{value}”, which is not one of the words of cmi5."
                yield Finding(at(unit), message, f"Write one of: {', '.join(allowed)}.")


@on_package("move-on-missing", WARNING, "cmi5 13.1.4: without it NotApplicable, which is satisfied at registration", of=_ONLY)
def move_on_missing(seen: Seen) -> Iterator[Finding]:
    """A unit says what satisfies it: without that, the LMS calls it satisfied before it is opened."""
    for unit in seen.elements("au"):
        if unit.get("moveOn") is None:
            yield Finding(at(unit), "This unit counts as satisfied before anybody opens it.", 'Write moveOn="Completed", or what is meant.')


@on_package("mastery-out-of-range", ERROR, "cmi5 13.1.4", of=_ONLY)
def mastery(seen: Seen) -> Iterator[Finding]:
    """The mastery score is a number from 0 to 1."""
    for unit in seen.elements("au"):
        value = unit.get("masteryScore")
        score = _number(value.strip()) if value is not None else None
        if value is not None and (score is None or not 0 <= score <= 1):
            message = f"The mastery score is “{value}”; it must be a number from 0 to 1."
            yield Finding(at(unit), message, "Write 0.8 for 80 per cent.")


@on_package("mastery-too-fine", WARNING, "cmi5 13.1.4", of=_ONLY)
def mastery_too_fine(seen: Seen) -> Iterator[Finding]:
    """The mastery score has four decimals at most."""
    for unit in seen.elements("au"):
        value = (unit.get("masteryScore") or "").strip()
        if len(value.partition(".")[2]) > 4:
            yield Finding(at(unit), f"The mastery score {value} has more than 4 decimals.", "Round it.")


@on_package("order", ERROR, "cmi5 13.2", of=_ONLY)
def order(seen: Seen) -> Iterator[Finding]:
    """The parts of a unit stand in the order of the schema."""
    for unit in seen.elements("au"):
        places = [_ORDER.index(local(each)) for each in unit if local(each) in _ORDER]
        if places != sorted(places):
            message = f"The parts of this <au> stand in another order than {', '.join(_ORDER)}."
            yield Finding(at(unit), message, "Put them in that order.")


@on_package("url-missing", ERROR, "cmi5 13.1.4", of=_ONLY)
def url_missing(seen: Seen) -> Iterator[Finding]:
    """A unit has one address."""
    for unit in seen.elements("au"):
        found = children(unit, "url")
        if len(found) != 1 or not text_of(found[0]):
            yield Finding(at(unit), "This <au> has no <url> of its own.", "Add one.")


@on_package("launch-name-taken", ERROR, "8.1.0.0-6", of=_ONLY)
def name_taken(seen: Seen) -> Iterator[Finding]:
    """An address has no parameter that the launch itself needs."""
    for unit in seen.elements("au"):
        for url in children(unit, "url"):
            taken = sorted({name for name, _ in parse_qsl(_query(text_of(url)), keep_blank_values=True)} & set(_LAUNCH_NAMES))
            if taken:
                message = f"The address uses {', '.join(taken)}, which the launch itself needs."
                yield Finding(at(url), message, "Rename it.")


def _identified(seen: Seen) -> Iterator[tuple[etree._Element, str]]:
    for each in seen.every(*_NAMED):
        if not (local(each) == "objective" and each.get("idref")):
            yield each, (each.get("id") or "").strip()


def _without(seen: Seen, part: str) -> Iterator[etree._Element]:
    for element in seen.every(*_NAMED):
        found = children(element, part)
        if not element.get("idref") and (len(found) != 1 or not any(text_of(each) for each in children(found[0], "langstring"))):
            yield element


def _query(url: str) -> str:
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if _DECIMAL.fullmatch(text) else None
    except InvalidOperation:
        return None
