"""HTML that somebody else wrote as the Markdown of activity files. What has no counterpart there is named and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from scorm_packager.activity.problems import Place, Problem
from scorm_packager.importing.model import refuse, warning
from scorm_packager.importing.prose import Block, Prose, escape, paragraph, printable

MAXIMUM = 16 << 20
Image = Callable[[str, str], str | None]  # address, name -> path; None when it was left out

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset(("head", "title", "style", "meta", "link", "template", "colgroup", "col"))
_DROPPED = frozenset((
    "applet", "audio", "base", "button", "canvas", "embed", "frame", "frameset", "iframe", "input", "math", "noscript", "object", "script",
    "select", "source", "svg", "textarea", "track", "video",
))  # fmt: skip
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_KEPT = frozenset(("sub", "sup"))
_LINK = re.compile(r"(?:https?|mailto):[^\s<>]+", re.IGNORECASE)


@dataclass
class _Reading:
    where: Place
    image: Image
    problems: list[Problem] = field(default_factory=list)

    def left_out(self, what: str, remedy: str) -> None:
        problem = warning("import-html-left-out", self.where, f"{what} was left out.", remedy)
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Converted:
    prose: Prose
    problems: tuple[Problem, ...]


def prose(text: str, where: Place, image: Image) -> Converted:
    """A fragment of HTML, block by block. Raises `ProblemsFound` when it is too large to be a question or a page."""
    if len(text) > MAXIMUM:
        raise refuse("import-html-too-large", where, f"This text has more than {MAXIMUM:,} characters.", "Keep images in files.")
    reading = _Reading(where, image)
    root = _parsed(text, where)
    return Converted(Prose(tuple(_blocks(root, reading))), tuple(reading.problems))


def _parsed(text: str, where: Place) -> etree._Element:
    parser = lxml.html.HTMLParser()
    root = lxml.html.fragment_fromstring(printable(text), create_parent="div", parser=parser)
    if any("Excessive depth" in each.message for each in parser.error_log):
        # libxml2 drops everything from there on.
        raise refuse("import-html-too-deep", where, "Its HTML lies in itself more than 250 times.", "Write it anew.")
    return root


# --- blocks ---------------------------------------------------------------------------------------


def _blocks(element: etree._Element, reading: _Reading) -> Iterator[Block]:
    """The blocks inside an element; text between them makes paragraphs of its own."""
    run = [escape(element.text or "")]
    for child in element:
        if _tag(child) in _BLOCKS or _holds_blocks(child):
            yield from _paragraph(run)
            run = []
            yield from _block(child, reading)
        else:
            run.append(_inline(child, reading))
        run.append(escape(child.tail or ""))
    yield from _paragraph(run)


def _holds_blocks(element: etree._Element) -> bool:
    """A span around paragraphs counts as a block; so does a link or emphasis, which then is lost."""
    return _tag(element) not in _DROPPED and any(_tag(inner) in _BLOCKS for inner in element.iterdescendants())


def _paragraph(run: list[str]) -> Iterator[Block]:
    text = re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", re.sub(r"\s*<br>\s*", "<br>", "".join(run)))
    if text:
        yield Block(paragraph(re.sub(r"[ \t\n\r\f\v]+", " ", text)))


def _block(element: etree._Element, reading: _Reading) -> Iterator[Block]:
    tag = _tag(element)
    if tag in ("ul", "ol"):
        yield from _other(_list(element, reading, ordered=tag == "ol"))
    elif tag == "table":
        yield from _other(_table(element, reading))
    elif tag == "pre":
        yield from _other(_fenced(element))
    elif tag == "blockquote":
        yield from _other(_prefixed(Prose(tuple(_blocks(element, reading))).markdown(), "> ", "> "))
    elif tag == "hr":
        yield Block("---", paragraph=False)
    elif re.fullmatch("h[1-6]", tag):
        text = " ".join(_inside(element, reading).replace("<br>", " ").split())
        yield from _other(f"{'#' * max(2, int(tag[1]))} {text}" if text else "")
    else:
        yield from _blocks(element, reading)


def _other(text: str) -> Iterator[Block]:
    if text.strip():
        yield Block(text, paragraph=False)


def _list(element: etree._Element, reading: _Reading, *, ordered: bool) -> str:
    entries = []
    for number, each in enumerate((child for child in element if isinstance(child.tag, str)), 1):
        mark = f"{number}. " if ordered else "- "
        inner = tuple(_blocks(each, reading)) if _tag(each) == "li" else tuple(_block(each, reading))
        if inner:
            entries.append(_prefixed(Prose(inner).markdown(), mark, " " * len(mark)))
    return "\n".join(entries)


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join((first if at == 0 else rest if line or rest.strip() else "") + line for at, line in enumerate(lines)).rstrip()


def _fenced(element: etree._Element) -> str:
    text = "".join(element.itertext()).strip("\n")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}" if text.strip() else ""


def _table(element: etree._Element, reading: _Reading) -> str:
    rows = [[_cell(cell, reading) for cell in row if _tag(cell) in ("td", "th")] for row in element.iter("tr")]
    if any(cell.get("rowspan", "1") != "1" or cell.get("colspan", "1") != "1" for cell in element.iter("td", "th")):
        reading.left_out("The joining of cells in a table", "Look at the table in the activity, and fill in what is missing.")
    return table(rows)


def table(rows: list[list[str]]) -> str:
    """Rows of inline Markdown as a table, the first one its heading; short rows are filled up."""
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in full]
    return "\n".join((lines[0], "|" + " --- |" * width, *lines[1:]))


def _cell(element: etree._Element, reading: _Reading) -> str:
    return Prose(tuple(_blocks(element, reading))).line()


# --- inline ---------------------------------------------------------------------------------------


def _inside(element: etree._Element, reading: _Reading) -> str:
    parts = [escape(element.text or "")]
    for child in element:
        parts += (_inline(child, reading), escape(child.tail or ""))
    return "".join(parts)


def _inline(element: etree._Element, reading: _Reading) -> str:
    tag = _tag(element)
    if tag in _DROPPED:
        reading.left_out(f"<{tag}>", "Write what learners need of it as text, an image or a page.")
        return ""
    if tag == "br":
        return "<br>"
    if tag == "img":
        return _image(element, reading)
    if not tag or tag in _SILENT:
        return ""
    return _wrapped(tag, element, _inside(element, reading), reading)


def _wrapped(tag: str, element: etree._Element, inner: str, reading: _Reading) -> str:
    if tag in _MARKS:
        return around(inner, _MARKS[tag])
    if tag in _KEPT and inner.strip():
        return f"<{tag}>{inner}</{tag}>"
    if tag == "a":
        return link(inner, element.get("href", ""), reading.left_out)
    return inner


def around(inner: str, mark: str) -> str:
    """Emphasis, with blanks at its ends outside of the marks, where they must stand."""
    core = inner.strip()
    if not core or "<br>" in (core[:4], core[-4:]):
        return inner
    start = inner[: len(inner) - len(inner.lstrip())]
    return f"{start}{mark}{core}{mark}{inner[len(inner.rstrip()) :]}"


def link(inner: str, address: str, left_out: Callable[[str, str], None]) -> str:
    """A link to the web; of others the words stay."""
    address = printable(address).strip()
    if not inner.strip() or not address or address.startswith("#"):
        return inner
    if not _LINK.fullmatch(address):
        left_out(f"The link to {address[:60]}", "Put the file under content/ and link to it in the text.")
        return inner
    return f"[{inner.strip()}](<{address}>)"


def _image(element: etree._Element, reading: _Reading) -> str:
    alt = " ".join(printable(element.get("alt", "")).split())
    path = reading.image(element.get("src", ""), alt)
    if path is None:
        return escape(alt)
    if not alt:
        message, remedy = f"The image {path} has no text alternative.", "Write between [ and ] what a learner must know who cannot see it."
        reading.problems.append(warning("import-image-without-alt", reading.where, message, remedy))
    return f"![{escape(alt)}]({path})"


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""
