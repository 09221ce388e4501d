"""Whether the bridge lives, and whether it is ready for work."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify

from lrs_bridge.running import readiness
from lrs_bridge.web import current

doors = Blueprint("health", __name__)
_log = logging.getLogger(__name__)


@doors.get("/healthz")
def alive() -> Response:
    """The process answers; nothing is looked at."""
    return jsonify({"alive": True})


@doors.get("/readyz")
def ready() -> tuple[Response, int]:
    """503 when statements cannot be taken. What is only late is told and does not close the doors: that would help nobody."""
    found = readiness.checks(current.bridge())
    is_ready = readiness.is_ready(found)
    for check in found:
        if check.state == "failed":
            _log.error("not ready", extra={"kind": check.name})
    answer = jsonify({"ready": is_ready, "checks": {check.name: check.as_json() for check in found}})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if is_ready else 503
