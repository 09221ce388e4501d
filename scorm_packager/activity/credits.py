"""Credit systems and the rules in force on a day; a system is a file under `credit_systems/`, found by looking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from scorm_packager.activity import dated, yaml_text
from scorm_packager.activity.credit_rule import CreditRule, CreditSystem
from scorm_packager.activity.definition_model import CreditOffer, RuleUsed
from scorm_packager.activity.model import Activity, Credit
from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.activity.wording import filled_html, filled_text

PARTICIPATION = "participation"  # what is left for those who may not be awarded any credit; it has no amount

_CENT = Decimal("0.01")
_QUARTER = Decimal("0.25")


@cache
def systems() -> dict[str, CreditSystem]:
    """Key → system, `participation` included, in the order of their keys."""
    return {key: _system(key, yaml_text.rule_data(path)) for key, path in dated.files("credit_systems").items()}


def _system(key: str, data: dict[str, object]) -> CreditSystem:
    common = {name: value for name, value in data.items() if name != "rules"}
    blocks = data["rules"]
    assert isinstance(blocks, list)
    return CreditSystem.model_validate({"id": key, "rules": [{"id": key, **common, **block} for block in blocks]})


def rule(system: str, on: date) -> CreditRule | None:
    """The rule of a system in force on a day; None for an unknown system, or before its first rule."""
    found = systems().get(system)
    return dated.in_force(found.rules, on) if found else None


def all_rules() -> tuple[CreditRule, ...]:
    """Every block of every system, oldest first within a system."""
    return tuple(block for system in systems().values() for block in sorted(system.rules, key=lambda block: block.from_))


def wording_date(activity: Activity) -> date:
    """The day whose wordings an activity carries: its last review, else its release; without either, whatever came last."""
    return activity.reviewed or activity.released or date.max


def offers(activity: Activity) -> tuple[CreditOffer, ...]:
    """The credits of an activity as offered, in its order, under the rules of its wording date."""
    day = wording_date(activity)
    rules = [(credit, rule(credit.system, day)) for credit in activity.credits]
    missing = tuple(_no_rule(credit, day) for credit, found in rules if found is None)
    if missing:
        raise ProblemsFound(missing)
    return tuple(_offer(activity, credit, found) for credit, found in rules if found)


def open_to(credits: Iterable[CreditOffer], profession: str) -> tuple[CreditOffer, ...]:
    """The offers that a profession (a key of professions.yaml) may be awarded."""
    return tuple(offer for offer in credits if profession in offer.professions)


def participation_attestation(activity: Activity) -> str:
    found = rule(PARTICIPATION, wording_date(activity))
    return filled_text(found.attestation, {}) if found else ""


def amount_text(amount: Decimal) -> str:
    """An amount in records and claims: two decimal places, more only where the amount has them (`1.00`, `0.125`)."""
    plain = f"{amount:f}"
    return f"{amount:.2f}" if amount == amount.quantize(_CENT) else plain.rstrip("0")


def amount_words(amount: Decimal) -> str:
    """An amount in a sentence: at least one decimal place, none to spare (`1.0`, `1.25`)."""
    text = f"{amount:f}".rstrip("0") if "." in f"{amount:f}" else f"{amount:f}."
    return f"{text}0" if text.endswith(".") else text


def nearest_quarter(minutes: int) -> Decimal:
    """Minutes as hours to the nearest quarter hour, halves upwards (AMA: 60 minutes are 1 credit, in steps of 0.25)."""
    return (Decimal(minutes) / 15).quantize(Decimal(1), ROUND_HALF_UP) * _QUARTER


def _offer(activity: Activity, credit: Credit, found: CreditRule) -> CreditOffer:
    words = _words(activity, credit, found)
    smallest = credit.maximum if found.claim == "fixed" else min(found.minimum, credit.maximum)
    return CreditOffer(
        system=credit.system,
        name=found.name,
        name_html=_name_html(credit, found),
        unit=found.unit,
        units=found.units,
        maximum=amount_text(credit.maximum),
        minimum=amount_text(smallest),
        step=amount_text(found.step),
        claim="fixed" if found.claim == "none" else found.claim,
        equal_to=found.equal_to,
        professions=_professions(credit, found),
        identifiers=found.identifiers,
        consents=found.consents,
        attestation=filled_text(found.attestation, words),
        designation_html=credit_statement(credit) or filled_html(found.designation, words),
        official_record=found.official_record,
        uan=credit.uan,
        kind=credit.kind,
        credit_type=credit.credit_type,
        number=credit.number,
        approved_from=credit.approved.from_.isoformat() if credit.approved else None,
        approved_until=credit.approved.until.isoformat() if credit.approved else None,
        rule=RuleUsed.model_validate({"id": found.id, "from": found.from_.isoformat()}),
    )


def _name_html(credit: Credit, found: CreditRule) -> str:
    """As the amount that is designated wants it: 1.0 Credit, 1.25 Credits (AMA PRA)."""
    return found.name_html if credit.maximum == 1 else found.names_html


def _professions(credit: Credit, found: CreditRule) -> tuple[str, ...]:
    """Whom the rule allows; where the credit's number is for one profession (ACPE), that one."""
    one = found.uan_professions.get((credit.uan or "")[-1:])
    return (one,) if one else found.professions


def credit_statement(credit: Credit) -> str:
    """The wording that a system's owner handed out for this very activity, which may not be changed (AAFP)."""
    return filled_html("{{ statement }}", {"statement": credit.statement}) if credit.statement else ""


def _words(activity: Activity, credit: Credit, found: CreditRule) -> dict[str, object]:
    return {
        "provider": activity.provider.name,
        "title": activity.title,
        "format": activity.format,
        "amount": amount_words(credit.maximum),
        "ceu": amount_words(credit.maximum / 10),
        "name": found.name,
        "name_html": _name_html(credit, found),
        "units": found.unit if credit.maximum == 1 else found.units,
        "credit_type": credit.credit_type or "",
        "uan": credit.uan or "",
        "kind": credit.kind or "",
        "number": credit.number or "",
        "approved": credit.approved,
        "assessed": activity.assessments.post is not None,
        "language": activity.language,
    }


def _no_rule(credit: Credit, day: date) -> Problem:
    message = f"No rule of the credit system `{credit.system}` was in force on {day.isoformat()}."
    remedy = f"Use one of: {', '.join(key for key in systems() if key != PARTICIPATION)}; or check the review date."
    return Problem("no-credit-rule", Place("activity.yaml"), message, remedy)
