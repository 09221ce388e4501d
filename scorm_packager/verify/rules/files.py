"""Kinds of files: what hosts refuse, what browsers no longer play."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from scorm_packager.activity.problems import Place
from scorm_packager.verify.rule import ERROR, NOTE, WARNING, Finding, on_package
from scorm_packager.verify.seen import Seen

_SERVER_SIDE = frozenset(
    (".php", ".php3", ".php4", ".php5", ".phps", ".phtml", ".cgi", ".sh", ".shtml", ".asp", ".aspx", ".jsp", ".py", ".rb", ".pl")
)
_CONFIGURATION = frozenset((".htaccess", "web.config"))
_PROGRAMS = frozenset((".exe", ".dll", ".bat", ".cmd", ".msi", ".scr", ".vbs", ".ps1", ".apk", ".app", ".com"))
_MISTYPED = frozenset((".mjs", ".wasm", ".webmanifest"))


@on_package("server-side-file", ERROR, "Docebo help: such packages are refused")
def server_side(seen: Seen) -> Iterator[Finding]:
    """There is no file for a server: hosts refuse the whole package for it, or would run it."""
    for path in _paths(seen):
        if path.suffix.lower() in _SERVER_SIDE or path.name.lower() in _CONFIGURATION:
            message = "This is a server's file: hosts refuse the whole package for it, or would run it."
            yield Finding(Place(str(path)), message, "Leave it out; a package runs in the browser alone.")


@on_package("executable-file", WARNING)
def executable(seen: Seen) -> Iterator[Finding]:
    """There is no program: hosts' virus scanners stop it."""
    for path in _paths(seen):
        if path.suffix.lower() in _PROGRAMS:
            yield Finding(Place(str(path)), "This is a program; virus scanners of hosts stop it.", "Leave it out.")


@on_package("file-type-mistyped", NOTE, "practice: hosts' file stores know few media types")
def mistyped(seen: Seen) -> Iterator[Finding]:
    """Files have media types that hosts know."""
    for path in _paths(seen):
        if path.suffix.lower() in _MISTYPED:
            message = "Many hosts serve this kind of file under a wrong media type, and browsers then refuse it."
            yield Finding(Place(str(path)), message, "Use classic scripts named .js.")


@on_package("flash", WARNING, "Adobe: Flash Player ended on 2020-12-31")
def flash(seen: Seen) -> Iterator[Finding]:
    """There is no Flash, which no browser plays any more."""
    for path in _paths(seen):
        if path.suffix.lower() == ".swf":
            yield Finding(Place(str(path)), "No browser plays Flash any more.", "Publish again as HTML5.")


@on_package("text-unread", NOTE)
def unread(seen: Seen) -> Iterator[Finding]:
    """All texts were looked into; beyond a bound they are not."""
    for name in seen.unread:
        yield Finding(Place(name), "This text was not looked into: it, or all texts together, are too large.", "Make it smaller.")


def _paths(seen: Seen) -> Iterator[PurePosixPath]:
    return (PurePosixPath(name) for name in seen.archive.names)
