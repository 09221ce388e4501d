"""The doors that a learner's player opens: launch, credit, profile, beacon, diagnostics."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, request

from lrs_bridge import intake
from lrs_bridge.launching import bodies as forms
from lrs_bridge.launching import credit_answer, launch, profiles
from lrs_bridge.refusals import Malformed, one
from lrs_bridge.store import launches
from lrs_bridge.store.engine import reading, writing
from lrs_bridge.web import bodies, current
from lrs_bridge.web.throttle import Throttle
from lrs_bridge.xapi.parse import Slice, slices, value_of

doors = Blueprint("launch", __name__, url_prefix="/launch")

_SMALL = 64 * 1024
_BEACON = 256 * 1024  # browsers send no more than 64 KiB when a page goes away; a player may use the door otherwise too
_reports = Throttle(per_minute=30)


@doors.post("")
def open_launch() -> Response:
    wanted = forms.read(forms.LaunchRequest, bodies.json(_SMALL))
    answer = jsonify(launch.launch(current.bridge(), wanted, request.headers.get("Origin")))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@doors.get("/credit")
def credit() -> Response:
    learner = current.learner()
    with reading(current.bridge().engine) as connection:
        answer = jsonify(credit_answer.of(current.bridge(), connection, learner.registration))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@doors.put("/profile")
def profile() -> tuple[str, int]:
    learner = current.learner()
    profiles.put(current.bridge(), learner, forms.read(forms.ProfileRequest, bodies.json(_SMALL)))
    return "", 204


@doors.post("/beacon")
def beacon() -> tuple[str, int]:
    """Statements in a plain-text body with the token inside: what a browser can still send while the page goes away."""
    token, batch = _beacon(bodies.data(_BEACON))
    intake.accept(current.bridge(), batch, current.learner(token), "1.0.3")
    return "", 204


def _beacon(data: bytes) -> tuple[str, tuple[Slice, ...]]:
    found = value_of(data)
    if not isinstance(found, dict) or not isinstance(found.get("token"), str) or not isinstance(found.get("statements"), list):
        message = 'A beacon is {"token": "…", "statements": […]}.'
        raise Malformed(one("malformed-beacon", message, "Send both."))
    return found["token"], slices(_member(data, "statements"))


def _member(data: bytes, name: str) -> bytes:
    """A member's own slice of an object's text."""
    return bytes(msgspec.json.decode(data, type=dict[str, msgspec.Raw])[name])


@doors.post("/diagnostics")
def diagnostics() -> tuple[str, int]:
    """What a player has to report about itself: kept for staff, decided on by nobody."""
    _reports.require(request.remote_addr or "")
    found = bodies.json(_SMALL)
    if not isinstance(found, dict) or "report" not in found:
        raise Malformed(one("malformed-diagnostics", 'Diagnostics are {"token": "…", "report": …}.', "Send a report."))
    launch_id = _launch_of(found.get("token"))
    with writing(current.bridge().engine) as connection:
        launches.add_diagnostics(connection, _text(found["report"]), launch_id, current.bridge().text_now())
    return "", 204


def _launch_of(token: Any) -> str | None:
    return current.learner(token).launch.id if isinstance(token, str) and token else None


def _text(report: Any) -> str:
    return json.dumps(report, ensure_ascii=True)
