"""Every refusal as JSON with all its problems, and its status: one table."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from lrs_bridge import refusals
from lrs_bridge.refusals import one
from scorm_packager.activity.problems import Problem, ProblemsFound

STATUS: dict[type[ProblemsFound], int] = {
    refusals.Malformed: 400,
    refusals.NotAuthenticated: 401,
    refusals.NotAllowed: 403,
    refusals.NotFound: 404,
    refusals.InConflict: 409,
    refusals.LengthRequired: 411,
    refusals.PreconditionFailed: 412,
    refusals.TooLarge: 413,
    refusals.TooMany: 429,
    ProblemsFound: 400,
}

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    app.register_error_handler(ProblemsFound, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def answer(problems: tuple[Problem, ...], status: int) -> Response:
    response = jsonify({"problems": [as_json(problem) for problem in problems]})
    response.status_code = status
    if status == 401:
        # RFC 9110 §11.6.1 asks for a challenge; a browser shows its own password window only for Basic.
        response.headers["WWW-Authenticate"] = 'Bearer realm="cme-bridge"'
    return response


def as_json(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where.file,
        "message": problem.message,
        "remedy": problem.remedy,
        "source": problem.source,
    }


def _refused(error: ProblemsFound) -> Response:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return answer(error.problems, status)


def _http(error: HTTPException) -> Response:
    """What Flask itself refuses: no such address, a method that is not answered, a body that is too large."""
    code = (error.name or "refused").lower().replace(" ", "-")
    response = answer(one(code, error.description or error.name, "See the description of the bridge's doors."), error.code or 500)
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _broken(error: Exception) -> Response:
    # What was sent may be personal: the log gets where it broke, the sender only that it did.
    _log.exception("request failed", extra={"kind": type(error).__name__})
    return answer(one("internal", "The bridge failed at this; what was sent is not kept.", "Send it again later."), 500)
