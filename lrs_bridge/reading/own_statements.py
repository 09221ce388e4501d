"""The statements of one registration, and of nobody else's.

An LMS that names its own registration (cmi5, plain xAPI) may use one for several activities, and who knows it may name it in a launch of
their own. What came with a launch token therefore belongs to the registration that the token was made for, whatever the text says; what
an LMS or its record store tells belongs to the registration of the actor it speaks of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from lrs_bridge.store import launches, statements
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.launches import Registration
from lrs_bridge.store.statements import Kept
from lrs_bridge.xapi.actors import key_of
from lrs_bridge.xapi.parse import value_of

_BY_TOKEN = ("launch:", "visit:")


def agent_of(actor: Any) -> str:
    """What is kept of an actor whom an LMS named: enough to know them again, and not their name."""
    return hashlib.sha256((key_of(actor) or "").encode("utf-8", "surrogatepass")).hexdigest()


def of(connection: Connection, registration: Registration) -> Iterator[tuple[Kept, dict[str, Any], frozenset[str]]]:
    """Each with its value and the ways in which it came that count, in the order of their coming; voided ones are left out."""
    launched = launches.ids_of(connection, registration.id)
    for kept, came_by in statements.of_registration(connection, registration.named):
        value = value_of(kept.text.encode())
        own = frozenset(origin for origin in came_by if _is_own(origin, value, registration, launched))
        if own:
            yield kept, value, own


def _is_own(origin: str, value: dict[str, Any], registration: Registration, launched: frozenset[str]) -> bool:
    if origin.startswith(_BY_TOKEN):
        return origin.partition(":")[2] in launched
    return registration.agent is None or agent_of(value.get("actor")) == registration.agent
