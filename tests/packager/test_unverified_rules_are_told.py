"""A rule that nobody read at its maker's is in use all the same, and `check` says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scorm_packager.activity import credits
from scorm_packager.activity.model import Credit
from scorm_packager.activity.unverified import unverified
from tests.packager.activity_builders import an_activity

REVIEWED = date(2026, 10, 1)


def test_it_names_each_unverified_rule_with_its_date() -> None:
    activity = an_activity(credits=(Credit(system="ama-pra-1", maximum=Decimal("1.25")),), reviewed=REVIEWED)
    rule = credits.rule("ama-pra-1", REVIEWED)
    assert rule is not None
    told = [line for line in unverified(activity) if line.startswith(f"credit rule ama-pra-1 of {rule.from_.isoformat()}")]
    assert len(told) == (0 if rule.verified else 1)


def test_the_accreditation_statement_is_named_too() -> None:
    assert any(line.startswith("accreditation statement") for line in unverified(an_activity(reviewed=REVIEWED)))
