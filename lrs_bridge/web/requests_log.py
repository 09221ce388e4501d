"""One line for each request: what was asked for and how it went, and nothing of who asked or what they sent."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

_log = logging.getLogger("lrs_bridge.requests")


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.monotonic()


def _end(response: Response) -> Response:
    # The rule, not the path: addresses that open without signing in are secrets.
    rule = request.url_rule.rule if request.url_rule else "(none)"
    took = round((time.monotonic() - g.began) * 1000, 1)
    _log.info("request", extra={"method": request.method, "rule": rule, "status": response.status_code, "milliseconds": took})
    return response
