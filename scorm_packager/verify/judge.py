"""The judgement on a finished package: every check, on whatever of the package can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from lxml import etree

from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.archive import DEFAULT, Archive, Limits, opened
from scorm_packager.hostile_xml import parse
from scorm_packager.verify import files, pages, resources, rules, scripts, structure
from scorm_packager.verify.seen import MANIFEST, Seen, error, local

_OTHERS = {"cmi5.xml": "cmi5", "tincan.xml": "a plain xAPI package", "course.au": "AICC"}

CHECKS: tuple[Callable[[Seen], Iterable[Problem]], ...] = (
    *structure.CHECKS, *rules.CHECKS, *resources.CHECKS, *files.CHECKS, *pages.CHECKS, *scripts.CHECKS,
)  # fmt: skip


def judge(package: Path, limits: Limits = DEFAULT) -> tuple[Problem, ...]:
    """Everything wrong with a zip that is to be a SCORM 1.2 or 2004 package, by place. That it cannot be read is one of them."""
    try:
        with opened(package, limits) as (archive, problems):
            return _sorted((*problems, *archive.damage(), *_judged(archive)))
    except ProblemsFound as found:
        return _sorted(found.problems)


def _judged(archive: Archive) -> Iterable[Problem]:
    root, problems = _manifest(archive)
    encoding = root.getroottree().docinfo.encoding or "UTF-8" if root is not None else "UTF-8"
    texts = dict(_texts(archive))
    readable = {name: text for name, text in texts.items() if text is not None}
    seen = Seen(archive, root, encoding, readable, tuple(name for name, text in texts.items() if text is None))
    checks = CHECKS if root is not None else (*files.CHECKS, *pages.CHECKS, *scripts.CHECKS)
    return (*problems, *(problem for check in checks for problem in check(seen)))


def _manifest(archive: Archive) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    if MANIFEST not in archive:
        return None, (_missing(archive),)
    try:
        root = parse(archive.read(MANIFEST), MANIFEST)
    except ProblemsFound as found:
        return None, found.problems
    if local(root) != "manifest":
        message = f"The root element is <{local(root)}>, not <manifest>."
        return None, (error("manifest-root", MANIFEST, message, "Export the package again."),)
    return root, ()


def _missing(archive: Archive) -> Problem:
    names = archive.names
    other = next((kind for name, kind in _OTHERS.items() if name in names), None)
    if other:
        return error("not-scorm", MANIFEST, f"This is {other}, not a SCORM package.", "Export it as SCORM 1.2 or SCORM 2004.")
    nested = next((name for name in names if PurePosixPath(name).name.lower() == MANIFEST and "/" in name), None)
    if nested:
        message = f"The manifest lies in a folder ({nested}); hosts look for it at the top of the zip."
        return error("manifest-nested", nested, message, "Zip the folder's contents, not the folder.", "SCORM 1.2 CAM 2.3")
    wrong = next((name for name in names if name.lower() == MANIFEST), None)
    if wrong:
        return error("manifest-wrong-case", wrong, f"The manifest is named {wrong}.", f"Name it {MANIFEST}.", "SCORM 1.2 CAM 2.3")
    return error("manifest-missing", MANIFEST, "There is no imsmanifest.xml.", "Export the package as SCORM.", "SCORM 1.2 CAM 2.3")


def _texts(archive: Archive) -> Iterable[tuple[str, str | None]]:
    """Text files, with None for those that are not UTF-8; damaged ones are reported by the archive."""
    for name in archive.names:
        if PurePosixPath(name).suffix.lower() not in Seen.TEXTS or archive.size(name) > Seen.MAXIMUM:
            continue
        with suppress(ProblemsFound):
            yield name, _decoded(archive.read(name))


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda each: (each.where, each.code, each.message)))
