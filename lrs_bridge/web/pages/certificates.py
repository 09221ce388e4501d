"""Certificates, and the page by which anybody can check one. Their addresses are 128 random bits and open without signing in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Response, abort, request

from lrs_bridge.credit.certificate import long_date
from lrs_bridge.store import certificates
from lrs_bridge.store.certificates import KeptCertificate
from lrs_bridge.store.engine import Connection, reading
from lrs_bridge.times import moment_of
from lrs_bridge.web.current import bridge
from lrs_bridge.web.pages._page import blueprint, page

pages = blueprint("certificates")

_RANDOM_ID = re.compile(r"[0-9a-f]{32}")


@pages.get("/certificates/<identity>")
def pdf(identity: str) -> Response:
    """The PDF as it was made. A withdrawn one is gone; its verify page says so."""
    _require_random_id(identity)
    with reading(bridge().engine) as connection:
        kept = certificates.get(connection, identity)
        body = certificates.file(connection, kept.file) if kept and not kept.withdrawn else None
    if kept is None or body is None:
        abort(404 if kept is None else 410)
    answer = Response(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="certificate-{kept.id[:8]}.pdf"'
    # Only this: browsers' own viewers of PDF are pages too, and stricter rules would take away their style.
    answer.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    answer.set_etag(kept.file)
    answer.make_conditional(request.environ)
    return answer


@pages.get("/verify/<verify>")
def verify(verify: str) -> Response:
    _require_random_id(verify)
    with reading(bridge().engine) as connection:
        kept = certificates.by_verify(connection, verify)
        if kept is None:
            abort(404)
        facts = bridge().vault.unlock(kept.facts)
        if "sheet" not in facts:  # the learner was erased
            abort(410)
        shown = _shown(connection, kept, facts)
    return page("verify.html", certificate=shown)


def _require_random_id(text: str) -> None:
    if _RANDOM_ID.fullmatch(text) is None:
        abort(404)


def _shown(connection: Connection, kept: KeptCertificate, facts: dict[str, Any]) -> dict[str, Any]:
    """What the paper says, for comparison, and how it stands; nothing else of the learner."""
    sheet, public = facts["sheet"], bridge().config.public_url
    newer = certificates.get(connection, kept.superseded_by) if kept.superseded_by else None
    return {
        "state": "withdrawn" if kept.withdrawn else "replaced" if newer else "in force",
        "number": facts["number"],
        "provider": sheet["provider"],
        "learner": sheet["learner"],
        "activity": sheet["activity"],
        "language": sheet["language"],
        "kind": sheet["title"],
        "award": _as_a_phrase(sheet["award"]),
        "completed_on": long_date(date.fromisoformat(facts["completed_on"])),
        "issued_on": long_date(moment_of(kept.made).date()),
        "sha256": kept.file,
        "notice": sheet["notice"],
        "newer": f"{public}/verify/{newer.verify}" if newer else "",
        "url": f"{public}/certificates/{kept.id}",
        "checked": f"{long_date(bridge().now().date())}, {bridge().now():%H:%M} UTC",
    }


def _as_a_phrase(award: list[dict[str, str]]) -> list[dict[str, str]]:
    """On paper the award ends a sentence; beside its label it stands alone."""
    first, *others = award
    text = first["text"].removeprefix("and is ")
    return [first | {"text": text[:1].upper() + text[1:]}, *others]
