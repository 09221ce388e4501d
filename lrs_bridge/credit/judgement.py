"""From what was found to an award, a shortfall or a hold, with its amount and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from lrs_bridge.credit import claims
from lrs_bridge.credit.clocks import on_date
from lrs_bridge.credit.conditions import allowed_professions
from lrs_bridge.credit.context import Context, Finding, met, unmet, waiting
from lrs_bridge.credit.flags import flags
from lrs_bridge.credit.model import Award, Decision, Eligible, Held, Override, Reason, RuleApplied, Shortfall
from scorm_packager.activity.credits import amount_text
from scorm_packager.activity.definition_model import CreditOffer

_Kind = TypeVar("_Kind", Award, Shortfall, Held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Equal:
    """What the credit that this one equals allows; empty for a credit that stands by itself."""

    findings: tuple[Finding, ...] = ()
    amount: Decimal | None = None


def turned(kind: type[_Kind], decision: Decision, **changes: Any) -> _Kind:
    """The same decision as another kind of outcome."""
    return kind(**({field.name: getattr(decision, field.name) for field in fields(decision)} | changes))


def judge(context: Context, revision: str, findings: tuple[Finding, ...], at: datetime | None, equal: Equal) -> Eligible:
    """An award by hand goes before everything; else one thing unmet is a shortfall, and one thing waited for holds the rest."""
    manual = _manual(context)
    if manual is not None:
        return _by_hand(context, revision, manual, findings)
    on = on_date(at, context.clock) if at else None
    return replace(
        _eligible(context, _outcome(context, revision, findings, on, equal), at),
        equal_to=context.offer.equal_to if context.offer else None,
    )


def _eligible(context: Context, decision: Decision, at: datetime | None) -> Eligible:
    return Eligible(person=context.case.person, site=context.case.site, decision=decision, completed_at=at)


def _outcome(context: Context, revision: str, findings: tuple[Finding, ...], on: date | None, equal: Equal) -> Decision:
    short = [finding for finding in findings if finding.kind == "unmet"]
    wait = [finding for finding in findings if finding.kind == "waiting"]
    base = _base(context, revision, findings, on, equal)
    declined = [finding for finding in short if finding.reason.code == "credit-declined"]
    if short:
        # Whoever does not want the credit need not read what else it would take.
        return turned(Shortfall, base, reasons=_reasons(declined or [*short, *wait]))
    if wait:
        return turned(Held, base, reasons=_reasons(wait))
    awarded = amount_text(_amount(base, equal)) if context.offer else ""
    return turned(Award, base, awarded=awarded, reasons=_reasons(findings))


def _base(context: Context, revision: str, findings: Iterable[Finding], on: date | None, equal: Equal) -> Shortfall:
    offer = context.offer
    word = claims.word_on(context) if offer else None
    computed = amount_text(equal.amount) if equal.amount is not None else offer.maximum if offer else ""
    return Shortfall(
        registration=context.case.registration,
        activity=context.case.activity,
        version=context.definition.version,
        definition=revision,
        system=context.system,
        designated=offer.maximum if offer else "",
        computed=computed,
        claimed=claims.shown(word.amount) if word and word.amount is not None else "",
        awarded="0.00" if offer else "",
        unit=offer.unit if offer else "",
        completed_on=on.isoformat() if on else None,
        rule=RuleApplied(context.rule.id, context.rule.from_.isoformat()) if context.rule else None,
        statements=tuple(sorted({mark.id for finding in findings for mark in (*finding.completing, *finding.marks)})),
        flags=flags(context),
    )


def _reasons(findings: Iterable[Finding]) -> tuple[Reason, ...]:
    return tuple(finding.reason for finding in findings)


def _amount(base: Shortfall, equal: Equal) -> Decimal:
    claimed = Decimal(base.claimed)
    return claimed if equal.amount is None else min(claimed, equal.amount)


# --- a credit that equals another -----------------------------------------------------------------


def equal_to(context: Context, decided: Mapping[str, Eligible]) -> Equal:
    """For a credit claimed as equal to another (ABIM MOC): as many as were awarded of that one; fewer, never more."""
    offer = context.offer
    if offer is None or offer.claim != "equal":
        return Equal()
    other = decided.get(offer.equal_to or "")
    name = next((found.name for found in context.definition.credits if found.system == offer.equal_to), offer.equal_to or "")
    if other is None or isinstance(other.decision, Shortfall):
        text = f"The amount of {offer.name} follows the amount awarded of {name}, and none of that is awarded."
        return Equal(findings=(unmet("equal-credit-not-awarded", text, remedy=f"See what is missing for {name}."),))
    if isinstance(other.decision, Held):
        text = f"{offer.name} equals {name}, which is waiting for a decision itself."
        return Equal(findings=(waiting("equal-credit-held", text, remedy=f"Settle {name} first."),))
    return _as_awarded(offer, name, Decimal(other.decision.awarded))


def _as_awarded(offer: CreditOffer, name: str, awarded: Decimal) -> Equal:
    amount = min(awarded, Decimal(offer.maximum))
    text = f"{offer.name} equals {name}, of which {amount_text(awarded)} is awarded."
    return Equal(findings=(met("equal-to-credit-awarded", text),), amount=amount)


# --- awarded by hand ------------------------------------------------------------------------------


def _manual(context: Context) -> Override | None:
    """The last award by hand for this credit."""
    return next((override for override in reversed(context.overrides("manual-award")) if override.system == context.system), None)


def _by_hand(context: Context, revision: str, override: Override, findings: tuple[Finding, ...]) -> Eligible:
    spoken = tuple(finding for finding in findings if finding.kind == "met")
    on = _day(override.completed_on)
    context = replace(context, rule=context.case.terms.rules(context.system, on) if on else None)
    base = _base(context, revision, spoken, None, Equal())
    wrong = "" if on is None else _wrong_by_hand(context, override, on)
    if on is None or wrong:
        text = wrong or f"The award by hand gives no day of completion: {override.completed_on[:20]!r}."
        reason = Reason("manual-award-malformed", text, "Enter the award by hand again.", "coordinator")
        return _eligible(context, turned(Held, base, reasons=(reason,)), None)
    return _eligible(context, _hand_award(context, base, override, on, spoken), _midnight(on, context.definition.zone))


def _hand_award(context: Context, base: Shortfall, override: Override, on: date, spoken: tuple[Finding, ...]) -> Award:
    text = f"Awarded by hand by {override.who} on {override.when}: {override.why}"
    return turned(
        Award,
        base,
        awarded=amount_text(Decimal(override.amount)) if context.offer else "",
        completed_on=on.isoformat(),
        reasons=(Reason("manual-award", text), *_reasons(spoken)),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))


def _wrong_by_hand(context: Context, override: Override, on: date) -> str:
    """Why the award cannot be what somebody entered, empty when it can: a hand may set aside what is missing, not what a credit is."""
    return _wrong_day(context, override, on) or (_wrong_amount(context, override) or _wrong_profession(context) if context.offer else "")


def _wrong_day(context: Context, override: Override, on: date) -> str:
    dates = context.case.terms.dates
    entered = _day(override.when)
    if entered and on > entered + timedelta(days=1):  # it may be tomorrow already where the activity is
        return f"The award by hand was entered on {override.when} for {on}, which was still to come."
    if (dates.released or on) <= on <= (dates.terminates or on):
        return ""
    return f"The award by hand is for {on}; the activity was offered from {dates.released or '…'} to {dates.terminates or '…'}."


def _wrong_amount(context: Context, override: Override) -> str:
    offer, amount = context.offer, claims.amount(override.amount)
    if offer is None or (amount is not None and claims.can_be(context, offer, amount)):
        return ""
    can_be = f"{offer.maximum} or nothing" if offer.claim == "fixed" else f"at most {offer.maximum}, in steps of {offer.step}"
    return f"The award by hand is {override.amount[:20]!r}; {offer.name} is {can_be}."


def _wrong_profession(context: Context) -> str:
    """A credit that its owner gives to certain professions is given to nobody else by hand either (AMA PRA: physicians)."""
    offer, profession = context.offer, context.case.profile.profession
    if offer is None or profession is None or profession in allowed_professions(context, offer):
        return ""
    return f"The award by hand is of {offer.name}, which may not be awarded to this profession ({profession})."
