"""What a statement can be found by: its verb, its actors, its activities, and the statements it speaks of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lrs_bridge.xapi.actors import everyone_in, key_of
from scorm_packager.activity.vocabulary import VOIDED

AGENT, AGENT_RELATED = "agent", "agent-related"
ACTIVITY, ACTIVITY_RELATED = "activity", "act-related"
VERB, STATEMENT, REGISTRATION, ORIGIN = "verb", "statement", "registration", "origin"


def digest(text: str) -> bytes:
    """16 bytes that stand for a text of any length and any characters in an index."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@lru_cache(maxsize=16_384)
def term(kind: str, key: str) -> bytes:
    """What stands in the index for a thing of that kind: a verb's or activity's IRI, an actor's `key_of`, a statement's id."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16, person=kind.encode()).digest()


def references(statement: dict[str, Any]) -> frozenset[bytes]:
    """Of a statement without problems; the related kinds hold the plain ones too (xAPI 1.0.3 Communication 2.1.3)."""
    agents, activities = set(_agents(statement)), set(_activities(statement))
    found = {term(VERB, statement["verb"]["id"])}
    found |= {term(AGENT, key) for key in agents} | {term(ACTIVITY, key) for key in activities}
    found |= {term(AGENT_RELATED, key) for key in agents.union(_related_agents(statement))}
    found |= {term(ACTIVITY_RELATED, key) for key in activities.union(_related_activities(statement))}
    return frozenset(found)


def found_by(statement: dict[str, Any], said: frozenset[bytes], origin: str) -> frozenset[bytes]:
    """Everything that a statement can be asked for by: what it says, the statement it speaks of, and how it came."""
    spoken_of = speaks_of(statement)
    spoken = frozenset() if spoken_of is None else frozenset({term(STATEMENT, spoken_of)})
    return said | spoken | {term(ORIGIN, origin)}


def said_of(statement: dict[str, Any], authority: dict[str, Any]) -> frozenset[bytes]:
    """What finds a statement without problems, and those that speak of it too."""
    return said_with(statement, authority_references(authority))


def said_with(statement: dict[str, Any], authority: frozenset[bytes]) -> frozenset[bytes]:
    registration = registration_of(statement)
    named = frozenset() if registration is None else frozenset({term(REGISTRATION, registration)})
    return references(statement) | authority | named


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


def authority_references(authority: dict[str, Any]) -> frozenset[bytes]:
    return frozenset(term(AGENT_RELATED, key) for key in _keys(authority))


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


def speaks_of(statement: dict[str, Any]) -> str | None:
    """The id of the statement whose finding finds this one too: the object's reference, not the context's."""
    is_reference = statement["object"].get("objectType") == "StatementRef"
    return str(statement["object"]["id"]).lower() if is_reference else None
