"""What a certificate says: a decided record, its definition and the learner's profile become the words on one sheet.

Everything here is a pure function of values. `lrs_bridge.credit.typesetting` turns a sheet into a PDF.
The fields that must stand on a certificate: learner, provider, title, learning format, the learner's own completion date,
the credit awarded (never the designated maximum in its place), accreditation statement (AMA PRA documentation; domain practice for
nurses and pharmacists). Asterisks in a wording mark italics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

from scorm_packager.activity.definition_model import CreditOffer, Definition

HOURS_PER_CEU = Decimal(10)  # ACPE: one CEU is ten contact hours


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    style: str = ""  # "", "italic" or "super"


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: Line


@dataclass(frozen=True, slots=True)
class Wording:
    """How a credit system is certified: one file of `templates/certificates/wordings`."""

    title: str
    opening: str
    participated: str
    award: str
    notice: str
    keep: str
    one: str
    many: str
    prints: tuple[str, ...] = ()  # identifiers of the learner that boards want to see on it


@dataclass(frozen=True, slots=True)
class Certified:
    """The record to certify: `awarded` is an amount as text, None for participation; `completed_on` is a date in the activity's zone.

    `identifiers` are the learner's, of which a sheet shows only those that its wording prints.
    """

    system: str
    awarded: str | None
    completed_on: date
    learner: str
    number: str
    verify_url: str
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All words of one certificate. `language` is the title's; our own words are English."""

    title: str
    document_title: str
    provider: str
    number_line: str
    opening: str
    learner: str
    participated: str
    activity: str
    award: Line
    facts: tuple[Fact, ...]
    statements: tuple[Line, ...]
    notice: str
    signatory: str
    signatory_title: str
    verify_line: str
    verify_url: str
    colour: str
    language: str


def sheet(certified: Certified, definition: Definition, wording: Wording) -> Sheet:
    """The certificate of one awarded record, or of participation where nothing may be awarded."""
    offer = next((offer for offer in definition.credits if offer.system == certified.system), None)
    words = _words(certified, definition, offer, wording)
    return Sheet(
        title=wording.title,
        document_title=f"{wording.title}: {definition.title}",
        provider=definition.provider.name,
        number_line=f"Certificate {certified.number}",
        opening=wording.opening,
        learner=on_one_line(certified.learner),
        participated=wording.participated.format(**words),
        activity=definition.title,
        award=spans(wording.award.format(**words)),
        facts=_facts(certified, definition, offer, wording),
        statements=tuple(line for line in (*html_paragraphs(definition.accreditation_html), spans(wording.keep)) if line),
        notice=wording.notice,
        signatory=definition.provider.signatory_name,
        signatory_title=definition.provider.signatory_title,
        verify_line="Anyone can check this certificate at",
        verify_url=certified.verify_url,
        colour=definition.provider.colour,
        language=definition.language.split("-")[0],
    )


_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")  # bidirectional controls, by which a name could look like another


def on_one_line(name: str) -> str:
    """A name as it is printed: nothing in it breaks a line or turns the text beside it round."""
    return " ".join(_TURNS_TEXT.sub("", name).split())


def _words(certified: Certified, definition: Definition, offer: CreditOffer | None, wording: Wording) -> dict[str, str]:
    amount = Decimal(certified.awarded or "0")
    name = wording.one if amount == 1 else wording.many
    of_offer = {"name": offer.name, "unit": offer.unit, "units": offer.units} if offer else {}
    return {
        "format": definition.format,
        "amount": certified.awarded or "",
        "credit_name": name.format(ceu=_plain(amount / HOURS_PER_CEU), **of_offer) if offer else "",
        "credit_type": (offer.credit_type or "") if offer else "",
        "designated_for": designated_for(definition),
    }


def designated_for(definition: Definition) -> str:
    """What a certificate of participation may say of credit: what the activity was designated for, of AMA PRA credit only."""
    ama = next((offer for offer in definition.credits if offer.system == "ama-pra-1"), None)
    if ama is None:
        return "No continuing education credit is awarded for this participation."
    return f"The activity was designated for {ama.maximum} *AMA PRA Category 1 Credit(s)*™."


def _facts(certified: Certified, definition: Definition, offer: CreditOffer | None, wording: Wording) -> tuple[Fact, ...]:
    rows = [
        ("Completed on", long_date(certified.completed_on)),
        ("Learning format", definition.format.capitalize()),
        ("Provider", _provider_line(definition)),
        *(_of_offer(offer, certified) if offer else ()),
        *_printed_identifiers(certified, offer, wording),
        ("Offered", _offered(definition)),
    ]
    # What others wrote is taken as it stands: an asterisk of theirs is an asterisk.
    return tuple(Fact(label, (Span(value),)) for label, value in rows if value)


def _of_offer(offer: CreditOffer, certified: Certified) -> tuple[tuple[str, str], ...]:
    return (
        ("Universal Activity Number", offer.uan or ""),
        ("Activity type", (offer.kind or "").capitalize()),
        ("Activity number", offer.number or ""),
        ("Designated maximum", _designated(offer) if certified.awarded else ""),
    )


def _printed_identifiers(certified: Certified, offer: CreditOffer | None, wording: Wording) -> list[tuple[str, str]]:
    """Only the wording's, and only as far as the learner gave them."""
    labels = {"license": "License"} | {ask.key: ask.label for ask in (offer.identifiers if offer else ()) if ask.key != "license"}
    return [(labels.get(key, key), certified.identifiers.get(key, "")) for key in wording.prints]


def _provider_line(definition: Definition) -> str:
    partners = ", ".join(definition.joint_providers)
    name = definition.provider.name
    address = definition.provider.contact_address
    joint = f"{name}, with {partners}" if partners else name
    return f"{joint} · {address}" if address else joint


def _designated(offer: CreditOffer) -> str:
    return f"{offer.maximum} {offer.unit if Decimal(offer.maximum) == 1 else offer.units}"


def _offered(definition: Definition) -> str:
    if not (definition.released and definition.terminates):
        return ""
    released, terminates = date.fromisoformat(definition.released), date.fromisoformat(definition.terminates)
    return f"{long_date(released)} to {long_date(terminates)}"


def long_date(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spans(text: str) -> Line:
    """`*a* b` as an italic and a plain span."""
    pieces = re.split(r"\*([^*]+)\*", text)
    return tuple(Span(piece, "italic" if index % 2 else "") for index, piece in enumerate(pieces) if piece)


def html_paragraphs(html: str) -> tuple[Line, ...]:
    """The paragraphs of sanitised HTML as lines of spans; `em`/`i` and `sup` are kept as styles."""
    reader = _Paragraphs()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Paragraphs(HTMLParser):
    _STYLES: Mapping[str, str] = {"em": "italic", "i": "italic", "sup": "super"}
    _BREAKS = frozenset({"p", "div", "li", "br", "h2", "h3", "h4"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._style = ""
        self._line: list[Span] = []
        self._lines: list[Line] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = self._STYLES.get(tag, self._style)
        if tag in self._BREAKS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._STYLES:
            self._style = ""
        if tag in self._BREAKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if text.strip() or self._line:
            self._line.append(Span(text, self._style))

    def _end_line(self) -> None:
        if any(span.text.strip() for span in self._line):
            self._lines.append(tuple(self._line))
        self._line = []

    def finished(self) -> tuple[Line, ...]:
        self._end_line()
        return tuple(self._lines)
