"""Taking a person out of a statement that stays: its id, its meaning and its numbers are kept, who it was and what they wrote are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lrs_bridge.xapi.actors import IDENTIFIERS, everyone_in, key_of

ERASED = "[erased]"

# Responses of these are choices of the item's own, not words of the learner's (xAPI 1.0.3 Data 2.4.4.1).
_CHOICES = frozenset({"choice", "true-false", "matching", "performance", "sequencing", "numeric", "likert"})
# What is an address or a code, and would mean something else with a word taken out.
_NOT_WORDS = frozenset(
    {"id", "objectType", "type", "usageType", "interactionType", "homePage", "registration", "timestamp", "stored", "version"}
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to take out.

    `known_by` are the `key_of` of agents that give them away; each becomes `stand_in`. `pseudonyms` are those of agents that give nobody
    away: they stay, without a name. `words` are what the person is called; `choices` the ids of activities whose responses are no free
    text; `extensions` the IRIs of those that are kept.
    """

    known_by: frozenset[str]
    pseudonyms: frozenset[str]
    stand_in: Mapping[str, Any]
    words: tuple[str, ...] = ()
    choices: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()

    @property
    def agents(self) -> frozenset[str]:
        return self.known_by | self.pseudonyms


def speaks_of(statement: Mapping[str, Any], agents: Collection[str]) -> bool:
    """Whether one of the agents is who did it."""
    return any(key_of(one) in agents for one in everyone_in(statement.get("actor")))


def without(statement: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """A valid statement that says the same of somebody who cannot be told from it.

    Of a statement that the person did: free-text responses, attachments and others' extensions are taken out too. Of one that only
    mentions them: no more than their agents, and what they are called.
    """
    found = _own(statement, person) if speaks_of(statement, person.agents) else dict(statement)
    plain: dict[str, Any] = _without_words(_without_agents(found, person), _pattern(person.words))
    return plain


def _own(statement: Mapping[str, Any], person: Person) -> dict[str, Any]:
    found = {name: part for name, part in statement.items() if name != "attachments"}
    if isinstance(found.get("result"), dict):
        found["result"] = _result(found["result"], found.get("object", {}), person)
    if isinstance(found.get("context"), dict):
        found["context"] = _kept_extensions(found["context"], person)
    thing = found.get("object", {})
    if thing.get("objectType") == "SubStatement":
        found["object"] = _own(thing, person)
    elif isinstance(thing.get("definition"), dict):
        found["object"] = thing | {"definition": _kept_extensions(thing["definition"], person)}
    return found


def _result(result: dict[str, Any], thing: Mapping[str, Any], person: Person) -> dict[str, Any]:
    kept = _kept_extensions(result, person)
    # A response taken back, or of spaces alone, says that nothing was said: so does its erasure.
    if str(kept.get("response", "")).strip() and not _is_choice(thing, person):
        kept["response"] = ERASED
    return kept


def _is_choice(thing: Mapping[str, Any], person: Person) -> bool:
    definition = thing.get("definition")
    kind = definition.get("interactionType") if isinstance(definition, dict) else None
    return kind in _CHOICES or thing.get("id") in person.choices


def _kept_extensions(part: Mapping[str, Any], person: Person) -> dict[str, Any]:
    kept = dict(part)
    if isinstance(part.get("extensions"), dict):
        kept["extensions"] = {iri: value for iri, value in part["extensions"].items() if iri in person.extensions}
    if kept.get("extensions") == {}:
        del kept["extensions"]
    return kept


# --- wherever they stand ------------------------------------------------------------------------


def _without_agents(value: Any, person: Person) -> Any:
    if isinstance(value, list):
        return [_without_agents(each, person) for each in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _without_agents(part, person) for name, part in value.items()}
    if not any(name in value for name in IDENTIFIERS):
        return inner
    key = key_of(value)
    if key in person.known_by:
        return {name: inner[name] for name in ("objectType", "member") if name in inner} | dict(person.stand_in)
    return {name: part for name, part in inner.items() if name != "name"} if key in person.pseudonyms else inner


def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole words, longest first: `Ann Example` before `Ann`."""
    longest = sorted({word.strip() for word in words if word.strip()}, key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest), re.IGNORECASE) if longest else None


def _without_words(value: Any, pattern: re.Pattern[str] | None) -> Any:
    return value if pattern is None else _mapped(value, lambda text: pattern.sub(ERASED, text))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(each, change) for each in value]
    if isinstance(value, dict):
        return {name: part if name in _NOT_WORDS and isinstance(part, str) else _mapped(part, change) for name, part in value.items()}
    return value
