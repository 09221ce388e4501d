"""What stands on a certificate, by profession and credit, and how it is set."""

from __future__ import annotations

import re
from itertools import chain

import pytest
import segno

from lrs_bridge.credit import typesetting
from lrs_bridge.credit.certificate import html_paragraphs
from scorm_packager.activity.resources import templates
from tests.bridge.certificates import MADE, UAN, VERIFY, a_sheet, an_activity, facts, pdf, text, words
from tests.bridge.learning import an_offer

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Maria Theresia Immaculata, MD, PhD, FACC, FRCP"
LONG_TITLE = "Anticoagulation in atrial fibrillation after intracranial haemorrhage: individualised decisions in older adults " * 2


def test_it_works() -> None:
    found = words(pdf(a_sheet()))
    assert "Łukasz Ķēniņš, MD" in found
    assert "and is awarded 1.00 AMA PRA Category 1 Credit™." in found


# --- a physician's credit (AMA PRA: name, provider, title, learning format, the physician's own date, credits awarded) -------------


def test_names_provider_title_format_and_date() -> None:
    sheet = a_sheet()
    assert sheet.provider == "Northfield Academy"
    assert sheet.activity == "Anticoagulation in atrial fibrillation"
    assert facts(sheet)["Learning format"] == "Enduring material"
    assert facts(sheet)["Completed on"] == "December 4, 2026"


def test_names_the_joint_provider() -> None:
    assert facts(a_sheet())["Provider"] == "Northfield Academy, with Lakeside Stroke Foundation · 12 Harbor Street, Northfield"


def test_awards_what_was_claimed_and_labels_the_maximum_as_such() -> None:
    sheet = a_sheet(awarded="0.75")
    assert text(sheet.award) == "and is awarded 0.75 AMA PRA Category 1 Credits™."
    assert facts(sheet)["Designated maximum"] == "1.25 credits"


def test_says_one_credit_in_the_singular() -> None:
    assert text(a_sheet(awarded="1.00").award) == "and is awarded 1.00 AMA PRA Category 1 Credit™."


def test_sets_the_trademark_in_italics() -> None:
    assert [span.text for span in a_sheet().award if span.style == "italic"] == ["AMA PRA Category 1 Credit"]


def test_repeats_the_accreditation_statement() -> None:
    statement = text(a_sheet().statements[0])
    assert statement == "Northfield Academy is accredited by the Accreditation Council to provide continuing education."


# --- other professions -----------------------------------------------------------------------------


def test_tells_a_pharmacist_that_the_official_record_is_elsewhere() -> None:
    sheet = a_sheet("acpe", "1.25")
    assert sheet.title == "Record of Participation"
    assert "not the official statement of credit" in sheet.notice
    assert "CPE Monitor" in sheet.notice


def test_shows_a_pharmacist_the_activity_number_and_its_type() -> None:
    found = facts(a_sheet("acpe", "1.25"))
    assert (found["Universal Activity Number"], found["Activity type"]) == (UAN, "Application")


@pytest.mark.parametrize(("hours", "ceus"), [("1.25", "0.125"), ("10.00", "1"), ("0.50", "0.05")])
def test_counts_ten_contact_hours_as_one_ceu(hours: str, ceus: str) -> None:
    assert text(a_sheet("acpe", hours).award) == f"for {hours} contact hours ({ceus} CEUs)."


def test_awards_moc_points_with_their_type() -> None:
    assert text(a_sheet("abim-moc", "1.25").award) == "and is awarded 1.25 ABIM MOC points (Medical Knowledge)."


def test_awards_a_nurse_contact_hours() -> None:
    assert text(a_sheet("ancc", "1.25").award) == "and is awarded 1.25 nursing contact hours."


def test_prints_a_nurses_license_when_it_was_given() -> None:
    given = {"license": "IL 041000000", "birth-month-day": "04-30"}
    assert facts(a_sheet("ancc", "1.25", identifiers=given))["License"] == "IL 041000000"
    assert "License" not in facts(a_sheet("ancc", "1.25"))


def test_prints_an_osteopathic_physicians_number() -> None:
    osteopathic = an_offer(
        "aoa", "choice", ["physician"], identifiers=[{"key": "aoa-id", "label": "AOA number", "pattern": "[0-9]+", "required": True}]
    )
    sheet = a_sheet("aoa", definition=an_activity(credits=[osteopathic]), identifiers={"aoa-id": "123456"})
    assert facts(sheet)["AOA number"] == "123456"


@pytest.mark.parametrize("system", ["ama-pra-1", "acpe", "abim-moc", "ancc"])
def test_prints_no_identifier_that_nobody_asked_for(system: str) -> None:
    document = pdf(a_sheet(system, "1.25", identifiers={"nabp-eprofile": "7654321", "birth-month-day": "04-30", "npi": "1234567893"}))
    assert not re.search("7654321|04-30|1234567893", words(document))


def test_says_of_participation_only_what_the_activity_was_designated_for() -> None:
    sheet = a_sheet("participation", None)
    assert sheet.title == "Certificate of Participation"
    assert text(sheet.award) == "The activity was designated for 1.25 AMA PRA Category 1 Credit(s)™."
    assert "awarded" not in words(pdf(sheet))


def test_says_of_participation_that_there_was_no_credit_when_there_was_none() -> None:
    sheet = a_sheet("participation", None, definition=an_activity(credits=[]))
    assert text(sheet.award) == "No continuing education credit is awarded for this participation."


def test_certifies_a_credit_without_words_of_its_own() -> None:
    offer = an_offer("some-board", "choice", ["physician"], name="Board hour", unit="hour", units="hours")
    sheet = a_sheet("some-board", "0.50", definition=an_activity(credits=[offer]))
    assert text(sheet.award) == "and is awarded 0.50 hours (Board hour)."


