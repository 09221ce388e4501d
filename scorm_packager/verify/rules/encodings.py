"""Encodings: texts are UTF-8, and say what they are."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.problems import Place
from scorm_packager.verify.garbled import ungarbled
from scorm_packager.verify.kinds import CAPTIONS, PAGES, SCRIPTS, STYLES
from scorm_packager.verify.rule import NOTE, WARNING, Finding, on_package, on_texts
from scorm_packager.verify.seen import Seen, at, text_of
from scorm_packager.verify.texts import Text

_NAMES = ("title", "name", "langstring", "description")
_ASCII = frozenset(("UTF-8", "US-ASCII", "ASCII"))
_REPLACEMENT = "\ufffd"


@on_package("manifest-encoding", WARNING)
def manifest_encoding(seen: Seen) -> Iterator[Finding]:
    """The manifest is written in UTF-8."""
    if seen.root is None:
        return
    encoding = seen.root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in _ASCII:
        yield Finding(Place(seen.manifest), f"The manifest is written in {encoding}.", "Write it in UTF-8.")


@on_package("manifest-bom", NOTE)
def manifest_bom(seen: Seen) -> Iterator[Finding]:
    """The manifest begins with its first letter: readers that look for <?xml stumble over a byte order mark."""
    if seen.written.startswith(b"\xef\xbb\xbf"):
        yield Finding(Place(seen.manifest, 1, 1), "The manifest begins with a byte order mark.", "Save it as UTF-8 without one.")


@on_package("text-garbled", WARNING)
def garbled(seen: Seen) -> Iterator[Finding]:
    """Titles were not read in one encoding and written in another."""
    for element in seen.every(*_NAMES):
        said = text_of(element)
        meant = ungarbled(said)
        if meant is not None or _REPLACEMENT in said:
            message = f"“{said[:80]}” was read in a wrong encoding" + (f"; “{meant[:80]}” is meant." if meant else ".")
            yield Finding(at(element), message, "Write the title again in UTF-8.")


@on_texts(PAGES | SCRIPTS | STYLES | CAPTIONS, "text-not-utf-8", WARNING, "practice: hosts serve texts as UTF-8")
def not_utf_8(text: Text) -> Iterator[Finding]:
    """Texts are written in UTF-8."""
    if text.text is None:
        yield Finding(Place(text.name), "This text is not UTF-8; hosts serve it as such.", "Save it in UTF-8.")
