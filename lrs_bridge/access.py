"""Who is asking, and what they may do. Secrets are 32 random bytes; what is kept of them is a hash."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from lrs_bridge import origins
from lrs_bridge.refusals import NotAllowed, NotAuthenticated, NotFound, one
from lrs_bridge.scopes import (
    ALL,
    DEFINE,
    OF_A_LAUNCH,
    OF_AN_UPSTREAM,
    PROFILE,
    PROFILE_READ,
    READ,
    READ_OWN,
    READ_STATEMENTS,
    REGISTER,
    ROLES,
    SCOPES,
    STATE,
    STATE_READ,
    WRITE,
    Role,
    roles_with,
)
from lrs_bridge.store import keys, launches
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.keys import Key
from lrs_bridge.store.launches import Launch, Registration
from lrs_bridge.times import text_of
from lrs_bridge.vault import RandomBytes

__all__ = [
    "ALL", "DEFINE", "PROFILE", "PROFILE_READ", "READ", "READ_OWN", "READ_STATEMENTS", "REGISTER", "ROLES", "SCOPES", "STATE",
    "STATE_READ", "WRITE", "Caller", "KeyHolder", "Learner", "NewKey", "Role", "Upstream", "actor_of", "authority_of", "hash_of",
    "holder_of_key", "holder_of_token", "home_of", "new_key", "require", "require_own", "rotated",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Learner:
    """The holder of a launch token: may write of one registration, and read what came of it."""

    launch: Launch
    registration: Registration
    actor: dict[str, Any]
    scopes: frozenset[str] = OF_A_LAUNCH

    @property
    def origin(self) -> str:
        # Review, browse and no-credit launches leave no evidence.
        return f"launch:{self.launch.id}" if self.launch.mode == "credit" else f"visit:{self.launch.id}"

    @property
    def tenant(self) -> str:
        """The site whose documents this caller reaches; empty: those of no site."""
        return self.registration.site


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

    @property
    def tenant(self) -> str:
        return self.key.site or ""


@dataclass(frozen=True, slots=True)
class Upstream:
    """Another record store, whose statements the bridge itself has fetched; of whose accounts those of `homepages`, or all when none
    are named, are the site's learners."""

    key: str
    site: str | None = None
    homepages: tuple[str, ...] = ()
    scopes: frozenset[str] = OF_AN_UPSTREAM

    @property
    def origin(self) -> str:
        return origins.of_upstream(self.site, self.key)

    @property
    def tenant(self) -> str:
        return self.site or ""


Caller = Learner | KeyHolder | Upstream


def require(caller: Caller, scope: str) -> None:
    """Raises `NotAllowed`, which names the scope that is missing and the roles that have it."""
    if scope not in caller.scopes:
        message = f"This credential does not have the scope {scope!r}."
        raise NotAllowed(one("scope-missing", message, f"Use a key whose role has it: {', '.join(roles_with(scope))}."))


def require_own(caller: Caller, *, activity: str | None, agent: dict[str, Any] | None, registration: str | None) -> None:
    """Raises `NotAllowed` when the holder of a launch token asks for a document that is not of their own launch.

    `activity` may be one below the launch's own; a part that is not given is not the learner's own.
    """
    if not isinstance(caller, Learner):
        return
    own = caller.registration
    is_activity = activity is not None and (activity == own.activity or activity.startswith(own.activity + "/"))
    is_agent = agent is not None and {"objectType": "Agent"} | agent == caller.actor
    if not (is_activity and is_agent and (registration or "").lower() == own.id):
        message = "The token may only reach documents of its own learner, activity and registration."
        raise NotAllowed(one("another-document", message, "Send actor, activity and registration of the launch's answer."))


# --- secrets ------------------------------------------------------------------------------------


_NO_HASH = "0" * 64


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


def rotated(key: Key, random_bytes: RandomBytes, now: datetime, *, overlap: timedelta, days: int | None = None) -> NewKey:
    """The key with a new secret; the one before it is good for `overlap` longer. Without `days` it expires as before.

    Raises `NotFound` when the key is not good any more: a new secret would bring it back.
    """
    if not key.is_good(text_of(now)):
        raise NotFound(one("key-not-good", f"The key {key.id!r} has expired or been revoked.", "Make a new one: `lrs-bridge key create`."))
    secret = random_bytes(32).hex()
    expires = key.expires if days is None else text_of(now + timedelta(days=days))
    kept = replace(key, secret=hash_of(secret), previous=key.secret, previous_until=text_of(now + overlap), expires=expires)
    return NewKey(kept, secret)


# --- who is it? ---------------------------------------------------------------------------------


def holder_of_key(connection: Connection, name: str, secret: str, now: str) -> tuple[KeyHolder, str | None]:
    """Whose key it is, and until when this secret is good (None: for as long as the key is not revoked).

    Raises `NotAuthenticated`, which does not say whether the name or the secret was wrong.
    """
    key, found = keys.get(connection, name), hash_of(secret)
    # Both compared, even when there is no such key, so that an answer takes as long.
    fits = hmac.compare_digest(found, key.secret if key else _NO_HASH)
    fitted = hmac.compare_digest(found, key.previous if key and key.previous else _NO_HASH)
    if key is None or not (fits or fitted) or not key.is_good(now) or _has_ended(key, now, former=not fits):
        remedy = "Check key and secret; they may have expired or been revoked."
        raise NotAuthenticated(one("key-not-accepted", "This key and secret are not accepted.", remedy))
    ends = [end for end in (key.expires, None if fits else key.previous_until) if end is not None]
    return KeyHolder(key), min(ends, default=None)


def _has_ended(key: Key, now: str, *, former: bool) -> bool:
    return former and (key.previous_until is None or key.previous_until <= now)


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
    return {"objectType": "Agent", "account": {"homePage": home_of(public_url, site), "name": pseudonym}}


def home_of(public_url: str, site: str) -> str:
    """Where the pseudonyms of a site's learners are at home."""
    return f"{public_url}/sites/{site}"


def authority_of(public_url: str, caller: Caller) -> dict[str, Any]:
    """Who vouches for what this caller sends (xAPI 1.0.3 Data 2.4.9)."""
    return {"objectType": "Agent", "account": {"homePage": public_url, "name": _name_of(caller)}}


def _name_of(caller: Caller) -> str:
    if isinstance(caller, Learner):
        return f"launches of {caller.registration.site}"
    return f"key {caller.key.id}" if isinstance(caller, KeyHolder) else f"upstream {caller.key}"
