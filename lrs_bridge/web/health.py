"""Whether the bridge lives, and whether it is ready for work."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify

from lrs_bridge.store import pending
from lrs_bridge.store.engine import DatabaseError, is_up_to_date, reading
from lrs_bridge.times import moment_of
from lrs_bridge.web import current

doors = Blueprint("health", __name__)
_log = logging.getLogger(__name__)


@doors.get("/healthz")
def alive() -> Response:
    return jsonify({"alive": True})


@doors.get("/readyz")
def ready() -> tuple[Response, int]:
    """503 when the database cannot be reached or is of another version."""
    try:
        up_to_date = is_up_to_date(current.bridge().engine)
        with reading(current.bridge().engine) as connection:
            oldest = pending.oldest(connection)
    except DatabaseError as error:
        _log.error("database not reached", extra={"kind": type(error).__name__})
        return jsonify({"ready": False, "database": False}), 503
    waited = (current.bridge().now() - moment_of(oldest)).total_seconds() if oldest else 0.0
    answer = {"ready": up_to_date, "database": True, "migrations": up_to_date, "oldest_pending_seconds": round(max(waited, 0.0), 3)}
    return jsonify(answer), 200 if up_to_date else 503
