"""Presentations become pages as a reader would want to read them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from scorm_packager.importers import pptx
from scorm_packager.importing.found import source_of
from scorm_packager.importing.model import Reading
from tests.packager.importers.samples import a_picture

BOX = (Inches(1), Inches(1), Inches(2), Inches(2))


@pytest.fixture
def deck() -> Any:
    return Presentation()


def slide(deck: Any, title: str = "", layout: int = 5) -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        made.shapes.title.text = title
    return made


def read(deck: Any, tmp_path: Path) -> Reading:
    deck.save(str(tmp_path / "deck.pptx"))
    return pptx.read(source_of(tmp_path / "deck.pptx"))


def codes(reading: Reading) -> list[str]:
    return [each.code for each in reading.problems]


def test_it_works(deck: Any, tmp_path: Path) -> None:
    deck.core_properties.title = "Doses"
    slide(deck, "Dose").shapes.add_textbox(*BOX).text_frame.text = "5 mg"
    [page] = read(deck, tmp_path).pages
    assert (page.title, page.text.splitlines()[2:]) == ("Doses", ["## Dose", "", "5 mg"])


@pytest.mark.parametrize("title", ["", "PowerPoint Presentation", "Présentation PowerPoint"])
def test_a_title_that_says_nothing_is_not_taken(deck: Any, tmp_path: Path, title: str) -> None:
    deck.core_properties.title = title
    slide(deck, "Dose")
    assert read(deck, tmp_path).pages[0].title == "deck"


def test_sections_make_pages_in_the_order_of_the_slides(deck: Any, tmp_path: Path) -> None:
    for title in ("One", "Two", "Three"):
        slide(deck, title)
    ids = [each.get("id") for each in deck.slides._sldIdLst]
    p14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    listed = [("First", ids[:1]), ("Second", ids[1:])]
    slides = ["".join(f"<p14:sldId id='{each}'/>" for each in keys) for _, keys in listed]
    named = zip((name for name, _ in listed), slides, strict=True)
    sections = "".join(f"<p14:section name='{name}'><p14:sldIdLst>{each}</p14:sldIdLst></p14:section>" for name, each in named)
    root = deck.part._element
    p = etree.QName(root).namespace
    extension = f'<p:extLst xmlns:p="{p}"><p:ext uri="x"><p14:sectionLst xmlns:p14="{p14}">{sections}</p14:sectionLst></p:ext></p:extLst>'
    root.append(etree.fromstring(extension))
    assert [(page.title, page.text.count("## ")) for page in read(deck, tmp_path).pages] == [("First", 1), ("Second", 2)]


def test_formats_and_links_of_runs_are_kept(deck: Any, tmp_path: Path) -> None:
    paragraph = slide(deck, "x").shapes.add_textbox(*BOX).text_frame.paragraphs[0]
    for words, bold, address in (("See ", None, None), ("WHO", True, "https://who.int/a"), (" now", None, None)):
        run = paragraph.add_run()
        run.text, run.font.bold = words, bold
        if address:
            run.hyperlink.address = address
    assert "See [**WHO**](<https://who.int/a>) now" in read(deck, tmp_path).pages[0].text


def test_what_stands_in_groups_is_found(deck: Any, tmp_path: Path) -> None:
    group = slide(deck, "x").shapes.add_group_shape()
    group.shapes.add_textbox(*BOX).text_frame.text = "inside"
    assert "inside" in read(deck, tmp_path).pages[0].text


def test_a_chart_is_named_with_its_slide(deck: Any, tmp_path: Path) -> None:
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (1,))
    slide(deck, "x").shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, data)
    reading = read(deck, tmp_path)
    assert [(str(each.where), each.message) for each in reading.problems] == [("deck.pptx/slide 1", "A chart was left out.")]


def test_a_film_is_named(deck: Any, tmp_path: Path) -> None:
    slide(deck, "x").shapes.add_movie(io.BytesIO(b"film"), *BOX, poster_frame_image=io.BytesIO(a_picture()), mime_type="video/mp4")
    reading = read(deck, tmp_path)
    assert (codes(reading), reading.media) == (["import-left-out"], ())


def test_one_picture_on_many_slides_is_kept_once(deck: Any, tmp_path: Path) -> None:
    for title in ("One", "Two"):
        picture = slide(deck, title).shapes.add_picture(io.BytesIO(a_picture()), *BOX[:2])
        picture._element.nvPicPr.cNvPr.set("descr", "A logo")
    reading = read(deck, tmp_path)
    assert (len(reading.media), reading.pages[0].text.count("![A logo](image1.png)")) == (1, 2)


def test_a_deck_of_which_nothing_can_be_taken_says_why(deck: Any, tmp_path: Path) -> None:
    slide(deck, layout=6)._element.set("show", "0")
    with pytest.raises(Exception, match=r"import-slide-hidden(.|\n)*import-nothing"):
        read(deck, tmp_path)
