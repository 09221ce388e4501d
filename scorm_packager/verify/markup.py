"""The tags of an HTML page or drawing, with their places; no page, however broken, makes this fail."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from scorm_packager.activity.problems import Place


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    attributes: dict[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Markup:
    """`scripts` are the tags that have their script in the page; `broken` says what made the reader give up, if anything did."""

    tags: tuple[Tag, ...]
    scripts: tuple[Tag, ...]
    script_texts: tuple[tuple[Place, str], ...]
    broken: str = ""

    def named(self, name: str) -> tuple[Tag, ...]:
        return tuple(tag for tag in self.tags if tag.name == name)


class _Reader(HTMLParser):
    def __init__(self, file: str):
        super().__init__(convert_charrefs=True)
        self.file = file
        self.tags: list[Tag] = []
        self.scripts: list[Tag] = []
        self.script_texts: list[tuple[Place, str]] = []
        self._open: Tag | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Tag(tag, {name: value or "" for name, value in attrs}, self._here())
        self.tags.append(found)
        self._open = found if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is None or not data.strip():
            return
        if not self.scripts or self.scripts[-1] is not self._open:
            self.scripts.append(self._open)
        self.script_texts.append((self._here(), data))

    def _here(self) -> Place:
        line, column = self.getpos()
        return Place(self.file, line, column + 1)


# The reader looks for the end of whatever begins, each time to the end of the page: so many beginnings without an end are no page.
_MOST_WITHOUT_END = 200
_BEGINS_AND_ENDS = (("<", ">"), ("<!--", "-->"), ("<![", "]>"))


def _readable(text: str) -> str:
    """The page; where very many tags, comments or sections begin and none of them ends, without their beginnings. Places stay."""
    for begins, ends in _BEGINS_AND_ENDS:
        at = text.rfind(ends) + 1
        if text.count(begins, at) > _MOST_WITHOUT_END:
            text = text[:at] + text[at:].replace(begins, " " * len(begins))
    return text


def read(file: str, text: str) -> Markup:
    reader = _Reader(file)
    broken = ""
    try:
        reader.feed(_readable(text))
        reader.close()
    except (AssertionError, ValueError) as problem:  # html.parser gives up on some broken declarations
        broken = str(problem)
    return Markup(tuple(reader.tags), tuple(reader.scripts), tuple(reader.script_texts), broken)
