"""What the manifest of SCORM tells the LMS to do: mastery, thresholds, time limits, sequencing, navigation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from scorm_packager.verify.rule import ERROR, SCORM, SCORM_12, SCORM_2004, WARNING, Finding, on_package
from scorm_packager.verify.seen import EDITION_2004_4, Seen, at, attribute, attributes, children, local, text_of

_CAM_12 = "SCORM 1.2 CAM 2.3.2.5"
_CAM_2004 = "SCORM 2004 CAM 3.4"
_SN = "SCORM 2004 SN 3"
_TIME = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?")
_TIME_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
_BUTTONS = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
_OF_12 = ("masteryscore", "prerequisites", "maxtimeallowed", "timelimitaction", "datafromlms")
_OF_2004 = ("completionThreshold", "dataFromLMS", "timeLimitAction", "sequencing", "presentation")
_ON_LEAVES = ("timeLimitAction", "dataFromLMS", "completionThreshold")


@on_package("mastery-out-of-range", ERROR, _CAM_12, of=(SCORM_12,))
def mastery(seen: Seen) -> Iterator[Finding]:
    """The mastery score is a number from 0 to 100."""
    for each in seen.elements("masteryscore"):
        score = _number(text_of(each))
        if score is None or not 0 <= score <= 100:
            message = f"The mastery score is “{text_of(each)}”; it must be a number from 0 to 100."
            yield Finding(at(each), message, "Write the passing score as per cent.")


@on_package("mastery-out-of-range", ERROR, f"{_SN}.10", of=(SCORM_2004,))
def measure(seen: Seen) -> Iterator[Finding]:
    """The passing measure is a number from -1 to 1."""
    for each in seen.elements("minNormalizedMeasure"):
        value = _number(text_of(each))
        if value is None or not -1 <= value <= 1:
            message = f"The passing measure is “{text_of(each)}”; it must be a number from -1 to 1."
            yield Finding(at(each), message, "Write 0.8 for 80 per cent.")


@on_package("threshold-form", ERROR, _CAM_2004, of=(SCORM_2004,))
def threshold_form(seen: Seen) -> Iterator[Finding]:
    """Before the 4th edition the completion threshold is a text, in the 4th it stands in attributes."""
    for each in seen.elements("completionThreshold"):
        if seen.edition == EDITION_2004_4 and text_of(each):
            message = "In the 4th edition the threshold stands in attributes."
            yield Finding(at(each), message, 'Write completedByMeasure="true" minProgressMeasure="…".')
        if seen.edition != EDITION_2004_4 and attribute(each, "minProgressMeasure") is not None:
            yield Finding(at(each), "Before the 4th edition the threshold is the element's text.", "Write it so.")


@on_package("threshold-out-of-range", ERROR, _CAM_2004, of=(SCORM_2004,))
def threshold(seen: Seen) -> Iterator[Finding]:
    """The completion threshold is a number from 0 to 1."""
    for each in seen.elements("completionThreshold"):
        value = text_of(each) or attribute(each, "minProgressMeasure")
        stated = _number(value) if value else None
        if value and (stated is None or not 0 <= stated <= 1):
            yield Finding(at(each), f"The threshold is “{value}”; it must be from 0 to 1.", "Write 0.8 for 80 per cent.")


@on_package("time-limit-malformed", ERROR, _CAM_12, of=(SCORM_12,))
def time_limit(seen: Seen) -> Iterator[Finding]:
    """A time limit is a time span of SCORM."""
    for each in seen.elements("maxtimeallowed"):
        if not _TIME.fullmatch(text_of(each)):
            yield Finding(at(each), f"“{text_of(each)}” is no time span.", "Write it as 0001:30:00.00.")


@on_package("time-action-unknown", ERROR, _CAM_12, of=SCORM)
def time_action(seen: Seen) -> Iterator[Finding]:
    """What happens at the time limit is one of the standard's four."""
    for each in seen.every("timelimitaction", "timeLimitAction"):
        if text_of(each) not in _TIME_ACTIONS:
            message = f"“{text_of(each)}” is no time limit action."
            yield Finding(at(each), message, f"Write one of: {'; '.join(_TIME_ACTIONS)}.")


@on_package("prerequisites", WARNING, "the Moodle app evaluates them as code", of=SCORM)
def prerequisites(seen: Seen) -> Iterator[Finding]:
    """There are no prerequisites, which few hosts read."""
    for each in seen.elements("prerequisites") if not seen.is_2004 else ():
        message = "Prerequisites are read by few hosts, and run as code by some."
        yield Finding(at(each), message, "Leave them out; let the content decide what comes first.")


