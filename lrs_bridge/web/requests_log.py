"""One line for each request: what was asked for and how it went, and nothing of who asked or what they sent."""

from __future__ import annotations

import logging
import re
import time

from flask import Flask, Response, g, request

from lrs_bridge import logs
from lrs_bridge.web import current, metrics

_log = logging.getLogger("lrs_bridge.requests")
# A proxy's own numbers; nothing that could stand for a person or break a line.
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}", re.ASCII)


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()
    given = request.headers.get("X-Request-Id")
    logs.request_id.set(given if given and _SANE.fullmatch(given) else current.bridge().random_hex())


def _end(response: Response) -> Response:
    # The rule, not the path: addresses that open without signing in are secrets.
    rule = request.url_rule.rule if request.url_rule else "(none)"
    seconds = time.perf_counter() - g.began
    method = request.method if request.method in _METHODS else "(other)"
    response.headers["X-Request-Id"] = logs.request_id.get()
    metrics.requests().count(rule, method, response.status_code, seconds)
    took = round(seconds * 1000, 1)
    _log.info("request", extra={"method": method, "rule": rule, "status": response.status_code, "milliseconds": took})
    return response


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
