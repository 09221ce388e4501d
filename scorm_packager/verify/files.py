"""The package's files by name and bytes: what hosts refuse, what does not belong, what is secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from scorm_packager.activity.problems import Place, Problem
from scorm_packager.verify.seen import Seen, error, warning

# Docebo refuses packages that hold one of these, and others may run them.
_SERVER_SIDE = (".php", ".php3", ".php4", ".php5", ".phps", ".phtml", ".cgi", ".sh", ".shtml", ".asp", ".aspx", ".jsp", ".py", ".rb", ".pl")
_EXECUTABLE = (".exe", ".dll", ".bat", ".cmd", ".msi", ".scr", ".vbs", ".ps1", ".apk", ".app", ".com")
_MISTYPED = (".mjs", ".wasm", ".webmanifest")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")
_SECRET_FILES = re.compile(r"(^|/)(\.env(\..*)?|id_rsa|id_ed25519|.*\.pem|.*\.p12|.*\.pfx|.*\.key|\.htpasswd|\.npmrc|\.git/.*)$")
_PLAIN = re.compile(r"[A-Za-z0-9._\-/@()+,=!$&'~]*")

# Looked for only in texts that hold the word between: looking for a word is many times faster than for a pattern.
_KEYS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("a private key", "PRIVATE KEY", re.compile(r"-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----")),
    ("an access key of AWS", "AKIA", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("a signed token", "eyJ", re.compile(r"\beyJ[\w\-]{10,500}\.eyJ[\w\-]{10,2000}\.[\w\-]{10,1000}")),
    ("a user name and password in an address", "@", re.compile(r"https?://[^\s/:@\"'<>]{1,100}:[^\s/@\"'<>]{1,100}@")),
    ("a Basic authorization", "Basic ", re.compile(r"[\"']Basic [A-Za-z0-9+/]{8,500}={0,2}[\"']")),
    ("a live payment key", "sk_live_", re.compile(r"\bsk_live_[0-9A-Za-z]{16,100}")),
)
_PASSWORD = re.compile(
    r"(?i)(?<![\w-])(?:password|passwd|client_?secret|api_?key|api_?secret)[\"']?\s{0,5}[:=]\s{0,5}[\"'][^\"'\s<>{}]{8,100}[\"']"
)
_PASSWORD_WORDS = ("password", "passwd", "client_secret", "clientsecret", "api_key", "apikey", "api_secret", "apisecret")

_MOST = 20  # findings of one kind in one file: the first ones say enough


def server_side(seen: Seen) -> Iterator[Problem]:
    for name in seen.archive.names:
        path = PurePosixPath(name)
        if path.suffix.lower() in _SERVER_SIDE or path.name.lower() in (".htaccess", "web.config"):
            message = "This is a server's file: hosts refuse the whole package for it, or would run it."
            yield error("server-side-file", name, message, "Leave it out; a package runs in the browser alone.", "Docebo help")


def executables(seen: Seen) -> Iterator[Problem]:
    for name in seen.archive.names:
        if PurePosixPath(name).suffix.lower() in _EXECUTABLE:
            yield warning("executable-file", name, "This is a program; virus scanners of hosts stop it.", "Leave it out.")


def mistyped(seen: Seen) -> Iterator[Problem]:
    for name in seen.archive.names:
        if PurePosixPath(name).suffix.lower() in _MISTYPED:
            message = "Many hosts serve this kind of file under a wrong media type, and browsers then refuse it."
            yield warning("file-type-mistyped", name, message, "Use classic scripts named .js.")
        if name.lower().endswith(".swf"):
            yield warning("flash", name, "No browser plays Flash any more.", "Publish again as HTML5.")


def junk(seen: Seen) -> Iterator[Problem]:
    for name in seen.archive.names:
        if any(part in name for part in _JUNK):
            yield warning("junk-file", name, "This file was left by an operating system or an editor.", "Leave it out.")


def plain_names(seen: Seen) -> Iterator[Problem]:
    for name in seen.archive.names:
        if not _PLAIN.fullmatch(name):
            message = "This name has a space or a character that hosts write in different ways."
            yield warning("name-not-plain", name, message, "Use letters of A to Z, digits, hyphen, underscore and full stop.")


def encodings(seen: Seen) -> Iterator[Problem]:
    if seen.root is not None and seen.encoding.upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        yield warning("manifest-encoding", seen.manifest, f"The manifest is written in {seen.encoding}.", "Write it in UTF-8.")
    for name in seen.other_encodings:
        yield warning("text-not-utf-8", name, "This text is not UTF-8; hosts serve it as such.", "Save it in UTF-8.")


def secrets(seen: Seen) -> Iterator[Problem]:
    """Everything in a package is public to every learner."""
    remedy = "Remove it from the package and make it invalid where it came from."
    for name in seen.archive.names:
        if _SECRET_FILES.search(name):
            yield error("secret-file", name, "A file of this name holds secrets; every learner can read it.", remedy)
    for name, text in seen.texts.items():
        for what, word, pattern in _KEYS:
            for found in islice(pattern.finditer(text) if word in text else (), _MOST):
                yield error("secret", _place(name, text, found.start()), f"This looks like {what}; every learner can read it.", remedy)
        for found in islice(_PASSWORD.finditer(text) if _may_hold_password(text) else (), _MOST):
            yield warning("secret-perhaps", _place(name, text, found.start()), "This may be a password; every learner can read it.", remedy)


def _may_hold_password(text: str) -> bool:
    small = text.lower()
    return any(word in small for word in _PASSWORD_WORDS)


def _place(name: str, text: str, offset: int) -> Place:
    line = text.count("\n", 0, offset) + 1
    return Place(name, line, offset - text.rfind("\n", 0, offset))


CHECKS = (server_side, executables, mistyped, junk, plain_names, encodings, secrets)
