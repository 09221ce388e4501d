"""What a zip is: an export that can be played behind our screens, or the reason why it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.archive import Archive
from scorm_packager.wrap import manifest
from scorm_packager.wrap.export import Start, Stated

# In this order; a001index.html is Lectora's.
_ENTRIES = ("index.html", "index.htm", "story.html", "a001index.html", "default.html", "launch.html", "start.html", "main.html")
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,300})</title", re.IGNORECASE)
_SERVER = (".php", ".asp", ".aspx", ".jsp", ".cgi")

# What stands in the root of an export of each other standard, why it is refused, and what to do instead.
_OTHERS: tuple[tuple[str, str, str, str], ...] = (
    (r"cmi5\.xml", "wrap-cmi5", "This is a cmi5 package: it asks an xAPI server, not the page around it, what it may report.", ""),
    (r"tincan\.xml", "wrap-xapi", "This is a plain xAPI package: it asks an xAPI server, not the page around it.", ""),
    (r".*\.(au|crs|cst)", "wrap-aicc", "This is an AICC package: it speaks with a server by forms, not with the page around it.", ""),
    (
        r"h5p\.json",
        "wrap-h5p",
        "This is an H5P file: only a server or a program with H5P can play it.",
        "Export it from Lumi as SCORM or HTML.",
    ),
)
_REMEDY = "Export it as SCORM 1.2, SCORM 2004 or for the web."


def kind(archive: Archive) -> tuple[str, Stated]:
    """The folder that the export lies in ("" or ending in a slash), and what it says of itself. Raises `ProblemsFound` with the reason."""
    folder = _shallowest(archive.names, manifest.NAME)
    if folder is not None:
        place = folder + _named(archive.names, folder, manifest.NAME)
        return folder, _there(archive, folder, manifest.stated(archive.read(place), place))
    return _web(archive)


def _web(archive: Archive) -> tuple[str, Stated]:
    """An export without a manifest: some page in its uppermost folder starts it."""
    folder = _common(archive.names)
    here = {name.removeprefix(folder) for name in archive.names}
    entry = _entry(here)
    _refuse_others(here, entry)
    if entry is None:
        remedy = f"Put a page named {_ENTRIES[0]} at its top, or export it as SCORM."
        raise _found("wrap-no-start", "", "Nothing in this zip says where it starts.", remedy)
    return folder, Stated("html", "web", _title(archive, folder + entry), (Start("", entry),))


def _refuse_others(names: Iterable[str], entry: str | None) -> None:
    top = [name for name in names if "/" not in name]
    for pattern, code, message, remedy in _OTHERS:
        found = next((name for name in top if re.fullmatch(pattern, name, re.IGNORECASE)), None)
        if found and not (code == "wrap-h5p" and entry):
            raise _found(code, found, message, remedy or _REMEDY)
    server = next((name for name in top if name.lower().startswith("index") and name.lower().endswith(_SERVER)), None)
    if server and entry is None:
        raise _found("wrap-server-side", server, "This starts with a program that runs on a server; a package has none.", _REMEDY)


def _there(archive: Archive, folder: str, stated: Stated) -> Stated:
    for start in stated.starts:
        _check(archive, folder, start)
    return stated


def _check(archive: Archive, folder: str, start: Start) -> None:
    path = re.split(r"[?#]", start.href)[0]
    if re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", path):
        message = f"It starts at {path}, on another host: nothing that it reports would arrive here."
        raise _found("wrap-elsewhere", manifest.NAME, message, "Export the content itself, not a link to it.")
    if path.lower().endswith(_SERVER):
        raise _found("wrap-server-side", path, "This starts with a program that runs on a server; a package has none.", _REMEDY)
    if folder + path not in archive:
        message = f"It starts at {path}, which is not in the zip."
        raise _found("wrap-start-missing", manifest.NAME, message, _instead(archive, folder + path))


def _instead(archive: Archive, path: str) -> str:
    alike = next((name for name in archive.names if name.lower() == path.lower()), None)
    if alike:
        return f"The zip has {alike}: capital letters count."
    elsewhere = next((name for name in archive.names if PurePosixPath(name).name == PurePosixPath(path).name), None)
    if elsewhere:
        return f"The zip has {elsewhere}: files have left their folders. Hand over the zip as the tool made it."
    return "Export the content again."


def _shallowest(names: Iterable[str], wanted: str) -> str | None:
    """The folder of the file of this name that lies nearest to the top, whatever its capital letters."""
    found = [name for name in names if PurePosixPath(name).name.lower() == wanted]
    if not found:
        return None
    nearest = min(found, key=lambda name: (name.count("/"), name))
    return nearest[: len(nearest) - len(wanted)]


def _named(names: Iterable[str], folder: str, wanted: str) -> str:
    return next(name for name in names if name.startswith(folder) and name.lower() == (folder + wanted).lower()).removeprefix(folder)


def _common(names: Iterable[str]) -> str:
    """The one folder that everything lies in, or ""; what an operating system adds does not count."""
    tops = {name.split("/", 1)[0] + "/" if "/" in name else "" for name in names if not name.startswith("__MACOSX/")}
    return tops.pop() if len(tops) == 1 else ""


def _entry(names: set[str]) -> str | None:
    known = next((each for each in _ENTRIES if each in names), None)
    pages = sorted(name for name in names if "/" not in name and name.lower().endswith((".html", ".htm")))
    return known or (pages[0] if len(pages) == 1 else None)


def _title(archive: Archive, entry: str) -> str:
    found = _TITLE.search(archive.read(entry)[:200_000])
    return " ".join(found[1].decode("utf-8", "replace").split()) if found else ""


def _found(code: str, place: str, message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound((Problem(code, Place(place), message, remedy),))
