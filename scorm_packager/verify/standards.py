"""The standards that packages are judged by, and what tells one: a file at the top of the zip, and its root element."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from scorm_packager.verify.rule import AICC, CMI5, SCORM_12, SCORM_2004, WEB, XAPI
from scorm_packager.verify.seen import MANIFEST, Seen


@dataclass(frozen=True, slots=True)
class Standard:
    """`manifest` and `root` are the names of the file at the top of the zip, and of its root element; none where there is no XML."""

    key: str
    name: str
    manifest: str | None = None
    root: str = ""


SCORM = Standard("scorm", "SCORM", MANIFEST, "manifest")
STANDARDS = (
    SCORM,
    Standard("cmi5", "cmi5", "cmi5.xml", "courseStructure"),
    Standard("xapi", "xAPI (tincan.xml)", "tincan.xml", "tincan"),
    Standard("aicc", "AICC"),
    Standard("web", "plain web pages"),
)
KEYS = tuple(each.key for each in STANDARDS)
_OF_AICC = frozenset((".crs", ".au", ".des", ".cst"))


def named(key: str) -> Standard:
    """The standard of this key. Raises KeyError."""
    return {each.key: each for each in STANDARDS}[key]


def seen_in(names: Iterable[str]) -> Standard:
    """The standard that a zip's files speak of; SCORM when none does, since nearly every package is meant to be that."""
    found = set(names)
    told = next((each for each in STANDARDS if each.manifest in found), None)
    if told:
        return told
    # Two of the four files of AICC: a single .au may be a sound.
    return named("aicc") if len({PurePosixPath(name).suffix.lower() for name in found} & _OF_AICC) > 1 else SCORM


def rules_of(standard: Standard, seen: Seen) -> str:
    """The key by which rules say for which packages they hold: of SCORM there are two kinds."""
    if standard is SCORM:
        return SCORM_2004 if seen.is_2004 else SCORM_12
    return {"cmi5": CMI5, "xapi": XAPI, "aicc": AICC, "web": WEB}[standard.key]
