"""Gathering all that the credit of one person at one activity depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lrs_bridge import dates, library, origins
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit.decide import governing
from lrs_bridge.credit.model import Assurance, Case, Evidence, Override, OverrideKind, Stored, Terms
from lrs_bridge.evidence import fold
from lrs_bridge.launching import profiles
from lrs_bridge.meanings import read
from lrs_bridge.other_tools import reported_evidence
from lrs_bridge.reading import own_statements
from lrs_bridge.store import definitions, launches, overrides, people
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.launches import Registration
from lrs_bridge.times import moment_of
from scorm_packager.activity import credits
from scorm_packager.activity.definition_model import Definition


def of_person(bridge: Bridge, connection: Connection, person: str, activity: str) -> tuple[Case, ...]:
    """Every registration at the activity of all who are the same person as this one."""
    current = people.current(connection, person)
    return tuple(_case(bridge, connection, current, one) for one in launches.of_person(connection, current, activity))


def of_activity(bridge: Bridge, connection: Connection, activity: str) -> tuple[Case, ...]:
    """Every registration at the activity, of everybody."""
    found = launches.of_activity(connection, activity)
    return tuple(_case(bridge, connection, people.current(connection, one.person), one) for one in found)


def _case(bridge: Bridge, connection: Connection, person: str, registration: Registration) -> Case:
    stored = tuple(_stored(connection, registration))
    launched_under = launches.last_definition(connection, registration.id)
    known = _definitions(connection, {one.revision for one in stored} | ({launched_under} if launched_under else set()))
    evidence = fold(registration.id, reported_evidence.completed(bridge, connection, registration, stored, known))
    return Case(
        person=person,
        site=registration.site,
        registration=registration.id,
        activity=registration.activity,
        draw_key=registration.draw_key,
        evidence=evidence,
        definitions=known,
        profile=profiles.for_decision(bridge, connection, registration.id),
        terms=_terms(connection, registration, _governing(connection, evidence, known, registration.activity)),
        launched_under=launched_under,
    )


def _stored(connection: Connection, registration: Registration) -> Iterator[Stored]:
    for kept, value, came_by in own_statements.of(connection, registration):
        origin = origins.best(came_by, registration.site)
        found = read(value | {"id": kept.id}, origin=origin, stored=moment_of(kept.stored), activity=registration.activity)
        if found is not None:
            yield replace(found, registration=registration.id)


def _definitions(connection: Connection, ids: set[str]) -> dict[str, Definition]:
    found = ((identity, library.find(connection, identity)) for identity in sorted(ids))
    return {identity: definition for identity, definition in found if definition is not None}


def _governing(connection: Connection, evidence: Evidence, known: dict[str, Definition], activity: str) -> Definition | None:
    """Whose dates count where no review has moved them: the definition that the registration is decided on, else the latest."""
    return known.get(governing(evidence) or "") or library.latest(connection, activity)


def _terms(connection: Connection, registration: Registration, definition: Definition | None) -> Terms:
    return Terms(
        dates=dates.in_force(definition, definitions.last_review(connection, registration.activity)),
        rules=credits.rule,
        assurance=_assurance(registration),
        overrides=tuple(_override(one) for one in overrides.concerning(connection, registration.activity, registration.person)),
    )


def _assurance(registration: Registration) -> Assurance:
    if registration.confirmed is not None:
        return Assurance.CONFIRMED
    return Assurance.LINKED if registration.linked else Assurance.ASSERTED


def _override(kept: overrides.KeptOverride) -> Override:
    kind: OverrideKind = kept.kind  # type: ignore[assignment]  # only these kinds are ever added
    return Override(
        id=kept.id,
        kind=kind,
        who=kept.who,
        why=kept.why,
        when=kept.at[:10],
        item=kept.item,
        item_version=kept.item_version,
        system=kept.system,
        amount=kept.amount,
        completed_on=kept.completed_on,
    )
