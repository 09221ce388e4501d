"""The door for monitoring: figures of this process's requests, and of what is in the store."""

from __future__ import annotations

import os

from flask import Blueprint, Flask, Response, current_app

from lrs_bridge import access
from lrs_bridge.running import exposition
from lrs_bridge.running.exposition import Family, Requests, gauge
from lrs_bridge.store import health, pending, upstreams
from lrs_bridge.store.engine import Connection, reading
from lrs_bridge.times import moment_of
from lrs_bridge.web import current

doors = Blueprint("metrics", __name__)


def install(app: Flask) -> None:
    app.extensions["requests"] = Requests()


def of(app: Flask) -> Requests:
    found: Requests = app.extensions["requests"]
    return found


def _here() -> Requests:
    found: Requests = current_app.extensions["requests"]
    return found


@doors.get("/metrics")
def metrics() -> Response:
    """For keys that may read everything (roles report, admin, full), or for everybody with LRS_BRIDGE_METRICS_OPEN=yes."""
    if not current.bridge().config.metrics_open:
        current.with_scope(access.READ)
    with reading(current.bridge().engine) as connection:
        found = (_here().family(str(os.getpid())), *_in_the_store(connection))
    return Response(exposition.text(found), content_type="text/plain; version=0.0.4; charset=utf-8")


def _in_the_store(connection: Connection) -> tuple[Family, ...]:
    letters = upstreams.waiting_letters(connection)
    outcomes = health.decisions_in_force(connection)
    return (
        gauge("lrs_bridge_statements_stored", "Statements in the store.", [({}, health.statements_stored(connection))]),
        gauge(
            "lrs_bridge_pending_registrations", "Registrations that wait for a decision.", [({}, health.registrations_waiting(connection))]
        ),
        gauge("lrs_bridge_pending_oldest_seconds", "How long the oldest of them has waited.", [({}, _age(pending.oldest(connection)))]),
        gauge(
            "lrs_bridge_unsent_oldest_seconds",
            "How long the oldest statement waits to be forwarded.",
            [({}, _age(upstreams.oldest_unsent(connection)))],
        ),
        gauge("lrs_bridge_decisions", "Decisions in force.", [({"outcome": name}, count) for name, count in sorted(outcomes.items())]),
        gauge(
            "lrs_bridge_dead_letters",
            "Statements that could not be forwarded or pulled, and wait for somebody.",
            [({"upstream": key, "direction": direction}, count) for (key, direction), count in sorted(letters.items())],
        ),
    )


def _age(since: str | None) -> float:
    return max((current.bridge().now() - moment_of(since)).total_seconds(), 0.0) if since else 0.0
