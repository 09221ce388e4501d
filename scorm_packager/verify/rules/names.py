"""Names of files: hosts, operating systems and web servers read them in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from scorm_packager.activity.problems import Place
from scorm_packager.verify.garbled import ungarbled
from scorm_packager.verify.rule import NOTE, WARNING, Finding, on_package
from scorm_packager.verify.seen import Seen

_PLAIN = re.compile(r"[A-Za-z0-9._\-/@()+,=!$&'~ \\\[\]%#;^{}]*", re.DOTALL)
_AWKWARD = re.compile(r"[ \[\]%#;^{}]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?")
_ILLEGAL = re.compile(r'[<>:"|?*]|[. ]$')
_WINDOWS = 200  # of 260 characters of a path, the host's own folder needs some
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")


@on_package("name-not-plain", WARNING, "practice: hosts store and link such names in different ways")
def not_plain(seen: Seen) -> Iterator[Finding]:
    """Names have no letters beyond ASCII."""
    for name in seen.archive.names:
        if not _PLAIN.fullmatch(name) and ungarbled(name) is None and not _has_control(name) and not _ILLEGAL.search(name):
            message = "This name has a letter beyond ASCII, which hosts write in different ways."
            yield Finding(Place(name), message, "Use letters of A to Z, digits, hyphen, underscore and full stop.")


@on_package("name-awkward", NOTE, "RFC 3986: such characters must be encoded in addresses")
def awkward(seen: Seen) -> Iterator[Finding]:
    """Names have no space and no character that addresses must encode."""
    for name in seen.archive.names:
        if _AWKWARD.search(name) and _PLAIN.fullmatch(name):
            yield Finding(Place(name), "This name has a space or a sign that addresses must encode.", "Use hyphens.")


@on_package("name-garbled", WARNING)
def garbled(seen: Seen) -> Iterator[Finding]:
    """Names were not read in one encoding and written in another."""
    for name in seen.archive.names:
        meant = ungarbled(name)
        if meant is not None:
            yield Finding(
                Place(name), f"This name was read in a wrong encoding; “{meant}” is meant.", "Rename the file with plain letters."
            )


@on_package("name-windows", WARNING, "Microsoft: Naming Files, Paths, and Namespaces")
def windows(seen: Seen) -> Iterator[Finding]:
    """Names can be unpacked on a Windows server."""
    for name in seen.archive.names:
        if any(_RESERVED.fullmatch(part) or _ILLEGAL.search(part) for part in PurePosixPath(name).parts):
            yield Finding(
                Place(name), "Windows cannot have a file of this name; hosts on it do not unpack the package.", "Rename the file."
            )


@on_package("name-long", WARNING, "Microsoft: Maximum Path Length Limitation")
def long(seen: Seen) -> Iterator[Finding]:
    """Paths are short enough for a Windows server, whose own folder comes before them."""
    for name in seen.archive.names:
        if len(name) > _WINDOWS:
            message = f"This path has {len(name)} characters; on Windows hosts a path has 260 with the host's own folder."
            yield Finding(Place(name), message, "Shorten folder and file names.")


@on_package("junk-file", WARNING)
def junk(seen: Seen) -> Iterator[Finding]:
    """Nothing is left of operating systems and editors."""
    for name in seen.archive.names:
        if any(part in name for part in _JUNK):
            yield Finding(Place(name), "This file was left by an operating system or an editor.", "Leave it out.")


def _has_control(name: str) -> bool:
    return any(ord(letter) < 32 or ord(letter) == 127 for letter in name)
