"""What a request works with: the bridge, and who is asking."""

from __future__ import annotations

from flask import current_app, request

from lrs_bridge import access
from lrs_bridge.access import Caller, KeyHolder, Learner
from lrs_bridge.bridge import Bridge
from lrs_bridge.refusals import NotAllowed, NotAuthenticated, one
from lrs_bridge.store import keys, sites
from lrs_bridge.store.engine import Connection, reading, writing
from lrs_bridge.times import moment_of

_LAST_USE_SECONDS = 60


def bridge() -> Bridge:
    found: Bridge = current_app.extensions["bridge"]
    return found


def caller() -> Caller:
    """Whoever the Authorization header names. Raises `NotAuthenticated`."""
    given = request.authorization
    with reading(bridge().engine) as connection:
        if given is not None and given.type == "bearer" and given.token:
            return _learner(connection, given.token)
        if given is not None and given.type == "basic":
            holder = access.holder_of_key(connection, given.username or "", given.password or "", bridge().text_now())
        else:
            remedy = "Send a launch token as Bearer, or a key and its secret as Basic."
            raise NotAuthenticated(one("not-authenticated", "The request does not say who is asking.", remedy))
    _note_use(holder)
    return holder


def learner(token: str | None = None) -> Learner:
    """The holder of a launch token, of the header's when none is given. Raises `NotAuthenticated`."""
    given = request.authorization
    named = token if token is not None else given.token if given is not None and given.type == "bearer" else None
    if not named:
        remedy = "Launch first, and send the token as Bearer."
        raise NotAuthenticated(one("not-authenticated", "This door opens with a launch token.", remedy))
    with reading(bridge().engine) as connection:
        return _learner(connection, named)


def _learner(connection: Connection, token: str) -> Learner:
    found = access.holder_of_token(connection, token, bridge().text_now(), bridge().config.public_url)
    origin = request.headers.get("Origin")
    site = sites.get(connection, found.registration.site)
    # A sandboxed frame has the origin `null`; the token says whose it is.
    if site is not None and origin != "null" and not site.admits(origin):
        message = f"{origin} is not an origin of the site {site.key!r}."
        raise NotAllowed(one("origin-not-allowed", message, "Add it with `lrs-bridge site add --origin`."))
    return found


def _note_use(holder: KeyHolder) -> None:
    """Once a minute is enough to see which keys are in use."""
    now, last = bridge().now(), holder.key.last_used
    if last is not None and (now - moment_of(last)).total_seconds() < _LAST_USE_SECONDS:
        return
    with writing(bridge().engine) as connection:
        keys.note_use(connection, holder.key.id, bridge().text_now())


def with_scope(scope: str) -> Caller:
    """The caller, who has the scope. Raises `NotAuthenticated` or `NotAllowed`."""
    found = caller()
    access.require(found, scope)
    return found
