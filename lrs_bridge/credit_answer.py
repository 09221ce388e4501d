"""What learners may read of their own registration: what was decided, what can be printed, and how much has arrived."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from lrs_bridge.bridge import Bridge
from lrs_bridge.launch import last_sequence
from lrs_bridge.store import certificates, pending, records, statements
from lrs_bridge.store.launches import Registration


def of(bridge: Bridge, connection: Connection, registration: Registration) -> dict[str, Any]:
    """`pending` says that a decision is still to come."""
    return {
        "pending": pending.is_pending(connection, registration.id),
        "records": [json.loads(kept.record) for kept in records.of_registration(connection, registration.id)],
        "certificates": [
            {"system": kept.system, "title": kept.title, "url": f"{bridge.config.public_url}/certificates/{kept.id}"}
            for kept in certificates.of_registration(connection, registration.id)
        ],
        "statements": statements.count_of_registration(connection, registration.id),
        "last_sequence": last_sequence(connection, registration.id),
    }
