"""A package's texts, one at a time: what is written in them as code, as tags, as words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from scorm_packager.activity.problems import Place
from scorm_packager.verify.markup import Markup, read

if TYPE_CHECKING:
    from scorm_packager.verify.seen import Seen

# Comments, strings and regular expressions are blanked out first, so that words in them are not taken for code.
# Each runs on to the end when it is not closed, or is bounded: no text makes this slow.
_COMMENT = r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?"
_STRING = r""""(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?|`(?:\\.|[^`\\])*+`?"""
_PATTERN = r"(?<=[=(,:;!&|?{}\[\n])[ \t]{0,20}/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n]){0,200}+\]|[^/\\\n\[]){1,1000}+/[a-z]{0,8}"
_SKIPPED = re.compile(f"{_COMMENT}|{_STRING}|{_PATTERN}", re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?")


@dataclass(frozen=True)
class Text:
    """One text file of the package `seen`; `text` is None when its bytes are not UTF-8, and `words` reads them byte by byte then."""

    seen: Seen
    name: str
    data: bytes

    @property
    def kind(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def text(self) -> str | None:
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    @cached_property
    def words(self) -> str:
        return self.data.decode("latin-1") if self.text is None else self.text

    @property
    def code(self) -> str:
        """A script without comments, strings and patterns; every place stays where it was."""
        return self._readings[0]

    @property
    def calls(self) -> str:
        """A script without comments and patterns: the strings that it hands to others are kept."""
        return self._readings[1]

    @cached_property
    def _readings(self) -> tuple[str, str]:
        code: list[str] = []
        calls: list[str] = []
        end = 0
        for found in _SKIPPED.finditer(self.words):
            between, skipped, blanked = self.words[end : found.start()], found.group(), blank(found.group())
            code += (between, blanked)
            calls += (between, blanked if skipped.lstrip(" \t").startswith("/") else skipped)
            end = found.end()
        return "".join((*code, self.words[end:])), "".join((*calls, self.words[end:]))

    @cached_property
    def declarations(self) -> str:
        """A style sheet without comments."""
        return _CSS_COMMENT.sub(lambda found: blank(found.group()), self.words)

    @cached_property
    def markup(self) -> Markup:
        return read(self.name, self.words)

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """Where each line begins."""
        return (0, *(found.end() for found in re.finditer("\n", self.words)))

    def place(self, offset: int) -> Place:
        return _place(self.name, self.lines, offset)

    def matches(self, pattern: re.Pattern[str], reading: str = "words", *, having: str = "") -> Iterator[tuple[Place, re.Match[str]]]:
        """Where the pattern is found in a reading of the text. Without the word `having` there is nothing to look for."""
        if having and having not in self.words:
            return
        for found in pattern.finditer(getattr(self, reading)):
            yield self.place(found.start()), found


def blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text) if "\n" in text else " " * len(text)


def _place(name: str, lines: tuple[int, ...], offset: int) -> Place:
    line = bisect_right(lines, offset)
    return Place(name, line, offset - lines[line - 1] + 1)
