"""Exports on their way into a package: looked at for each content, and what the player must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity, errors
from scorm_packager.wrap.export import Export, Start
from scorm_packager.wrap.look import look

Exports = Mapping[str, Export]

# Even in somebody else's export these must not go out to learners.
_NEVER = frozenset(("secret", "secret-file", "server-side-file"))


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
    problems += objections(definition, found)
    if errors(tuple(problems)):
        raise ProblemsFound(tuple(problems))
    return found


def objections(definition: Definition, found: Exports) -> Iterator[Problem]:
    """What the activity asks of an export that the export cannot give."""
    for content in definition.contents:
        export = found.get(content.id)
        if export is None:
            continue
        if export.reports.nothing and content.done != "visited":
            message = f"No script of {content.package} speaks of a status: it would never be `{content.done}`."
            remedy = "Write `done: visited`, or publish it as SCORM with tracking."
            yield Problem("package-never-done", Place(content.package), message, remedy)
        if definition.post is not None and definition.post.from_ == content.id:
            yield from _scored(content.package, export)


def _scored(package: str, export: Export) -> Iterator[Problem]:
    if len(export.stated.starts) > 1:
        message = f"{package} has {len(export.stated.starts)} parts; the score of a post-activity assessment comes from one."
        yield Problem("package-of-several-scores", Place(package), message, "Export the assessment by itself.")
    if not export.reports.score:
        message = f"No script of {package} speaks of a score, which the post-activity assessment needs."
        yield Problem("package-without-score", Place(package), message, "Publish it with its quiz result reported as a score.")


def placed(problem: Problem, package: str) -> Problem:
    """The problem of an export with its place inside the zip of this name."""
    inside = f"{package}/{problem.where.file}" if problem.where.file and problem.where.file != package else package
    where = Place(inside, problem.where.line, problem.where.column)
    return Problem(problem.code, where, problem.message, problem.remedy, problem.severity)


def warnings(definition: Definition, found: Exports) -> tuple[Problem, ...]:
    """What will be hard about the exports of a definition."""
    packages = {content.id: content.package for content in definition.contents}
    return tuple(placed(problem, packages[key]) for key, export in found.items() for problem in export.problems)


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


def _start(key: str, start: Start) -> dict[str, str]:
    at = min((start.href.find(mark) for mark in "?#" if mark in start.href), default=len(start.href))
    url = quote(home(key) + start.href[:at], safe="/-._~!$'()*+,;=@%") + start.href[at:]
    return {"title": start.title, "url": url, "mastery": start.mastery, "launch_data": start.launch_data}
