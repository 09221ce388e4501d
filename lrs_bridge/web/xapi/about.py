"""What the record store speaks: told to anybody, in any version (xAPI 1.0.3 Communication 2.8)."""

from __future__ import annotations

from flask import Response, jsonify


def about() -> Response:
    return jsonify({"version": ["1.0.3", "2.0.0"], "extensions": {}})
