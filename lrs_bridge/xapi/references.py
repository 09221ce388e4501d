"""What a statement can be found by: its verb, its actors, its activities, and the statements it speaks of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrs_bridge.xapi.actors import everyone_in, key_of
from scorm_packager.activity.vocabulary import VOIDED

AGENT, AGENT_RELATED = "agent", "agent-related"
ACTIVITY, ACTIVITY_RELATED = "activity", "act-related"
VERB, STATEMENT = "verb", "statement"


@dataclass(frozen=True, slots=True)
class Reference:
    kind: str
    value: bytes


def digest(text: str) -> bytes:
    """16 bytes that stand for a text of any length and any characters in an index."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def references(statement: dict[str, Any]) -> frozenset[Reference]:
    """Of a statement without problems; the related kinds hold the plain ones too (xAPI 1.0.3 Communication 2.1.3)."""
    found = {(VERB, statement["verb"]["id"])}
    agents, activities = set(_agents(statement)), set(_activities(statement))
    found |= {(AGENT, key) for key in agents} | {(ACTIVITY, key) for key in activities}
    found |= {(AGENT_RELATED, key) for key in agents | set(_related_agents(statement))}
    found |= {(ACTIVITY_RELATED, key) for key in activities | set(_related_activities(statement))}
    found |= {(STATEMENT, key) for key in _statements(statement)}
    return frozenset(Reference(kind, digest(key)) for kind, key in found)


def registration_of(statement: dict[str, Any]) -> str | None:
    registration = statement.get("context", {}).get("registration")
    return registration.lower() if registration else None


def voids(statement: dict[str, Any]) -> str | None:
    """The id of the statement that this one takes back."""
    return str(statement["object"]["id"]).lower() if statement["verb"]["id"] == VOIDED else None


# --- actors -------------------------------------------------------------------------------------


def _agents(statement: dict[str, Any]) -> Iterator[str]:
    yield from _keys(statement["actor"])
    if statement["object"].get("objectType") in ("Agent", "Group"):
        yield from _keys(statement["object"])


def _related_agents(statement: dict[str, Any]) -> Iterator[str]:
    context = statement.get("context", {})
    for name in ("instructor", "team"):
        yield from _keys(context.get(name))
    for name, key in (("contextAgents", "agent"), ("contextGroups", "group")):
        for each in context.get(name, ()):
            yield from _keys(each[key])
    if statement["object"].get("objectType") == "SubStatement":
        yield from _agents(statement["object"])
        yield from _related_agents(statement["object"])


def authority_references(authority: dict[str, Any]) -> frozenset[Reference]:
    return frozenset(Reference(AGENT_RELATED, digest(key)) for key in _keys(authority))


def _keys(value: Any) -> Iterator[str]:
    """Of an actor: its own and, for a group, its members'."""
    return (key for one in everyone_in(value) if (key := key_of(one)) is not None)


# --- activities and statements ------------------------------------------------------------------


def _activities(statement: dict[str, Any]) -> Iterator[str]:
    if statement["object"].get("objectType", "Activity") == "Activity":
        yield statement["object"]["id"]


def _related_activities(statement: dict[str, Any]) -> Iterator[str]:
    for value in statement.get("context", {}).get("contextActivities", {}).values():
        yield from (activity["id"] for activity in (value if isinstance(value, list) else [value]))
    if statement["object"].get("objectType") == "SubStatement":
        yield from _activities(statement["object"])
        yield from _related_activities(statement["object"])


def _statements(statement: dict[str, Any]) -> Iterator[str]:
    """Those whose finding finds this one too: the object's reference, not the context's."""
    if statement["object"].get("objectType") == "StatementRef":
        yield str(statement["object"]["id"]).lower()
