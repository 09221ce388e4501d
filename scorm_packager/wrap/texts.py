"""The pages and scripts of an export, read as text to be looked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.archive import Archive

Texts = Mapping[str, str]

_LOOKED_AT = (".html", ".htm", ".js", ".css", ".xml", ".json")
_LARGEST = 6 << 20
_IN_ALL = 48 << 20


def texts(archive: Archive, folder: str, names: Iterable[str]) -> Texts:
    """Path below `folder` → text. Files over 6 MiB, and what exceeds 48 MiB in all, are not looked at; smaller files come first."""
    return dict(_read(archive, folder, sorted(names, key=lambda name: (archive.size(name), name))))


def _read(archive: Archive, folder: str, names: list[str]) -> Iterator[tuple[str, str]]:
    left = _IN_ALL
    for name in names:
        size = archive.size(name)
        if PurePosixPath(name).suffix.lower() not in _LOOKED_AT or size > _LARGEST or size > left:
            continue
        left -= size
        with suppress(ProblemsFound):  # what is damaged is told by the archive
            yield name.removeprefix(folder), archive.read(name).decode("utf-8-sig", "replace")
