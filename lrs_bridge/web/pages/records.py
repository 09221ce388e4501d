"""The credit records, for coordinators: what was decided for whom, and why."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, request

from lrs_bridge import library
from lrs_bridge.deciding import certify
from lrs_bridge.launching import profiles
from lrs_bridge.store import certificates, launches, people, records
from lrs_bridge.store.engine import Connection, reading
from lrs_bridge.store.records import KeptDecision
from lrs_bridge.web.current import bridge
from lrs_bridge.web.pages._page import blueprint, page
from lrs_bridge.web.pages._staff import for_staff
from scorm_packager.activity import credits

pages = blueprint("records")


_ON_A_PAGE = 50


@pages.get("/records")
@for_staff
def listing() -> Response:
    activity = request.args.get("activity", "").replace("\0", "") or None
    outcome = next((each for each in ("award", "held", "shortfall") if each == request.args.get("outcome")), None)
    with reading(bridge().engine) as connection:
        counts = records.counts(connection, activity)
        pages = _pages(counts.get(outcome, 0) if outcome else sum(counts.values()))
        number = min(_number(request.args.get("page", "")), pages)
        kept = records.page(connection, activity=activity, outcome=outcome, first=(number - 1) * _ON_A_PAGE, most=_ON_A_PAGE)
        rows = [_row(connection, each) for each in kept]
    links = {n: _address(activity, outcome, n) for n in (number - 1, number + 1) if 1 <= n <= pages}
    outcomes = {each: _address(activity, each, 1) for each in ("award", "held", "shortfall", None)}
    return page(
        "records.html",
        rows=rows,
        counts=counts,
        outcome=outcome,
        outcomes=outcomes,
        number=number,
        pages=pages,
        before=links.get(number - 1),
        after=links.get(number + 1),
    )


def _pages(count: int) -> int:
    return max(-(-count // _ON_A_PAGE), 1)


def _number(text: str) -> int:
    """The page that was asked for; the first for what is no number."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _address(activity: str | None, outcome: str | None, number: int) -> str:
    asked = {"activity": activity, "outcome": outcome, "page": str(number) if number > 1 else None}
    found = urlencode({name: value for name, value in asked.items() if value is not None})
    return f"/records?{found}" if found else "/records"


@pages.get("/records/<identity>")
@for_staff
def one(identity: str) -> Response:
    with reading(bridge().engine) as connection:
        found = records.by_record_id(connection, identity.replace("\0", ""))
        if found is None or json.loads(found.record)["id"] != identity:
            abort(404)
        row = _row(connection, found) | {"lacking": certify.lacking(bridge(), connection, json.loads(found.record))}
        entries = records.entries_of(connection, found.registration, found.system)
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
