"""Everything that is wrong with an activity: its file, its texts, and what an accreditor would object to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scorm_packager.activity.accreditation import gathered, object_to
from scorm_packager.activity.contrast import faint
from scorm_packager.activity.load import Loaded, load
from scorm_packager.activity.model import Activity, Page, Video
from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.wrap.check import objections


@dataclass(frozen=True, slots=True)
class Checked:
    """`loaded` is None when the file has faults of structure; an accreditor's objections are looked for only without them."""

    problems: tuple[Problem, ...]
    loaded: Loaded | None


def check(path: Path, today: date | None = None) -> Checked:
    """All problems at once, in the order of the files; `today` is the current day in the activity's zone unless given."""
    try:
        loaded = load(path)
    except ProblemsFound as found:
        return Checked(found.problems, None)
    return Checked(problems_of(loaded, today or _today(loaded.activity)), loaded)


def problems_of(loaded: Loaded, today: date) -> tuple[Problem, ...]:
    """What is wrong with a loaded activity on a day."""
    facts = gathered(loaded.activity, today, dict(_pages(loaded)))
    faults = (*object_to(loaded.activity, facts, loaded.places), *objections(loaded))
    found = {*loaded.warnings, *faults, *faint(loaded.activity.provider.branding, loaded.places)}
    return tuple(sorted(found, key=lambda problem: (problem.where, problem.code, problem.message)))


def _pages(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for content in loaded.activity.contents:
        path = content.page if isinstance(content, Page) else content.transcript if isinstance(content, Video) else None
        if path:
            yield path, loaded.source.read(path).decode("utf-8-sig")


def _today(activity: Activity) -> date:
    return datetime.now(ZoneInfo(activity.zone)).date()
