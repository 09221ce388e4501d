"""What an accreditor's judgement needs besides the activity file: the day, the texts beside it, and what each credit system is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scorm_packager.activity.accreditation.rulebook import Rulebook, shipped
from scorm_packager.activity.accreditation.timeline import latest_validation
from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.model import Activity, EvaluationItem


@dataclass(frozen=True, slots=True)
class Facts:
    """Gathered once, before judging. `pages` maps a path as the activity writes it to its Markdown text."""

    today: date  # in the activity's zone
    pages: Mapping[str, str] = field(default_factory=dict)
    evaluation: tuple[EvaluationItem, ...] = ()  # the whole form, shared items included
    systems: Mapping[str, CreditRule] = field(default_factory=dict)  # the rule in force of each designated credit
    rulebook: Rulebook = field(default_factory=shipped)


def standing_date(activity: Activity, facts: Facts) -> date:
    """The day whose rules the activity must meet: its latest release or review, else today."""
    return latest_validation(activity) or facts.today
