"""What players report of themselves, read for staff. Anybody can send a report, so nothing in one is taken at its word or its form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrs_bridge.store.diagnostics import Kept

_CODE = re.compile(r"[a-z0-9-]{1,40}")
_LONGEST = 120
_MOST = 30


@dataclass(frozen=True, slots=True)
class Oddity:
    """What an LMS or browser did besides the standard, by its code, with what showed it."""

    code: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A report in brief. `told` is the report itself, whatever it is."""

    at: str
    site: str | None
    activity: str | None
    format: str
    connection: str
    saved: str
    unsent: int
    odd: tuple[Oddity, ...]
    told: Any

    def as_json(self) -> dict[str, Any]:
        return {"at": self.at, "site": self.site, "activity": self.activity, "odd": [one.code for one in self.odd], "report": self.told}


def read(kept: Kept) -> Reported:
    """The report of a player; of anything else what can be found in it. Never raises."""
    told = _value(kept.report)
    report = told if isinstance(told, dict) else {}
    lms = report.get("lms") if isinstance(report.get("lms"), dict) else {}
    unsent = report.get("unsent")
    return Reported(
        at=kept.at,
        site=kept.site,
        activity=kept.activity,
        format=_plain(report.get("format")),
        connection=_plain(report.get("connection")),
        saved=_plain(lms.get("saved")) if lms else "",
        unsent=unsent if isinstance(unsent, int) else 0,
        odd=tuple(_oddities(report.get("odd"))),
        told=told,
    )


def _oddities(found: Any) -> Iterator[Oddity]:
    for each in found[:_MOST] if isinstance(found, list) else ():
        code = each.get("code") if isinstance(each, dict) else None
        if isinstance(code, str) and _CODE.fullmatch(code):
            yield Oddity(code, _plain(each.get("evidence")))


def _plain(value: Any) -> str:
    """A short text without control characters, which a terminal would obey."""
    text = value if isinstance(value, str) else ""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:_LONGEST])


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
