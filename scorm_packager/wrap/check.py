"""What is wrong with the exports that an activity wraps, told to its author with the place where the activity names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scorm_packager.activity.defined_contents import path_of
from scorm_packager.activity.load import Loaded
from scorm_packager.activity.model import WrappedPackage
from scorm_packager.activity.problems import Problem, ProblemsFound, Severity
from scorm_packager.wrap.embed import placed
from scorm_packager.wrap.export import Export
from scorm_packager.wrap.look import look


def objections(loaded: Loaded) -> Iterator[Problem]:
    """Of every wrapped package: why it cannot be played, what will be hard, and what the activity asks of it that it cannot give."""
    for position, content in enumerate(loaded.activity.contents):
        if isinstance(content, WrappedPackage):
            yield from _of(content, position, loaded)
    yield from _assessment(loaded)


def _of(content: WrappedPackage, position: int, loaded: Loaded) -> Iterator[Problem]:
    where = loaded.places.at("contents", position, "package")
    try:
        export = look(loaded.folder / content.package)
    except ProblemsFound as refused:
        yield from (replace(problem, where=where, message=f"{content.package}: {problem.message}") for problem in refused.problems)
        return
    yield from (placed(problem, content.package) for problem in export.problems)
    if export.reports.nothing and content.done != "visited":
        message = f"No script of {content.package} speaks of a status: it would never be `{content.done}`."
        remedy = "Write `done: visited`, or publish it as SCORM with tracking."
        yield Problem("package-never-done", where, message, remedy)
    post = loaded.activity.assessments.post
    if post is not None and post.from_ == content.package:
        yield from _scored(content, export, loaded)


def _scored(content: WrappedPackage, export: Export, loaded: Loaded) -> Iterator[Problem]:
    where = loaded.places.at("assessments", "post", "from")
    if len(export.stated.starts) > 1:
        message = f"{content.package} has {len(export.stated.starts)} parts; the score of an assessment comes from one."
        yield Problem("package-of-several-scores", where, message, "Export the assessment by itself.")
    if not export.reports.score:
        message = f"No script of {content.package} speaks of a score, which the post-activity assessment needs."
        yield Problem("package-without-score", where, message, "Publish it with its quiz result reported as a score.")


def _assessment(loaded: Loaded) -> Iterator[Problem]:
    """An assessment that is taken before other contents ends the way through them."""
    post = loaded.activity.assessments.post
    paths = [path_of(content) for content in loaded.activity.contents]
    if post is not None and post.from_ in paths and post.from_ != paths[-1]:
        message = f"{post.from_} is the post-activity assessment, and other contents come after it."
        remedy = "Put it last among the contents."
        yield Problem("package-assesses-too-early", loaded.places.at("assessments", "post", "from"), message, remedy, Severity.WARNING)
