"""What an accreditor's judgement needs besides the activity file: the day, the texts beside it, and what each credit system is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scorm_packager.activity import credits
from scorm_packager.activity.accreditation.rulebook import Rulebook, shipped
from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.model import Activity


@dataclass(frozen=True, slots=True)
class Facts:
    """Gathered once, before judging. `pages` maps a path as the activity writes it to its Markdown text."""

    today: date  # in the activity's zone
    pages: Mapping[str, str] = field(default_factory=dict)
    systems: Mapping[str, CreditRule] = field(default_factory=dict)  # the rule in force of each designated credit
    rulebook: Rulebook = field(default_factory=shipped)


def gathered(activity: Activity, today: date, pages: Mapping[str, str]) -> Facts:
    """All that the rules need on an activity; `today` in its zone."""
    on = credits.wording_date(activity)
    found = {credit.system: credits.rule(credit.system, on) for credit in activity.credits}
    return Facts(today, pages, {key: rule for key, rule in found.items() if rule})
