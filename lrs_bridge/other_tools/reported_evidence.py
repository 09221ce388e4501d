"""A registration's statements, completed by what other tools report of its learner where its activity's definition says that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lrs_bridge import origins
from lrs_bridge.access import home_of
from lrs_bridge.bridge import Bridge
from lrs_bridge.credit.decide import governing
from lrs_bridge.credit.model import Origin, Stored
from lrs_bridge.evidence import fold
from lrs_bridge.other_tools import elsewhere, reports
from lrs_bridge.other_tools.reports import Report
from lrs_bridge.store import elsewhere as kept_elsewhere
from lrs_bridge.store import people, upstreams
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.launches import Registration
from lrs_bridge.times import moment_of
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.references import ACTIVITY_RELATED, term
from scorm_packager.activity.definition_model import Definition


def completed(
    bridge: Bridge, connection: Connection, registration: Registration, own: tuple[Stored, ...], known: Mapping[str, Definition]
) -> tuple[Stored, ...]:
    """By the definition that the registration is decided on; `own` as it is where that one is not known, or names nothing elsewhere."""
    revision = governing(fold(registration.id, own))
    definition = known.get(revision or "")
    if revision is None or definition is None or not definition.evidence:
        return own
    reported = _reported(bridge, connection, registration, {one.object for one in definition.evidence})
    return elsewhere.joined(own, reported, registration.id, revision, definition)


def _reported(bridge: Bridge, connection: Connection, registration: Registration, objects: Iterable[str]) -> list[tuple[Report, ...]]:
    learner = people.learner_of(connection, registration.pseudonym)
    if learner is None:
        return []
    names = elsewhere.names_of_learner(learner.learner_id, learner.pseudonym)
    found_by = [elsewhere.learner_term(registration.site, name) for name in names]
    found = kept_elsewhere.of_learner(connection, found_by, [term(ACTIVITY_RELATED, one) for one in objects])
    ours = home_of(bridge.config.public_url, registration.site)
    homes = {origins.of_upstream(one.site, one.key): one.filter.homepages for one in upstreams.listed(connection)} if found else {}
    reported = []
    for kept, came_by in found:
        value = value_of(kept.text.encode()) | {"id": kept.id}
        origin = origins.best((one for one in came_by if _speaks_for(homes.get(one, ()), value, ours)), registration.site)
        if origin != Origin.OTHER:
            reported.append(reports.read(value, origin=origin, stored=moment_of(kept.stored)))
    return reported


def _speaks_for(homepages: tuple[str, ...], statement: Mapping[str, Any], ours: str) -> bool:
    """Whether an account of that store is the site's learner: where it holds several systems, only those of the named ones are."""
    return not homepages or elsewhere.homepage_of(statement) in (*homepages, ours)
