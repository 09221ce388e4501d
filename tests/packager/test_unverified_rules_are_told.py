"""A rule that nobody read at its maker's is in use all the same, and `check` says so."""

from __future__ import annotations

from scorm_packager.activity import credits
from scorm_packager.activity.unverified import unverified
from tests.packager.activity_builders import an_activity


def test_it_names_each_unverified_rule_with_its_date() -> None:
    activity = an_activity()
    offer = activity.credits[0]
    rule = credits.rule(offer.system, credits.wording_date(activity))
    assert rule is not None
    told = [line for line in unverified(activity) if line.startswith(f"credit rule {offer.system} of {rule.from_.isoformat()}")]
    assert bool(told) is not rule.verified


def test_the_accreditation_statement_is_named_too() -> None:
    assert any(line.startswith("accreditation statement") for line in unverified(an_activity()))
