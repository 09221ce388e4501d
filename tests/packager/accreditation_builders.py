"""Activities for the tests of accreditation rules: the good one of tests/activities, with only what matters changed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scorm_packager.activity import yaml_text
from scorm_packager.activity.accreditation import Facts, gathered, object_to
from scorm_packager.activity.model import Activity
from scorm_packager.activity.places import Places
from scorm_packager.activity.problems import Problem

GOOD = Path(__file__).parent.parent / "activities" / "good"
TODAY = date(2026, 12, 2)  # the day after the good activity's release
NO_PAGES: Mapping[str, str] = {}
NOWHERE = Places({}, "activity.yaml")


@cache
def _good() -> dict[str, Any]:
    said = yaml_text.rule_data(GOOD / "activity.yaml")
    said["provider"] = yaml_text.rule_data(GOOD / "provider.yaml")
    return said


def an_activity(**changes: Any) -> Activity:
    """The good activity; a change of None leaves the part out."""
    said = copy.deepcopy(_good()) | changes
    return Activity.model_validate({key: value for key, value in said.items() if value is not None})


def a_person(**changes: Any) -> dict[str, Any]:
    """Faculty from September 1, who disclosed in August that there is nothing to disclose."""
    return {
        "name": "Ada Winterbourne",
        "credentials": "MD",
        "roles": [{"role": "faculty", "from": "2026-09-01"}],
        "disclosed": "2026-08-10",
    } | changes


def a_relationship(**changes: Any) -> dict[str, Any]:
    """A consultancy that is not relevant."""
    return {"company": "Calderon Therapeutics", "nature": ["consultant"], "relevant": False} | changes


def with_relationship(**changes: Any) -> Activity:
    """One more faculty member, with one relationship."""
    return with_person(relationships=[a_relationship(**changes)])


def with_person(**changes: Any) -> Activity:
    return an_activity(people=[*_good()["people"], a_person(**changes)])


def with_credit(system: str, **changes: Any) -> Activity:
    """The good activity with one of its credits changed, or one more."""
    others = [credit for credit in _good()["credits"] if credit["system"] != system]
    own = next((credit for credit in _good()["credits"] if credit["system"] == system), {"system": system, "maximum": "0.5"})
    return an_activity(credits=[*others, own | changes])


def only_credit(system: str, activity: Mapping[str, Any] | None = None, **changes: Any) -> Activity:
    """The good activity, changed, with this credit and no other."""
    return an_activity(credits=[{"system": system, "maximum": "0.5"} | changes], **(activity or {}))


def facts(activity: Activity, *, today: date = TODAY, pages: Mapping[str, str] = NO_PAGES) -> Facts:
    return gathered(activity, today, pages)


def objections(activity: Activity, *, today: date = TODAY, pages: Mapping[str, str] = NO_PAGES) -> tuple[Problem, ...]:
    return object_to(activity, facts(activity, today=today, pages=pages), NOWHERE)


def codes(activity: Activity, *, today: date = TODAY, pages: Mapping[str, str] = NO_PAGES) -> set[str]:
    return {problem.code for problem in objections(activity, today=today, pages=pages)}
