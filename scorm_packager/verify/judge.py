"""The judgement on a finished package: every check, on whatever of the package can be read."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from lxml import etree

from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.archive import DEFAULT, Archive, Limits, opened
from scorm_packager.hostile_xml import parse
from scorm_packager.verify import files, pages, scripts
from scorm_packager.verify.seen import Seen, error, local, warning
from scorm_packager.verify.standards import Standard, named, seen_in
from scorm_packager.verify.web import START

CHECKS = (*files.CHECKS, *pages.CHECKS, *scripts.CHECKS)  # of any standard


def judge(package: Path, limits: Limits = DEFAULT, standard: str | None = None) -> tuple[Problem, ...]:
    """Everything wrong with a zip that is to be a package, by place; that it cannot be read is one of them.

    `standard` is the key of the one it is to follow (`standards.STANDARDS`); else what the zip itself says. Raises KeyError.
    """
    wanted = named(standard) if standard else None
    try:
        with opened(package, limits) as (archive, problems):
            return _sorted((*problems, *archive.damage(), *_judged(archive, wanted or seen_in(archive.names))))
    except ProblemsFound as found:
        return _sorted(found.problems)


def _judged(archive: Archive, standard: Standard) -> Iterable[Problem]:
    root, problems = _manifest(archive, standard)
    encoding = root.getroottree().docinfo.encoding or "UTF-8" if root is not None else "UTF-8"
    texts = dict(_texts(archive))
    readable = {name: text for name, text in texts.items() if text is not None}
    seen = Seen(archive, root, encoding, readable, tuple(name for name, text in texts.items() if text is None), standard.manifest or "")
    checks = (*standard.checks, *CHECKS) if root is not None or standard.manifest is None else CHECKS
    return (*problems, *(problem for check in checks for problem in check(seen)))


def _manifest(archive: Archive, standard: Standard) -> tuple[etree._Element | None, tuple[Problem, ...]]:
    name = standard.manifest
    if name is None:
        return None, ()
    if name not in archive:
        return None, (_missing(archive, standard, name),)
    try:
        root = parse(archive.read(name), name)
    except ProblemsFound as found:
        return None, found.problems
    if local(root) != standard.root:
        message = f"The root element is <{local(root)}>, not <{standard.root}>."
        return None, (error("manifest-root", name, message, "Export the package again."),)
    return root, ()


def _missing(archive: Archive, standard: Standard, manifest: str) -> Problem:
    names = archive.names
    other = seen_in(names)
    if other.manifest in names:
        message = f"This is a package of {other.name}, not of {standard.name}."
        return error(f"not-{standard.key}", manifest, message, f"Export it as {standard.name}.")
    if "course.au" in names:
        return error(f"not-{standard.key}", manifest, "This is AICC, which no new LMS takes.", f"Export it as {standard.name}.")
    nested = next((name for name in names if PurePosixPath(name).name.lower() == manifest and "/" in name), None)
    if nested:
        message = f"The manifest lies in a folder ({nested}); hosts look for it at the top of the zip."
        return error("manifest-nested", nested, message, "Zip the folder's contents, not the folder.", "SCORM 1.2 CAM 2.3")
    wrong = next((name for name in names if name.lower() == manifest), None)
    if wrong:
        return error("manifest-wrong-case", wrong, f"The manifest is named {wrong}.", f"Name it {manifest}.", "SCORM 1.2 CAM 2.3")
    if START in names:
        message = f"There is no {manifest}: these are plain web pages, which no LMS tracks."
        remedy = f"Export them as {standard.name}; where pages are meant, judge them with --as web."
        return warning("manifest-missing", manifest, message, remedy)
    message = f"There is no {manifest}."
    return error("manifest-missing", manifest, message, f"Export the package as {standard.name}.", "SCORM 1.2 CAM 2.3")


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
