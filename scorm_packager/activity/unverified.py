"""Which of the rules that an activity rests on nobody has read at their maker's: said by `check` and to staff, never on a certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorm_packager.activity import credits, dated
from scorm_packager.activity.accreditors import accreditors
from scorm_packager.activity.model import Activity


def unverified(activity: Activity) -> tuple[str, ...]:
    """One line for each wording or award rule in use whose block says `verified: false`, with its key and date."""
    on = credits.wording_date(activity)
    return (*_credit_rules(activity, on), *_statements(activity, on))


def _credit_rules(activity: Activity, on: date) -> Iterator[str]:
    for credit in activity.credits:
        rule = credits.rule(credit.system, on)
        if rule is not None and not rule.verified:
            yield f"credit rule {rule.id} of {rule.from_.isoformat()}: {rule.source}"


def _statements(activity: Activity, on: date) -> Iterator[str]:
    for accreditation in activity.provider.accreditations:
        found = accreditors().get(accreditation.accreditor)
        rule = dated.in_force(found.statements, on) if found else None
        if found is not None and rule is not None and not rule.verified:
            yield f"accreditation statement {found.id} of {rule.from_.isoformat()}: {rule.source}"
