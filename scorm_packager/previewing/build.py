"""An activity that is being written, built anew at every look: what can be played of it, and all that is wrong with it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from scorm_packager import formats, presets
from scorm_packager.activity.definition import definition_id, definition_of
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors
from scorm_packager.activity.resources import templates
from scorm_packager.build import file_name
from scorm_packager.check import check
from scorm_packager.pack import pack, parts
from scorm_packager.package_data import Destination, package_data
from scorm_packager.plan import Parts, plan
from scorm_packager.wrap.embed import exports

MOST_TOLD = "scorm-2004-3"  # says most about what the LMS is told


@dataclass(frozen=True, slots=True)
class Draft:
    """One look: the package, unless something stood in the way, with the definition it was made of; what is wrong; how long it took."""

    package: Path | None
    definition: Definition | None
    problems: tuple[Problem, ...]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "good": self.package is not None,
            "package": self.package.name if self.package else None,
            "definition": definition_id(self.definition) if self.definition else None,
            "version": self.definition.version if self.definition else None,
            "seconds": round(self.seconds, 2),
            "problems": [problem.as_json() for problem in self.problems],
        }


class Drafts:
    """Builds the activity at `path` into `out`, each time under another name, for one format, LMS and destination.

    Raises `ProblemsFound` for a format or LMS that there is none of.
    """

    def __init__(self, path: Path, out: Path, form: str = MOST_TOLD, lms: str = presets.GENERIC, destination: Destination | None = None):
        self._path, self._out, self._destination = path, out, destination
        self._format = formats.choose(formats.formats(templates()), (form,))[0]
        self._preset = presets.choose(presets.presets(templates()), lms)
        self._number = 0
        self.outside: Path | None = None  # the provider's file, as last seen

    def next(self) -> Draft:
        """What there is now. Never raises for what an author may do to the activity."""
        began = time.monotonic()
        try:
            package, definition, problems = self._built()
        except ProblemsFound as found:
            package, definition, problems = None, None, found.problems
        except OSError as gone:  # a file that an editor is just replacing
            package, definition, problems = None, None, (_unreadable(gone),)
        return Draft(package, definition, problems, time.monotonic() - began)

    def _built(self) -> tuple[Path, Definition, tuple[Problem, ...]]:
        checked = check(self._path)
        if checked.loaded is None or errors(checked.problems):
            raise ProblemsFound(checked.problems)
        self.outside = checked.loaded.provider_path
        definition = self._drafted(definition_of(checked.loaded.activity, checked.loaded.source))
        wrapped = exports(definition, checked.loaded.folder)
        data = package_data(definition, self._format, self._preset, self._destination, _packager(), wrapped)
        self._number += 1
        target = self._out / str(self._number) / file_name(definition, data)
        there = replace(self._parts, exports=wrapped)
        pack(plan(definition, self._format, data, there), checked.loaded.folder, templates(), target)
        return target, definition, checked.problems

    def _drafted(self, definition: Definition) -> Definition:
        """Of its own version, for a bridge keeps every version as it was registered first. The same text has the same."""
        if self._destination is None:
            return definition
        return definition.model_copy(update={"version": f"{definition.version}-draft-{definition_id(definition)[3:11]}"})

    @cached_property
    def _parts(self) -> Parts:
        return parts(templates())


def _packager() -> str:
    from scorm_packager import __version__

    return __version__


def _unreadable(gone: OSError) -> Problem:
    where = Place(str(gone.filename or "activity.yaml"))
    return Problem("file-unreadable", where, f"This file cannot be read: {gone.strerror or gone}.", "Save it again.")
