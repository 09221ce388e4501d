"""Exports on their way into a package: looked at for each content, and what the player must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity, errors
from scorm_packager.wrap.export import Export, Start
from scorm_packager.wrap.look import look

Exports = Mapping[str, Export]

# Even in somebody else's export these must not go out to learners.
_NEVER = frozenset(("secret", "credentials", "secret-file", "server-side-file"))


def exports(definition: Definition, folder: Path) -> Exports:
    """Content id → export, for every content that is one. Raises `ProblemsFound` with every export that cannot be played."""
    found: dict[str, Export] = {}
    problems: list[Problem] = []
    for content in definition.contents:
        if not content.package:
            continue
        try:
            found[content.id] = look(folder / content.package)
        except ProblemsFound as refused:
            problems += [placed(problem, content.package) for problem in refused.problems]
    if errors(tuple(problems)):
        raise ProblemsFound(tuple(problems))
    return found


def placed(problem: Problem, package: str) -> Problem:
    """The problem of an export with its place inside the zip of this name."""
    inside = f"{package}/{problem.where.file}" if problem.where.file and problem.where.file != package else package
    where = Place(inside, problem.where.line, problem.where.column)
    return Problem(problem.code, where, problem.message, problem.remedy, problem.severity)


def without_their_own(problems: Iterable[Problem], found: Exports) -> tuple[Problem, ...]:
    """What `verify` says of a package, where faults inside an export do not stand in the way: they are its maker's, and counted as one."""
    rest: list[Problem] = []
    inside: dict[str, int] = {}
    for problem in problems:
        key = next((key for key in found if problem.where.file.startswith(home(key))), None)
        if key is None or problem.code in _NEVER:
            rest.append(problem)
        else:
            inside[key] = inside.get(key, 0) + 1
    return (*rest, *(_summed(key, count) for key, count in inside.items()))


def _summed(key: str, count: int) -> Problem:
    message = f"{count} findings inside the wrapped export, which plays as it is."
    return Problem("wrap-faults-inside", Place(home(key)), message, "Run `verify` on the export itself to read them.", Severity.WARNING)


def home(content: str) -> str:
    """Where the files of a content's export lie in the package."""
    return f"content/{content}/"


def for_the_player(key: str, export: Export) -> dict[str, object]:
    """What the content screen must know: where to start, which API to offer, and what to be ready for."""
    return {
        "api": export.api,
        "shape": export.tool.shape if export.tool else "",
        "starts": [_start(key, start) for start in export.stated.starts],
        "traps": list(export.traps),
    }


def _start(key: str, start: Start) -> dict[str, object]:
    at = min((start.href.find(mark) for mark in "?#" if mark in start.href), default=len(start.href))
    url = quote(home(key) + start.href[:at], safe="/-._~!$'()*+,;=@%") + start.href[at:]
    told = {"title": start.title, "url": url, "mastery": start.mastery, "launch_data": start.launch_data}
    return {**told, "objectives": list(start.objectives)}
