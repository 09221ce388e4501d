"""What goes into an LMS's catalogue, and what its host signs: complete, in the rule-makers' words, and safe to paste."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.resources import templates
from scorm_packager.lms_advice.attestation import attestation, host_conditions
from scorm_packager.lms_advice.catalogue import catalogue
from scorm_packager.lms_advice.document import Bullet, Document, Field, Paragraph, Section, html, lines, markdown
from scorm_packager.lms_advice.plain_text import plain_text
from tests.packager.builders import a_definition, a_preset, codes

ACCREDITED = (
    "<p>The Northfield Institute is accredited by the Accreditation Council for Continuing Medical Education (ACCME) to provide "
    "continuing medical education for physicians.</p>"
)
DESIGNATED = (
    "<p>The Northfield Institute designates this enduring material for a maximum of 1.25 <em>AMA PRA Category 1 Credits</em>™. "
    "Physicians should claim only the credit commensurate with the extent of their participation in the activity.</p>"
)
TODAY = date(2026, 11, 22)


def block(kind: str, heading: str, text: str) -> dict[str, str]:
    return {"kind": kind, "heading": heading, "html": text}


def an_activity(**different: Any) -> Definition:
    """With objectives, faculty, dates, and both statements."""
    blocks = [
        block("objectives", "Learning objectives", "<ul>\n<li>Choose an agent.</li>\n<li>Choose a dose.</li>\n</ul>"),
        block("faculty", "Faculty", "<ul>\n<li>Maria Okafor, MD</li>\n</ul>"),
        block("dates", "Dates", "<dl>\n<dt>Release date</dt>\n<dd>December 1, 2026</dd>\n</dl>"),
        block("accreditation", "Accreditation", ACCREDITED),
        block("designation", "Credit designation", DESIGNATED),
    ]
    return a_definition(**{"title": "Sample", "front_matter": blocks, "accreditation_html": ACCREDITED, **different})


# --- the catalogue --------------------------------------------------------------------------------


def test_it_works() -> None:
    found = catalogue(an_activity(), TODAY)
    assert found.full is not None
    assert found.full.plain == (
        "Sample\n\nNorthfield Institute\n\nFor tests.\n\nLearning objectives\n\n- Choose an agent.\n- Choose a dose.\n\n"
        "Faculty\n\n- Maria Okafor, MD\n\nAccreditation\n\n"
        "The Northfield Institute is accredited by the Accreditation Council for Continuing Medical Education (ACCME) to provide "
        "continuing medical education for physicians.\n\nCredit designation\n\n"
        "The Northfield Institute designates this enduring material for a maximum of 1.25 AMA PRA Category 1 Credits™. "
        "Physicians should claim only the credit commensurate with the extent of their participation in the activity.\n\n"
        "Dates\n\nRelease date: December 1, 2026\n\nDisclosure\n\n"
        "Relevant financial relationships of all in control of content, how they were mitigated, and any commercial support are disclosed "
        "to learners inside the activity, before it begins.\n"
    )


def test_statements_stand_word_for_word_with_their_italics() -> None:
    found = catalogue(an_activity(), TODAY)
    assert found.full is not None
    assert ACCREDITED in found.full.html
    assert DESIGNATED in found.full.html


def test_the_short_text_names_neither_faculty_nor_objectives_nor_credit() -> None:
    # ACCME: a notice with title, date and place alone needs no accreditation statement.
    assert catalogue(an_activity(), TODAY).short.plain == (
        "Sample\n\nNorthfield Institute\n\nAvailable from December 1, 2026 until November 30, 2029\n"
    )


@pytest.mark.parametrize("kind", ["faculty", "objectives"])
def test_without_an_accreditation_statement_neither_faculty_nor_objectives_are_given_out(kind: str) -> None:
    found = catalogue(a_definition(front_matter=[block(kind, "Heading", "<p>Text.</p>")]), TODAY)
    assert (found.full, codes(found.problems)) == (None, ["catalogue-without-accreditation"])
    assert "Heading" not in found.short.plain


def test_an_activity_that_names_neither_needs_no_statement() -> None:
    found = catalogue(a_definition(), TODAY)
    assert (found.full is not None, found.problems) == (True, ())


@pytest.mark.parametrize(("today", "found"), [(date(2029, 11, 30), []), (date(2029, 12, 1), ["catalogue-terminated"])])
def test_after_the_termination_day_it_should_be_in_no_catalogue(today: date, found: list[str]) -> None:
    assert codes(catalogue(an_activity(terminates="2029-11-30"), today).problems) == found


def test_a_fragment_says_its_language() -> None:
    assert catalogue(an_activity(language="es"), TODAY).short.html.startswith('<div lang="es">\n<h2>')


def test_joint_providers_are_named() -> None:
    assert "Northfield Institute, Lakeside Foundation" in catalogue(an_activity(joint_providers=["Lakeside Foundation"]), TODAY).short.plain


# --- nothing that an author writes becomes markup -------------------------------------------------

HOSTILE = '<script>alert(1)</script> & "x" *y* `z` [a](javascript:b)'


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


def tags(text: str) -> set[str]:
    parser = Tags()
    parser.feed(text)
    return set(parser.found)


def test_catalogue_texts_escape_what_authors_write() -> None:
    found = catalogue(an_activity(title=HOSTILE, description=HOSTILE, joint_providers=[HOSTILE]), TODAY)
    assert found.full is not None
    assert "script" not in tags(found.full.html) | tags(found.short.html)
    assert found.full.plain.startswith('<script>alert(1)</script> & "x" *y* `z` [a](javascript:b)\n')


def document(text: str) -> Document:
    return Document(text, (Section(text, (Paragraph(text), Bullet(text, text), Bullet(text, box=True), Field(text, text))),))


def test_pages_escape_what_authors_write() -> None:
    assert tags(html(document(HOSTILE))) <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "section", "p", "ul", "li", "small", "dl", "dt", "dd", "code",
    }  # fmt: skip


def test_markdown_escapes_what_authors_write() -> None:
    shown = MarkdownIt("commonmark", {"html": True}).render(markdown(document(HOSTILE)))
    assert tags(shown) <= {"h1", "h2", "p", "ul", "li", "em", "br", "code"}
    assert shown.count("<em>") == 1  # the note of a bullet


@given(some.text(alphabet="ab <>&`*_[]()#!\\\"'~|-\n", max_size=40))
def test_no_text_of_any_kind_brings_a_tag_into_a_page(text: str) -> None:
    allowed = tags(html(document("plain"))) | {"code"}
    assert tags(html(document(text))) <= allowed


# --- one document, three renditions ----------------------------------------------------------------


def test_a_document_reads_the_same_in_all_renditions() -> None:
    made = Document("Title", (Section("Part", (Bullet("Do `this`.", "Because."), Field("Name", "Value"), Field("Signature"))),))
    assert [line.text for line in lines(made, None)] == [
        "Title", "", "Part", "  - Do this.", "    Because.", "  Name: Value", "  Signature: ______________________________",
    ]  # fmt: skip
    assert markdown(made) == (
        "# Title\n\n## Part\n\n- Do `this`.  \n  *Because.*\n\n- Name: Value\n- Signature: ______________________________\n"
    )
    assert "<li>Do <code>this</code>.<small>Because.</small></li>" in html(made)
    assert "<dt>Name</dt><dd>Value</dd>" in html(made)


@pytest.mark.parametrize("width", [40, 72, 100])
def test_lines_keep_to_the_width_of_the_terminal(width: int) -> None:
    made = Document("Title", (Section("Part", (Paragraph("word " * 60), Bullet("word " * 60, "word " * 60))),))
    assert max(len(line.text) for line in lines(made, width)) <= width


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("<p>One <em>two</em>, three.</p>", "One two, three."),
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
        ("<ul>\n<li>a</li>\n<li>b <sup>2</sup></li>\n</ul>", "- a\n- b 2"),
        ("<ol><li>a</li><li>b</li></ol><p>after</p>", "1. a\n2. b\n\nafter"),
        ("<dl><dt>When</dt><dd>Now</dd><dt>Where</dt><dd>Here</dd></dl>", "When: Now\nWhere: Here"),
        ("<p>a &lt; b &amp; c</p>", "a < b & c"),
        ('<p>Write to <a href="mailto:a@b.example">a@b.example</a>.</p>', "Write to a@b.example."),
        ("<p>over\n  two   lines</p>", "over two lines"),
        ("one<br>two", "one\ntwo"),
        ("", ""),
    ],
)
def test_html_of_ours_as_plain_text(given: str, plain: str) -> None:
    assert plain_text(given) == plain


# --- the host's attestation -----------------------------------------------------------------------


def attested(definition: Definition, preset: str = "moodle", on: date = TODAY) -> Document:
    return attestation(definition, a_preset(preset), "d1-abc", host_conditions(templates()), on)


def fields(made: Document) -> dict[str, str]:
    return {each.name: each.value for section in made.sections for each in section.blocks if isinstance(each, Field)}


def test_the_form_is_filled_in_as_far_as_the_activity_is_known() -> None:
    found = fields(attested(an_activity(reviewed="2027-01-05")))
    assert found == {
        "Title": "Sample",
        "Activity": "https://cme.northfield.example/activities/sample, version 2026.1",
        "Definition": "d1-abc",
        "Accredited provider": "Northfield Institute",
        "Release date": "December 1, 2026",
        "Most recent review": "January 5, 2027",
        "Termination date": "November 30, 2029",
        "To be reported to": "J. Lindqvist, cme@northfield.example",
        "Organization": "",
        "Learning management system": "Moodle",
        "Web address": "",
        "Name": "",
        "Position": "",
        "Date": "",
        "Signature": "",
    }


def test_an_lms_that_is_not_named_is_left_to_the_host() -> None:
    assert fields(attested(an_activity(), "generic"))["Learning management system"] == ""


# ACCME, FAQ 10511: what providers should ensure of a hosting platform.
@pytest.mark.parametrize(
    "said",
    [
        "not an ineligible company",
        "track or manage information about learners without their permission",
        "targeted advertising",
        "artificial intelligence engine",
        "around, within or next to the content",
        "immediately before or after the activity",
        "for as long as the material is there",
    ],
)
def test_every_condition_of_the_accme_is_to_be_ticked(said: str) -> None:
    boxes = [each.text for section in attested(an_activity()).sections for each in section.blocks if isinstance(each, Bullet) and each.box]
    assert len([text for text in boxes if said in text]) == 1


def test_the_form_names_its_source() -> None:
    assert "accme.org/faq/10511" in markdown(attested(an_activity()))


def test_before_a_rule_was_in_force_nothing_is_attested() -> None:
    assert not [
        each for section in attested(an_activity(), on=date(2021, 12, 31)).sections for each in section.blocks if isinstance(each, Bullet)
    ]


def test_rules_of_another_rule_maker_are_a_file(tmp_path: Path) -> None:
    (tmp_path / "host-attestation").mkdir()
    (tmp_path / "host-attestation" / "ours.yaml").write_text(
        "name: Our Council\nrules:\n  - {from: 2026-01-01, source: a letter, verified: false, conditions: [It is quiet.]}\n"
    )
    made = markdown(attestation(an_activity(), a_preset(), "d1-abc", host_conditions(tmp_path), TODAY))
    assert "## Conditions of the Our Council" in made
    assert "- [ ] It is quiet." in made
    assert "not verified at its maker’s" in made
