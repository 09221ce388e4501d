"""Plain web pages: there must be something to open."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.problems import Place
from scorm_packager.verify.rule import ERROR, WEB, Finding, on_package
from scorm_packager.verify.seen import Seen

START = "index.html"


@on_package("start-missing", ERROR, of=(WEB,))
def start(seen: Seen) -> Iterator[Finding]:
    """There is an index.html at the top of the zip."""
    if START not in seen.archive:
        yield Finding(Place(START), "There is no index.html at the top of the zip.", "Put the first page there under this name.")
