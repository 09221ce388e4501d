"""What stands around every answer: its number, its line in the log, its figures, and the headers of the doors that learners' browsers
and clients of xAPI use. It goes around Flask and not into it, where the same takes several times as long.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from lrs_bridge.running import logs
from lrs_bridge.running.exposition import Requests
from lrs_bridge.store.engine import DatabaseError
from lrs_bridge.store.sites import Site
from lrs_bridge.web import cors, current, metrics
from lrs_bridge.web.xapi import versions

_log = logging.getLogger("lrs_bridge.requests")
# A proxy's own numbers; nothing that could stand for a person or break a line.
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}", re.ASCII)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})

Headers = list[tuple[str, str]]


def install(app: Flask) -> None:
    """Goes around everything else: to be installed last."""
    app.wsgi_app = _framed(app, app.wsgi_app)  # type: ignore[method-assign,assignment]


def _framed(app: Flask, inner: WSGIApplication) -> WSGIApplication:
    bridge, seen = app.extensions["bridge"], metrics.of(app)

    def sites() -> tuple[Site, ...]:
        with app.app_context():
            return current.known_sites()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        number = _number(environ, bridge.random_hex)

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            headers.append(("X-Request-Id", number))
            headers += versions.headers(environ)
            headers += _cross_origin(environ, sites)
            _note(environ, int(status[:3]), time.perf_counter() - began, seen)
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        if cors.is_preflight(environ):
            start("204 NO CONTENT", [])
            return ()
        return inner(environ, start)

    return answer


def _number(environ: WSGIEnvironment, drawn: Callable[[], str]) -> str:
    """Of the request, a proxy's own when it has one: every line that is logged meanwhile carries it."""
    given = environ.get("HTTP_X_REQUEST_ID")
    number = given if given and _SANE.fullmatch(given) else drawn()
    logs.request_id.set(number)
    return number


def _cross_origin(environ: WSGIEnvironment, sites: Callable[[], tuple[Site, ...]]) -> Headers:
    try:
        return cors.headers(environ, sites)
    except DatabaseError as error:  # the answer stands; a browser elsewhere does not get to read it
        _log.warning("sites not looked up", extra={"kind": type(error).__name__})
        return []


def _note(environ: WSGIEnvironment, status: int, seconds: float, seen: Requests) -> None:
    """One line for each request: what was asked for and how it went, and nothing of who asked or what they sent."""
    # The rule, not the path: addresses that open without signing in are secrets.
    matched = getattr(environ.get("werkzeug.request"), "url_rule", None)
    rule = matched.rule if matched is not None else "(none)"
    method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in _METHODS else "(other)"
    seen.count(rule, method, status, seconds)
    if _log.isEnabledFor(logging.INFO):
        took = round(seconds * 1000, 1)
        _log.info("request", extra={"method": method, "rule": rule, "status": status, "milliseconds": took})
