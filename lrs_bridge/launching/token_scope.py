"""What a launch token may say: of its own learner, registration and activity, with the verbs that packages use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lrs_bridge.access import Learner
from lrs_bridge.reading import own_statements
from scorm_packager.activity import vocabulary
from scorm_packager.activity.problems import Place, Problem

VERBS = frozenset(
    {
        vocabulary.INITIALIZED,
        vocabulary.EXPERIENCED,
        vocabulary.ACKNOWLEDGED,
        vocabulary.ANSWERED,
        vocabulary.RESPONDED,
        vocabulary.SCORED,
        vocabulary.PASSED,
        vocabulary.FAILED,
        vocabulary.COMPLETED,
        vocabulary.EVALUATED,
        vocabulary.COMMITTED,
        vocabulary.CLAIMED_CREDIT,
        vocabulary.DECLINED_CREDIT,
    }
)


def objections(statement: dict[str, Any], learner: Learner) -> Iterator[Problem]:
    """Why this learner's token may not say this statement, which has no problems as a statement."""
    context = statement.get("context", {})
    activity = learner.registration.activity
    if not _is_own(statement["actor"], learner):
        yield _refused("another-actor", "actor", "The token may only speak of its own learner.", "Send the actor of the launch's answer.")
    if str(context.get("registration", "")).lower() != learner.registration.named:
        remedy = "Send the registration of the launch's answer."
        yield _refused("another-registration", "context.registration", "The token may only write to its own registration.", remedy)
    if statement["verb"]["id"] not in VERBS:
        remedy = "Use a site's LMS key for other verbs."
        yield _refused("verb-not-allowed", "verb.id", "The token may not use this verb.", remedy)
    for place, foreign in _foreign(statement, learner):
        message = f"{foreign[:200]!r} does not belong to the activity {activity}."
        yield _refused("another-activity", place, message, "Send ids of the activity itself, or below it.")
    for place in _not_for_learners(statement, learner):
        yield _refused("property-not-allowed", place, "The token may not set this property.", "Leave it out.")


def _is_own(actor: dict[str, Any], learner: Learner) -> bool:
    if learner.registration.agent is not None:
        return own_statements.agent_of(actor) == learner.registration.agent
    return {"objectType": "Agent"} | actor == learner.actor


def _is_named_by_lms(learner: Learner) -> bool:
    """An LMS that names actor and registration gives a context as well, which its statements must hold (cmi5 10.2.1)."""
    return learner.registration.agent is not None


def _foreign(statement: dict[str, Any], learner: Learner) -> Iterator[tuple[str, str]]:
    activity = learner.registration.activity
    thing = statement["object"]
    if thing.get("objectType", "Activity") != "Activity":
        yield "object.objectType", str(thing["objectType"])
    elif not _within(thing["id"], activity):
        yield "object.id", thing["id"]
    listed = statement.get("context", {}).get("contextActivities", {})
    for name in () if _is_named_by_lms(learner) else ("parent", "grouping"):
        found = listed.get(name, [])
        for each in found if isinstance(found, list) else [found]:
            if not _within(each["id"], activity):
                yield f"context.contextActivities.{name}", each["id"]


def _within(identity: str, activity: str) -> bool:
    return identity == activity or identity.startswith(activity + "/")


def _not_for_learners(statement: dict[str, Any], learner: Learner) -> Iterator[str]:
    yield from (name for name in ("authority", "attachments") if name in statement)
    context = statement.get("context", {})
    of_the_lms = () if _is_named_by_lms(learner) else ("instructor", "team")
    yield from (f"context.{name}" for name in (*of_the_lms, "statement", "contextAgents", "contextGroups") if name in context)


def _refused(code: str, where: str, message: str, remedy: str) -> Problem:
    return Problem(code, Place(where), message, remedy)
