"""Gathering what the outcomes report of an activity is made from."""

from __future__ import annotations

from typing import Any

from lrs_bridge.bridge import Bridge
from lrs_bridge.credit.allot import settle
from lrs_bridge.deciding import cases
from lrs_bridge.outcomes.privacy import INSIDE, Privacy
from lrs_bridge.outcomes.report import report
from lrs_bridge.refusals import NotFound, one
from lrs_bridge.store import definitions
from lrs_bridge.store.engine import Connection
from scorm_packager.activity.definition import parse


def measured(bridge: Bridge, connection: Connection, activity: str, privacy: Privacy = INSIDE) -> dict[str, Any]:
    """The report on an activity as a value, with the ids of its definitions. Raises `NotFound` for an activity nobody registered."""
    kept = list(reversed(definitions.of_activity(connection, activity)))
    if not kept:
        remedy = "Register it with `lrs-bridge register PATH`."
        raise NotFound(one("activity-unknown", f"No activity {activity!r} is registered.", remedy, where="ACTIVITY"))
    gathered = cases.of_activity(bridge, connection, activity)
    oldest_first = [parse(each.text.encode()) for each in kept]
    found = report(gathered, settle(gathered), oldest_first, cut_off=bridge.text_now(), privacy=privacy)
    return found | {"activity": found["activity"] | {"definitions": [each.id for each in kept]}}
