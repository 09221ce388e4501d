"""ACPE's Universal Activity Numbers and activity types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import CreditGiven, Finding, ModelPath, credit_error, credit_warning
from scorm_packager.activity.accreditation.team import audience


def _uan(given: CreditGiven) -> dict[str, str]:
    """The named parts of the number; empty when it is missing or malformed, which another rule says."""
    found = re.fullmatch(given.clause["pattern"], given.credit.uan or "", re.ASCII)
    return found.groupdict() if found else {}


def _at(given: CreditGiven) -> ModelPath:
    return (*given.at, "uan")


@credit_error("uan-missing", "uan")
def uan_missing(given: CreditGiven) -> Iterator[Finding]:
    """Pharmacy credit has a Universal Activity Number."""
    if not given.credit.uan:
        yield Finding(given.at, f"{given.rule.name} has no Universal Activity Number.", "Add `uan` as assigned by ACPE.")


@credit_error("uan-malformed", "uan")
def uan_malformed(given: CreditGiven) -> Iterator[Finding]:
    """The number is provider, joint part, year, sequence, format with topic, audience."""
    if given.credit.uan and not _uan(given):
        message = f"`{given.credit.uan}` is no Universal Activity Number."
        yield Finding(_at(given), message, "Write it as in JA0000000-0000-26-001-H01-P.")


@credit_error("uan-against-providership", "uan")
def uan_against_providership(given: CreditGiven) -> Iterator[Finding]:
    """9999 stands in the number of a jointly provided activity, and only there."""
    parts, kind = _uan(given), given.activity.providership.kind
    if parts and (parts["joint"] == given.clause["joint"]) != (kind == "joint"):
        expected = given.clause["joint"] if kind == "joint" else "0000"
        message = f"The activity has {kind} providership, and its number says {parts['joint']}."
        yield Finding(_at(given), message, f"Expected is {expected}; correct the number or `providership`.")


@credit_error("uan-against-format", "uan")
def uan_against_format(given: CreditGiven) -> Iterator[Finding]:
    """H stands for home study, which an enduring material is; L for a live activity."""
    parts, expected = _uan(given), given.clause["formats"].get(given.activity.format)
    if parts and expected and parts["format"] != expected:
        message = f"The number is of format {parts['format']}, and the activity is: {given.activity.format}."
        yield Finding(_at(given), message, f"Use the number with {expected}: each format has its own.")


@credit_error("uan-of-another-year", "uan")
def uan_of_another_year(given: CreditGiven) -> Iterator[Finding]:
    """The number has the year of release, or of the approval when that came before."""
    approved = given.credit.approved
    years = {f"{day.year % 100:02}" for day in (given.activity.released, approved and approved.from_) if day}
    parts = _uan(given)
    if parts and years and parts["year"] not in years:
        message = f"The number is of the year {parts['year']}; the activity is of {' or '.join(sorted(years))}."
        yield Finding(_at(given), message, "Use the number assigned to this activity, or correct the dates.")


@credit_error("uan-of-another-audience", "uan")
def uan_of_another_audience(given: CreditGiven) -> Iterator[Finding]:
    """P is for pharmacists, T for technicians: the audience has the profession that the number is for."""
    parts, learners = _uan(given), audience(given.activity)
    if not parts or not learners:
        return
    profession = given.clause["audiences"][parts["audience"]]
    if profession not in learners:
        message = f"The number is for the profession {profession}, which is not in the audience."
        yield Finding(_at(given), message, "Add it to `audience`, or use the number for the other profession.")


@credit_error("uan-of-another-provider", "uan")
def uan_of_another_provider(given: CreditGiven) -> Iterator[Finding]:
    """JA and seven digits belong to a jointly accredited provider, four digits to a provider accredited by ACPE alone."""
    parts = _uan(given)
    held = {accreditation.accreditor for accreditation in given.activity.provider.accreditations}
    if parts and parts["provider"].startswith("JA") and "joint" not in held:
        message = "The number is of a jointly accredited provider, and this provider is not one."
        yield Finding(_at(given), message, "Correct the number, or the accreditations in the provider file.")


@credit_error("activity-type-missing", "activity-type")
def activity_type_missing(given: CreditGiven) -> Iterator[Finding]:
    """Pharmacy education is knowledge-based, application-based or a certificate program."""
    if given.credit.kind is None:
        message = f"{given.rule.name} has no activity type."
        yield Finding(given.at, message, "Add `kind`: knowledge, application, or certificate program.")


@credit_error("too-short-for-its-type", "activity-type-time")
def too_short_for_its_type(given: CreditGiven) -> Iterator[Finding]:
    """Each activity type has a least duration: knowledge 15 minutes, application 60, certificate program 15 hours."""
    least, minutes = given.clause["minutes"].get(given.credit.kind), given.activity.estimated_minutes
    if least and minutes is not None and minutes < least:
        message = f"An activity of type {given.credit.kind} takes {least} minutes at least; this one takes {minutes}."
        yield Finding((*given.at, "kind"), message, "Choose another type, or lengthen the activity.")


@credit_warning("application-without-case", "activity-type-assessment")
def application_without_case(given: CreditGiven) -> Iterator[Finding]:
    """Application-based education is assessed on cases: at least one item has a vignette."""
    own_items = given.activity.assessments.post and given.activity.assessments.post.from_ is None
    cases = given.activity.cases or any(item.vignette for item in given.activity.items)
    if given.credit.kind == "application" and own_items and not cases:
        message = "The activity is application-based, and no item puts a case."
        yield Finding((*given.at, "kind"), message, "Give items a `vignette`, write `cases`, or call the activity knowledge-based.")
