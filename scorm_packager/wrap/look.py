"""Looking at an export: the one door of this package for those who build and those who ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from scorm_packager.activity.problems import Place, Problem, ProblemsFound, Severity, errors
from scorm_packager.archive import Archive, opened
from scorm_packager.wrap import kinds, tools, traps
from scorm_packager.wrap.export import Export, Inner, Reports, Stated
from scorm_packager.wrap.texts import Texts, texts

# What hosts refuse a whole package for, what no learner needs, and what only the export's own LMS would read.
_SERVER_SIDE = frozenset(
    (".php", ".php3", ".php4", ".php5", ".phps", ".phtml", ".cgi", ".sh", ".shtml", ".asp", ".aspx", ".jsp", ".py", ".rb", ".pl")
)
_ICON = "icon\r"  # what macOS puts into a folder
_NOT_SHIPPED = frozenset((".htaccess", "web.config", ".ds_store", "thumbs.db", "desktop.ini", _ICON))
_CONTROL = re.compile(
    r"imsmanifest\.xml|(ims_xml|imscp_|imsmd_|imsss_|adlcp_|adlseq_|adlnav_|lom)[\w.-]*\.xsd|datatypes\.dtd|xmlschema\.dtd"
)
# A name that is only not marked as UTF-8 does no harm: it is written anew, and marked.
_HARMLESS = frozenset(("name-not-utf-8",))


def look(path: Path) -> Export:
    """What the zip is. Raises `ProblemsFound` with the reason when it is no zip, is dangerous, or cannot be played behind our screens."""
    with opened(path) as (archive, problems):
        serious = [problem for problem in errors(problems) if not _is_harmless(problem)]
        if serious:
            raise ProblemsFound(tuple(serious))
        return _export(archive)


def _is_harmless(problem: Problem) -> bool:
    return problem.code in _HARMLESS or problem.where.file.lower().endswith(("/icon\\x0d", "/.ds_store"))


def _export(archive: Archive) -> Export:
    folder, stated = kinds.kind(archive)
    names = [name for name in archive.names if name.startswith(folder)]
    files = tuple(Inner(name, name.removeprefix(folder), archive.size(name)) for name in names if _is_shipped(name, folder))
    read = texts(archive, folder, (file.member for file in files))
    paths = tuple(file.path for file in files)
    met = tuple(traps.found(stated, paths, read))
    shipped = {file.member for file in files}
    left_out = tuple(name for name in archive.names if name not in shipped)
    reports = _reports(read)
    return Export(
        stated=stated,
        tool=tools.tool(paths, read),
        reports=reports,
        files=files,
        left_out=left_out,
        traps=tuple(trap.key for trap, _ in met if trap.player),
        problems=(*_doubts(stated, reports, left_out), *(problem for _, problem in met)),
    )


def _is_shipped(name: str, folder: str) -> bool:
    path = PurePosixPath(name.removeprefix(folder))
    if path.suffix.lower() in _SERVER_SIDE or path.name.lower() in _NOT_SHIPPED or path.parts[0] == "__MACOSX":
        return False
    return len(path.parts) > 1 or _CONTROL.fullmatch(path.name.lower()) is None


_SPOKEN = {
    "completion": re.compile(r"cmi\.core\.lesson_status|cmi\.completion_status"),
    "success": re.compile(r"cmi\.core\.lesson_status|cmi\.success_status"),
    "score": re.compile(r"cmi\.core\.score\.raw|cmi\.score\.(?:raw|scaled)|cmi\.score\b|cmi\.core\.score\b"),
    "saved_state": re.compile(r"cmi\.suspend_data|cmi\.core\.lesson_location|cmi\.location"),
    "interactions": re.compile(r"cmi\.interactions"),
}


def _reports(read: Texts) -> Reports:
    scripts = [text for name, text in read.items() if name.lower().endswith((".js", ".html", ".htm"))]
    return Reports(**{name: any(pattern.search(text) for text in scripts) for name, pattern in _SPOKEN.items()})


def _doubts(stated: Stated, reports: Reports, left_out: Iterable[str]) -> Iterable[Problem]:
    if len(stated.starts) > 1:
        message = f"This export has {len(stated.starts)} parts: learners choose them from a list, and all must be finished."
        yield _warning("wrap-several-parts", "imsmanifest.xml", message, "One SCO is simpler for learners.")
    if stated.standard != "html" and reports.nothing:
        message = "No script of this export speaks of a status or a score: it may never report that it was completed."
        yield _warning("wrap-reports-nothing", "imsmanifest.xml", message, "Write `done: visited`, or look at its publishing settings.")
    dropped = [name for name in left_out if PurePosixPath(name).suffix.lower() in _SERVER_SIDE]
    if dropped:
        message = f"{len(dropped)} files are left out: they run on servers, and hosts refuse a package that has them."
        yield _warning("wrap-server-files-left-out", dropped[0], message, "Check that the content plays without them.")


def _warning(code: str, place: str, message: str, remedy: str) -> Problem:
    return Problem(code, Place(place), message, remedy, Severity.WARNING)
