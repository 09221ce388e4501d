"""What learners gained, for CME directors: the activities there are, and the report of one."""

from __future__ import annotations

from flask import Response, abort, request

from lrs_bridge import library
from lrs_bridge.deciding import measuring
from lrs_bridge.outcomes import page as outcomes_page
from lrs_bridge.store import definitions, launches
from lrs_bridge.store.engine import reading
from lrs_bridge.web.current import bridge
from lrs_bridge.web.pages._page import blueprint, page
from lrs_bridge.web.pages._staff import for_staff

pages = blueprint("outcomes")


@pages.get("/outcomes")
@for_staff
def outcomes() -> Response:
    activity = request.args.get("activity", "")
    return _report(activity) if activity else _listing()


def _listing() -> Response:
    rows = []
    with reading(bridge().engine) as connection:
        for activity in definitions.activities(connection):
            latest = library.latest(connection, activity)
            count = len(launches.of_activity(connection, activity))
            rows.append({"activity": activity, "title": latest.title if latest else activity, "registrations": count})
    return page("activities.html", rows=rows)


def _report(activity: str) -> Response:
    with reading(bridge().engine) as connection:
        if activity not in definitions.activities(connection):
            abort(404)
        found = measuring.measured(bridge(), connection, activity)
    return page("outcomes.html", **outcomes_page.words(found))
