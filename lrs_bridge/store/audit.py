"""Who did what to what others rely on, and why. Appended, never changed; never says what was erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select

from lrs_bridge.store.tables import audit_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`subject` is what it was done to; `facts` are counts and settings."""

    at: str
    who: str
    action: str
    subject: str
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def add(connection: Connection, entry: Entry) -> None:
    values = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    connection.execute(insert(audit_log).values(values | {"facts": json.dumps(entry.facts, sort_keys=True)}))


def listed(connection: Connection, since: str = "") -> list[Entry]:
    """The entries from a moment on, in the order in which they were made."""
    rows = connection.execute(select(audit_log).where(audit_log.c.at >= since).order_by(audit_log.c.seq))
    return [Entry(**{name: row._mapping[name] for name in Entry.__dataclass_fields__} | {"facts": json.loads(row.facts)}) for row in rows]
