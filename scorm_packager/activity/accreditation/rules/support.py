"""Commercial support (ACCME Standard 4)."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import Finding, Given, ModelPath, error
from scorm_packager.activity.model import CommercialSupport


def _supports(given: Given) -> Iterator[tuple[ModelPath, CommercialSupport]]:
    for index, support in enumerate(given.activity.commercial_support):
        yield ("commercial_support", index), support


@error("support-without-agreement", "accme/standard-4")
def support_without_agreement(given: Given) -> Iterator[Finding]:
    """Commercial support stands on a written agreement that was executed."""
    for at, support in _supports(given):
        if support.agreement is None:
            message = f"The support of {support.company} has no executed agreement."
            yield Finding(at, message, "Have it signed by all parties, and put the day in `agreement`; until then accept nothing.")


@error("agreement-after-release", "accme/standard-4-timing")
def agreement_after_release(given: Given) -> Iterator[Finding]:
    """The agreement is executed before the activity begins, at the latest on the day of release."""
    for at, support in _supports(given):
        if support.agreement and given.activity.released and support.agreement > given.activity.released:
            message = f"The agreement with {support.company} was executed on {support.agreement}, after the release."
            yield Finding((*at, "agreement"), message, "Correct the date, or give the support back and remove it here.")


@error("in-kind-support-without-nature", "accme/standard-4")
def in_kind_support_without_nature(given: Given) -> Iterator[Finding]:
    """Learners are told the nature of in-kind support."""
    for at, support in _supports(given):
        if support.kind == "in-kind" and not support.nature:
            message = f"Nothing says what {support.company} gave in kind."
            yield Finding((*at, "kind"), message, "Say it in `nature` (loan of ultrasound equipment, room …).")


@error("monetary-support-without-amount", "accme/pars-activity")
def monetary_support_without_amount(given: Given) -> Iterator[Finding]:
    """The amount of monetary support is recorded: PARS and the accreditor ask for it."""
    for at, support in _supports(given):
        if support.kind == "monetary" and support.amount is None:
            message = f"The amount that {support.company} gave is missing."
            yield Finding((*at, "kind"), message, "Put it in `amount`.")
