"""Certificates, and the page by which anybody can check one. Their addresses are 128 random bits and open without signing in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import Connection

from lrs_bridge.store import certificates
from lrs_bridge.store.certificates import KeptCertificate
from lrs_bridge.store.engine import reading
from lrs_bridge.times import moment_of
from lrs_bridge.web.current import bridge

pages = Blueprint("certificates", __name__)


@pages.get("/certificates/<identity>")
def pdf(identity: str) -> Response:
    """The PDF as it was made. A withdrawn one is gone; its verify page says so."""
    with reading(bridge().engine) as connection:
        kept = certificates.get(connection, identity)
        body = certificates.file(connection, kept.file) if kept and not kept.withdrawn else None
    if kept is None or body is None:
        abort(404 if kept is None else 410)
    answer = Response(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="certificate-{kept.id[:8]}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.set_etag(kept.file)
    return answer.make_conditional(request.environ)


@pages.get("/verify/<verify>")
def verify(verify: str) -> Response:
    with reading(bridge().engine) as connection:
        kept = certificates.by_verify(connection, verify)
        if kept is None:
            abort(404)
        shown = _shown(connection, kept)
    answer = Response(render_template("verify.html", certificate=shown), content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _shown(connection: Connection, kept: KeptCertificate) -> dict[str, Any]:
    sheet = bridge().vault.unlock(kept.facts)
    newer = certificates.get(connection, kept.superseded_by) if kept.superseded_by else None
    return {
        "number": sheet["number_line"].removeprefix("Certificate "),
        "provider": sheet["provider"],
        "learner": sheet["learner"],
        "activity": sheet["activity"],
        "kind": sheet["title"],
        "award": "".join(span["text"] for span in sheet["award"]),
        "completed_on": next(("".join(span["text"] for span in fact["value"]) for fact in sheet["facts"] if fact["label"] == "Completed on"), ""),
        "issued_on": f"{moment_of(kept.made):%B %-d, %Y}",
        "sha256": kept.file,
        "notice": sheet["notice"],
        "withdrawn": "The award it certified was withdrawn." if kept.withdrawn else "",
        "newer": f"{bridge().config.public_url}/verify/{newer.verify}" if newer else "",
        "url": f"{bridge().config.public_url}/certificates/{kept.id}",
        "checked": f"{bridge().now():%B %-d, %Y, %H:%M} UTC",
    }
