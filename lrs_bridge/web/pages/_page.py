"""What every page is made with: its template, and the headers that leave a browser nothing to do but show it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template

from scorm_packager.activity.resources import templates

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # An address here may be all that it takes to open it.
    "Referrer-Policy": "no-referrer",
}


def blueprint(name: str) -> Blueprint:
    """A blueprint whose templates are those of the pages, and whose every answer carries the headers."""
    made = Blueprint(name, __name__, template_folder=str(templates() / "pages"))
    made.after_request(with_headers)
    return made


def with_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


def page(template: str, status: int = 200, headers: dict[str, str] | None = None, **words: Any) -> Response:
    return with_headers(Response(render_template(template, **words), status, headers, content_type="text/html; charset=utf-8"))
