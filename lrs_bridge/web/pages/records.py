"""The credit records, for coordinators: what was decided for whom, and why."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from flask import Response, abort, request

from lrs_bridge import certify, library, profiles
from lrs_bridge.store import certificates, launches, people, records
from lrs_bridge.store.engine import Connection, reading
from lrs_bridge.store.records import KeptDecision
from lrs_bridge.web.current import bridge
from lrs_bridge.web.pages._page import blueprint, page
from lrs_bridge.web.pages._staff import for_staff
from scorm_packager.activity import credits

pages = blueprint("records")


@pages.get("/records")
@for_staff
def listing() -> Response:
    activity = request.args.get("activity", "").replace("\0", "") or None
    outcome = request.args.get("outcome") or None
    with reading(bridge().engine) as connection:
        found = [_row(connection, kept) for kept in records.listed(connection, activity)]
    shown = [row for row in found if outcome in (None, row["outcome"])]
    counts = Counter(row["outcome"] for row in found)
    return page("records.html", rows=shown, counts=counts, outcome=outcome, activity=activity)


@pages.get("/records/<identity>")
@for_staff
def one(identity: str) -> Response:
    with reading(bridge().engine) as connection:
        found = next((kept for kept in records.listed(connection) if json.loads(kept.record)["id"] == identity), None)
        if found is None:
            abort(404)
        row = _row(connection, found) | {"lacking": certify.lacking(bridge(), connection, json.loads(found.record))}
        entries = [each for each in records.entries(connection) if (each.registration, each.system) == (found.registration, found.system)]
    return page("record.html", row=row, entries=entries)


def _row(connection: Connection, kept: KeptDecision) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(kept.record)
    definition = library.find(connection, record["definition"])
    offer = next((offer for offer in definition.credits if offer.system == kept.system), None) if definition else None
    standing = next((one for one in certificates.of_registration(connection, kept.registration) if one.system == kept.system), None)
    return record | {
        "learner": _learner(connection, kept.registration),
        "title": definition.title if definition else record["activity"],
        "credit": offer.name if offer else "Participation" if kept.system == "participation" else kept.system,
        "certificate": f"/certificates/{standing.id}" if standing else "",
        "decided": kept.decided,
        "verified": _verified(record["rule"]),
    }


def _verified(rule: dict[str, str] | None) -> bool:
    """Whether somebody read the rule at its maker's; staff are told when nobody did."""
    found = credits.rule(rule["id"], date.fromisoformat(rule["from"])) if rule else None
    return found is None or found.verified


def _learner(connection: Connection, registration: str) -> dict[str, str]:
    profile = profiles.read(bridge(), connection, registration)
    launched = launches.registration(connection, registration)
    known = people.learner_of(connection, launched.pseudonym) if launched else None
    return {
        "name": profile.get("name") or profile.get("lms_name", ""),
        "id": f"{known.site}/{known.learner_id}" if known else "",
        "profession": profile.get("profession") or "",
    }
