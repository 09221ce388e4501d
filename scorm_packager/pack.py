"""A plan carried out: every entry rendered or found, and assembled into a zip."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from jinja2 import Environment

from scorm_packager.archive import Archive, opened
from scorm_packager.assemble import Bytes, Copy, Member, Stream, assemble
from scorm_packager.lean import lean
from scorm_packager.plan import Assigned, Authored, Entry, Given, Joined, Parts, Plan, Rendered, Unpacked, Worded
from scorm_packager.render import assigned, environment, rendered, worded
from scorm_packager.screens import screens


def pack(plan: Plan, folder: Path, templates: Path, target: Path) -> Path:
    """Writes the package. `folder` is the activity's, `templates` where the plan's template names are.

    Raises `ProblemsFound` when a file is missing or no longer what the definition says.
    """
    released = plan.definition.released
    pages = environment(templates)
    with ExitStack() as stack:
        zips = {name: stack.enter_context(opened(folder / name))[0] for name in sorted(_zips(plan))}
        members = [member(entry, plan, folder, templates, pages, zips) for entry in plan.entries]
        return assemble(members, target, stamp=date.fromisoformat(released) if released else None)


def _zips(plan: Plan) -> set[str]:
    return {entry.source.zip for entry in plan.entries if isinstance(entry.source, Unpacked)}


def parts(templates: Path) -> Parts:
    """What there is under `templates/`. Raises `ProblemsFound` for a screen that cannot be read."""
    files = sorted(path.relative_to(templates).as_posix() for path in templates.rglob("*") if path.is_file())
    return Parts(tuple(files), screens(templates))


def member(entry: Entry, plan: Plan, folder: Path, templates: Path, pages: Environment, zips: Mapping[str, Archive]) -> Member:
    """One entry as it is to be written; `pages` are the templates, `zips` the activity's own, opened."""
    source = entry.source
    if isinstance(source, Rendered):
        return Bytes(entry.path, rendered(source, plan, pages))
    if isinstance(source, Assigned):
        return Bytes(entry.path, assigned(source))
    if isinstance(source, Worded):
        return Bytes(entry.path, worded(source, templates))
    if isinstance(source, Authored):
        return Copy(entry.path, folder / source.name, source.bytes, source.sha256)
    if isinstance(source, Given):
        return Copy(entry.path, Path(source.file), source.bytes, source.sha256)
    if isinstance(source, Joined):
        return Bytes(entry.path, "".join(_lean(templates, name) for name in source.names).encode())
    if isinstance(source, Unpacked):
        return Stream(entry.path, partial(zips[source.zip].stream, source.member), source.bytes)
    if PurePosixPath(source.name).suffix in (".js", ".css"):
        return Bytes(entry.path, _lean(templates, source.name).encode())
    return Bytes(entry.path, (templates / source.name).read_bytes())


def _lean(templates: Path, name: str) -> str:
    return lean(name, (templates / name).read_text(encoding="utf-8"))
