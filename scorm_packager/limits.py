"""What an LMS would turn a finished package away for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity
from scorm_packager.archive import Archive, opened
from scorm_packager.formats import PackageFormat
from scorm_packager.hostile_xml import parse
from scorm_packager.presets import Grounds, Preset
from scorm_packager.verify.seen import MANIFEST
from scorm_packager.verify.standards import seen_in

_MEGABYTE = 1 << 20
_PLAIN = re.compile(r"[A-Za-z0-9._/-]*")
_MOST = 20  # findings of one kind: the first ones say enough


@dataclass(frozen=True, slots=True)
class Contents:
    """A finished package as an LMS meets it: its name, its size in bytes, its files' paths, and the formats that it may be of."""

    name: str
    size: int
    paths: tuple[str, ...]
    formats: frozenset[str]


def contents(package: Path, formats: Iterable[str]) -> Contents:
    """What is in a zip. Raises `ProblemsFound` when it cannot be read."""
    with opened(package) as (archive, _):
        return Contents(package.name, package.stat().st_size, archive.names, frozenset(formats))


def against(preset: Preset, package: Path, known: tuple[PackageFormat, ...], standard: str | None = None) -> tuple[Problem, ...]:
    """The objections to a zip, whoever made it; none when it cannot be read, which `verify` says.

    It is of `standard` (a key of `verify.standards`), or of the one that it speaks of.
    """
    try:
        with opened(package) as (archive, _):
            kind, edition = standard or seen_in(archive.names).key, _edition(archive)
            return objections(preset, Contents(package.name, package.stat().st_size, archive.names, _possible(known, kind, edition)))
    except ProblemsFound:
        return ()


def objections(preset: Preset, found: Contents) -> tuple[Problem, ...]:
    """Everything about a package that this LMS is known not to take, as warnings; pure."""
    return tuple(problem for look in _LOOKS for problem in look(preset, found))


def _edition(archive: Archive) -> str:
    """What a SCORM manifest says in `schemaversion`; nothing without a manifest."""
    if MANIFEST not in archive:
        return ""
    root = parse(archive.read(MANIFEST), MANIFEST)
    return next(((each.text or "").strip() for each in root.iter("{*}schemaversion")), "")


def _possible(known: Iterable[PackageFormat], standard: str, edition: str) -> frozenset[str]:
    """The formats that a zip may be of: those of its standard, and of its edition where that is one of ours."""
    found = [each for each in known if each.judged_as == standard and each.reports]
    named = [each for each in found if each.edition == edition]
    return frozenset(each.key for each in named or found)


def _format(preset: Preset, found: Contents) -> Iterator[Problem]:
    if found.formats and not found.formats & set(preset.formats):
        message = f"{preset.name} is not known to take {' or '.join(sorted(found.formats))}."
        yield _warning("lms-format", found.name, message, f"Build it with --format {next(iter(preset.formats))}.")


def _size(preset: Preset, found: Contents) -> Iterator[Problem]:
    most = preset.limits.upload_megabytes
    if most and found.size > most.value * _MEGABYTE:
        message = f"The package has {found.size / _MEGABYTE:.1f} MB; {preset.name} takes {most.value} MB. {most.why}"
        yield _warning(
            "lms-upload-too-large", found.name, message, "Compress its videos, or ask the LMS's people for another way in.", most
        )


def _count(preset: Preset, found: Contents) -> Iterator[Problem]:
    most = preset.limits.files
    if most and len(found.paths) > most.value:
        message = f"The package has {len(found.paths):,} files; {preset.name} takes {most.value:,}. {most.why}"
        yield _warning("lms-too-many-files", found.name, message, "Leave out what is not needed.", most)


def _refused(preset: Preset, found: Contents) -> Iterator[Problem]:
    refused = preset.limits.refused
    if refused is None:
        return
    endings = {each.lower() for each in refused.value}
    for path in _first(found.paths, lambda path: _is_among(PurePosixPath(path.lower()), endings)):
        message = f"{preset.name} turns packages with such a file away. {refused.why}"
        yield _warning("lms-file-refused", path, message, "Leave this file out.", refused)


def _is_among(path: PurePosixPath, endings: set[str]) -> bool:
    return path.suffix in endings or path.name in endings


def _names(preset: Preset, found: Contents) -> Iterator[Problem]:
    plain = preset.limits.plain_names
    if plain and plain.value:
        for path in _first(found.paths, lambda path: not _PLAIN.fullmatch(path)):
            message = f"{preset.name} may not find a file of this name. {plain.why}"
            yield _warning("lms-name-not-plain", path, message, "Use letters of A to Z, digits, hyphen, underscore and full stop.", plain)


def _alike(preset: Preset, found: Contents) -> Iterator[Problem]:
    unique = preset.limits.unique_names
    if not (unique and unique.value):
        return
    folders: dict[str, list[str]] = defaultdict(list)
    for path in found.paths:
        folders[PurePosixPath(path).name].append(path)
    for name, paths in list(each for each in folders.items() if len(each[1]) > 1)[:_MOST]:
        message = f"{len(paths)} files are named {name} ({', '.join(paths[:3])}). {unique.why}"
        yield _warning("lms-name-twice", paths[-1], message, "Rename all but one, or follow the advice of `lms explain`.", unique)


_LOOKS: tuple[Callable[[Preset, Contents], Iterator[Problem]], ...] = (_format, _size, _count, _refused, _names, _alike)


def _first(paths: Iterable[str], wanted: Callable[[str], bool]) -> list[str]:
    return [path for path in paths if wanted(path)][:_MOST]


def _warning(code: str, place: str, message: str, remedy: str, because: Grounds | None = None) -> Problem:
    source = because.source if because else ""
    verified = because is None or because.verified is not None
    return Problem(code, Place(place), message, remedy, Severity.WARNING, source, verified)
