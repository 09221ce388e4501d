"""What a package does at run time: it speaks its own standard, reports a result, and keeps its state where it is found again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.activity.problems import Place
from scorm_packager.verify.kinds import PAGES, SCRIPTS
from scorm_packager.verify.rule import CMI5, ERROR, NOTE, SCORM, SCORM_12, SCORM_2004, WARNING, XAPI, Finding, on_package, on_texts
from scorm_packager.verify.seen import Seen, attribute
from scorm_packager.verify.texts import Text

_RTE_12 = "SCORM 1.2 RTE 3.4"
_RTE_2004 = "SCORM 2004 RTE 4.2"
_CODE = SCRIPTS | PAGES
_CALL_12 = re.compile(
    r"\bLMS[GS]etValue\s{0,5}\(\s{0,5}[\"'](cmi\.(?:completion_status|success_status|score\.|location|exit|session_time|learner_|progress_measure|mode|credit|entry|total_time)[\w.]{0,40})[\"']"
)
_CALL_2004 = re.compile(r"(?<!LMS)\b[GS]etValue\s{0,5}\(\s{0,5}[\"'](cmi\.(?:core|student_data|student_preference)\.[\w.]{0,40})[\"']")
_SET = re.compile(r"\b(?:LMS)?SetValue\s{0,5}\(\s{0,5}[\"'](cmi\.[\w.]{1,60})[\"']\s{0,5},\s{0,5}[\"']([^\"'\n]{0,60})[\"']\s{0,5}\)")
_STAMP = re.compile(r"\bSetValue\s{0,5}\([^;\n]{0,100}timestamp[\"'][^;\n]{0,80}toISOString\s{0,5}\(\s{0,5}\)\s{0,5}\)")
_OPEN_ENDED = re.compile(r"\bLMSSetValue\s{0,5}\(\s{0,5}[\"']cmi\.suspend_data[\"']\s{0,5},\s{0,5}JSON\.stringify\b")
_WORDS = {
    "cmi.core.lesson_status": ("passed", "completed", "failed", "incomplete", "browsed"),
    "cmi.core.exit": ("time-out", "suspend", "logout", ""),
    "cmi.completion_status": ("completed", "incomplete", "not attempted", "unknown"),
    "cmi.success_status": ("passed", "failed", "unknown"),
    "cmi.exit": ("time-out", "suspend", "logout", "normal", ""),
}  # fmt: skip


@on_texts(_CODE, "element-of-other-edition", ERROR, _RTE_12, of=SCORM)
def element_of_other_edition(text: Text) -> Iterator[Finding]:
    """Calls of one standard do not name data of the other: hosts answer “Data Model Element Type Mismatch”."""
    for place, found in text.matches(_CALL_12, "calls", having="etValue"):
        yield Finding(
            place, f"{found.group(1)} is of SCORM 2004; LMSSetValue and LMSGetValue of 1.2 do not know it.", "Name the element of 1.2."
        )
    if "LMSSetValue" in text.words:
        return  # a wrapper for both, which names what it was given
    for place, found in text.matches(_CALL_2004, "calls", having="etValue"):
        yield Finding(place, f"{found.group(1)} is of SCORM 1.2; 2004 does not know it.", "Name the element of 2004.")


@on_texts(_CODE, "value-refused", ERROR, f"{_RTE_12}; {_RTE_2004}", of=SCORM)
def value_refused(text: Text) -> Iterator[Finding]:
    """Statuses and exits are the standard's words, to the letter."""
    for place, found in text.matches(_SET, "calls", having="SetValue"):
        element, value = found.groups()
        if element in _WORDS and value not in _WORDS[element]:
            words = ", ".join(word or "nothing" for word in _WORDS[element])
            yield Finding(place, f"{element} may not be “{value}”; hosts refuse it.", f"Write one of: {words}.")


@on_texts(_CODE, "timestamp-refused", WARNING, "Moodle 4.5 answers error 406", of=(SCORM_2004,))
def timestamp_refused(text: Text) -> Iterator[Finding]:
    """Times have two decimals at most."""
    for place, _ in text.matches(_STAMP, "calls", having="toISOString"):
        yield Finding(place, "toISOString writes three decimals; SCORM 2004 allows two, and hosts refuse more.", "Cut the last one.")


@on_texts(_CODE, "saved-state-open-ended", NOTE, _RTE_12, of=(SCORM_12,))
def open_ended(text: Text) -> Iterator[Finding]:
    """Saved state is kept within the 4,096 characters of SCORM 1.2."""
    for place, _ in text.matches(_OPEN_ENDED, "calls", having="suspend_data"):
        yield Finding(place, "JSON of any length goes into 4,096 characters; what is longer is cut or refused.", "Measure it, and pack it.")


