"""An activity's folder to an Activity, or to every problem that stands in the way, each with file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from scorm_packager.activity import files, references, shape, yaml_text
from scorm_packager.activity.definition import faults_of_translations
from scorm_packager.activity.draft import Draft
from scorm_packager.activity.model import Activity
from scorm_packager.activity.places import Places
from scorm_packager.activity.problems import Problem, ProblemsFound, errors
from scorm_packager.activity.source import FolderSource
from scorm_packager.activity.yaml_text import YamlText

ACTIVITY_FILE = "activity.yaml"


@dataclass(frozen=True)
class Loaded:
    """An activity with the place of each of its parts. `provider_path` is the activity file itself when the provider stands in it.

    `warnings` are problems that do not stand in the way. Files are named as seen from the folder.
    """

    activity: Activity
    folder: Path
    provider_path: Path
    places: Places
    warnings: tuple[Problem, ...] = ()

    @property
    def source(self) -> FolderSource:
        return FolderSource(self.folder)


@dataclass(frozen=True)
class _Read:
    """The activity file and the provider's, put together as plain data."""

    data: dict[str, Any]
    places: Places
    problems: tuple[Problem, ...]
    provider: str


def load(path: Path) -> Loaded:
    """Loads an activity by its folder or its file. Raises ProblemsFound with all problems of structure, in the order of the files."""
    file = path / ACTIVITY_FILE if path.is_dir() else path
    folder = file.parent
    read = _read(file)
    problems = _in_order((*read.problems, *_problems(read, folder)))
    if errors(problems):
        raise ProblemsFound(problems)
    activity = Activity.model_validate(read.data)
    problems = _in_order((*problems, *faults_of_translations(activity, FolderSource(folder))))
    if errors(problems):
        raise ProblemsFound(problems)
    return Loaded(activity, folder, folder / read.provider, read.places, problems)


def _problems(read: _Read, folder: Path) -> tuple[Problem, ...]:
    draft = Draft(read.data)
    return (
        *shape.misfits(Activity, read.data, read.places),
        *references.dangling(draft, read.places),
        *files.problems_of(draft, read.places, FolderSource(folder)),
    )


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Errors and warnings as one reads: file by file, from the top; one problem is said once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: (problem.where, problem.code)))


def _read(file: Path) -> _Read:
    text = yaml_text.read_file(file, file.name)
    if text.broken:
        raise ProblemsFound(text.problems)
    named = text.value.get("provider")
    if not isinstance(named, str):
        return _Read(_with_zone(text.value), text.places, text.problems, file.name)
    provider = _provider(file, named, text)
    places = text.places.including(("provider",), provider.places) if provider.places else text.places
    data = {**text.value, "provider": provider.value or {}}
    if provider.broken:
        # Its own problem is enough: that the provider has no name, no contact and so on would be said besides.
        raise ProblemsFound(_in_order((*text.problems, *provider.problems, *_without_provider(text, file.parent))))
    return _Read(_with_zone(data), places, (*text.problems, *provider.problems), named)


def _provider(file: Path, named: str, text: YamlText) -> YamlText:
    where = text.places.at("provider")
    if PurePosixPath(named).is_absolute() or "\\" in named or ":" in named:
        remedy = "Name it as seen from the activity's folder, such as ../provider.yaml."
        problem = Problem("path-absolute", where, f"The provider's file {named} is named by its place on one machine.", remedy)
        return YamlText(None, Places({}, named), (problem,))
    found = yaml_text.read_file(file.parent / named, named)
    if any(problem.code == "missing-file" for problem in found.problems):
        problem = Problem("missing-file", where, f"There is no provider's file {named}.", "Put it there, or correct the path.")
        return YamlText(None, found.places, (problem,))
    return found


def _without_provider(text: YamlText, folder: Path) -> tuple[Problem, ...]:
    """The problems of an activity file whose provider cannot be read: all but those that only follow from it."""
    data = {key: value for key, value in text.value.items() if key != "provider"}
    found = _problems(_Read(data, text.places, (), ""), folder)
    return tuple(problem for problem in found if not _follows(problem))


def _follows(problem: Problem) -> bool:
    return problem.code == "missing-key" and problem.message in {"`provider` is missing.", "`zone` is missing."}


def _with_zone(data: dict[str, Any]) -> dict[str, Any]:
    """An activity without a zone of its own is in its provider's."""
    provider = data.get("provider")
    zone = provider.get("zone") if isinstance(provider, dict) else None
    return data if "zone" in data or zone is None else {**data, "zone": zone}
