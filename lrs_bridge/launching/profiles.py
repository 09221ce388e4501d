"""What learners say of themselves: name, profession, identifiers, consents. Kept encrypted, and never in a statement."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from lrs_bridge import library
from lrs_bridge.access import Learner
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit.model import Profile
from lrs_bridge.launching.bodies import ProfileRequest
from lrs_bridge.refusals import Malformed
from lrs_bridge.store import pending, people
from lrs_bridge.store.engine import Connection, in_writing
from lrs_bridge.store.people import Consent
from scorm_packager.activity.definition_model import ConsentAsk, Definition, IdentifierAsk
from scorm_packager.activity.problems import Place, Problem


def put(bridge: Bridge, learner: Learner, request: ProfileRequest) -> None:
    """Keeps it and asks for a new decision. Raises `Malformed` with a problem for each wrong field."""
    in_writing(bridge.engine, lambda connection: _put(bridge, connection, learner, request))
    bridge.bell.set()


def _put(bridge: Bridge, connection: Connection, learner: Learner, request: ProfileRequest) -> None:
    definition = library.find(connection, learner.launch.definition)
    found = tuple(problems(request, definition))
    if found:
        raise Malformed(found)
    registration = learner.registration.id
    kept = read(bridge, connection, registration)
    identifiers = kept.get("identifiers", {}) | request.identifiers
    said = {"name": request.name.strip(), "profession": request.profession}
    said["identifiers"] = {key: value.strip() for key, value in identifiers.items() if value.strip()}  # type: ignore[assignment]
    people.put_profile(connection, registration, bridge.vault.lock(kept | said), bridge.text_now())
    _note_consents(bridge, connection, learner, request, definition)
    pending.mark(connection, (registration,), bridge.text_now())


def _note_consents(
    bridge: Bridge, connection: Connection, learner: Learner, request: ProfileRequest, definition: Definition | None
) -> None:
    asked = {ask.key: ask for ask in consents_asked(definition)}
    last = people.consents_of(connection, learner.registration.id)
    for key, given in sorted(request.consents.items()):
        ask = asked.get(key)
        consent = Consent(
            registration=learner.registration.id,
            key=key,
            given=given,
            recipient=ask.recipient if ask else "",
            wording=hashlib.sha256(ask.text.encode()).hexdigest() if ask else "",
            definition=learner.launch.definition,
            at=bridge.text_now(),
        )
        if key not in last or (last[key].given, last[key].wording) != (consent.given, consent.wording):
            people.add_consent(connection, consent)


def note_lms_name(bridge: Bridge, connection: Connection, registration: str, name: str) -> None:
    """The name as the LMS gave it, for staff, until the learner gives the one for the certificate."""
    people.put_profile(connection, registration, bridge.vault.lock({"lms_name": name}), bridge.text_now())


# --- what is wrong with it ----------------------------------------------------------------------


def problems(request: ProfileRequest, definition: Definition | None) -> Iterator[Problem]:
    """Against what the definition asks for; an unknown definition asks for nothing in particular."""
    if not any(letter.isalpha() for letter in request.name):  # spaces that cannot be seen are no name
        yield _problem("name", "A certificate needs a name.", "Give the name as it should stand on the certificate.")
    if definition is None:
        return
    if request.profession is not None and request.profession not in {option.key for option in definition.professions}:
        yield _problem("profession", "This profession is not among those to choose from.", "Choose one of the list.")
    identifiers = {ask.key: ask for ask in identifiers_asked(definition)}
    for key, value in request.identifiers.items():
        yield from _identifier(key, value.strip(), identifiers.get(key))
    known = {ask.key for ask in consents_asked(definition)}
    for key in request.consents:
        if key not in known:
            yield _problem(f"consents.{key}", "This activity does not ask for this consent.", "Leave it out.")


def _identifier(key: str, value: str, ask: IdentifierAsk | None) -> Iterator[Problem]:
    if ask is None:
        yield _problem(f"identifiers.{key}", "This activity does not ask for this identifier.", "Leave it out.")
    elif value and re.fullmatch(ask.pattern, value) is None:
        yield _problem(f"identifiers.{key}", f"{ask.label}: this does not look right.", ask.help or "Check it for a slip of the keyboard.")


def _problem(field: str, message: str, remedy: str) -> Problem:
    return Problem("profile-field", Place(field), message, remedy)


def identifiers_asked(definition: Definition | None) -> list[IdentifierAsk]:
    return [ask for offer in (definition.credits if definition else ()) for ask in offer.identifiers]


def consents_asked(definition: Definition | None) -> list[ConsentAsk]:
    return [ask for offer in (definition.credits if definition else ()) for ask in offer.consents]


# --- reading it ---------------------------------------------------------------------------------


def read(bridge: Bridge, connection: Connection, registration: str) -> dict[str, Any]:
    """Everything kept of it: `lms_name`, `name`, `profession`, `identifiers`; empty when nothing was said."""
    encrypted = people.profile(connection, registration)
    found: dict[str, Any] = bridge.vault.unlock(encrypted) if encrypted else {}
    return found


def shown(bridge: Bridge, connection: Connection, registration: str) -> dict[str, Any] | None:
    """What a launch brings back: of identifiers only which were given. None before anything was said."""
    kept = read(bridge, connection, registration)
    if "name" not in kept:
        return None
    consents = {key: consent.given for key, consent in people.consents_of(connection, registration).items()}
    return {"name": kept["name"], "profession": kept["profession"], "identifiers": sorted(kept["identifiers"]), "consents": consents}


def for_decision(bridge: Bridge, connection: Connection, registration: str) -> Profile:
    """What a decision may know: which identifiers and consents were given, not what they are."""
    kept = read(bridge, connection, registration)
    given = (key for key, consent in people.consents_of(connection, registration).items() if consent.given)
    return Profile(profession=kept.get("profession"), identifiers=frozenset(kept.get("identifiers", {})), consents=frozenset(given))
