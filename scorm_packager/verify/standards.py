"""The standards that packages are judged by: what tells one, and its checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scorm_packager.activity.problems import Problem
from scorm_packager.verify import cmi5, resources, rules, structure, tincan, web
from scorm_packager.verify.seen import MANIFEST, Seen

Check = Callable[[Seen], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Standard:
    """`manifest` and `root` are the names of the file at the top of the zip, and of its root element; none for plain pages."""

    key: str
    name: str
    checks: tuple[Check, ...]
    manifest: str | None = None
    root: str = ""


SCORM = Standard("scorm", "SCORM", (*structure.CHECKS, *rules.CHECKS, *resources.CHECKS), MANIFEST, "manifest")
WEB = Standard("web", "plain web pages", web.CHECKS)
STANDARDS = (
    SCORM,
    Standard("cmi5", "cmi5", cmi5.CHECKS, cmi5.MANIFEST, "courseStructure"),
    Standard("xapi", "xAPI (tincan.xml)", tincan.CHECKS, tincan.MANIFEST, "tincan"),
    WEB,
)


def named(key: str) -> Standard:
    """The standard of this key. Raises KeyError."""
    return {each.key: each for each in STANDARDS}[key]


def seen_in(names: Iterable[str]) -> Standard:
    """The standard that a zip's files speak of; SCORM when none does, since nearly every package is meant to be that."""
    found = set(names)
    return next((each for each in STANDARDS if each.manifest in found), SCORM)
