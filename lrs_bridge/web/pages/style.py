"""The style sheet of all pages, and the front page."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from scorm_packager.activity.resources import templates

pages = Blueprint("style", __name__)


@pages.get("/pages.css")
def style_sheet() -> Response:
    answer = Response((templates() / "pages" / "pages.css").read_bytes(), content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@pages.get("/")
def front() -> str:
    return render_template("home.html")
