"""What the manifest tells the LMS to do: mastery, thresholds, time limits, sequencing, navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from scorm_packager.activity.problems import Problem
from scorm_packager.verify.seen import SCORM_2004_4, Seen, at, attribute, attributes, error, text_of, warning

_CAM_12 = "SCORM 1.2 CAM 2.3.2.5"
_CAM_2004 = "SCORM 2004 CAM 3.4"
_TIME = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?")
_TIME_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
_BUTTONS = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
_OF_12 = ("masteryscore", "prerequisites", "maxtimeallowed", "timelimitaction", "datafromlms")
_OF_2004 = ("completionThreshold", "dataFromLMS", "timeLimitAction", "sequencing", "presentation")


def mastery(seen: Seen) -> Iterator[Problem]:
    for each in seen.elements("masteryscore"):
        score = _number(text_of(each))
        if score is None or not 0 <= score <= 100:
            message = f"The mastery score is “{text_of(each)}”; it must be a number from 0 to 100."
            yield error("mastery-out-of-range", at(each), message, "Write the passing score as per cent.", _CAM_12)


def measures(seen: Seen) -> Iterator[Problem]:
    for each in seen.elements("minNormalizedMeasure"):
        measure = _number(text_of(each))
        if measure is None or not -1 <= measure <= 1:
            message = f"The passing measure is “{text_of(each)}”; it must be a number from -1 to 1."
            yield error("mastery-out-of-range", at(each), message, "Write 0.8 for 80 per cent.", _CAM_2004)


def thresholds(seen: Seen) -> Iterator[Problem]:
    """3rd edition: a number as text. 4th edition: attributes, and no text."""
    for each in seen.elements("completionThreshold"):
        stated = attribute(each, "minProgressMeasure")
        if seen.edition == SCORM_2004_4:
            if text_of(each):
                message = "In the 4th edition the threshold stands in attributes."
                yield error("threshold-form", at(each), message, 'Write completedByMeasure="true" minProgressMeasure="…".', _CAM_2004)
        elif stated is not None:
            yield error(
                "threshold-form", at(each), "Before the 4th edition the threshold is the element's text.", "Write it so.", _CAM_2004
            )
        value = text_of(each) or stated
        measure = _number(value) if value else None
        if value and (measure is None or not 0 <= measure <= 1):
            yield error(
                "threshold-out-of-range", at(each), f"The threshold is “{value}”; it must be from 0 to 1.", "Correct it.", _CAM_2004
            )


def time_limits(seen: Seen) -> Iterator[Problem]:
    for each in seen.elements("maxtimeallowed"):
        if not _TIME.fullmatch(text_of(each)):
            yield error("time-limit-malformed", at(each), f"“{text_of(each)}” is no time span.", "Write it as 0001:30:00.00.", _CAM_12)
    for each in seen.elements("timelimitaction") + seen.elements("timeLimitAction"):
        if text_of(each) not in _TIME_ACTIONS:
            yield error("time-action-unknown", at(each), f"“{text_of(each)}” is no time limit action.", "Choose one of the four.", _CAM_12)


def prerequisites(seen: Seen) -> Iterator[Problem]:
    for each in seen.elements("prerequisites"):
        message = "Prerequisites are read by few hosts, and run as code by some (the Moodle app evaluates them)."
        yield warning("prerequisites", at(each), message, "Leave them out; let the content decide what comes first.")


def launch_data(seen: Seen) -> Iterator[Problem]:
    for name, limit in (("datafromlms", 255), ("dataFromLMS", 4000)):
        for each in seen.elements(name):
            if len(text_of(each)) > limit:
                yield error("launch-data-too-long", at(each), f"Launch data has more than {limit} characters.", "Shorten it.", _CAM_12)


def foreign_elements(seen: Seen) -> Iterator[Problem]:
    """Elements of the other standard are not read, and their spelling differs."""
    for name in _OF_12 if seen.is_2004 else _OF_2004:
        for each in seen.elements(name):
            yield error("element-of-other-edition", at(each), f"<{name}> does not exist in SCORM {seen.edition}.", "Remove or rename it.")


def delivery(seen: Seen) -> Iterator[Problem]:
    """Without these two, an LMS marks what said nothing as completed and satisfied on exit."""
    if not seen.is_2004:
        return
    for item in seen.elements("item"):
        if not item.get("identifierref"):
            continue
        controls = seen.elements("deliveryControls", item)
        if not any(_is_true(each, "completionSetByContent") and _is_true(each, "objectiveSetByContent") for each in controls):
            message = "The LMS may mark this item completed and passed when it ends without having said so."
            remedy = 'Add <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>.'
            yield warning("completion-left-to-lms", at(item), message, remedy, "SCORM 2004 SN 3.13")


def buttons(seen: Seen) -> Iterator[Problem]:
    for each in seen.elements("hideLMSUI"):
        if text_of(each) not in _BUTTONS:
            yield error("button-unknown", at(each), f"“{text_of(each)}” is no button of an LMS.", f"Choose of {', '.join(_BUTTONS)}.")


def _is_true(element: etree._Element, wanted: str) -> bool:
    return any(name == wanted and value == "true" for _, name, value in attributes(element))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


CHECKS = (mastery, measures, thresholds, time_limits, prerequisites, launch_data, foreign_elements, delivery, buttons)
