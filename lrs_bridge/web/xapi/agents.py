"""The door of the Agents resource: what is known of an agent (xAPI 1.0.3 Communication 2.4)."""

from __future__ import annotations

from flask import Response, jsonify

from lrs_bridge.access import READ_OWN, READ_STATEMENTS, require
from lrs_bridge.store import agents
from lrs_bridge.store.engine import looking
from lrs_bridge.web import current
from lrs_bridge.web.xapi.entry import Call, Door, Resource
from lrs_bridge.xapi.actors import key_of
from lrs_bridge.xapi.parameters import agent
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.persons import person


def _get(call: Call) -> Response:
    """Names come from statements that the caller may read; of an agent that nobody spoke of there are none."""
    require(call.caller, READ_OWN)
    asked = call.args["agent"]
    origin = None if READ_STATEMENTS in call.caller.scopes else call.caller.origin
    with looking(current.bridge().engine) as connection:
        texts = agents.texts(connection, key_of(asked) or "", origin)
    return jsonify(person(asked, (value_of(text.encode()) for text in texts)))


RESOURCES: dict[str, Resource] = {"/agents": {"GET": Door(_get, required={"agent": agent})}}
