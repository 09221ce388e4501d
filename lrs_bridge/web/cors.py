"""Browsers on an LMS's origin may call the doors of learners: no cookies are used, so that an origin gains nothing by asking."""

from __future__ import annotations

from flask import Flask, Response, request

from lrs_bridge.web.current import known_sites

_DOORS = ("/xapi", "/launch")
_ALLOWED = "Authorization, Content-Type, X-Experience-API-Version, X-Experience-API-Hash, If-Match, If-None-Match, Accept-Language"
_EXPOSED = "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"
_METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
_HOURS = 2  # Chromium keeps a preflight no longer


def install(app: Flask) -> None:
    app.before_request(_preflight)
    app.after_request(_headers)


def _is_ours() -> bool:
    return any(request.path == door or request.path.startswith(door + "/") for door in _DOORS)


def _preflight() -> Response | None:
    """Answered before anything is asked of the caller: a preflight carries no credentials (Fetch standard, CORS-preflight)."""
    if request.method != "OPTIONS" or not _is_ours():
        return None
    return Response(status=204)


def _headers(response: Response) -> Response:
    origin = request.headers.get("Origin")
    if not _is_ours():
        return response
    response.headers.add("Vary", "Origin")
    if origin is None or not _may_call(origin):
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED
        response.headers["Access-Control-Max-Age"] = str(_HOURS * 3600)
    return response


def _may_call(origin: str) -> bool:
    """Any site's origin. A sandboxed frame is `null`; it is let through to where its token is asked for."""
    if origin == "null":
        return True
    return any(site.admits(origin) for site in known_sites())
