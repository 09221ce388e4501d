"""What somebody sends is refused or rendered harmless: nothing is run, fetched, unpacked without bound or written elsewhere."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path

import pytest

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.importing.found import importer_for, importers
from scorm_packager.importing.model import Importer, Reading
from scorm_packager.importing.shelf import MAXIMUM, Shelf
from tests.packager.importers.samples import a_picture, a_source, a_zip, sample

ZIPS = [each for each in importers() if each.key in ("docx", "pptx", "qti", "xlsx")]
XMLS = {"moodle-xml": "<quiz>", "qti": '<assessmentItem identifier="a">'}
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'


def codes(importer: Importer, path: Path) -> list[str]:
    """What is said of a file, whether it is refused or read."""
    try:
        return [each.code for each in importer.read(a_source(path)).problems]
    except ProblemsFound as found:
        return [each.code for each in found.problems]


def changed(path: Path, target: Path, change: dict[str, bytes]) -> Path:
    """A copy of a zip with other bytes in some members."""
    with zipfile.ZipFile(path) as old:
        return a_zip(target, {name: old.read(name) for name in old.namelist()} | change)


def first_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as opened:
        return next(name for name in opened.namelist() if name.endswith(("workbook.xml", "document.xml", "slide2.xml", "imsmanifest.xml")))


@pytest.mark.parametrize("importer", ZIPS, ids=lambda each: each.key)
def test_a_zip_bomb_is_refused(importer: Importer, tmp_path: Path) -> None:
    bomb = changed(sample(importer.key, tmp_path), tmp_path / f"bomb.{importer.key}", {"bomb.xml": b"\0" * (4 << 20)})
    assert codes(importer, bomb) == ["zip-bomb"]


@pytest.mark.parametrize("importer", ZIPS, ids=lambda each: each.key)
def test_a_member_that_climbs_out_is_refused(importer: Importer, tmp_path: Path) -> None:
    path = changed(sample(importer.key, tmp_path), tmp_path / f"climbs.{importer.key}", {"../../evil.xml": b"<a/>"})
    assert codes(importer, path) == ["name-climbs"]
    assert not (tmp_path.parent.parent / "evil.xml").exists()


@pytest.mark.parametrize("importer", ZIPS, ids=lambda each: each.key)
def test_entities_in_a_part_are_refused(importer: Importer, tmp_path: Path) -> None:
    made = sample(importer.key, tmp_path)
    path = changed(made, tmp_path / f"laughs.{importer.key}", {first_xml(made): f"{LAUGHS}<x>&b;&file;</x>".encode()})
    assert "xml-doctype" in codes(importer, path)


@pytest.mark.parametrize("key", XMLS)
def test_entities_in_an_xml_file_are_refused(key: str, tmp_path: Path) -> None:
    [importer] = [each for each in importers() if each.key == key]
    (tmp_path / "bank.xml").write_text(f'<?xml version="1.0"?>{LAUGHS}{XMLS[key]}&b;&file;</x>')
    assert codes(importer, tmp_path / "bank.xml")[0] in ("xml-doctype", "xml-malformed")


@pytest.mark.parametrize("importer", importers(), ids=lambda each: each.key)
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 4096, b"PK\x03\x04" + b"\xff" * 100, b"\xff\xfe\x00", b"<quiz", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_rubbish_is_a_problem_and_no_crash(importer: Importer, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(data)
    assert codes(importer, path) or data.strip(b"\0") == b"" or importer.key in ("markdown", "gift")


@pytest.mark.parametrize("importer", ZIPS, ids=lambda each: each.key)
def test_a_cut_off_file_is_a_problem_and_no_crash(importer: Importer, tmp_path: Path) -> None:
    whole = sample(importer.key, tmp_path).read_bytes()
    for part in (len(whole) // 3, len(whole) - 30):
        path = tmp_path / "cut"
        path.write_bytes(whole[:part])
        assert codes(importer, path)


@pytest.mark.parametrize("importer", ZIPS, ids=lambda each: each.key)
def test_a_part_that_is_lost_is_a_problem_and_no_crash(importer: Importer, tmp_path: Path) -> None:
    made = sample(importer.key, tmp_path)
    with zipfile.ZipFile(made) as old:
        files = {name: old.read(name) for name in old.namelist()}
    for name in [each for each in files if each.endswith((".xml", ".rels"))]:
        path = a_zip(tmp_path / "lost", {other: data for other, data in files.items() if other != name})
        codes(importer, path)


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def put(data: bytes, tmp_path: Path) -> list[str]:
    shelf = Shelf(a_source(tmp_path / "bank.xml", "x"))
    shelf.put(data, "figure.png", a_source(tmp_path / "bank.xml", "x").place())
    return [each.code for each in shelf.problems] or [each.name for each in shelf.media]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", "<a xlink:href='javascript:alert(1)'><rect/></a>", "<rect onclick='alert(1)'/>", "<image href='https://x.example/a.png'/>",
        "<foreignObject><p/></foreignObject>", "<style>@import url(https://x.example)</style>", "<rect style='fill:url(https://x.example)'/>",
        "<use xlink:href='//x.example/a.svg#b'/>", "<animate attributeName='href' to='javascript:alert(1)'/>", "<SCRIPT/>",
        "<image href='data:image/svg+xml;base64,AA=='/>",
    ],
)  # fmt: skip
def test_a_drawing_that_does_more_than_draw_is_left_out(inside: str, tmp_path: Path) -> None:
    assert put(DRAWING.format(inside).encode(), tmp_path) == ["import-image-unsafe"]


def test_a_drawing_that_only_draws_is_taken(tmp_path: Path) -> None:
    inside = "<defs><linearGradient id='g'/></defs><rect fill='url(#g)'/><use xlink:href='#g'/>"
    assert put(DRAWING.format(inside).encode(), tmp_path) == ["figure.svg"]


def test_an_image_is_called_what_its_bytes_are_and_not_what_it_says(tmp_path: Path) -> None:
    assert put(b"GIF89a" + b"\0" * 20, tmp_path) == ["figure.gif"]
    assert put(b"MZ\x90\0" + b"\0" * 20, tmp_path) == ["import-image-kind"]
    assert put(b"<html><script>alert(1)</script></html>", tmp_path) == ["import-image-kind"]


def test_an_image_without_bound_is_left_out(tmp_path: Path) -> None:
    assert put(a_picture() + b"\0" * MAXIMUM, tmp_path) == ["import-image-too-large"]


def of_moodle(text: str, files: str, tmp_path: Path) -> Reading:
    asked = f"<questiontext format='html'><text><![CDATA[{text}]]></text>{files}</questiontext>"
    answer = "<answer fraction='100'><text>true</text></answer>"
    body = f"<quiz><question type='truefalse'><name><text>n</text></name>{asked}{answer}</question></quiz>"
    source = a_source(tmp_path / "bank.xml", body)
    return importer_for(source.path).read(source)


def test_a_name_that_climbs_stays_in_the_folder_of_the_import(tmp_path: Path) -> None:
    file = f"<file name='../../../evil.png' encoding='base64'>{base64.b64encode(a_picture()).decode()}</file>"
    reading = of_moodle("<img src='@@PLUGINFILE@@/../../../evil.png' alt='x'>Is it?", file, tmp_path)
    assert [each.name for each in reading.media] == ["evil.png"]


def test_an_image_on_the_web_is_not_fetched(tmp_path: Path) -> None:
    reading = of_moodle("<img src='http://127.0.0.1:9/a.png' alt='x'>Is it?", "", tmp_path)
    assert (reading.media, [each.code for each in reading.problems]) == ((), ["import-image-elsewhere"])


def test_a_page_cannot_bring_along_what_lies_outside_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(a_picture())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "a.md").write_text("# A\n\n![x](../secret.png)\n\n![x](link.png)\n\n![x](/etc/passwd)\n")
    reading = importer_for(folder).read(a_source(folder))
    assert reading.media == ()
    assert [each.code for each in reading.problems] == ["import-file-outside"] * 3


def test_many_signs_that_open_something_are_read_to_their_end(tmp_path: Path) -> None:
    [gift] = [each for each in importers() if each.key == "gift"]
    for text in ("{" * 50_000, "\\" * 50_001, "::" * 25_000, "=~" * 25_000, "{" + "~%" * 25_000 + "}", "{#" + "1" * 50_000 + "}"):
        assert codes(gift, a_source(tmp_path / "bank.gift", text).path)  # soon: no sign is looked at again and again


def test_a_workbook_that_claims_to_be_endless_is_read_to_its_limit(tmp_path: Path) -> None:
    made = sample("xlsx", tmp_path)
    cells = '<row r="1"><c r="A1" t="str"><v>question</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    claim = '<dimension ref="A1:XFD1048576"/>'
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{claim}<sheetData>{cells}</sheetData></worksheet>'
    )
    path = changed(made, tmp_path / "endless.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()})
    [importer] = [each for each in importers() if each.key == "xlsx"]
    assert "import-too-many-rows" in codes(importer, path)


def test_a_cell_that_refers_to_no_text_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>999999</v></c></row></sheetData></worksheet>'
    path = changed(sample("xlsx", tmp_path), tmp_path / "damaged.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()})
    [importer] = [each for each in importers() if each.key == "xlsx"]
    assert codes(importer, path) == ["import-xlsx-damaged"]
