"""Pages from the slides of a PowerPoint presentation: texts, tables and pictures with their alternatives, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from scorm_packager.activity.names import as_markdown
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.importing import office, runs
from scorm_packager.importing.html import table
from scorm_packager.importing.model import Importer, Page, Reading, Source, nothing, warning
from scorm_packager.importing.office import Parts, Related
from scorm_packager.importing.pictures import Pictures
from scorm_packager.importing.prose import paragraph
from scorm_packager.importing.runs import BREAK, Run
from scorm_packager.importing.shelf import Shelf

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("sldNum", "dt", "ftr", "hdr", "sldImg")
_GRAPHICS = {"chart": "A chart", "chartex": "A chart", "diagram": "A diagram (SmartArt)", "ole": "An embedded object"}


class _Slide:
    """One slide on its way to Markdown."""

    def __init__(self, number: int, root: etree._Element, related: Mapping[str, Related], pictures: Pictures, where: Place):
        self.number, self.root, self.related, self.pictures, self.where = number, root, related, pictures, where
        self.title = ""
        self.drawn = 0
        self.problems: list[Problem] = []

    def left_out(self, what: str, remedy: str) -> None:
        self.problems.append(warning("import-left-out", self.where, f"{what} was left out.", remedy))

    def blocks(self) -> list[str]:
        """Everything on the slide but its title, in the order in which a screen reader would read it."""
        tree = self.root.find(f"{_P}cSld/{_P}spTree")
        found = [block for block in self._shapes(tree) if block] if tree is not None else []
        if self.drawn:
            what = f"{self.drawn} drawn {'shape' if self.drawn == 1 else 'shapes'} without text"
            remedy = "If they mean something, save the drawing as a picture with a text alternative."
            self.problems.append(warning("import-drawing-left-out", self.where, f"{what} left out.", remedy))
        return found

    def _shapes(self, tree: etree._Element) -> Iterator[str]:
        for shape in tree:
            if shape.tag == f"{_P}sp":
                yield from self._shape(shape)
            elif shape.tag == f"{_P}pic":
                yield self._picture(shape)
            elif shape.tag == f"{_P}graphicFrame":
                yield self._graphic(shape)
            elif shape.tag in (f"{_P}grpSp", f"{_MC}AlternateContent", f"{_MC}Choice"):
                yield from self._shapes(_chosen(shape))
            elif shape.tag == f"{_P}cxnSp":
                self.drawn += 1

    def _shape(self, shape: etree._Element) -> Iterator[str]:
        kind, text = _placeholder(shape), shape.find(f"{_P}txBody")
        if kind in _FURNITURE:
            return
        if text is None or not "".join(text.itertext(f"{_A}t")).strip():
            self.drawn += kind is None
        elif kind in _TITLES and not self.title:
            self.title = runs.plain(run for each in text.iter(f"{_A}p") for run in (*_runs(each, {}), BREAK))
        else:
            yield self._text(text, listed=kind in ("body", "obj", ""))

    def _text(self, text: etree._Element, *, listed: bool) -> str:
        """Paragraphs. Those of a body are the points of a list, unless their bullet was taken away."""
        found = ""
        for each in text.findall(f"{_A}p"):
            said = runs.line(_runs(each, self.related), self.left_out)
            if not said:
                continue
            point = (listed or _has_bullet(each)) and each.find(f"{_A}pPr/{_A}buNone") is None
            block = f"{'  ' * _level(each) if point else ''}{'- ' if point else ''}{paragraph(said)}"
            found += ("\n" if point and found.rpartition("\n")[2].lstrip().startswith("- ") else "\n\n") + block
        return found.strip("\n")

    def _picture(self, shape: etree._Element) -> str:
        named = shape.find(f"{_P}nvPicPr/{_P}cNvPr")
        media = shape.find(f"{_P}nvPicPr/{_P}nvPr")
        if media is not None and any(media.find(f"{_A}{kind}") is not None for kind in ("videoFile", "audioFile", "wavAudioFile")):
            self.left_out("A film or sound", "Save it as MP4 with captions, and make it a content of its own: `- {video: …}`.")
            return ""
        return self.pictures.markdown(shape, named, self.related, self.where)

    def _graphic(self, shape: etree._Element) -> str:
        grid = next(shape.iter(f"{_A}tbl"), None)
        if grid is not None:
            return self._table(grid)
        data = next(shape.iter(f"{_A}graphicData"), None)
        kind = (data.get("uri", "") if data is not None else "").rpartition("/")[2]
        self.left_out(_GRAPHICS.get(kind, "A graphic"), "Save it as a picture with a text alternative, or write what it shows.")
        return ""

    def _table(self, grid: etree._Element) -> str:
        if any(cell.get(key) for cell in grid.iter(f"{_A}tc") for key in ("gridSpan", "rowSpan")):
            self.left_out("The joining of cells in a table", "Look at the table, and fill in what is missing.")
        return table([[self._cell(cell) for cell in row.findall(f"{_A}tc")] for row in grid.findall(f"{_A}tr")])

    def _cell(self, cell: etree._Element) -> str:
        lines = (runs.line(_runs(each, self.related), self.left_out) for each in cell.iter(f"{_A}p"))
        return "<br>".join(each for each in lines if each)


def recognises(path: Path) -> bool:
    return path.suffix.lower() in (".pptx", ".pptm", ".ppsx", ".potx")


def read(source: Source) -> Reading:
    """One page of each section of the presentation, or one of all slides; a slide is a part of it under its title."""
    shelf, problems = Shelf(source), list[Problem]()
    with office.opened(source) as parts:
        main = parts.main()
        root = parts.xml(main)
        shown = _slides(parts, main, root)
        title = _title(parts) or source.path.stem
        pages = [
            _page(name or title, [shown[key] for key in keys if key in shown], parts, source, Pictures(parts, shelf, problems), problems)
            for name, keys in _sections(root, list(shown))
        ]
    if not any(pages):
        raise nothing(source, problems)
    return Reading((), tuple(page for page in pages if page), shelf.media, (*problems, *shelf.problems))


def _title(parts: Parts) -> str:
    """What the presentation's properties call it, unless it is what PowerPoint calls every new one, in whatever language."""
    said = office.title(parts)
    return "" if "powerpoint" in said.casefold() else said


