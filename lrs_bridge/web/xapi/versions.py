"""Which version of xAPI a request speaks, and what every answer says: refusals and addresses that do not exist included."""

from __future__ import annotations

import re

from flask import Flask, Response, g, request

from lrs_bridge.consistency import consistent_through
from lrs_bridge.refusals import Malformed, one
from lrs_bridge.web import current
from lrs_bridge.xapi.statement import Edition

HEADER = "X-Experience-API-Version"
THROUGH = "X-Experience-API-Consistent-Through"

# Longest first: each mount with the version it assumes for the answer to a request that names none.
MOUNTS: tuple[tuple[str, Edition], ...] = (("/xapi/2.0", "2.0.0"), ("/xapi", "1.0.3"))

_SPOKEN: tuple[tuple[re.Pattern[str], Edition], ...] = (
    (re.compile(r"1\.0(\.\d+)?", re.ASCII), "1.0.3"),
    (re.compile(r"2\.0(\.\d+)?", re.ASCII), "2.0.0"),
)


def install(app: Flask) -> None:
    app.before_request(_assume)
    app.after_request(_headers)


def _assume() -> None:
    g.edition = next((edition for mount, edition in MOUNTS if f"{request.path}/".startswith(f"{mount}/")), None)
    # Before anything is looked up: what comes to light while the answer is made may be missing in it.
    g.through = consistent_through(current.bridge()) if g.edition else None


def _headers(response: Response) -> Response:
    """The version, and until when everything stored can be seen (xAPI 1.0.3 Communication 2.1.3, 3.3)."""
    if g.get("edition"):
        response.headers[HEADER] = g.edition
        response.headers[THROUGH] = g.through
    return response


def spoken(named: str) -> Edition | None:
    """The edition that a version header names."""
    return next((edition for pattern, edition in _SPOKEN if pattern.fullmatch(named)), None)


def required() -> Edition:
    """The edition that the request names; its answer names it too (xAPI 1.0.3 Communication 3.3). Raises `Malformed`."""
    edition = spoken(request.headers.get(HEADER, ""))
    if edition is None:
        message = f"The header {HEADER} is missing, or names a version that is not spoken here."
        raise Malformed(one("version-header", message, "Send 1.0.3 or 2.0.0.", source="xAPI 1.0.3 Communication 3.3"))
    g.edition = edition
    return edition
