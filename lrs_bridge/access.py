"""Who is asking, and what they may do. Secrets are 32 random bytes; what is kept of them is a hash."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from lrs_bridge.refusals import NotAllowed, NotAuthenticated, one
from lrs_bridge.store import keys, launches
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.keys import Key
from lrs_bridge.store.launches import Launch, Registration
from lrs_bridge.times import text_of
from lrs_bridge.vault import RandomBytes

Role = Literal["lms", "author", "report", "admin", "full"]
ROLES: tuple[Role, ...] = get_args(Role)

# xAPI 1.0.3 Communication 4.2 names the scopes of the statements; `define` lets the key's holder register definitions.
WRITE, READ_OWN, READ, DEFINE, MANAGE = "statements/write", "statements/read/mine", "all/read", "define", "all"
SCOPES: dict[str, frozenset[str]] = {
    "lms": frozenset({WRITE, READ_OWN}),
    "author": frozenset({DEFINE}),
    "report": frozenset({READ, READ_OWN}),
    "admin": frozenset({READ, READ_OWN, DEFINE, MANAGE}),
    "full": frozenset({WRITE, READ, READ_OWN, DEFINE, MANAGE}),
}


@dataclass(frozen=True, slots=True)
class Learner:
    """The holder of a launch token: may write of one registration, and read what came of it."""

    launch: Launch
    registration: Registration
    actor: dict[str, Any]
    scopes: frozenset[str] = frozenset({WRITE})

    @property
    def origin(self) -> str:
        # Review, browse and no-credit launches leave no evidence.
        return f"launch:{self.launch.id}" if self.launch.mode == "credit" else f"visit:{self.launch.id}"


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The holder of a key for Basic authentication."""

    key: Key

    @property
    def scopes(self) -> frozenset[str]:
        return SCOPES[self.key.role]

    @property
    def origin(self) -> str:
        return f"site:{self.key.site}:{self.key.id}" if self.key.role == "lms" else f"key:{self.key.id}"


Caller = Learner | KeyHolder


def require(caller: Caller, scope: str) -> None:
    """Raises `NotAllowed`, which names the scope that is missing."""
    if scope not in caller.scopes:
        message = f"This credential does not have the scope {scope!r}."
        raise NotAllowed(one("scope-missing", message, f"Use a key whose role has it: {', '.join(_having(scope))}."))


def _having(scope: str) -> list[str]:
    return [role for role in ROLES if scope in SCOPES[role]]


# --- secrets ------------------------------------------------------------------------------------


def hash_of(secret: str) -> str:
    """Of a secret with 128 random bits or more, which needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key with its secret, which is shown this once."""

    kept: Key
    secret: str


def new_key(
    role: Role, random_bytes: RandomBytes, now: datetime, *, site: str | None = None, days: int | None = None, note: str = ""
) -> NewKey:
    """A key of a role; one of role `lms` belongs to a site. Without `days` it does not expire."""
    identity, secret = f"{role}-{random_bytes(8).hex()}", random_bytes(32).hex()
    expires = None if days is None else text_of(now + timedelta(days=days))
    kept = Key(id=identity, role=role, site=site, secret=hash_of(secret), created=text_of(now), expires=expires, note=note)
    return NewKey(kept, secret)


# --- who is it? ---------------------------------------------------------------------------------


def holder_of_key(connection: Connection, name: str, secret: str, now: str) -> KeyHolder:
    """Raises `NotAuthenticated`, which does not say whether the name or the secret was wrong."""
    key = keys.get(connection, name)
    # Compared even when there is no such key, so that an answer takes as long.
    fits = hmac.compare_digest(hash_of(secret), key.secret if key else "0" * 64)
    if key is None or not fits or not key.is_good(now):
        remedy = "Check key and secret; they may have expired or been revoked."
        raise NotAuthenticated(one("key-not-accepted", "This key and secret are not accepted.", remedy))
    return KeyHolder(key)


def holder_of_token(connection: Connection, token: str, now: str, public_url: str) -> Learner:
    found = launches.by_token(connection, hash_of(token))
    if found is None:
        raise NotAuthenticated(one("token-unknown", "This launch token was not made here.", "Launch again from the LMS."))
    launch, registration = found
    if launch.expires <= now:
        raise NotAuthenticated(one("token-expired", "This launch token has expired.", "Launch again: nothing is lost."))
    return Learner(launch, registration, actor_of(public_url, registration.site, registration.pseudonym))


def actor_of(public_url: str, site: str, pseudonym: str) -> dict[str, Any]:
    """How statements name a learner: by a random pseudonym at their site."""
    return {"objectType": "Agent", "account": {"homePage": f"{public_url}/sites/{site}", "name": pseudonym}}


def authority_of(public_url: str, caller: Caller) -> dict[str, Any]:
    """Who vouches for what this caller sends (xAPI 1.0.3 Data 2.4.9)."""
    name = f"launches of {caller.registration.site}" if isinstance(caller, Learner) else f"key {caller.key.id}"
    return {"objectType": "Agent", "account": {"homePage": public_url, "name": name}}
