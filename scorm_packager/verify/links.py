"""Addresses in pages and style sheets: what asks for them, and which file of the package they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from scorm_packager.activity.problems import Place
from scorm_packager.verify.kinds import STYLES
from scorm_packager.verify.markup import Tag
from scorm_packager.verify.seen import url_path
from scorm_packager.verify.texts import Text

_FETCHED = {
    "script": ("src",), "link": ("href",), "img": ("src", "srcset"), "iframe": ("src",), "frame": ("src",), "video": ("src", "poster"),
    "audio": ("src",), "source": ("src", "srcset"), "track": ("src",), "object": ("data",), "embed": ("src",), "input": ("src",),
    "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
}  # fmt: skip
_RUNS = frozenset(("script", "iframe", "frame", "object", "embed"))
_NOT_FETCHED = frozenset(("canonical", "alternate", "author", "license", "next", "prev", "dns-prefetch", "preconnect"))
_TEMPLATE = re.compile(r"[{<][{%#]|\$\{|<%|[\"'] ?\+|\+ ?[\"']")
_HERE = ("data:", "blob:", "about:", "#", "javascript:", "mailto:", "tel:")
_WEB = re.compile(r"(?i)(?:https?|wss?|ftp):|//")
_DISK = re.compile(r"(?i)file:|[a-z]:[\\/]")

_IMPORT = re.compile(r"@import\s{0,5}(?:[\"']|url\([\"']?)([^\"')\s;]{1,2000})")
_URL = re.compile(r"url\(\s{0,5}[\"']?([^\"')]{1,4000})")
_MOST = 200  # addresses looked at in one style sheet


@dataclass(frozen=True, slots=True)
class Link:
    """An address and who asks for it; `runs` when a page does not work without what is there."""

    place: Place
    url: str
    runs: bool

    @property
    def is_web(self) -> bool:
        return bool(_WEB.match(self.url))

    @property
    def is_disk(self) -> bool:
        return bool(_DISK.match(self.url))

    @property
    def is_rooted(self) -> bool:
        return self.url.startswith(("/", "\\")) and not self.is_web

    @property
    def is_local(self) -> bool:
        return not (self.is_web or self.is_disk or self.is_rooted) and bool(url_path(self.url))

    @property
    def shown(self) -> str:
        return self.url[:200]


def fetched(text: Text) -> Iterator[Link]:
    """Everything that a page or a style sheet loads by itself."""
    if text.kind in STYLES:
        yield from _of_style(text)
    else:
        yield from (link for tag in text.markup.tags for link in _of_tag(tag) if _is_address(link.url))


def led_to(text: Text) -> Iterator[Link]:
    """What a learner may open from a page."""
    for tag in text.markup.named("a"):
        url = tag.attributes.get("href", "").strip()
        if _is_address(url):
            yield Link(tag.place, url, False)


def target(text: Text, link: Link) -> str:
    """The name of the file in the package that a local address means; it begins with `../` when it lies outside."""
    base = next((tag.attributes.get("href", "") for tag in text.markup.named("base")), "") if text.kind not in STYLES else ""
    return normpath(join(dirname(text.name), dirname(unquote(url_path(base))), unquote(url_path(link.url))))


def is_there(text: Text, path: str) -> bool:
    return path in text.seen.archive or path == "." or path in text.seen.folders


def _of_tag(tag: Tag) -> Iterator[Link]:
    relation = frozenset(tag.attributes.get("rel", "").lower().split())
    if relation & _NOT_FETCHED:
        return
    runs = tag.name in _RUNS or "stylesheet" in relation
    for name in _FETCHED.get(tag.name, ()):
        value = tag.attributes.get(name, "").strip()
        urls = (part.split()[0] for part in value.split(",") if part.split()) if name == "srcset" else (value,)
        yield from (Link(tag.place, url, runs) for url in urls)


def _of_style(text: Text) -> Iterator[Link]:
    for pattern, runs in ((_IMPORT, True), (_URL, False)):
        for number, (place, found) in enumerate(text.matches(pattern, "declarations")):
            if number == _MOST:
                break
            url = found.group(1).strip()
            if _is_address(url) and (runs or not _follows_import(text, found)):
                yield Link(place, url, runs)


def _follows_import(text: Text, found: re.Match[str]) -> bool:
    return text.declarations[max(found.start() - 12, 0) : found.start()].rstrip().endswith("@import")


def _is_address(url: str) -> bool:
    return bool(url) and not url.lower().startswith(_HERE) and not _TEMPLATE.search(url)
