"""From a package's opening to a learner, a registration and a token; and what the learner says of themselves."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from lrs_bridge import dates, library
from lrs_bridge.access import actor_of, hash_of
from lrs_bridge.bridge import Bridge
from lrs_bridge.launching import profiles
from lrs_bridge.launching.bodies import LaunchRequest
from lrs_bridge.reading import own_statements
from lrs_bridge.refusals import NotAllowed, NotFound, one
from lrs_bridge.store import definitions, launches, overrides, pending, people, sites
from lrs_bridge.store.engine import Connection, in_writing
from lrs_bridge.store.launches import Launch, Registration
from lrs_bridge.store.people import Learner
from lrs_bridge.times import text_of
from scorm_packager.activity import draws
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.vocabulary import EXT_SEQUENCE


@dataclass(frozen=True, slots=True)
class _Opened:
    registration: Registration
    is_new: bool


def launch(bridge: Bridge, request: LaunchRequest, origin: str | None) -> dict[str, Any]:
    """The answer to a launch. Raises `NotFound` for an unknown site, `NotAllowed` for an origin that is not the site's.

    Who shows a launch key that was seen before gets their registration back; who does not gets a new one.
    """
    return in_writing(bridge.engine, lambda connection: _launch(bridge, connection, request, origin))


def _launch(bridge: Bridge, connection: Connection, request: LaunchRequest, origin: str | None) -> dict[str, Any]:
    _require_site(connection, request.site, origin)
    learner = _learner(bridge, connection, request)
    opened = _registration(bridge, connection, request, learner)
    token = bridge.random_bytes(32).hex()
    made = _made(bridge, request, opened.registration, token, origin)
    launches.add_launch(connection, made)
    if opened.is_new and request.learner.name:
        profiles.note_lms_name(bridge, connection, opened.registration.id, request.learner.name)
    actor = _actor(request) or actor_of(bridge.config.public_url, request.site, learner.pseudonym)
    return _answer(bridge, connection, opened, made, token, actor)


def _require_site(connection: Connection, key: str, origin: str | None) -> None:
    site = sites.get(connection, key)
    if site is None:
        remedy = "Add it with `lrs-bridge site add`, or build the package for a site there is."
        raise NotFound(one("site-unknown", f"There is no site {key!r} here.", remedy))
    if not site.admits(origin):
        message = f"{origin} is not an origin of the site {key!r}."
        raise NotAllowed(one("origin-not-allowed", message, "Add it with `lrs-bridge site add --origin`."))


def _learner(bridge: Bridge, connection: Connection, request: LaunchRequest) -> Learner:
    known = people.learner(connection, request.site, request.learner.id)
    if known is not None:
        return known
    person = str(uuid.UUID(bytes=bridge.random_bytes(16), version=4))
    learner = Learner(site=request.site, learner_id=request.learner.id, pseudonym=bridge.random_hex(), person=person)
    people.add(connection, learner, bridge.text_now())
    return learner


def _registration(bridge: Bridge, connection: Connection, request: LaunchRequest, learner: Learner) -> _Opened:
    launch_key = hash_of(_secret(request))
    known = launches.find_registration(connection, learner.pseudonym, request.activity, launch_key)
    if known is not None:
        if not known.linked:
            launches.link(connection, known.id)
            pending.mark(connection, (known.id,), bridge.text_now())
        return _Opened(known, is_new=False)
    made = Registration(
        id=str(uuid.UUID(bytes=bridge.random_bytes(16), version=4)),
        site=learner.site,
        pseudonym=learner.pseudonym,
        person=learner.person,
        activity=request.activity,
        launch_key=launch_key,
        draw_key=draws.draw_key(request.launch_key),
        created=bridge.text_now(),
        known_as=request.registration.lower() if request.registration else None,
        agent=_agent(request),
    )
    launches.add_registration(connection, made)
    return _Opened(made, is_new=True)


def _secret(request: LaunchRequest) -> str:
    """What opens a registration: the launch key, and with it the LMS's registration and actor where the LMS names them."""
    return "\n".join(filter(None, (request.launch_key, (request.registration or "").lower(), _agent(request))))


def _agent(request: LaunchRequest) -> str | None:
    return own_statements.agent_of(_actor(request)) if request.actor else None


def _actor(request: LaunchRequest) -> dict[str, Any]:
    """The LMS's actor as it was given."""
    return request.actor.model_dump(exclude_unset=True) if request.actor else {}


def _made(bridge: Bridge, request: LaunchRequest, registration: Registration, token: str, origin: str | None) -> Launch:
    now = bridge.now()
    return Launch(
        id=str(uuid.UUID(bytes=bridge.random_bytes(16), version=4)),
        registration=registration.id,
        token=hash_of(token),
        created=text_of(now),
        expires=text_of(now + timedelta(hours=bridge.config.token_hours)),
        mode="credit" if request.mode == "normal" and request.credit else "no-evidence",
        definition=request.definition,
        build=request.build,
        format=request.format,
        origin=origin,
    )


# --- the answer ---------------------------------------------------------------------------------


def _answer(bridge: Bridge, connection: Connection, opened: _Opened, made: Launch, token: str, actor: dict[str, Any]) -> dict[str, Any]:
    registration = opened.registration
    definition = _definition(connection, made.definition, registration.activity)
    granted = overrides.concerning(connection, registration.activity, registration.person)
    return {
        "token": token,
        "expires": made.expires,
        "endpoint": f"{bridge.config.public_url}/xapi",
        "actor": actor,
        "registration": registration.named,
        **_calendar(bridge, connection, registration.activity, definition),
        "now": bridge.text_now(),
        "attempts_granted": sum(override.kind == "grant-attempt" for override in granted),
        "mode": made.mode,
        "known_definition": definition is not None,
        "linked": not opened.is_new,
        "profile": None if opened.is_new else profiles.shown(bridge, connection, registration.id),
        "last_sequence": last_sequence(connection, registration),
    }


def _definition(connection: Connection, identity: str, activity: str) -> Definition | None:
    found = library.find(connection, identity)
    return found if found is not None and found.activity == activity else None


def _calendar(bridge: Bridge, connection: Connection, activity: str, definition: Definition | None) -> dict[str, Any]:
    """The dates in force, and what day it is there. No dates when we know of none: the package's own count then."""
    review = definitions.last_review(connection, activity)
    known = definition or library.latest(connection, activity)
    today = dates.today(bridge.now(), known.zone if known else None).isoformat()
    if definition is None and review is None:
        return {"dates": None, "today": today}
    in_force = asdict(dates.in_force(definition, review))
    return {"dates": {name: day.isoformat() if day else None for name, day in in_force.items()}, "today": today}


def last_sequence(connection: Connection, registration: Registration) -> int:
    """The highest number that a stored statement of the registration carries; 0 when none does."""
    return max((_sequence(statement) for _, statement, _ in own_statements.of(connection, registration)), default=0)


def _sequence(statement: dict[str, Any]) -> int:
    number = statement.get("context", {}).get("extensions", {}).get(EXT_SEQUENCE)
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**53 else 0
