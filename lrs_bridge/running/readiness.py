"""Whether the bridge can do its work: each thing that it needs, how it stands, and what it is measured against.

What a bridge cannot take statements without is `failed`; what falls behind while statements are still taken is `late`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from lrs_bridge.bridge import Bridge
from lrs_bridge.store import health, pending, upstreams
from lrs_bridge.store.engine import Connection, DatabaseError, is_up_to_date, reading
from lrs_bridge.times import moment_of

State = Literal["ok", "late", "failed"]

LEAST_FREE_MEGABYTES = 500
MOST_PENDING_SECONDS = 300
MOST_UNSENT_SECONDS = 24 * 3600
SEALS_MISSED = 10


@dataclass(frozen=True, slots=True)
class Check:
    """`facts` are measured, with the limits they are measured against."""

    name: str
    state: State
    facts: Mapping[str, Any] = field(default_factory=dict)
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"state": self.state, **self.facts} | ({} if self.state == "ok" else {"remedy": self.remedy})


def checks(bridge: Bridge) -> tuple[Check, ...]:
    """In a fixed order. When the database cannot be reached, nothing is said of what stands in it."""
    folder = data_folder(bridge)
    try:
        is_current = is_up_to_date(bridge.engine)
        with reading(bridge.engine) as connection:
            inside = _inside(bridge, connection) if is_current else ()
    except DatabaseError as error:
        remedy = "Start the database, or set LRS_BRIDGE_DATABASE_URL to where it is."
        return (Check("database", "failed", {"error": type(error).__name__}, remedy), folder)
    migrations = Check("migrations", "ok" if is_current else "failed", remedy="Run `lrs-bridge init` with this version.")
    return (Check("database", "ok"), migrations, folder, *inside)


def is_ready(found: tuple[Check, ...]) -> bool:
    return all(check.state != "failed" for check in found)


def data_folder(bridge: Bridge) -> Check:
    path, least = bridge.config.data, LEAST_FREE_MEGABYTES
    try:
        free, writeable = shutil.disk_usage(path).free // 1_000_000, os.access(path, os.W_OK)
    except OSError as error:
        return Check("data_folder", "failed", {"error": type(error).__name__}, f"Restore {path}.")
    facts = {"free_megabytes": free, "least_free_megabytes": least, "writeable": writeable}
    return Check(
        "data_folder", "ok" if writeable and free >= least else "failed", facts, f"Make room in {path}, and let the bridge write there."
    )


def _inside(bridge: Bridge, connection: Connection) -> tuple[Check, ...]:
    now, seal = bridge.now(), bridge.config.seal_seconds * SEALS_MISSED
    last = health.last_sealed(connection)
    return (
        _age("pending", now, pending.oldest(connection), MOST_PENDING_SECONDS, "See that a worker runs: `lrs-bridge work`, or `serve`."),
        _age("upstream", now, upstreams.oldest_unsent(connection), MOST_UNSENT_SECONDS, "See `lrs-bridge upstream list`."),
        _age("seal", now, health.oldest_unsealed(connection), seal, "See that a worker runs.", {"last": last}),
    )


def _age(name: str, now: datetime, since: str | None, most: int, remedy: str, more: Mapping[str, Any] | None = None) -> Check:
    """How long the oldest that waits has waited."""
    seconds = round(max((now - moment_of(since)).total_seconds(), 0.0), 3) if since else 0.0
    return Check(name, "late" if seconds > most else "ok", {"oldest_seconds": seconds, "most_seconds": most, **(more or {})}, remedy)
