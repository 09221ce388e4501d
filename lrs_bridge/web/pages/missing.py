"""What a person sees at an address where nothing is, or nothing is any more. Programs are told in JSON, as everywhere."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import HTTPException

from lrs_bridge.refusals import one
from lrs_bridge.web import errors
from lrs_bridge.web.pages._page import blueprint, page

pages = blueprint("missing")

_FOR_PROGRAMS = ("/xapi", "/launch", "/definitions", "/healthz", "/readyz", "/metrics")


@pages.app_errorhandler(404)
def not_found(error: HTTPException) -> Response:
    return _said(404, "not-found", "There is nothing at this address.", "Check the address for a slip.")


@pages.app_errorhandler(410)
def gone(error: HTTPException) -> Response:
    return _said(410, "gone", "What was here was withdrawn.", "A certificate's own page, behind its code, says more.")


def _said(status: int, code: str, message: str, remedy: str) -> Response:
    if _is_a_person():
        return page("missing.html", status, gone=status == 410)
    return errors.answer(one(code, message, remedy), status)


def _is_a_person() -> bool:
    """Browsers say that they take HTML; whoever takes anything is a program."""
    if request.path.startswith(_FOR_PROGRAMS):
        return False
    return request.accept_mimetypes.best_match(["application/json", "text/html"], default="application/json") == "text/html"
