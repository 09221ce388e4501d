"""What an LMS demands of an assignable unit: cmi5 (Quartz, 1st edition), each requirement under the number that ADL's CATAPULT gives it.

Written from the specification. A rule is a sentence on one statement as it arrives in a session; True says that it holds.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Statement = dict[str, Any]

VERBS = "http://adlnet.gov/expapi/verbs/"
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"


@dataclass
class Session:
    """One launch of the unit: what the LMS gave it, and what it has told. `earlier` are verbs told in the registration before."""

    id: str
    actor: dict[str, Any]
    registration: str
    activity: str
    data: dict[str, Any]
    earlier: frozenset[str] = frozenset()
    preferences_read: bool = False
    token_given: bool = False
    told: list[Statement] = field(default_factory=list)
    refused: list[tuple[str, Statement]] = field(default_factory=list)

    @property
    def normal(self) -> bool:
        return bool(self.data["launchMode"] == "Normal")

    def verbs(self) -> list[str]:
        return [verb_of(one) for one in self.told if is_defined(one)]


def categories(one: Statement) -> list[str]:
    return [each["id"] for each in one.get("context", {}).get("contextActivities", {}).get("category", [])]


def is_defined(one: Statement) -> bool:
    return CATEGORY in categories(one)


def verb_of(one: Statement) -> str:
    return str(one["verb"]["id"]).removeprefix(VERBS)


def extensions(one: Statement) -> dict[str, Any]:
    found: dict[str, Any] = one.get("context", {}).get("extensions", {})
    return found


def result(one: Statement) -> dict[str, Any]:
    found: dict[str, Any] = one.get("result", {})
    return found


def holds(template: Any, given: Any) -> bool:
    """Whether all of the template stands in what was given, lists from their beginning."""
    if isinstance(template, dict):
        return isinstance(given, dict) and all(name in given and holds(value, given[name]) for name, value in template.items())
    if isinstance(template, list):
        return isinstance(given, list) and len(given) >= len(template) and all(map(holds, template, given))
    return bool(template == given)


def is_uuid(text: object) -> bool:
    try:
        return str(uuid.UUID(str(text))) == str(text).lower()
    except ValueError:
        return False


def _defined(*verbs: str) -> Callable[[Session, Statement], bool]:
    return lambda session, one: is_defined(one) and verb_of(one) in verbs


def _has_duration(one: Statement) -> bool:
    return bool(re.fullmatch(r"P(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)", str(result(one).get("duration"))))


def _scaled(one: Statement) -> float | None:
    found: float | None = result(one).get("score", {}).get("scaled")
    return found


def _mastery(session: Session) -> float | None:
    found: float | None = session.data.get("masteryScore")
    return found


@dataclass(frozen=True)
class Rule:
    number: str
    sentence: str
    concerns: Callable[[Session, Statement], bool]
    holds: Callable[[Session, Statement], bool]


def _every(session: Session, one: Statement) -> bool:
    return True


def _any_defined(session: Session, one: Statement) -> bool:
    return is_defined(one)


RULES = (
    Rule("8.1.3.0-3", "the actor is the one of the launch", _every, lambda s, one: one["actor"] == s.actor),
    Rule("8.1.4.0-3", "the registration is that of the launch", _every, lambda s, one: one["context"]["registration"] == s.registration),
    Rule("8.1.5.0-6", "the object is the activity of the launch", _any_defined, lambda s, one: one["object"]["id"] == s.activity),
    Rule("9.1.0.0-1", "every statement has a UUID", _every, lambda s, one: is_uuid(one.get("id"))),
    Rule("9.3.0.0-2", "no verb is told twice in a session", _any_defined, lambda s, one: verb_of(one) not in s.verbs()),
    Rule(
        "9.3.0.0-3",
        "passed and failed are not both told",
        _defined("passed", "failed"),
        lambda s, one: not {"passed", "failed"} & set(s.verbs()),
    ),
    Rule(
        "9.3.0.0-4", "initialized comes first", _every, lambda s, one: bool(s.told) or (is_defined(one) and verb_of(one) == "initialized")
    ),
    Rule("9.3.0.0-5", "nothing comes after terminated", _every, lambda s, one: "terminated" not in s.verbs()),
    Rule("9.3.0.0-6", "completed is told once in a registration", _defined("completed"), lambda s, one: "completed" not in s.earlier),
    Rule("9.3.0.0-7", "passed is told once in a registration", _defined("passed"), lambda s, one: "passed" not in s.earlier),
    Rule("9.3.0.0-8", "failed does not follow passed", _defined("failed"), lambda s, one: "passed" not in s.earlier | set(s.verbs())),
    Rule(
        "9.3.4.0-2",
        "who passed has the mastery score",
        lambda s, one: _defined("passed")(s, one) and _scaled(one) is not None and _mastery(s) is not None,
        lambda s, one: (_scaled(one) or 0) >= (_mastery(s) or 0),
    ),
    Rule(
        "9.3.5.0-2",
        "who failed has less than the mastery score",
        lambda s, one: _defined("failed")(s, one) and _scaled(one) is not None and _mastery(s) is not None,
        lambda s, one: (_scaled(one) or 0) < (_mastery(s) or 0),
    ),
    Rule(
        "9.5.1.0-2",
        "a score is told with passed and failed only",
        lambda s, one: is_defined(one) and "score" in result(one),
        lambda s, one: verb_of(one) in ("passed", "failed"),
    ),
    Rule("9.5.2.0-1", "passed is success", _defined("passed"), lambda s, one: result(one).get("success") is True),
    Rule("9.5.2.0-2", "failed is no success", _defined("failed"), lambda s, one: result(one).get("success") is False),
    Rule(
        "9.5.2.0-3",
        "others say nothing of success",
        _defined("initialized", "completed", "terminated"),
        lambda s, one: "success" not in result(one),
    ),
    Rule("9.5.3.0-1", "completed is completion", _defined("completed"), lambda s, one: result(one).get("completion") is True),
    Rule(
        "9.5.3.0-2",
        "others say nothing of completion",
        _defined("initialized", "passed", "failed", "terminated"),
        lambda s, one: "completion" not in result(one),
    ),
    Rule("9.5.4.1-1", "terminated has a duration", _defined("terminated"), lambda s, one: _has_duration(one)),
    Rule("9.5.4.1-2", "completed has a duration", _defined("completed"), lambda s, one: _has_duration(one)),
    Rule("9.5.4.1-3", "passed has a duration", _defined("passed"), lambda s, one: _has_duration(one)),
    Rule("9.5.4.1-4", "failed has a duration", _defined("failed"), lambda s, one: _has_duration(one)),
    Rule(
        "9.6.2.0-1",
        "the template's activities are there, in their places",
        _every,
        lambda s, one: holds(s.data["contextTemplate"]["contextActivities"], one["context"].get("contextActivities")),
    ),
    Rule(
        "9.6.2.2-1",
        "success and completion have the category moveOn",
        lambda s, one: is_defined(one) and bool({"success", "completion"} & set(result(one))),
        lambda s, one: MOVE_ON in categories(one),
    ),
    Rule(
        "9.6.2.2-2",
        "nothing else has the category moveOn",
        lambda s, one: not (is_defined(one) and {"success", "completion"} & set(result(one))),
        lambda s, one: MOVE_ON not in categories(one),
    ),
    Rule("9.6.3.1-4", "every statement names the session", _every, lambda s, one: extensions(one).get(f"{EXTENSION}sessionid") == s.id),
    Rule(
        "9.6.3.2-2",
        "who is judged by the mastery score says so",
        lambda s, one: _defined("passed", "failed")(s, one) and _mastery(s) is not None,
        lambda s, one: extensions(one).get(f"{EXTENSION}masteryscore") == _mastery(s),
    ),
    Rule("9.7.0.0-1", "every statement has its time", _every, lambda s, one: "timestamp" in one),
    Rule("9.7.0.0-2", "times are in UTC", _every, lambda s, one: bool(re.search(r"(Z|[+-]00:?00)$", one.get("timestamp", "")))),
    Rule("10.2.1.0-6", "the context is made on the template", _every, lambda s, one: holds(s.data["contextTemplate"], one["context"])),
    Rule(
        "10.2.2.0-9",
        "a launch for browsing tells nothing else",
        _any_defined,
        lambda s, one: s.normal or verb_of(one) in ("initialized", "terminated"),
    ),
    Rule("11.0.0.0-3", "the preferences are read first", _defined("initialized"), lambda s, one: s.preferences_read),
)


def objections(session: Session, one: Statement) -> list[str]:
    """The numbers of the rules that a statement breaks."""
    return [rule.number for rule in RULES if _concerns(rule, session, one) and not _holds(rule, session, one)]


def _concerns(rule: Rule, session: Session, one: Statement) -> bool:
    return rule.concerns(session, one)


def _holds(rule: Rule, session: Session, one: Statement) -> bool:
    try:
        return rule.holds(session, one)
    except KeyError:
        return False
