"""Pages: what a browser and a screen reader need to be told, and what a host's security policy stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.verify.kinds import CAPTIONS, DRAWINGS, PAGES
from scorm_packager.verify.markup import Tag
from scorm_packager.verify.named import launch_files
from scorm_packager.verify.rule import ERROR, NOTE, WARNING, Finding, on_package, on_texts
from scorm_packager.verify.seen import Seen
from scorm_packager.verify.texts import Text

_CSP = "Content Security Policy without unsafe-inline"
_DATA_BLOCKS = re.compile(r"(?i)^(application/(ld\+)?json|text/(plain|html|template|x-[\w-]+)|application/xml)$")
_UTF_8 = re.compile(r"(?i)utf-?8|unicode")
_CHARSET = re.compile(r"(?i)charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})")


@on_texts(PAGES, "page-unreadable", WARNING)
def unreadable(text: Text) -> Iterator[Finding]:
    """A page's HTML can be read to its end."""
    if text.markup.broken:
        yield Finding(text.place(0), f"This page is broken: {text.markup.broken}.", "Correct its HTML.")


@on_texts(PAGES, "page-without-charset", WARNING, "HTML, 4.2.5.4")
def without_charset(text: Text) -> Iterator[Finding]:
    """A page with letters beyond ASCII says its encoding."""
    if text.text is not None and not _charset(text) and not text.data.isascii() and not text.data.startswith(b"\xef\xbb\xbf"):
        yield Finding(text.place(0), "This page does not say its encoding.", 'Add <meta charset="utf-8"> first in its head.')


@on_texts(PAGES, "page-charset-wrong", WARNING, "HTML, 4.2.5.4")
def charset_wrong(text: Text) -> Iterator[Finding]:
    """The encoding that a page says is the one it is written in."""
    stated = _charset(text)
    if stated and not _UTF_8.search(stated) and text.text is not None and not text.data.isascii():
        message = f"This page says {stated}, and is written in UTF-8: letters beyond ASCII come out as two others."
        yield Finding(text.place(0), message, 'Write <meta charset="utf-8">.')


@on_texts(PAGES, "page-without-language", NOTE, "WCAG 2.2, 3.1.1 Language of Page")
def without_language(text: Text) -> Iterator[Finding]:
    """A page says its language, by which screen readers choose their voice."""
    found = text.markup.named("html")
    if found and not (found[0].attributes.get("lang") or found[0].attributes.get("xml:lang")):
        yield Finding(found[0].place, "This page does not say its language.", 'Write <html lang="en">, in the language it has.')


@on_package("page-empty", ERROR)
def page_empty(seen: Seen) -> Iterator[Finding]:
    """The page that an LMS opens is not empty."""
    for place, name in launch_files(seen):
        if name in seen.archive and seen.archive.size(name) == 0:
            yield Finding(place, f"The page that is opened, {name}, is empty.", "Export the package again.")


@on_texts(PAGES | DRAWINGS, "inline-script", NOTE, _CSP)
def inline_script(text: Text) -> Iterator[Finding]:
    """Scripts stand in files of their own: hosts with a strict security policy run no others."""
    for tag in text.markup.scripts:
        if not _DATA_BLOCKS.match(tag.attributes.get("type", "")):
            message = "A script stands in the page; hosts with a strict security policy do not run it."
            yield Finding(tag.place, message, "Move it to a file.")


@on_texts(PAGES | DRAWINGS, "inline-handler", NOTE, _CSP)
def inline_handler(text: Text) -> Iterator[Finding]:
    """Handlers are attached by scripts, not written into tags."""
    for tag in text.markup.tags:
        for name in tag.attributes:
            if name.startswith("on") and len(name) > 3:
                message = f"The handler {name} stands in the page; hosts with a strict security policy do not run it."
                yield Finding(tag.place, message, "Attach it in a script file.")


@on_texts(PAGES | DRAWINGS, "javascript-url", NOTE, _CSP)
def javascript_url(text: Text) -> Iterator[Finding]:
    """No address runs a script."""
    for tag in text.markup.tags:
        if any(value.strip().lower().startswith("javascript:") for value in tag.attributes.values()):
            yield Finding(
                tag.place, "An address runs a script; hosts with a strict security policy stop it.", "Use a button and a script file."
            )


@on_texts(PAGES, "inline-style", NOTE, _CSP)
def inline_style(text: Text) -> Iterator[Finding]:
    """Styles stand in style sheets: a strict security policy ignores those in pages."""
    for tag in text.markup.tags:
        if tag.name == "style" or "style" in tag.attributes:
            yield Finding(tag.place, "A style in the page is ignored under a strict security policy.", "Use a class and a style sheet.")


@on_texts(PAGES, "module-script", WARNING, "practice: hosts serve scripts from file stores under wrong media types")
def module_script(text: Text) -> Iterator[Finding]:
    """Scripts are classic ones: modules need a media type and an origin that many hosts do not give."""
    for tag in text.markup.named("script"):
        if tag.attributes.get("type", "").lower() in ("module", "importmap") and not _has_classic_twin(text):
            message = "Module scripts need a right media type and origin; many hosts give neither."
            yield Finding(tag.place, message, "Use a classic script, or add one with nomodule.")


@on_texts(CAPTIONS, "captions-malformed", WARNING, "W3C WebVTT, 4.1")
def captions_malformed(text: Text) -> Iterator[Finding]:
    """A file of captions begins with WEBVTT: browsers show no captions of others."""
    if not re.match(r"WEBVTT(?=\s|$)", text.words):
        yield Finding(text.place(0), "This file of captions does not begin with WEBVTT; browsers ignore it.", "Save it as WebVTT.")


def _charset(text: Text) -> str:
    for tag in text.markup.named("meta"):
        stated = _stated(tag)
        if stated:
            return stated
    declared = re.match(r"<\?xml[^>]{0,200}encoding=[\"']([\w.:-]{1,40})", text.words)
    return declared.group(1) if declared else ""


def _stated(tag: Tag) -> str:
    if tag.attributes.get("charset"):
        return tag.attributes["charset"]
    found = _CHARSET.search(tag.attributes.get("content", ""))
    return found.group(1) if found else ""


def _has_classic_twin(text: Text) -> bool:
    return any("nomodule" in tag.attributes for tag in text.markup.named("script"))
