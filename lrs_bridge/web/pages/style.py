"""The style sheet of all pages, and the front page."""

from __future__ import annotations

from flask import Response

from lrs_bridge.web.pages._page import blueprint, page
from scorm_packager.activity.resources import templates

pages = blueprint("style")


@pages.get("/pages.css")
def style_sheet() -> Response:
    answer = Response((templates() / "pages" / "pages.css").read_bytes(), content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@pages.get("/")
def front() -> Response:
    return page("home.html")
