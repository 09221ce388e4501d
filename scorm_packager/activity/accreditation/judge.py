"""What an accreditor would object to in an activity: every rule, applied."""

from __future__ import annotations

from scorm_packager.activity.accreditation.facts import Facts
from scorm_packager.activity.accreditation.registry import all_rules
from scorm_packager.activity.accreditation.rule import Finding, Rule
from scorm_packager.activity.accreditation.rulebook import Clause
from scorm_packager.activity.model import Activity
from scorm_packager.activity.places import Places
from scorm_packager.activity.problems import Place, Problem


def object_to(activity: Activity, facts: Facts, places: Places) -> tuple[Problem, ...]:
    """Every objection at once, in the order of the file; pure."""
    found = {_problem(rule, finding, clause, places) for rule in all_rules() for finding, clause in rule.find(activity, facts)}
    return tuple(sorted(found, key=lambda problem: (problem.where, problem.code, problem.message)))


def _problem(rule: Rule, finding: Finding, clause: Clause, places: Places) -> Problem:
    where = finding.at if isinstance(finding.at, Place) else places.at(*finding.at)
    return Problem(rule.code, where, finding.message, finding.remedy, rule.severity, clause.source, clause.verified)
