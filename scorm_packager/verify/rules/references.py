"""What pages and style sheets load: all of it lies in the package, and is found there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.verify.kinds import DRAWINGS, PAGES, SCRIPTS, STYLES
from scorm_packager.verify.links import Link, fetched, is_there, led_to, target
from scorm_packager.verify.rule import ERROR, NOTE, WARNING, Finding, on_texts
from scorm_packager.verify.texts import Text

_LOADING = PAGES | DRAWINGS | STYLES
_CALL = re.compile(
    r"\b(?:fetch|importScripts|sendBeacon|open)\s{0,5}\(\s{0,5}(?:[\"'][A-Z]{3,7}[\"']\s{0,5},\s{0,5})?[\"'](?:https?:)?//(?!www\.w3\.org)"
)
_SHIP = "Ship the file in the package."


@on_texts(_LOADING, "mixed-content", ERROR, "W3C Mixed Content; every LMS is served by https")
def mixed_content(text: Text) -> Iterator[Finding]:
    """Nothing that runs is loaded by http: browsers block it in an LMS served by https."""
    for link in fetched(text):
        if _is_blocked(link):
            yield Finding(link.place, f"“{link.shown}” is loaded by http, which browsers block on a page of https.", _SHIP)


@on_texts(_LOADING, "external-request", WARNING, "practice: hospital firewalls, and learners' privacy")
def external_request(text: Text) -> Iterator[Finding]:
    """Nothing is loaded from elsewhere: fonts, scripts, pictures."""
    for link in fetched(text):
        if link.is_web and not _is_blocked(link):
            message = f"“{link.shown}” is fetched from elsewhere: it fails behind a hospital's firewall, and tells others who learns what."
            yield Finding(link.place, message, _SHIP)


@on_texts(_LOADING, "reference-to-own-disk", ERROR)
def to_own_disk(text: Text) -> Iterator[Finding]:
    """No address points to the disk of whoever made the package."""
    for link in (*fetched(text), *_opened(text)):
        if link.is_disk:
            yield Finding(link.place, f"“{link.shown}” points to a disk, not into the package.", "Write a relative path.")


@on_texts(_LOADING, "reference-absolute", ERROR)
def absolute(text: Text) -> Iterator[Finding]:
    """No address begins at the host's root: packages lie in a folder of it."""
    for link in fetched(text):
        if link.is_rooted:
            message = f"“{link.shown}” begins at the host's root; packages lie in a folder of it."
            yield Finding(link.place, message, "Write a relative path.")


@on_texts(_LOADING, "reference-leaves-package", ERROR)
def leaves_package(text: Text) -> Iterator[Finding]:
    """No address climbs out of the package."""
    for link in fetched(text):
        if link.is_local and target(text, link).startswith("../"):
            yield Finding(link.place, f"“{link.shown}” lies outside the package.", _SHIP)


@on_texts(_LOADING, "reference-wrong-case", ERROR, "practice: Linux hosts tell capitals from small letters")
def wrong_case(text: Text) -> Iterator[Finding]:
    """Addresses are written in capitals and small letters as the files are named."""
    for link in _missing(text):
        alike = text.seen.folded.get(target(text, link).casefold())
        if alike:
            message = f"“{link.shown}” is written in another case than the file “{alike}”: on Linux hosts it is not found."
            yield Finding(link.place, message, "Write it as the file is named.")


@on_texts(PAGES | STYLES, "reference-dangling", ERROR)
def dangling(text: Text) -> Iterator[Finding]:
    """Scripts, style sheets and frames that a page loads are in the package."""
    for link in _gone(text):
        if link.runs:
            yield Finding(link.place, f"“{link.shown}” is not in the package.", "Add the file, or remove what asks for it.")


@on_texts(_LOADING, "media-dangling", WARNING)
def media_dangling(text: Text) -> Iterator[Finding]:
    """Pictures, fonts, sound and video that are loaded are in the package."""
    for link in _gone(text):
        if not link.runs:
            yield Finding(link.place, f"“{link.shown}” is not in the package.", "Add the file, or remove what asks for it.")


@on_texts(PAGES, "link-dangling", WARNING)
def link_dangling(text: Text) -> Iterator[Finding]:
    """Pages and documents that a learner may open are in the package."""
    for link in led_to(text):
        path = target(text, link)
        if link.is_local and "." in path.rsplit("/", 1)[-1] and not is_there(text, path):
            yield Finding(link.place, f"“{link.shown}” is not in the package.", "Add the file, or remove the link.")


@on_texts(SCRIPTS, "external-call", NOTE, "practice: hospital firewalls, and learners' privacy")
def external_call(text: Text) -> Iterator[Finding]:
    """Scripts that ask other hosts are known: such calls fail behind a firewall."""
    for place, _ in text.matches(_CALL, "calls", having="//"):
        yield Finding(
            place, "Something is fetched from elsewhere: it fails behind a hospital's firewall.", "Ship it, or make it a setting."
        )


def _is_blocked(link: Link) -> bool:
    return link.runs and link.url.lower().startswith("http:")


def _opened(text: Text) -> Iterator[Link]:
    if text.kind in PAGES:
        yield from led_to(text)


def _missing(text: Text) -> Iterator[Link]:
    for link in fetched(text):
        path = target(text, link)
        if link.is_local and not path.startswith("../") and not is_there(text, path):
            yield link


def _gone(text: Text) -> Iterator[Link]:
    return (link for link in _missing(text) if target(text, link).casefold() not in text.seen.folded)
