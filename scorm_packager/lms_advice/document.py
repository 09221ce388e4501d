"""A short document as a value, and its renditions: lines for a terminal, Markdown, and HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

_INDENT = "  "
_BLANK = "_" * 30  # to be filled in by hand


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """Something to do or to know, and, in small type, why. `box` is one to tick on paper."""

    text: str
    note: str = ""
    box: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A name and its value; an empty value is a line to be filled in by hand."""

    name: str
    value: str = ""


Block = Paragraph | Bullet | Field


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    sections: tuple[Section, ...]
    language: str = "en"

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "sections": [{"heading": each.heading, "blocks": [*map(_json, each.blocks)]} for each in self.sections],
        }


def _json(block: Block) -> dict[str, object]:
    return {"kind": type(block).__name__.lower(), **{name: getattr(block, name) for name in block.__dataclass_fields__}}


# --- lines for a terminal -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    strong: bool = False
    faint: bool = False


def lines(document: Document, width: int | None) -> Iterator[Line]:
    """The document as lines of at most `width` characters; unbroken for None, so that other programs can search them."""
    yield Line(document.title, strong=True)
    for section in document.sections:
        yield Line("")
        yield Line(section.heading, strong=True)
        for block in section.blocks:
            yield from _block_lines(block, width)


def _block_lines(block: Block, width: int | None) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from _wrapped(block.text, _INDENT, _INDENT, width)
    elif isinstance(block, Field):
        yield from _wrapped(f"{block.name}: {block.value or _BLANK}", _INDENT, _INDENT * 2, width)
    else:
        yield from _wrapped(block.text, _INDENT + ("[ ] " if block.box else "- "), _INDENT * (3 if block.box else 2), width)
        if block.note:
            yield from _wrapped(block.note, _INDENT * 2, _INDENT * 2, width, faint=True)


def _wrapped(text: str, first: str, other: str, width: int | None, *, faint: bool = False) -> Iterator[Line]:
    text = text.replace("`", "")
    if width is None:
        yield Line(first + text, faint=faint)
        return
    for line in textwrap.wrap(text, width, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False):
        yield Line(line, faint=faint)


# --- Markdown -------------------------------------------------------------------------------------

_MARKS = re.compile(r"([\\*_\[\]<>#|~&])")
_CODE = re.compile(r"(`[^`]+`)")


def markdown(document: Document) -> str:
    """What an author wrote cannot become markup: every sign that Markdown reads is escaped, but for `code`."""
    parts = [f"# {_marked(document.title)}"]
    for section in document.sections:
        runs = ("\n".join(map(_markdown_block, blocks)) for _, blocks in _runs(section.blocks))
        parts += [f"## {_marked(section.heading)}", *runs]
    return "\n\n".join(parts) + "\n"


def _markdown_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _marked(block.text)
    if isinstance(block, Field):
        return f"- {_marked(block.name)}: {_marked(block.value) if block.value else _BLANK}"
    note = f"  \n  *{_marked(block.note)}*" if block.note else ""
    return f"- {'[ ] ' if block.box else ''}{_marked(block.text)}{note}"


def _marked(text: str) -> str:
    parts = _CODE.split(text)
    return "".join(part if _CODE.fullmatch(part) else _MARKS.sub(r"\\\1", part) for part in parts)


# --- HTML -----------------------------------------------------------------------------------------

_STYLE = (
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}small{color:#555;display:block}li{margin:.5rem 0}"
    "dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.5rem 1rem}dt{font-weight:600}"
    "dd{margin:0;border-bottom:1px solid #999;min-height:1.5rem}"
    "ul.boxes{list-style:none;padding:0}@media print{body{margin:0;max-width:none}}"
)


def html(document: Document) -> str:
    """A page that stands by itself; all text is escaped."""
    title = escape(document.title)
    body = "\n".join(f"<section>\n<h2>{escape(each.heading)}</h2>\n{_html_blocks(each)}\n</section>" for each in document.sections)
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _html_blocks(section: Section) -> str:
    return "\n".join(_html_run(kind, blocks) for kind, blocks in _runs(section.blocks))


def _runs(blocks: tuple[Block, ...]) -> list[tuple[type, list[Block]]]:
    """Blocks of one kind that stand together."""
    runs: list[tuple[type, list[Block]]] = []
    for block in blocks:
        if runs and runs[-1][0] is type(block):
            runs[-1][1].append(block)
        else:
            runs.append((type(block), [block]))
    return runs


def _html_run(kind: type, blocks: list[Block]) -> str:
    inner = "\n".join(_html_block(block) for block in blocks)
    if kind is Bullet:
        boxes = any(isinstance(block, Bullet) and block.box for block in blocks)
        return f'<ul class="boxes">\n{inner}\n</ul>' if boxes else f"<ul>\n{inner}\n</ul>"
    return f"<dl>\n{inner}\n</dl>" if kind is Field else inner


def _html_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_escaped(block.text)}</p>"
    if isinstance(block, Field):
        return f"<dt>{_escaped(block.name)}</dt><dd>{_escaped(block.value)}</dd>"
    note = f"<small>{_escaped(block.note)}</small>" if block.note else ""
    return f"<li>{'&#9744; ' if block.box else ''}{_escaped(block.text)}{note}</li>"


def _escaped(text: str) -> str:
    parts = _CODE.split(text)
    return "".join(f"<code>{escape(part[1:-1])}</code>" if _CODE.fullmatch(part) else str(escape(part)) for part in parts)
