"""HTML pages: what they fetch, and what a host's security policy would stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from scorm_packager.activity.problems import Place, Problem
from scorm_packager.verify.seen import Seen, error, url_path, warning

_CSP = "Content Security Policy without unsafe-inline"
_FETCHED = {
    "script": ("src",), "link": ("href",), "img": ("src", "srcset"), "iframe": ("src",), "frame": ("src",), "video": ("src", "poster"),
    "audio": ("src",), "source": ("src", "srcset"), "track": ("src",), "object": ("data",), "embed": ("src",), "input": ("src",),
    "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
}  # fmt: skip
_RUNS = ("script", "link", "iframe", "frame", "object", "embed")
_DATA_BLOCKS = re.compile(r"(?i)^(application/(ld\+)?json|text/(plain|html|template|x-[\w-]+)|application/xml)$")
_TEMPLATE = re.compile(r"[{<][{%#]|\$\{")


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    attributes: dict[str, str]
    place: Place


class _Reader(HTMLParser):
    def __init__(self, file: str):
        super().__init__(convert_charrefs=True)
        self.file = file
        self.tags: list[Tag] = []
        self.script_texts: list[tuple[Place, dict[str, str]]] = []
        self._script: Tag | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        found = Tag(tag, {name: value or "" for name, value in attrs}, Place(self.file, line, column + 1))
        self.tags.append(found)
        self._script = found if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self._script = None

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.script_texts.append((self._script.place, self._script.attributes))
            self._script = None


def check(seen: Seen) -> Iterator[Problem]:
    for name, text in seen.texts.items():
        if PurePosixPath(name).suffix.lower() in (".html", ".htm", ".xhtml", ".svg"):
            yield from page(seen, name, text)


def page(seen: Seen, name: str, text: str) -> Iterator[Problem]:
    reader = _Reader(name)
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError) as problem:  # html.parser gives up on some broken declarations
        yield warning("page-unreadable", name, f"This page is broken: {problem}.", "Correct its HTML.")
    if not name.lower().endswith(".svg"):
        yield from _charset(name, text, reader.tags)
    for place, attributes in reader.script_texts:
        yield from _inline_script(place, attributes)
    for tag in reader.tags:
        yield from _inline_parts(tag)
        yield from _modules(tag)
        for value in _fetched(tag):
            yield from _fetch(seen, name, tag, value)


def _charset(name: str, text: str, tags: list[Tag]) -> Iterator[Problem]:
    declared = any(tag.name == "meta" and ("charset" in tag.attributes or "charset" in tag.attributes.get("content", "")) for tag in tags)
    if not declared and not text.isascii() and not text.startswith("\ufeff"):
        yield warning("page-without-charset", name, "This page does not say its encoding.", 'Add <meta charset="utf-8"> first in its head.')


def _inline_script(place: Place, attributes: dict[str, str]) -> Iterator[Problem]:
    if not _DATA_BLOCKS.match(attributes.get("type", "")):
        message = "A script stands in the page; hosts with a strict security policy do not run it."
        yield warning("inline-script", place, message, "Move it to a file.", _CSP)


def _inline_parts(tag: Tag) -> Iterator[Problem]:
    for name, value in tag.attributes.items():
        if name.startswith("on") and len(name) > 3:
            message = f"The handler {name} stands in the page; hosts with a strict security policy do not run it."
            yield warning("inline-handler", tag.place, message, "Attach it in a script file.", _CSP)
        if value.strip().lower().startswith("javascript:"):
            yield warning("javascript-url", tag.place, "An address runs a script.", "Use a button and a script file.", _CSP)
    if "style" in tag.attributes:
        yield warning("inline-style", tag.place, "A style attribute is ignored under a strict security policy.", "Use a class.", _CSP)
    if tag.name == "style":
        yield warning("inline-style", tag.place, "A style element is ignored under a strict security policy.", "Use a style sheet.", _CSP)


def _modules(tag: Tag) -> Iterator[Problem]:
    if tag.name == "script" and tag.attributes.get("type", "").lower() in ("module", "importmap"):
        message = "Module scripts need a right media type and origin; many hosts give neither."
        yield warning("module-script", tag.place, message, "Use a classic script.")


def _fetched(tag: Tag) -> Iterator[str]:
    if tag.name == "link" and tag.attributes.get("rel", "").lower() in ("canonical", "alternate", "author", "license", "next", "prev"):
        return
    for name in _FETCHED.get(tag.name, ()):
        value = tag.attributes.get(name, "").strip()
        if name == "srcset":
            yield from (part.split()[0] for part in value.split(",") if part.split())
        elif value:
            yield value


def _fetch(seen: Seen, page_name: str, tag: Tag, url: str) -> Iterator[Problem]:
    lowered = url.lower()
    if lowered.startswith(("data:", "blob:", "about:", "#", "javascript:")) or _TEMPLATE.search(url):
        return
    if lowered.startswith(("http:", "https:", "//", "ws:", "wss:", "ftp:")):
        yield _external(tag.place, url)
    elif lowered.startswith("file:") or re.match(r"[a-z]:[\\/]", lowered):
        yield error("reference-to-own-disk", tag.place, f"“{url}” points to a disk, not into the package.", "Write a relative path.")
    elif url.startswith("/"):
        message = f"“{url}” begins at the host's root; packages lie in a folder of it."
        yield error("reference-absolute", tag.place, message, "Write a relative path.")
    else:
        yield from _local(seen, page_name, tag.place, url, runs=tag.name in _RUNS)


def _external(place: Place, url: str) -> Problem:
    message = f"“{url[:200]}” is fetched from elsewhere: it fails behind a hospital's firewall, and tells others who learns what."
    return warning("external-request", place, message, "Ship the file in the package.")


def _local(seen: Seen, page_name: str, place: Place, url: str, *, runs: bool) -> Iterator[Problem]:
    path = normpath(join(dirname(page_name), unquote(url_path(url))))
    if path.startswith("../"):
        yield error("reference-leaves-package", place, f"“{url}” lies outside the package.", "Ship the file in the package.")
        return
    if path in seen.archive or path == "." or not url_path(url):
        return
    alike = seen.folded.get(path.casefold())
    if alike:
        message = f"“{url}” is written in another case than the file “{alike}”: on Linux hosts it is not found."
        yield error("reference-wrong-case", place, message, "Write it as the file is named.")
        return
    say = error if runs else warning
    yield say("reference-dangling", place, f"“{url}” is not in the package.", "Add the file, or remove what asks for it.")


def reference(seen: Seen, holder: str, place: Place, url: str) -> Iterator[Problem]:
    """The same judgement for an address found elsewhere than in a tag (a style sheet)."""
    yield from _fetch(seen, holder, Tag("img", {}, place), url.strip())


CHECKS = (check,)
