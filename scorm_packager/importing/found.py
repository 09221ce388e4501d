"""The importers there are: modules under `importers/`, and which of them a file is for."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from scorm_packager import importers as folder
from scorm_packager.activity.names import slug
from scorm_packager.activity.problems import Place
from scorm_packager.importing.model import Importer, Kind, Source, refuse


@cache
def importers() -> tuple[Importer, ...]:
    """By key, sorted. A module without `IMPORTER` is a fault of ours and raises AttributeError."""
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return tuple(replace(importlib.import_module(f"{folder.__name__}.{name}").IMPORTER, key=name.replace("_", "-")) for name in names)


def importer_for(path: Path, key: str | None = None, kind: Kind | None = None) -> Importer:
    """The importer named, or the one that knows such a file. Raises `ProblemsFound` when there is none."""
    wanted = [each for each in importers() if kind in (None, each.kind)]
    wanted = [each for each in wanted if (each.recognises(path) if key is None else each.key == key)]
    if len(wanted) == 1:
        return wanted[0]
    known = "; ".join(f"{each.key} ({each.label})" for each in importers())
    if not wanted:
        asked = f" {kind} by" if kind else ""
        message = f"No importer takes{asked} this file."
        raise refuse("import-unknown-file", Place(str(path)), message, f"Name one with --from. Known are: {known}.")
    message = f"This file could be {' or '.join(each.label for each in wanted)}."
    raise refuse("import-which", Place(str(path)), message, f"Name one of {', '.join(each.key for each in wanted)} with --from.")


def source_of(path: Path) -> Source:
    """A file by the name that problems call it, with the folder its media will lie in."""
    name = path.resolve().name
    return Source(path, name, f"content/{slug(path.resolve().stem)}")
