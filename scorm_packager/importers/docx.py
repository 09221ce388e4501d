"""Pages from a Word document: one for each heading of the first level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from scorm_packager.activity.names import as_markdown
from scorm_packager.activity.problems import Place, Problem
from scorm_packager.importing import office, runs
from scorm_packager.importing.html import table
from scorm_packager.importing.model import Importer, Page, Reading, Source, nothing, warning
from scorm_packager.importing.office import Parts, Related
from scorm_packager.importing.pictures import Pictures
from scorm_packager.importing.prose import paragraph
from scorm_packager.importing.runs import BREAK, Run
from scorm_packager.importing.shelf import Shelf
from scorm_packager.importing.word import Style, W, Word, is_on, value, word

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = ("del", "moveFrom")  # tracked changes: what was taken away
_THROUGH = ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
_SIGNS = {"tab": " ", "noBreakHyphen": "‑", "softHyphen": "", "cr": "<br>"}


@dataclass
class _Part:
    """One page as it grows."""

    title: str
    where: Place
    blocks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        notes = [f"{number}. {note}" for number, note in enumerate(self.notes, 1)]
        return "\n\n".join((f"# {as_markdown(self.title)}", *self.blocks, *(["---", "\n".join(notes)] if notes else []))) + "\n"


class _Document:
    """The document on its way to pages."""

    def __init__(self, parts: Parts, source: Source, shelf: Shelf):
        self.main = parts.main()
        self.word: Word = word(parts, self.main)
        self.related: Mapping[str, Related] = parts.related(self.main)
        self.source = source
        self.problems: list[Problem] = []
        self.pictures = Pictures(parts, shelf, self.problems)
        self.title = office.title(parts) or re.sub(r"[-_]+", " ", source.path.stem)
        self.number = 0
        self.pages = [_Part(self.title, source.place())]
        self.pending: list[str] = []  # texts of boxes that hang at the paragraph being read

    # -- what is said --

    @property
    def where(self) -> Place:
        """Paragraphs have no numbers in Word; the page's title and a count say where to look."""
        return self.source.place(f"paragraph {self.number}")

    def warn(self, code: str, message: str, remedy: str) -> None:
        self.problems.append(warning(code, self.where, message, remedy))

    def left_out(self, what: str, remedy: str) -> None:
        self.warn("import-left-out", f"{what} was left out.", remedy)

    # -- blocks --

    def take(self, body: etree._Element) -> None:
        for each in body:
            name = etree.QName(each).localname if isinstance(each.tag, str) else ""
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self._add(self._table(each))
            elif name == "sdt" and value(each, "sdtPr/docPartObj/docPartGallery").startswith("Table of Contents"):
                continue
            elif name in _THROUGH:
                self.take(each)

    def _paragraph(self, element: etree._Element) -> None:
        self.number += 1
        style = self._style(element)
        said = list(self._runs(element, style))
        text = runs.line(said, self.left_out)
        if style.name.startswith("toc "):
            return
        if text and style.name == "title" and not self.pages[0].blocks:
            self.pages[0].title = runs.plain(said) or self.title
        elif text and style.heading == 1:
            self.pages.append(_Part(runs.plain(said) or self.title, self.where))
            self._images_of(said)
        elif text and style.heading:
            self._add(f"{'#' * min(style.heading, 6)} {text}")
        elif text:
            self._add(self._point(element, style) + paragraph(text))
        for block in self.pending:
            self._add(block)
        self.pending.clear()

    def _images_of(self, said: list[Run]) -> None:
        """A picture in the line of a page's title stands below it."""
        for run in said:
            if run.made.startswith("!["):
                self._add(run.made)

    def _add(self, block: str) -> None:
        if not block:
            return
        blocks = self.pages[-1].blocks
        if blocks and _is_point(block) and _is_point(blocks[-1].rpartition("\n")[2]):
            blocks[-1] += "\n" + block
        else:
            blocks.append(block)

    def _style(self, element: etree._Element) -> Style:
        found = self.word.styles.get(value(element, "pPr/pStyle"), Style())
        level = value(element, "pPr/outlineLvl")
        return replace(found, heading=int(level) + 1) if level.isdigit() and int(level) < 9 and not found.heading else found

    def _point(self, element: etree._Element, style: Style) -> str:
        """The mark of a point in a list, or nothing."""
        number = value(element, "pPr/numPr/numId") or style.number
        if not number or number == "0":
            return ""
        said = value(element, "pPr/numPr/ilvl")
        level = min(int(said), 8) if said.isdigit() else style.level
        return "   " * level + ("1. " if (number, level) in self.word.ordered else "-  ")

    def _table(self, element: etree._Element) -> str:
        joined = any(value(cell, "tcPr/gridSpan") or cell.find(f"{W}tcPr/{W}vMerge") is not None for cell in element.iter(f"{W}tc"))
        if joined:
            self.left_out("The joining of cells in a table", "Look at the table, and fill in what is missing.")
        return table([[self._cell(cell) for cell in row.iter(f"{W}tc")] for row in element.iter(f"{W}tr")])

    def _cell(self, element: etree._Element) -> str:
        lines = (runs.line(self._runs(each, self._style(each)), self.left_out) for each in element.iter(f"{W}p"))
        return "<br>".join(each for each in lines if each)

    # -- inside a paragraph --

    def _runs(self, element: etree._Element, style: Style, address: str = "") -> Iterator[Run]:
        for each in element:
            name = etree.QName(each).localname if isinstance(each.tag, str) else ""
            if name == "r":
                yield from self._run(each, style, address)
            elif name == "hyperlink":
                to = self.related.get(each.get(f"{_R}id", ""))
                yield from self._runs(each, style, to.target if to and to.outside else "")
            elif name in _GONE:
                self.warn("import-tracked-change", "A tracked deletion was taken as accepted.", "Accept or reject changes in Word first.")
            elif name in ("oMath", "oMathPara"):
                yield self._formula(each)
            elif name in _THROUGH:
                yield from self._runs(each, style, address)

    def _run(self, element: etree._Element, style: Style, address: str) -> Iterator[Run]:
        if is_on(element.find(f"{W}rPr"), "vanish"):
            self.left_out("Hidden text", "Show it in Word, if learners are to read it.")
            return
        form = self._form(element, style, address)
        for each in element:
            name = etree.QName(each).localname if isinstance(each.tag, str) else ""
            if name == "t":
                yield replace(form, text=each.text or "")
            elif name == "br":
                yield BREAK if each.get(f"{W}type", "") in ("", "textWrapping") else Run(" ")
            elif name in _SIGNS:
                yield replace(form, text=_SIGNS[name]) if name != "cr" else BREAK
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._note(name.removesuffix("Reference"), each)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                yield Run(made=self._drawing(each))
            elif name == "sym":
                self.left_out("A sign of a symbol font", "Type it as a letter: Insert › Symbol, from a normal text font.")
            elif name == "commentReference":
                self.left_out("A comment", "Nothing need be done, unless learners were to read it.")

    def _form(self, element: etree._Element, style: Style, address: str) -> Run:
        own = element.find(f"{W}rPr")
        named = self.word.styles.get(value(own, "rStyle"), Style())
        heading = bool(style.heading) or style.name == "title"  # they stand out by themselves
        bold = _either(is_on(own, "b"), named.bold or style.bold)
        italic = _either(is_on(own, "i"), named.italic or style.italic)
        height = {"superscript": "sup", "subscript": "sub"}.get(value(own, "vertAlign"), "")
        return Run("", bold and not heading, italic and not heading, height, address)  # type: ignore[arg-type]

    def _note(self, kind: str, reference: etree._Element) -> Run:
        note = self.word.footnotes.get(f"{kind} {reference.get(f'{W}id')}")
        if note is None:
            return Run()
        said = (runs.line(self._runs(each, Style()), self.left_out) for each in note.iter(f"{W}p"))
        self.pages[-1].notes.append("<br>".join(text for text in said if text))
        return Run(made=f"<sup>{len(self.pages[-1].notes)}</sup>")

    def _formula(self, element: etree._Element) -> Run:
        words = "".join(element.itertext(f"{_M}t"))
        self.warn(
            "import-formula-as-text", f"A formula was taken as its plain signs: {words[:40]}", "Write it out, or save it as a picture."
        )
        return Run(words)

    def _drawing(self, element: etree._Element) -> str:
        choice = element.find(f"{_MC}Choice")
        element = element if choice is None else choice
        boxes = [box for box in element.iter(f"{W}txbxContent")]
        for box in boxes:
            texts = (runs.line(self._runs(each, self._style(each)), self.left_out) for each in box.iter(f"{W}p"))
            self.pending += [paragraph(text) for text in texts if text]
        named = next(element.iter(f"{_WP}docPr"), None)
        made = self.pictures.markdown(element, named, self.related, self.where)
        if not made and not boxes and next(element.iter("{*}blip"), None) is None:
            self.left_out("A drawing, chart or embedded object", "Save it as a picture with a text alternative, or write what it shows.")
        return made


def _either(own: bool | None, of_style: bool) -> bool:
    return of_style if own is None else own


def _is_point(block: str) -> bool:
    return bool(re.match(r" *(?:-|1\.) ", block))


def recognises(path: Path) -> bool:
    return path.suffix.lower() in (".docx", ".docm", ".dotx")


def read(source: Source) -> Reading:
    shelf = Shelf(source)
    with office.opened(source) as parts:
        document = _Document(parts, source, shelf)
        body = parts.xml(document.main).find(f"{W}body")
        if body is not None:
            document.take(body)
    pages = [Page(" ".join(each.title.split()), each.text(), each.where) for each in document.pages if each.blocks or each.notes]
    if not pages:
        raise nothing(source, list(_once(document.problems)))
    empty = [each for each in document.pages[1:] if not each.blocks and not each.notes]
    problems = [warning("import-page-empty", each.where, f"Nothing stands under “{each.title}”.", "Write the page.") for each in empty]
    return Reading((), tuple(pages), shelf.media, (*_once(document.problems), *problems, *shelf.problems))


def _once(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


IMPORTER = Importer("a Word document", "pages", recognises, read)
