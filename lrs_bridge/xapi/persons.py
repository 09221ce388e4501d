"""The Person of the Agents resource: all that is known of one agent (xAPI 1.0.3 Communication 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lrs_bridge.xapi.actors import IDENTIFIERS, everyone_in, key_of


def person(agent: dict[str, Any], statements: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The agent's identifier, and the names that the statements give it, in their order, each once.

    Two identifiers are never joined into one person: no statement says that they are.
    """
    identifiers = {name: [agent[name]] for name in IDENTIFIERS if name in agent}
    wanted = key_of(agent)
    names = dict.fromkeys(name for statement in statements for name in _names(statement, wanted))
    return {"objectType": "Person", **({"name": list(names)} if names else {}), **identifiers}


def _names(statement: dict[str, Any], wanted: str | None) -> Iterator[str]:
    for actor in (statement["actor"], statement["object"]):
        yield from (one["name"] for one in everyone_in(actor) if key_of(one) == wanted and "name" in one)