@on_package("speaks-other-edition", ERROR, _RTE_12, of=(SCORM_12,))
def speaks_2004(seen: Seen) -> Iterator[Finding]:
    """A package of SCORM 1.2 looks for the run time of 1.2."""
    if "begins-2004" in seen.traits and "begins-1.2" not in seen.traits:
        message = "The content speaks SCORM 2004 only, the manifest says 1.2: the host gives it an API that it does not look for."
        yield Finding(seen.traits.place("begins-2004"), message, "Publish it for the edition that the manifest says.")


@on_package("speaks-other-edition", ERROR, _RTE_2004, of=(SCORM_2004,))
def speaks_12(seen: Seen) -> Iterator[Finding]:
    """A package of SCORM 2004 looks for the run time of 2004."""
    if "begins-1.2" in seen.traits and "begins-2004" not in seen.traits:
        message = "The content speaks SCORM 1.2 only, the manifest says 2004: the host gives it an API that it does not look for."
        yield Finding(seen.traits.place("begins-1.2"), message, "Publish it for the edition that the manifest says.")


@on_package("never-reports", WARNING, _RTE_12, of=SCORM)
def never_reports(seen: Seen) -> Iterator[Finding]:
    """A SCO begins, and says what became of it: else it is never completed, or at once."""
    if not _has_sco(seen):
        return
    if not {"begins-1.2", "begins-2004"} & _shown(seen):
        message = "No script looks for the LMS: it will never hear that the learner was here."
        yield Finding(Place(seen.manifest), message, "Publish with tracking, or mark the page an asset.")
    elif "reports" not in seen.traits:
        message = "No script sets a status: the LMS will never hear that the learner is done."
        yield Finding(Place(seen.manifest), message, "Choose in the authoring tool when the content is completed.")


@on_package("never-ends", WARNING, _RTE_12, of=SCORM)
def never_ends(seen: Seen) -> Iterator[Finding]:
    """What begins a session ends it: else hosts lose the time spent, and some the status."""
    for edition, call in (("1.2", "LMSFinish"), ("2004", "Terminate")):
        if f"begins-{edition}" in seen.traits and f"ends-{edition}" not in seen.traits:
            yield Finding(seen.traits.place(f"begins-{edition}"), f"{call} is never called.", f"Call {call} when the learner leaves.")


@on_package("state-dropped", WARNING, f"{_RTE_2004}: an exit that is not suspend ends the attempt", of=(SCORM_2004,))
def state_dropped(seen: Seen) -> Iterator[Finding]:
    """What keeps a state leaves by suspend: else the state is dropped."""
    if "saves-state" in seen.traits and "says-suspend" not in seen.traits:
        message = "A state is saved, and the exit is never “suspend”: strict hosts drop the state."
        yield Finding(seen.traits.place("saves-state"), message, "Set cmi.exit to suspend before Terminate.")


@on_package("state-in-browser-only", WARNING, of=SCORM)
def state_in_browser(seen: Seen) -> Iterator[Finding]:
    """Progress is kept in the LMS, not in one browser only."""
    if "stores-locally" in seen.traits and "saves-state" not in seen.traits:
        message = "Progress is kept in this browser only: on another device, or where storage is forbidden, the learner starts over."
        yield Finding(seen.traits.place("stores-locally"), message, "Keep it in cmi.suspend_data too.")


@on_package("launch-not-read", WARNING, "cmi5 8.1; projecttincan.com, launching", of=(CMI5, XAPI))
def launch_not_read(seen: Seen) -> Iterator[Finding]:
    """The content reads where the LMS wants its statements."""
    if "reads-launch" not in seen.traits:
        message = "No script reads the launch's endpoint: the LMS will never hear of the learner."
        yield Finding(Place(seen.manifest), message, "Publish with tracking.")


@on_package("token-not-fetched", WARNING, "cmi5 8.2.1", of=(CMI5,))
def token_not_fetched(seen: Seen) -> Iterator[Finding]:
    """The content asks for the token that cmi5 gives it."""
    if "reads-launch" in seen.traits and "fetches-token" not in seen.traits:
        message = "No script asks the launch's fetch address for a token: every statement will be refused."
        yield Finding(seen.traits.place("reads-launch"), message, "Publish as cmi5, not as plain xAPI.")


def _has_sco(seen: Seen) -> bool:
    return any((attribute(each, "scormType") or attribute(each, "scormtype") or "") == "sco" for each in seen.elements("resource"))


def _shown(seen: Seen) -> set[str]:
    return {name for name in ("begins-1.2", "begins-2004") if name in seen.traits}
