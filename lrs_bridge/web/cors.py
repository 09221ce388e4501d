"""Browsers on an LMS's origin may call the doors of learners: no cookies are used, so that an origin gains nothing by asking."""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

from lrs_bridge.store.sites import Site

_DOORS = ("/xapi", "/launch")
_ALLOWED = "Authorization, Content-Type, X-Experience-API-Version, X-Experience-API-Hash, If-Match, If-None-Match, Accept-Language"
_EXPOSED = "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"
_METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
_HOURS = 2  # Chromium keeps a preflight no longer


def is_preflight(environ: WSGIEnvironment) -> bool:
    """Answered before anything is asked of the caller: a preflight carries no credentials (Fetch standard, CORS-preflight)."""
    return environ["REQUEST_METHOD"] == "OPTIONS" and _is_ours(environ)


def headers(environ: WSGIEnvironment, sites: Callable[[], tuple[Site, ...]]) -> list[tuple[str, str]]:
    """What an answer says to a browser on another origin; `sites` is only asked when there is one."""
    if not _is_ours(environ):
        return []
    found = [("Vary", "Origin")]
    origin = environ.get("HTTP_ORIGIN")
    if origin is None or not _may_call(origin, sites):
        return found
    found += [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", _EXPOSED)]
    if environ["REQUEST_METHOD"] == "OPTIONS":
        found += [
            ("Access-Control-Allow-Methods", _METHODS),
            ("Access-Control-Allow-Headers", _ALLOWED),
            ("Access-Control-Max-Age", str(_HOURS * 3600)),
        ]
    return found


def _is_ours(environ: WSGIEnvironment) -> bool:
    path = environ.get("PATH_INFO", "")
    return path.startswith(_DOORS) and any(path == door or path.startswith(door + "/") for door in _DOORS)


def _may_call(origin: str, sites: Callable[[], tuple[Site, ...]]) -> bool:
    """Any site's origin. A sandboxed frame is `null`; it is let through to where its token is asked for."""
    return origin == "null" or any(site.admits(origin) for site in sites())
