"""What an accreditor would object to in an activity: every rule, applied."""

from __future__ import annotations

from collections.abc import Mapping

from scorm_packager.activity.accreditation.facts import Facts
from scorm_packager.activity.accreditation.registry import all_rules
from scorm_packager.activity.accreditation.rule import Finding, ModelPath, Rule
from scorm_packager.activity.accreditation.rulebook import Clause
from scorm_packager.activity.model import Activity
from scorm_packager.activity.problems import Place, Problem

_NOWHERE = Place("activity.yaml")


def object_to(activity: Activity, facts: Facts, places: Mapping[ModelPath, Place]) -> tuple[Problem, ...]:
    """Every objection at once, in the order of the file; pure."""
    found = {
        _problem(rule, finding, clause, places)
        for rule in all_rules()
        for finding, clause in rule.find(activity, facts)
    }
    return tuple(sorted(found, key=lambda problem: (problem.where, problem.code, problem.message)))


def place_of(path: ModelPath, places: Mapping[ModelPath, Place]) -> Place:
    """Where a part of the activity was written; what was left out stands where its nearest surrounding part does."""
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            return places[path[:length]]
    return _NOWHERE


def _problem(rule: Rule, finding: Finding, clause: Clause, places: Mapping[ModelPath, Place]) -> Problem:
    where = finding.at if isinstance(finding.at, Place) else place_of(finding.at, places)
    return Problem(rule.code, where, finding.message, finding.remedy, rule.severity, clause.source, clause.verified)
