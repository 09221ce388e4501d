"""What a learner claims of a credit: within what is designated, on its step, and in the learner's own words.

A claim that cannot be awarded is a shortfall, never a hold and never cut down to fit: the learner attested to that amount,
and only the learner can say another.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lrs_bridge.credit import clocks
from lrs_bridge.credit.context import Context, Finding, met, unmet
from lrs_bridge.credit.model import Claim
from lrs_bridge.evidence import claim_on
from scorm_packager.activity.credits import amount_text
from scorm_packager.activity.definition_model import CreditOffer

_AMOUNT = re.compile(r"\d{1,4}(?:\.\d{1,4})?", re.ASCII)


def amount(text: str) -> Decimal | None:
    """An amount as `docs/data-flow.md` writes it; None for anything else (signs, exponents, NaN, spaces)."""
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def shown(text: str) -> str:
    """A claimed amount for records: two places where it is an amount, else what was sent, shortened."""
    found = amount(text)
    return text[:20] if found is None else amount_text(found)


def word_on(context: Context) -> Claim | None:
    """The learner's word that counts: the last one. After the last day they may claim less, or nothing, but not more."""
    last = claim_on(context.evidence, context.system)
    if last is None or not _after_the_last_day(last, context):
        return last
    in_time = [word for word in last.earlier if not _after_the_last_day(word, context)]
    return last if not in_time or _is_less(last, in_time[-1]) else in_time[-1]


def _after_the_last_day(word: Claim, context: Context) -> bool:
    return clocks.after_termination(clocks.done_at(word.mark, context.clock), context.clock)


def _is_less(word: Claim, before: Claim) -> bool:
    wanted, had = amount(word.amount or ""), amount(before.amount or "")
    return wanted is not None and had is not None and wanted < had


def claim(context: Context) -> Finding:
    offer = context.offer
    assert offer is not None, "participation is not claimed"
    word = word_on(context)
    if word is None:
        remedy = "Open the activity and claim the credit, or say that you do not want it."
        return unmet("not-claimed", f"{offer.name} was not claimed.", remedy=remedy)
    if word.amount is None:
        remedy = "Nothing needs to be done. The learner can still claim while the activity is offered."
        return unmet("credit-declined", f"The learner does not want {offer.name}.", remedy=remedy, marks=(word.mark,))
    return _amount_claimed(context, offer, word)


def _amount_claimed(context: Context, offer: CreditOffer, word: Claim) -> Finding:
    wanted = amount(word.amount or "")
    if wanted is None or wanted <= 0:
        said = f"is no amount above zero: {word.amount[:20]!r}" if word.amount else "names no amount"
        return _refused(word, "claim-not-an-amount", f"The claim {said}.", offer)
    wrong = _out_of_bounds(context, offer, wanted)
    if wrong:
        return _refused(word, *wrong, offer)
    return met(
        "claimed-within-maximum",
        f"{amount_text(wanted)} claimed, of at most {offer.maximum}.{_more_too_late(context, word)}",
        completing=(word.asked,),
        marks=(word.mark,),
    )


def _more_too_late(context: Context, counting: Claim) -> str:
    last = claim_on(context.evidence, context.system)
    if last is None or last.mark == counting.mark:
        return ""
    return f" More was claimed after the last day ({shown(last.amount or '')}), which does not count."


def can_be(context: Context, offer: CreditOffer, wanted: Decimal) -> bool:
    """Whether this much can be awarded of the credit at all, whoever says so."""
    return wanted > 0 and _out_of_bounds(context, offer, wanted) is None


def _out_of_bounds(context: Context, offer: CreditOffer, wanted: Decimal) -> tuple[str, str] | None:
    maximum = Decimal(offer.maximum)
    if wanted > maximum:
        return "claim-above-maximum", f"{amount_text(wanted)} was claimed; at most {offer.maximum} is designated."
    if offer.claim == "fixed" and wanted != maximum:
        return "claim-not-the-fixed-amount", f"{amount_text(wanted)} was claimed; this credit is {offer.maximum} or nothing."
    return _off_step(context, offer, wanted)


def _off_step(context: Context, offer: CreditOffer, wanted: Decimal) -> tuple[str, str] | None:
    step = context.rule.step if context.rule else Decimal(offer.step)
    least = min(context.rule.minimum, Decimal(offer.maximum)) if context.rule else Decimal(offer.minimum)
    if wanted < least:
        return "claim-below-minimum", f"{amount_text(wanted)} was claimed; the least that can be claimed is {amount_text(least)}."
    if offer.claim != "fixed" and step and wanted % step:
        return "claim-off-step", f"{amount_text(wanted)} was claimed; credit is claimed in steps of {amount_text(step)}."
    return None


def _refused(word: Claim, code: str, text: str, offer: CreditOffer) -> Finding:
    remedy = f"Claim again what you spent, up to {offer.maximum} {offer.units}."
    return unmet(code, text, remedy=remedy, marks=(word.mark,))
