"""Plain web pages: there must be something to open."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.problems import Problem
from scorm_packager.verify.seen import Seen, error

START = "index.html"


def start(seen: Seen) -> Iterator[Problem]:
    if START not in seen.archive:
        yield error("start-missing", START, "There is no index.html at the top of the zip.", "Put the first page there under this name.")


CHECKS = (start,)