@pytest.mark.parametrize("path", sorted((templates() / "certificates" / "wordings").glob("*.yaml")), ids=lambda path: path.stem)
def test_sets_every_wording_there_is(path: object) -> None:
    system = path.stem  # type: ignore[attr-defined]
    offer = an_offer(system, "choice", ["physician"])
    awarded = None if system == "participation" else "0.50"
    assert len(pdf(a_sheet(system, awarded, definition=an_activity(credits=[offer]))).pages) == 1


# --- the document -----------------------------------------------------------------------------------


def test_is_a_tagged_pdf_ua_with_title_and_language() -> None:
    document = pdf(a_sheet())
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    assert document.metadata is not None
    assert document.metadata.title == "Certificate of Credit: Anticoagulation in atrial fibrillation"


def test_is_one_page_however_long_its_words_are() -> None:
    activity = an_activity(title=LONG_TITLE[:200], accreditation_html="<p>" + "A long statement of accreditation. " * 12 + "</p>")
    document = pdf(a_sheet("acpe", "1.25", learner=LONG_NAME, definition=activity))
    assert len(LONG_NAME) == 100
    assert len(document.pages) == 1
    assert LONG_NAME in words(document)


def test_sets_too_long_a_text_on_two_pages_rather_than_cut_it() -> None:
    activity = an_activity(accreditation_html="".join(f"<p>{'A statement. ' * 60} End {n}.</p>" for n in range(12)))
    document = pdf(a_sheet(definition=activity))
    assert len(document.pages) > 1
    assert "End 11." in words(document)


def test_gives_the_same_bytes_for_the_same_sheet() -> None:
    assert typesetting.pdf(a_sheet(), made=MADE) == typesetting.pdf(a_sheet(), made=MADE)


def test_links_to_where_it_can_be_checked() -> None:
    links = [note.get_object()["/A"]["/URI"] for note in pdf(a_sheet()).pages[0]["/Annots"]]
    assert links == [VERIFY]


def test_draws_the_address_as_a_qr_code() -> None:
    assert _modules(typesetting.qr_code(VERIFY)) == [[bool(dark) for dark in row] for row in segno.make(VERIFY, error="m").matrix]


def _modules(svg: str) -> list[list[bool]]:
    """The squares that an SVG of horizontal strokes paints: `M x y`, then `h` to paint and `m` to move."""
    width = int(re.search(r'width="(\d+)"', svg)[1]) // 4  # type: ignore[index]
    rows = [[False] * width for _ in range(width)]
    x, y = 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", re.search(r' d="([^"]+)"', svg)[1]):  # type: ignore[index]
        if command == "h":
            for column in range(int(x), int(x + float(first))):
                rows[int(y)][column] = True
        x, y = (
            (x + float(first), y)
            if command == "h"
            else (float(first), float(second))
            if command == "M"
            else (x + float(first), y + float(second))
        )
    return rows


# --- names as people have them, and as nobody should ---------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["Łukasz Ķēniņš", "Nguyễn Thị Ánh", "Σωκράτης Παπαδόπουλος", "Юлия Щербакова", "Aoife Ní Bhraonáin", "D'Angelo-O’Neill", "Ẹ̀bùn Adé"],
)
def test_spells_a_name_right(name: str) -> None:
    assert name in words(pdf(a_sheet(learner=name)))


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("ليلى الهاشمي", "NotoSansArabic"),
        ("שירה לוי", "Heebo"),
        ("山田 太郎", "NotoSansCJKjp"),
        ("김민준", "NotoSansCJKjp"),
        ("अनन्या शर्मा", "NotoSans"),
        ("สมชาย ใจดี", "NotoSansThai"),
    ],
)
def test_sets_a_name_in_a_typeface_for_its_script(name: str, font: str) -> None:
    fonts = pdf(a_sheet(learner=name)).pages[0]["/Resources"]["/Font"].values()
    assert any(font in each.get_object()["/BaseFont"].replace("-", "") for each in fonts)


@pytest.mark.parametrize(
    "name",
    [
        '#import "x"',
        '#eval("1")',
        '<b>&"</b>',
        "*bold* _it_ $x$ `raw` @ref [x] // /* \\",
        '#read("/etc/passwd")',
        "{amount} {0}",
        "= Heading",
    ],
)
def test_leaves_markup_in_a_name_as_text(name: str) -> None:
    assert name in words(pdf(a_sheet(learner=name)))


def test_keeps_a_name_from_turning_the_text_round_or_breaking_its_line() -> None:
    assert a_sheet(learner="Ann \u202eDM ,enaJ\n\u2066Example").learner == "Ann DM ,enaJ Example"


@pytest.mark.parametrize(("name", "missing"), [("ᠮᠣᠩᠭᠣᠯ", "U+182E"), ("Ann 😀", "U+1F600"), ("Zoë\u0007Bell", "U+0007")])
def test_refuses_a_letter_that_no_font_has_and_says_which(name: str, missing: str) -> None:
    with pytest.raises(typesetting.CannotTypeset, match=re.escape(missing)) as refused:
        pdf(a_sheet(learner=name))
    assert refused.value.without_words == f"no font has {missing}"


def test_takes_an_asterisk_of_somebody_elses_as_it_stands() -> None:
    sheet = a_sheet(definition=an_activity(joint_providers=["The *Star* Society"]))
    assert "The *Star* Society" in facts(sheet)["Provider"]


def test_reads_paragraphs_and_styles_of_a_statement() -> None:
    found = html_paragraphs("<p>One &amp; <em>two</em></p><p>Credit<sup>TM</sup></p>")
    assert [text(line) for line in found] == ["One & two", "CreditTM"]
    assert [span.style for span in chain(*found)] == ["", "italic", "", "super"]
