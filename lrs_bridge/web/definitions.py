"""The door where authors' tools register definitions."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from lrs_bridge import library
from lrs_bridge.access import REGISTER
from lrs_bridge.store.engine import in_writing
from lrs_bridge.web import bodies, current

doors = Blueprint("definitions", __name__, url_prefix="/definitions")


@doors.put("/<identity>")
def put(identity: str) -> tuple[Response, int]:
    """201 when it is new, 200 when it was kept before. What waited for it is decided."""
    current.with_scope(REGISTER)
    bridge, data = current.bridge(), bodies.data()
    new = in_writing(bridge.engine, lambda connection: library.take_in(connection, identity, data, bridge.text_now()))
    bridge.bell.set()
    return jsonify({"id": identity, "new": new}), 201 if new else 200
