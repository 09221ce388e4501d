"""Certificates to read: a test states only what it is about. The learner completed on 4 December 2026 in Chicago."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

from pypdf import PdfReader

from lrs_bridge.credit import certificate, typesetting
from lrs_bridge.credit.certificate import Certified, Line, Sheet
from scorm_packager.activity.definition_model import Definition
from tests.bridge.learning import CREDITS, a_definition, a_provider, an_offer

VERIFY = "https://bridge.northfield.example/verify/" + "a3" * 16
MADE = datetime(2026, 12, 4, 18, 0, tzinfo=UTC)
UAN = "JA9999999-9999-26-012-H01-P"
STATEMENT = "<p>Northfield Academy is accredited by the <em>Accreditation Council</em> to provide continuing education.</p>"
PHARMACY = an_offer(
    "acpe", "fixed", ["pharmacist"], unit="contact hour", units="contact hours", uan=UAN, kind="application", official_record="CPE Monitor"
)
MOC = an_offer(
    "abim-moc", "equal", ["physician"], equal_to="ama-pra-1", unit="MOC point", units="MOC points", credit_type="Medical Knowledge"
)
NURSING = an_offer("ancc", "fixed", ["nurse"], unit="contact hour", units="contact hours")


def an_activity(**changes: Any) -> Definition:
    plain = {
        "title": "Anticoagulation in atrial fibrillation",
        "joint_providers": ["Lakeside Stroke Foundation"],
        "accreditation_html": STATEMENT,
        "credits": [CREDITS[0], NURSING, PHARMACY, MOC],
        "provider": a_provider(contact_address="12 Harbor Street, Northfield", signatory_name="Helen Castellanos, MPH"),
    }
    return a_definition(**plain | changes)


def a_sheet(system: str = "ama-pra-1", awarded: str | None = "1.00", **changes: Any) -> Sheet:
    definition = changes.pop("definition", None) or an_activity()
    plain = {
        "system": system, "awarded": awarded, "completed_on": date(2026, 12, 4), "learner": "Łukasz Ķēniņš, MD",
        "number": "3f2a-91bc-0d44-7e1a", "verify_url": VERIFY,
    }  # fmt: skip
    return certificate.sheet(Certified(**plain | changes), definition, typesetting.wording(system))


def text(line: Line) -> str:
    return "".join(span.text for span in line)


def facts(sheet: Sheet) -> dict[str, str]:
    return {fact.label: text(fact.value) for fact in sheet.facts}


def pdf(sheet: Sheet) -> PdfReader:
    return read(typesetting.pdf(sheet, made=MADE))


def read(body: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(body))


def words(document: PdfReader) -> str:
    """All text of the document, line breaks as spaces."""
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())
