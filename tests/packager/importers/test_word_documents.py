"""What Word keeps in a document, part by part (ISO/IEC 29500-1, 17): shown to learners, or named as left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.importers import docx
from scorm_packager.importing.found import source_of
from scorm_packager.importing.model import Reading
from tests.packager.importers.samples import a_picture, a_zip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:wp="{WP}" xmlns:m="{M}" xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def related(key: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}" {more}/>'


def read(tmp_path: Path, body: str, **parts: str) -> Reading:
    """A document of this body, with other parts by their name (footnotes, styles, numbering)."""
    rels = related("img", "image", "media/ecg.png") + related("web", "hyperlink", "https://who.int/a", 'TargetMode="External"')
    rels += related("file", "hyperlink", "file:///C:/secret.docx", 'TargetMode="External"')
    rels += "".join(related(name, name, f"{name}.xml") for name in parts)
    files = {
        "_rels/.rels": _RELS.format(related("doc", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELS.format(rels),
        **{f"word/{name}.xml": text.replace(">", f" {_NAMES}>", 1) for name, text in parts.items()},
    }
    data = {name: text.encode() for name, text in files.items()} | {"word/media/ecg.png": a_picture()}
    return docx.read(source_of(a_zip(tmp_path / "text.docx", data)))


def text(reading: Reading) -> str:
    return "\n===\n".join(page.text.partition("\n\n")[2].strip() for page in reading.pages)


def codes(reading: Reading) -> list[str]:
    return [each.code for each in reading.problems]


def p(inside: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{inside}</w:p>"


def r(words: str, form: str = "") -> str:
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def picture(more: str = "", named: str = 'descr="An ECG"', inside: str = "") -> str:
    inline = f'<wp:docPr id="1" name="x" {named}>{inside}</wp:docPr><a:blip r:embed="img"/>{more}'
    return f"<w:r><w:drawing><wp:inline>{inline}</wp:inline></w:drawing></w:r>"


def test_it_works(tmp_path: Path) -> None:
    assert text(read(tmp_path, p(r("Give ") + r("oxygen", "<w:b/>") + r(".")))) == "Give **oxygen**."


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (r("a", "<w:b/>") + r("b", "<w:b/>"), "**ab**"),
        (r("a", '<w:b w:val="0"/>'), "a"),
        (r("CO") + r("2", '<w:vertAlign w:val="subscript"/>'), "CO<sub>2</sub>"),
        (r("a ", "<w:i/>") + r("b"), "*a* b"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a<br>b"),
        (f'<w:hyperlink r:id="web">{r("WHO")}</w:hyperlink>', "[WHO](<https://who.int/a>)"),
        (f"<w:ins>{r('new')}</w:ins>", "new"),
        (f"<w:smartTag>{r('kept')}</w:smartTag>", "kept"),
        (f"<w:sdt><w:sdtContent>{r('kept')}</w:sdtContent></w:sdt>", "kept"),
        (picture(), "![An ECG](ecg.png)"),
        ("<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>" + r("shown"), "shown"),
    ],
)  # fmt: skip
def test_what_a_paragraph_shows(inside: str, shown: str, tmp_path: Path) -> None:
    reading = read(tmp_path, p(inside))
    assert (text(reading), codes(reading)) == (shown, [])


@pytest.mark.parametrize(
    ("inside", "shown", "code"),
    [
        (r("a") + f"<w:del>{r('old')}</w:del>", "a", "import-tracked-change"),
        (r("a") + r("hidden", "<w:vanish/>"), "a", "import-left-out"),
        (r("a") + f'<w:hyperlink r:id="file">{r("b")}</w:hyperlink>', "ab", "import-left-out"),
        ("<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", "a=b", "import-formula-as-text"),
        (r("a") + "<w:r><w:object/></w:r>", "a", "import-left-out"),
        (r("a") + '<w:r><w:commentReference w:id="1"/></w:r>', "a", "import-left-out"),
        (r("a") + '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "a", "import-left-out"),
        (r("a") + picture('<a:srcRect l="10000"/>'), "a", "import-image-cropped"),
        (r("a") + picture(inside='<adec:decorative val="1"/>'), "a", "import-image-decorative"),
        (picture(named='descr=""'), "![](ecg.png)", "import-image-without-alt"),
        (picture(named='descr="IMG_0001.PNG"'), "![IMG_0001.PNG](ecg.png)", "import-image-alt-is-a-name"),
    ],
)  # fmt: skip
def test_what_is_doubtful_or_left_out_is_named(inside: str, shown: str, code: str, tmp_path: Path) -> None:
    reading = read(tmp_path, p(inside))
    assert (text(reading), codes(reading)) == (shown, [code])


def test_the_text_of_a_box_comes_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{p(r('boxed'))}</w:txbxContent></w:drawing></w:r>"
    assert text(read(tmp_path, p(box + r("first")))) == "first\n\nboxed"


def test_footnotes_stand_at_the_end_of_their_page(tmp_path: Path) -> None:
    heading = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p>{heading}{r('One')}</w:p>{p(r('a') + note.format(2))}<w:p>{heading}{r('Two')}</w:p>{p(r('b') + note.format(3))}"
    notes = (
        f'<w:footnotes><w:footnote w:id="2">{p(r("first"))}</w:footnote><w:footnote w:id="3">{p(r("second"))}</w:footnote></w:footnotes>'
    )
    assert text(read(tmp_path, body, footnotes=notes)) == "a<sup>1</sup>\n\n---\n\n1. first\n===\nb<sup>1</sup>\n\n---\n\n1. second"


def test_a_style_that_is_based_on_a_heading_is_one(tmp_path: Path) -> None:
    styles = (
        '<w:styles><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Mine"><w:name w:val="Ours"/><w:basedOn w:val="H2"/></w:style>'
        '<w:style w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style></w:styles>'
    )
    body = p(r("Dose"), '<w:pStyle w:val="Mine"/>') + p(r("5 mg"), '<w:pStyle w:val="Loop"/>')
    assert text(read(tmp_path, body, styles=styles)) == "## Dose\n\n5 mg"


def test_lists_keep_their_kind_and_level(tmp_path: Path) -> None:
    levels = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
    counted = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
    numbering = f'<w:numbering>{counted}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    point = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = p(r("one"), point.format(0)) + p(r("detail"), point.format(1)) + p(r("two"), point.format(0)) + p(r("after"))
    assert text(read(tmp_path, body, numbering=numbering)) == "1. one\n   -  detail\n1. two\n\nafter"


def test_a_table_of_contents_is_not_content(tmp_path: Path) -> None:
    kind = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    toc = f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{p(r('1 Dose 3'))}</w:sdtContent></w:sdt>"
    assert text(read(tmp_path, toc + p(r("Dose")))) == "Dose"
