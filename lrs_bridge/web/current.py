"""What a request works with: the bridge, and who is asking."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, current_app, request
from werkzeug.datastructures import Authorization

from lrs_bridge import access
from lrs_bridge.access import Caller, KeyHolder, Learner
from lrs_bridge.bridge import Bridge
from lrs_bridge.refusals import NotAllowed, NotAuthenticated, one
from lrs_bridge.store import keys, sites
from lrs_bridge.store.engine import DatabaseError, looking, writing
from lrs_bridge.store.sites import Site
from lrs_bridge.times import moment_of, text_of
from lrs_bridge.web.acquaintance import Acquaintances, LastUses, name_of
from lrs_bridge.web.throttle import Throttle

# A guesser gets nowhere with 256 random bits; this keeps them from asking the database all day.
_FAILURES_A_MINUTE = 120

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _KeyGiven:
    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class _TokenGiven:
    token: str


_Given = _KeyGiven | _TokenGiven


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What one process remembers of who came lately."""

    uses: LastUses
    callers: Acquaintances[Caller] = field(default_factory=Acquaintances)
    sites: Acquaintances[tuple[Site, ...]] = field(default_factory=Acquaintances)
    failures: Throttle = field(default_factory=lambda: Throttle(per_minute=_FAILURES_A_MINUTE))


def install(app: Flask) -> None:
    bridge: Bridge = app.extensions["bridge"]
    app.extensions["doorkeeper"] = Doorkeeper(LastUses(lambda uses: _write_uses(bridge, uses)))


def bridge() -> Bridge:
    found: Bridge = current_app.extensions["bridge"]
    return found


def _doorkeeper() -> Doorkeeper:
    found: Doorkeeper = current_app.extensions["doorkeeper"]
    return found


# --- who is asking ------------------------------------------------------------------------------


def caller() -> Caller:
    """Whoever the Authorization header names. Raises `NotAuthenticated`, or `TooMany` after many failures from one address."""
    found = _met(request.headers.get("Authorization", ""), _of_header)
    if isinstance(found, KeyHolder):
        _doorkeeper().uses.note(found.key.id, bridge().now())
    elif isinstance(found, Learner):
        _require_origin(found)
    return found


def learner(token: str | None = None) -> Learner:
    """The holder of a launch token, of the header's when none is given. Raises `NotAuthenticated` or `TooMany`."""
    found = _met(request.headers.get("Authorization", ""), _of_header) if token is None else _met(token, _of_token)
    if not isinstance(found, Learner):
        remedy = "Launch first, and send the token as Bearer."
        raise NotAuthenticated(one("not-authenticated", "This door opens with a launch token.", remedy))
    _require_origin(found)
    return found


def with_scope(scope: str) -> Caller:
    """The caller, who has the scope. Raises `NotAuthenticated` or `NotAllowed`."""
    found = caller()
    access.require(found, scope)
    return found


def _met(said: str, given_in: Callable[[str], _Given]) -> Caller:
    """Whoever came with these words, looked up when they did not come lately."""
    keeper, name, now = _doorkeeper(), (given_in, name_of(said)), bridge().now()
    found = keeper.callers.fresh(name, now)
    if found is not None:
        return found
    given = given_in(said)
    # Who was good before is no guesser: behind a proxy they may share the address with one.
    if not keeper.callers.has_met(name):
        keeper.failures.require_few(request.remote_addr or "")
    try:
        found, until = _looked_up(given, text_of(now))
    except NotAuthenticated:
        keeper.callers.forget(name)
        keeper.failures.count(request.remote_addr or "")
        raise
    return keeper.callers.remember(name, found, now, None if until is None else moment_of(until))


def _looked_up(given: _Given, now: str) -> tuple[Caller, str | None]:
    with looking(bridge().engine) as connection:
        if isinstance(given, _KeyGiven):
            return access.holder_of_key(connection, given.name, given.secret, now)
        found = access.holder_of_token(connection, given.token, now, bridge().config.public_url)
        return found, found.launch.expires


def _of_token(token: str) -> _Given:
    if not token:
        raise _unsaid()
    return _TokenGiven(token)


def _of_header(header: str) -> _Given:
    try:
        given = Authorization.from_header(header)
    except ValueError:  # what stands after `Basic` is no base64, not even ASCII
        given = None
    if given is not None and given.type == "bearer" and given.token:
        return _TokenGiven(given.token)
    if given is not None and given.type == "basic":
        return _KeyGiven(given.username or "", given.password or "")
    raise _unsaid()


def _unsaid() -> NotAuthenticated:
    remedy = "Send a launch token as Bearer, or a key and its secret as Basic."
    return NotAuthenticated(one("not-authenticated", "The request does not say who is asking.", remedy))


def _write_uses(bridge: Bridge, uses: dict[str, datetime]) -> None:
    try:
        with writing(bridge.engine) as connection:
            keys.note_uses(connection, {key: text_of(at) for key, at in uses.items()})
    except DatabaseError as error:
        _log.warning("last use of keys not noted", extra={"kind": type(error).__name__})


# --- from where ---------------------------------------------------------------------------------


def known_sites() -> tuple[Site, ...]:
    """All sites, as they were at most two seconds ago."""
    keeper, now = _doorkeeper(), bridge().now()
    found = keeper.sites.fresh("all", now)
    if found is not None:
        return found
    with looking(bridge().engine) as connection:
        return keeper.sites.remember("all", tuple(sites.listed(connection)), now)


def _require_origin(found: Learner) -> None:
    origin = request.headers.get("Origin")
    # A sandboxed frame has the origin `null`; the token says whose it is.
    if origin is None or origin == "null":
        return
    site = next((site for site in known_sites() if site.key == found.registration.site), None)
    if site is not None and not site.admits(origin):
        message = f"{origin} is not an origin of the site {site.key!r}."
        raise NotAllowed(one("origin-not-allowed", message, "Add it with `lrs-bridge site add --origin`."))
