"""Which version of xAPI a request speaks, and what every answer says: refusals and addresses that do not exist included."""

from __future__ import annotations

import re
from functools import lru_cache
from wsgiref.types import WSGIEnvironment

from flask import Flask, request

from lrs_bridge.reading.consistency import consistent_through
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


_EDITION, _THROUGH = "cme.edition", "cme.consistent-through"  # in the request's environment


def install(app: Flask) -> None:
    app.before_request(_through)


def _through() -> None:
    environ = request.environ
    if _assumed(environ) is not None:
        # Before anything is looked up: what comes to light while the answer is made may be missing in it.
        environ[_THROUGH] = consistent_through(current.bridge())


def _assumed(environ: WSGIEnvironment) -> Edition | None:
    """The edition of the mount that is asked."""
    path = environ.get("PATH_INFO", "") + "/"
    return next((edition for mount, edition in MOUNTS if path.startswith(mount + "/")), None)


def headers(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    """The version, and until when everything stored can be seen (xAPI 1.0.3 Communication 2.1.3, 3.3); of xAPI's doors alone."""
    edition = environ.get(_EDITION) or _assumed(environ)
    if edition is None:
        return []
    through = environ.get(_THROUGH)
    return [(HEADER, edition)] if through is None else [(HEADER, edition), (THROUGH, through)]


@lru_cache(maxsize=256)
def spoken(named: str) -> Edition | None:
    """The edition that a version header names."""
    return next((edition for pattern, edition in _SPOKEN if pattern.fullmatch(named)), None)


def required() -> Edition:
    """The edition that the request names; its answer names it too (xAPI 1.0.3 Communication 3.3). Raises `Malformed`."""
    edition = spoken(request.headers.get(HEADER, ""))
    if edition is None:
        message = f"The header {HEADER} is missing, or names a version that is not spoken here."
        raise Malformed(one("version-header", message, "Send 1.0.3 or 2.0.0.", source="xAPI 1.0.3 Communication 3.3"))
    request.environ[_EDITION] = edition
    return edition
