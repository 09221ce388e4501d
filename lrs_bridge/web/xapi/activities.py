"""The door of the Activities resource: what an activity is, by all that statements said of it (xAPI 1.0.3 Communication 2.5)."""

from __future__ import annotations

from flask import Response, jsonify

from lrs_bridge.access import READ_OWN, require
from lrs_bridge.store import activities
from lrs_bridge.store.engine import looking
from lrs_bridge.web import current
from lrs_bridge.web.xapi.entry import Call, Door, Resource
from lrs_bridge.xapi.parameters import iri


def _get(call: Call) -> Response:
    """Of an activity that nobody spoke of too (xAPI 2.0 4.1.6.4)."""
    require(call.caller, READ_OWN)
    identity = call.args["activityId"]
    with looking(current.bridge().engine) as connection:
        definition = activities.merged(connection, (identity,)).get(identity)
    return jsonify({"objectType": "Activity", "id": identity, **({"definition": definition} if definition else {})})


RESOURCES: dict[str, Resource] = {"/activities": {"GET": Door(_get, required={"activityId": iri})}}
