"""Credit records as they are shown: the decision with its certificate, to staff with flags, to learners without."""

from __future__ import annotations

import json
from typing import Any

from lrs_bridge.bridge import Bridge
from lrs_bridge.credit.record import for_learner, with_certificate
from lrs_bridge.launching.launch import last_sequence
from lrs_bridge.reading import own_statements
from lrs_bridge.store import certificates, launches, pending, people, records
from lrs_bridge.store.certificates import KeptCertificate
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.launches import Registration
from lrs_bridge.store.records import KeptDecision


def listed(bridge: Bridge, connection: Connection, activity: str | None = None) -> list[dict[str, Any]]:
    """All current records, or an activity's, for staff, who may know the learner as the site does."""
    return [
        {**_with_certificate(bridge, connection, kept), "learner_id": _learner_id(connection, kept.registration)}
        for kept in records.listed(connection, activity)
    ]


def _learner_id(connection: Connection, registration: str) -> str | None:
    launched = launches.registration(connection, registration)
    known = people.learner_of(connection, launched.pseudonym) if launched else None
    return known.learner_id if known else None


def of(bridge: Bridge, connection: Connection, registration: Registration) -> dict[str, Any]:
    """What learners may read of their own registration. `pending` says that a decision is still to come."""
    found = [_with_certificate(bridge, connection, kept) for kept in records.of_registration(connection, registration.id)]
    return {
        "pending": pending.is_pending(connection, registration.id),
        "records": [for_learner(one) for one in found],
        "certificates": [
            {"system": kept.system, "title": kept.title, "url": _url(bridge, kept)}
            for kept in certificates.of_registration(connection, registration.id)
        ],
        "statements": sum(1 for _ in own_statements.of(connection, registration)),
        "last_sequence": last_sequence(connection, registration),
    }


def _with_certificate(bridge: Bridge, connection: Connection, kept: KeptDecision) -> dict[str, Any]:
    standing = {one.system: one for one in certificates.of_registration(connection, kept.registration)}
    certificate = standing.get(kept.system)
    return with_certificate(json.loads(kept.record), _url(bridge, certificate) if certificate else None)


def _url(bridge: Bridge, certificate: KeptCertificate) -> str:
    return f"{bridge.config.public_url}/certificates/{certificate.id}"