def _slides(parts: Parts, main: str, root: etree._Element) -> dict[str, tuple[int, str]]:
    """Slide id → its number and its part, in their order."""
    related = parts.related(main)
    listed = enumerate(root.iterfind(f"{_P}sldIdLst/{_P}sldId"), 1)
    found = {each.get("id", ""): (number, related.get(each.get(f"{_R}id", ""))) for number, each in listed}
    return {key: (number, part.target) for key, (number, part) in found.items() if part is not None and not part.outside}


def _sections(root: etree._Element, ids: list[str]) -> list[tuple[str, list[str]]]:
    sections = [
        (each.get("name", ""), [slide.get("id", "") for slide in each.iter(f"{_P14}sldId")]) for each in root.iter(f"{_P14}section")
    ]
    sections = [(name, keys) for name, keys in sections if keys]
    listed = {key for _, keys in sections for key in keys}
    rest = [key for key in ids if key not in listed]
    return ([("", rest)] if rest else []) + sections


def _page(
    title: str, slides: list[tuple[int, str]], parts: Parts, source: Source, pictures: Pictures, problems: list[Problem]
) -> Page | None:
    texts = []
    for number, name in slides:
        where = source.place(f"slide {number}")
        try:
            text = _slide(number, name, parts, where, pictures, problems)
        except ProblemsFound as refused:
            problems += refused.problems
            continue
        texts += [text] if text else []
    if not texts:
        return None
    return Page(title, "\n\n".join((f"# {as_markdown(' '.join(title.split()))}", *texts)) + "\n", source.place())


def _slide(number: int, name: str, parts: Parts, where: Place, pictures: Pictures, problems: list[Problem]) -> str:
    root = parts.xml(name)
    if root.get("show", "1") in ("0", "false"):
        problems.append(
            warning("import-slide-hidden", where, "This slide is hidden, and was passed over.", "Show it, if learners are to see it.")
        )
        return ""
    slide = _Slide(number, root, parts.related(name), pictures, where)
    blocks = [*slide.blocks(), *_notes(slide, parts)]
    problems += slide.problems
    if not blocks and not slide.title:
        problems.append(warning("import-slide-empty", where, "Nothing on this slide could be taken.", "Look at it in PowerPoint."))
        return ""
    heading = f"## {as_markdown(slide.title)}" if slide.title else "---"
    return "\n\n".join((heading, *blocks))


def _notes(slide: _Slide, parts: Parts) -> Iterator[str]:
    """What the speaker says."""
    name = next((each.target for each in slide.related.values() if each.kind == "notesSlide" and not each.outside), None)
    if name is None:
        return
    related = parts.related(name)
    for shape in parts.xml(name).iter(f"{_P}sp"):
        text = shape.find(f"{_P}txBody")
        if _placeholder(shape) == "body" and text is not None:
            for each in text.findall(f"{_A}p"):
                said = runs.line(_runs(each, related), slide.left_out)
                if said:
                    yield paragraph(said)


# --- shapes and texts -----------------------------------------------------------------------------


def _chosen(shape: etree._Element) -> etree._Element:
    """Of alternatives the first, which newer programs show."""
    choice = shape.find(f"{_MC}Choice")
    return shape if choice is None else choice


def _placeholder(shape: etree._Element) -> str | None:
    """The type of a placeholder ("" when it does not say); None for a shape of the author's own."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return None if found is None else found.get("type", "")


def _level(text: etree._Element) -> int:
    properties = text.find(f"{_A}pPr")
    level = properties.get("lvl", "0") if properties is not None else "0"
    return min(int(level), 8) if level.isdigit() else 0


def _has_bullet(text: etree._Element) -> bool:
    return any(text.find(f"{_A}pPr/{_A}{kind}") is not None for kind in ("buChar", "buAutoNum", "buBlip"))


def _runs(text: etree._Element, related: Mapping[str, Related]) -> Iterator[Run]:
    for each in text:
        if each.tag == f"{_A}br":
            yield BREAK
        elif each.tag in (f"{_A}r", f"{_A}fld"):
            yield _run(each, related)


def _run(each: etree._Element, related: Mapping[str, Related]) -> Run:
    words = (each.findtext(f"{_A}t") or "").replace("\v", " ")
    form = each.find(f"{_A}rPr")
    if form is None:
        return Run(words)
    baseline = form.get("baseline", "0")
    height = "" if not baseline.strip("-0%") else "sub" if baseline.startswith("-") else "sup"
    clicked = form.find(f"{_A}hlinkClick")
    to = related.get(clicked.get(f"{_R}id", "")) if clicked is not None else None
    address = to.target if to and to.outside else ""
    return Run(words, form.get("b") in ("1", "true"), form.get("i") in ("1", "true"), height, address)  # type: ignore[arg-type]


IMPORTER = Importer("slides of PowerPoint", "pages", recognises, read)
