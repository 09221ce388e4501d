"""A new activity's folder, started from one that is complete and correct."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

STARTER = "article"


def starters(templates: Path) -> tuple[str, ...]:
    """What there is to start from: the folders under `templates/activities`."""
    return tuple(sorted(path.parent.name for path in (templates / "activities").glob("*/activity.yaml")))


def about(templates: Path, starter: str) -> str:
    """What a starter is, in a sentence: the beginning of its file's first comment."""
    with (templates / "activities" / starter / "activity.yaml").open(encoding="utf-8") as file:
        return re.split(r"(?<=\.) ", file.readline().strip("# \n"))[0]


def new(folder: Path, templates: Path, starter: str = STARTER) -> tuple[Path, ...]:
    """Copies a starter into `folder`, which must not hold anything yet. The files made, sorted. Raises `ProblemsFound`."""
    if starter not in starters(templates):
        raise ProblemsFound((_unknown(starter, templates),))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProblemsFound((_taken(folder),))
    shutil.copytree(templates / "activities" / starter, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _unknown(starter: str, templates: Path) -> Problem:
    remedy = f"Choose one of: {', '.join(starters(templates))}."
    return Problem("starter-unknown", Place(starter), f"There is no starter “{starter}”.", remedy)


def _taken(folder: Path) -> Problem:
    return Problem("folder-not-empty", Place(str(folder)), "This folder holds something already; nothing was written.", "Name a new one.")