@on_package("launch-data-too-long", ERROR, f"{_CAM_12}: 255; {_CAM_2004}: 4000", of=SCORM)
def launch_data(seen: Seen) -> Iterator[Finding]:
    """Launch data has 255 characters at most, in 2004 4,000."""
    for name, limit in (("datafromlms", 255), ("dataFromLMS", 4000)):
        for each in seen.elements(name):
            if len(text_of(each)) > limit:
                yield Finding(at(each), f"Launch data has more than {limit} characters.", "Shorten it.")


@on_package("manifest-of-other-edition", ERROR, _CAM_2004, of=SCORM)
def foreign(seen: Seen) -> Iterator[Finding]:
    """The manifest has no elements of the other standard, which are not read."""
    for name in _OF_12 if seen.is_2004 else _OF_2004:
        for each in seen.elements(name):
            yield Finding(at(each), f"<{name}> does not exist in SCORM {seen.edition}.", "Remove or rename it.")


@on_package("element-on-parent", ERROR, f"{_CAM_2004}, schematron", of=(SCORM_2004,))
def on_parent(seen: Seen) -> Iterator[Finding]:
    """Time limit, launch data and threshold stand at items that are launched."""
    for item in seen.elements("item"):
        for each in item:
            if local(each) in _ON_LEAVES and not item.get("identifierref"):
                yield Finding(at(each), f"<{local(each)}> stands at an item that is not launched.", "Move it to the item that is.")


@on_package("completion-left-to-lms", WARNING, "SCORM 2004 SN 3.13", of=(SCORM_2004,))
def delivery(seen: Seen) -> Iterator[Finding]:
    """Content sets completion and success itself: else an LMS marks what said nothing as completed and satisfied."""
    for item in seen.elements("item"):
        resource = next((each for each in seen.elements("resource") if each.get("identifier") == item.get("identifierref")), None)
        if resource is None or attribute(resource, "scormType") == "asset" or _is_set_by_content(seen, item):
            continue
        message = "The LMS may mark this item completed and passed when it ends without having said so."
        yield Finding(at(item), message, 'Add <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>.')


@on_package("objective-twice", ERROR, f"{_SN}.10", of=(SCORM_2004,))
def objective_twice(seen: Seen) -> Iterator[Finding]:
    """Objectives of one item have ids of their own."""
    for objectives in seen.elements("objectives"):
        counted = Counter(each.get("objectiveID") for each in objectives if isinstance(each.tag, str) and each.get("objectiveID"))
        for name, count in counted.items():
            if count > 1:
                yield Finding(at(objectives), f"The objective “{name}” stands here {count} times.", "Give each its own id.")


@on_package("map-target-twice", ERROR, f"{_SN}.10; ADL CP validator", of=(SCORM_2004,))
def map_twice(seen: Seen) -> Iterator[Finding]:
    """An objective writes to a global objective once."""
    for holder in seen.every("primaryObjective", "objective"):
        written = Counter(each.get("targetObjectiveID") for each in children(holder, "mapInfo") if each.get("targetObjectiveID"))
        for name, count in written.items():
            if count > 1:
                yield Finding(at(holder), f"“{name}” is the target of {count} maps.", "Keep one.")


@on_package("sequencing-dangling", ERROR, "ADL CP validator", of=(SCORM_2004,))
def sequencing_dangling(seen: Seen) -> Iterator[Finding]:
    """Sequencing that is used by reference is in the manifest's collection."""
    known = {each.get("ID") for each in seen.elements("sequencing")} - {None}
    for each in seen.elements("sequencing"):
        if each.get("IDRef") and each.get("IDRef") not in known:
            yield Finding(at(each), f"There is no sequencing “{each.get('IDRef')}” in the collection.", "Add it, or correct the reference.")


@on_package("button-unknown", ERROR, "SCORM 2004 SN 5.6", of=(SCORM_2004,))
def button(seen: Seen) -> Iterator[Finding]:
    """Buttons that are hidden are ones that an LMS has."""
    for each in seen.elements("hideLMSUI"):
        if text_of(each) not in _BUTTONS:
            yield Finding(at(each), f"“{text_of(each)}” is no button of an LMS.", f"Choose of {', '.join(_BUTTONS)}.")


def _is_set_by_content(seen: Seen, item: etree._Element) -> bool:
    controls = seen.elements("deliveryControls", item)
    return any(_is_true(each, "completionSetByContent") and _is_true(each, "objectiveSetByContent") for each in controls)


def _is_true(element: etree._Element, wanted: str) -> bool:
    return any(name == wanted and value == "true" for _, name, value in attributes(element))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
