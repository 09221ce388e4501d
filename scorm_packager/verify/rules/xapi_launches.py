"""What cmi5 and plain xAPI share: ids, languages, and pages of other hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.verify.rule import CMI5, ERROR, WARNING, XAPI, Finding, on_package
from scorm_packager.verify.seen import Seen, at, is_web, text_of

_LANGUAGE = re.compile(r"(?:[A-Za-z]{2,3}|[A-Za-z]{4,8}|[xXiI])(?:-[A-Za-z0-9]{1,8})*")
_URL = re.compile(r"(?i)https?://[A-Za-z0-9.\-]+(?::\d{1,5})?(?:[/?#](?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#\[\]]|%[0-9A-Fa-f]{2})*)?")
_PLACEHOLDER = re.compile(r"(?i)https?://(?:www\.)?(?:example\.(?:com|org|net)|localhost|[\w-]+)(?:[:/].*)?")


@on_package("id-placeholder", WARNING, "RFC 2606; cmi5 13.1: ids are globally unique", of=(CMI5, XAPI))
def id_placeholder(seen: Seen) -> Iterator[Finding]:
    """Ids are under a domain of one's own: those of a sample are taken by many."""
    for each in seen.every("course", "au", "block", "activity"):
        if _PLACEHOLDER.fullmatch((each.get("id") or "").strip()):
            message = f"The id {(each.get('id') or '').strip()} is under no domain of yours: others use the same one."
            yield Finding(at(each), message, "Write an IRI under your own domain.")


@on_package("language-malformed", WARNING, "RFC 5646", of=(CMI5, XAPI))
def language(seen: Seen) -> Iterator[Finding]:
    """Languages are written as language tags."""
    for each in seen.every("langstring", "name", "description", "launch"):
        lang = each.get("lang")
        if lang is not None and not _LANGUAGE.fullmatch(lang):
            yield Finding(at(each), f"“{lang}” is no language tag.", "Write en, en-US, pt-BR ….")


@on_package("url-malformed", ERROR, "cmi5 13.1.4: RFC 1738; CATAPULT's 206-1", of=(CMI5, XAPI))
def url_malformed(seen: Seen) -> Iterator[Finding]:
    """An address of another host is a URL."""
    for each in (*seen.elements("url"), *seen.elements("launch")):
        if is_web(text_of(each)) and not _URL.fullmatch(text_of(each)):
            yield Finding(at(each), f"“{text_of(each)[:200]}” is no URL.", "Percent-encode spaces and other signs.")


@on_package("launch-not-https", WARNING, "W3C Mixed Content; every LMS is served by https", of=(CMI5, XAPI))
def not_https(seen: Seen) -> Iterator[Finding]:
    """A page of another host is opened by https."""
    for each in (*seen.elements("url"), *seen.elements("launch")):
        if is_web(text_of(each)) and text_of(each).lower().startswith("http:"):
            yield Finding(at(each), f"“{text_of(each)[:200]}” is opened by http, which browsers block in a page of https.", "Write https.")
