"""Scripts and style sheets: what a host's policy stops, what browsers no longer do, what is fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from scorm_packager.activity.problems import Place, Problem
from scorm_packager.verify.pages import reference
from scorm_packager.verify.seen import Seen, warning

_STRICT = "Content Security Policy without unsafe-eval"

# Comments, strings and regular expressions are blanked out first, so that words in them are not taken for code.
# Each runs on to the end when it is not closed, or is bounded: no text makes this slow.
_COMMENT = r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
_STRING = r""""(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?|`(?:\\.|[^`\\])*+`?"""
_PATTERN = r"(?<=[=(,:;!&|?{}\[\n])[ \t]{0,20}/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}+\]|[^/\\\n\[]){1,1000}+/[a-z]{0,8}"
_SKIPPED = re.compile(f"{_COMMENT}|{_STRING}|{_PATTERN}", re.DOTALL)

# A pattern is looked for only in texts that hold one of the words before it: looking for words is many times faster.
_Rule = tuple[str, tuple[str, ...], re.Pattern[str], str, str]

_CODE: tuple[_Rule, ...] = (
    ("eval", ("eval(", *(f"eval{space}" for space in " \t\r\n")),
     re.compile(r"(?:(?<![\w.$])|\b(?:window|globalThis|self)\.)eval\s{0,5}\("), "Strict policies stop eval.", "Do without it."),
    ("eval", ("Function",), re.compile(r"\bnew\s{1,5}Function\s{0,5}\("),
     "new Function is stopped by strict security policies.", "Do without it."),
    ("document-write", ("write",), re.compile(r"\bdocument\s{0,5}\.\s{0,5}write(ln)?\s{0,5}\("),
     "document.write may be ignored.", "Make elements."),
    ("cookie", ("cookie",), re.compile(r"\bdocument\s{0,5}\.\s{0,5}cookie\b"),
     "Cookies of an embedded page are blocked.", "Keep state in the LMS."),
)  # fmt: skip

_CALLS: tuple[_Rule, ...] = (
    (
        "external-request",
        ("//",),
        re.compile(r"\b(?:fetch|importScripts|sendBeacon|open)\s{0,5}\(\s{0,5}(?:[\"'][A-Z]{3,7}[\"']\s{0,5},\s{0,5})?[\"'](?:https?:)?//"),
        "Something is fetched from elsewhere: it fails behind a hospital's firewall.",
        "Ship it, or make it a setting.",
    ),
    (
        "module-syntax",
        ("import", "export"),
        re.compile(r"(?m)^[ \t]{0,20}(?:import(?:[ \t]{1,5}[\w{*]|[ \t]{0,5}[\"'{*])|export[ \t]{1,5}(?:default|const|function|class|\{))"),
        "This is written as a module; as a classic script it does not run.",
        "Use classic scripts.",
    ),
    (
        "unload-listener",
        ("'unload'", '"unload"', "onunload"),
        re.compile(r"addEventListener\s{0,5}\(\s{0,5}[\"']unload[\"']|\bonunload\s{0,5}="),
        "Browsers are giving up the unload event.",
        "Save when the page is hidden (visibilitychange, pagehide).",
    ),
)

_IMPORT = re.compile(r"@import\s{0,5}(?:url\()?\s{0,5}[\"']?([^\"')\s;]{1,2000})")
_URL = re.compile(r"url\(\s{0,5}[\"']?([^\"')]{1,4000})")
_CSS_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_MOST = 20  # findings of one kind in one file: the first ones say enough


def scripts(seen: Seen) -> Iterator[Problem]:
    for name, text in seen.texts.items():
        if PurePosixPath(name).suffix.lower() != ".js":
            continue
        code, with_strings = _stripped(text)
        yield from _matches(name, code, _CODE)
        yield from _matches(name, with_strings, _CALLS)


def _stripped(text: str) -> tuple[str, str]:
    """The text without comments, strings and regular expressions, and without the first and last of these; every place stays."""
    code, with_strings = [], []
    end = 0
    for found in _SKIPPED.finditer(text):
        between, skipped = text[end : found.start()], found.group()
        blank = _blank(skipped)
        code += (between, blank)
        with_strings += (between, blank if skipped.startswith("/") else skipped)
        end = found.end()
    return "".join((*code, text[end:])), "".join((*with_strings, text[end:]))


def style_sheets(seen: Seen) -> Iterator[Problem]:
    for name, text in seen.texts.items():
        if PurePosixPath(name).suffix.lower() != ".css":
            continue
        rules = _CSS_COMMENT.sub(lambda found: _blank(found.group()), text)
        for pattern in (_IMPORT, _URL):
            for found in islice(pattern.finditer(rules), _MOST * 10):
                yield from reference(seen, name, _place(name, rules, found.start()), found.group(1))


def _matches(name: str, text: str, rules: tuple[_Rule, ...]) -> Iterator[Problem]:
    for code, words, pattern, message, remedy in rules:
        if not any(word in text for word in words):
            continue
        for found in islice(pattern.finditer(text), _MOST):
            yield warning(code, _place(name, text, found.start()), message, remedy, _STRICT if code == "eval" else "")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text) if "\n" in text else " " * len(text)


def _place(name: str, text: str, offset: int) -> Place:
    return Place(name, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


CHECKS = (scripts, style_sheets)
