"""AICC, which came before SCORM: told by its name, and looked at as far as its four files go."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from scorm_packager.activity.problems import Place
from scorm_packager.verify.rule import AICC, ERROR, WARNING, Finding, on_package
from scorm_packager.verify.seen import Seen

_ONLY = (AICC,)
_CMI = "AICC CMI001 appendix A"
_FILES = {".crs": "the course", ".au": "the assignable units", ".des": "the descriptions", ".cst": "the course's structure"}
_MOST = 1 << 20  # bytes of a course file that are read


@on_package("aicc", WARNING, "AICC was dissolved in 2014; cmi5 is its successor", of=_ONLY)
def aicc(seen: Seen) -> Iterator[Finding]:
    """This is AICC, which few new LMSs take."""
    message = "This is AICC, which its makers gave up in 2014; few new LMSs take it."
    yield Finding(Place(_found(seen).get(".crs", _found(seen).get(".au", ""))), message, "Export it as SCORM or cmi5.")


@on_package("aicc-file-missing", ERROR, _CMI, of=_ONLY)
def file_missing(seen: Seen) -> Iterator[Finding]:
    """There are the four files of a course."""
    for suffix, what in _FILES.items():
        if suffix not in _found(seen):
            yield Finding(Place(f"*{suffix}"), f"The file of {what} (*{suffix}) is missing.", "Export the package again.")


@on_package("aicc-page-missing", ERROR, _CMI, of=_ONLY)
def page_missing(seen: Seen) -> Iterator[Finding]:
    """The page of each unit is in the package, or an address of its own."""
    name = _found(seen).get(".au")
    if name is None or seen.archive.size(name) > _MOST:
        return
    for number, row in _rows(seen.archive.read(name).decode("utf-8", "replace")):
        page = row.get("file_name", "").strip()
        if page and "://" not in page and page.replace("\\", "/").lstrip("/") not in seen.archive:
            yield Finding(Place(name, number, 1), f"“{page}” is not in the package.", "Add the page, or correct the line.")


def _found(seen: Seen) -> Mapping[str, str]:
    return {
        PurePosixPath(name).suffix.lower(): name for name in reversed(seen.archive.names) if PurePosixPath(name).suffix.lower() in _FILES
    }


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text), skipinitialspace=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        for row in reader:
            yield reader.line_num, dict(zip(names, row, strict=False))
    except csv.Error:
        return
