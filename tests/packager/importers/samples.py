"""A sample file for each importer: hand-made texts as they lie in its folder, and binary files made by the libraries of their makers."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from openpyxl import Workbook
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from scorm_packager.importing.found import source_of
from scorm_packager.importing.model import Reading, Source

FOLDER = Path(__file__).parent


def a_picture(shade: int = 0) -> bytes:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes((0, shade)))) + chunk(b"IEND", b"")


def a_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def sample(key: str, folder: Path) -> Path:
    """The sample of an importer, in `folder` when it has to be made."""
    if key in _MADE:
        return _MADE[key](folder)
    [found] = [each for each in (FOLDER / key).iterdir() if each.stem == "sample"]
    return found


def a_source(path: Path, text: str | bytes = b"") -> Source:
    """A file with this content, as importers are given it."""
    if text:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return source_of(path)


def told(reading: Reading) -> list[str]:
    """Every problem as its place, severity and code."""
    return [f"{each.where} {each.severity} {each.code}" for each in reading.problems]


# --- binary samples -------------------------------------------------------------------------------


def _workbook(folder: Path) -> Path:
    """The table of the CSV sample, with what only a workbook can hold: another sheet, a date, a formula, numbers."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Notes"
    sheet.append(["Written for the emergency department"])
    bank: Any = book.create_sheet("Bank")
    with (FOLDER / "csv" / "sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            bank.append([value or None for value in row])
    bank["I4"] = False
    bank["H9"] = date(2026, 1, 2)
    bank["J9"] = "=1+1"
    book.save(folder / "sample.xlsx")
    return folder / "sample.xlsx"


def _package(folder: Path) -> Path:
    root = FOLDER / "qti" / "sample"
    return a_zip(folder / "sample.zip", {each.relative_to(root).as_posix(): each.read_bytes() for each in sorted(root.rglob("*.xml"))})


def _document(folder: Path) -> Path:
    document = Document()
    document.core_properties.title = "not shown: the title below is"
    document.add_heading("Sepsis", 0)
    document.add_paragraph("Sepsis is life-threatening organ dysfunction caused by a dysregulated host response to infection.")
    document.add_heading("Recognize", 1)
    text = document.add_paragraph("Think of ")
    text.add_run("sepsis").bold = True
    text.add_run(" when the ")
    text.add_run("quick").italic = True
    text.add_run(" SOFA_score * is < 2 or more; PaO")
    text.add_run("2").font.subscript = True
    text.add_run(" may fall.").add_break(WD_BREAK.LINE)
    document.add_paragraph("Respiratory rate", style="List Bullet")
    document.add_paragraph("22/min or more", style="List Bullet 2")
    document.add_paragraph("Mentation", style="List Bullet")
    document.add_heading("Limits", 2)
    table = document.add_table(2, 2)
    for cell, words in zip([*table.rows[0].cells, *table.rows[1].cells], ("Sign", "Limit", "Rate | f", "22/min"), strict=True):
        cell.text = words
    for shade, alternative in ((0, "A fever chart"), (1, "")):
        document.add_picture(io.BytesIO(a_picture(shade)))
        document.inline_shapes[shade]._inline.docPr.set("descr", alternative)
    document.add_heading("Treat", 1)
    document.add_paragraph("Take cultures", style="List Number")
    document.add_paragraph("Give antibiotics within an hour", style="List Number")
    document.add_paragraph("1. is how this paragraph begins.")
    document.save(str(folder / "sample.docx"))
    return folder / "sample.docx"


def _slides(folder: Path) -> Path:
    deck: Any = Presentation()
    deck.core_properties.title = "Sepsis in four slides"
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text, first.placeholders[1].text = "Sepsis", "For the ward"
    signs = deck.slides.add_slide(deck.slide_layouts[1])
    signs.shapes.title.text = "Signs"
    points = signs.placeholders[1].text_frame
    points.text = "Respiratory rate"
    for level, words in ((1, "22/min or more"), (0, "Mentation")):
        point = points.add_paragraph()
        point.text, point.level = words, level
    signs.notes_slide.notes_text_frame.text = "Say that *one* sign is not enough.\nThen pause."
    _picture(signs, 0, "A fever chart")
    _picture(signs, 1, "A wristband").crop_left = 0.2
    table = signs.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(2), Inches(1)).table
    for (row, column), words in {(0, 0): "Sign", (0, 1): "Limit", (1, 0): "Rate", (1, 1): "22/min"}.items():
        table.cell(row, column).text = words
    deck.slides.add_slide(deck.slide_layouts[6])._element.set("show", "0")
    last = deck.slides.add_slide(deck.slide_layouts[6])
    last.shapes.add_textbox(Inches(1), Inches(1), Inches(1), Inches(1)).text_frame.text = "Call for help early."
    last.shapes.add_shape(MSO_SHAPE.RIGHT_ARROW, Inches(1), Inches(1), Inches(1), Inches(1))
    deck.save(str(folder / "sample.pptx"))
    return folder / "sample.pptx"


def _picture(slide: Any, shade: int, alternative: str) -> Any:
    picture = slide.shapes.add_picture(io.BytesIO(a_picture(shade)), Inches(1), Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", alternative)
    return picture


def _folder(folder: Path) -> Path:
    root = folder / "sample"
    (root / "more" / "img").mkdir(parents=True)
    (root / "2-recognize.md").write_text("# Recognize\n\n![A fever chart](chart.png)\n\nSee [the last page](more/10-treat.md).\n")
    (root / "10-last.md").write_text("---\ntitle: Last things\nlayout: post\n---\nCall for help early.\n")
    (root / "more" / "10-treat.md").write_text(
        "# Treat\n\n![A drip](img/drip.png) and ![a vein](img/vein.png)\n\n[Leaflet](../leaflet.pdf)\n"
    )
    (root / "chart.png").write_bytes(a_picture(0))
    (root / "more" / "img" / "drip.png").write_bytes(a_picture(1))
    (root / "leaflet.pdf").write_bytes(b"%PDF-1.4")
    (root / ".git").mkdir()
    (root / ".git" / "hidden.md").write_text("# Hidden")
    return root


_MADE: Mapping[str, Callable[[Path], Path]] = {"xlsx": _workbook, "qti": _package, "docx": _document, "pptx": _slides, "markdown": _folder}
