"""What is sent: statements of learners who take an activity, twenty each, as a package or an assignable unit sends them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from benchmarks.load import request
from scorm_packager.activity import vocabulary

PER_LEARNER = 20
ACTIVITIES = 50
STATES = 1000
_START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_TITLE = "Which agent is chosen first in a patient of 74 years with atrial fibrillation and a creatinine clearance of 40 ml/min?"


def activity(learner: int) -> str:
    return f"https://cme.northfield.example/activities/bench-{learner % ACTIVITIES}"


def registration(learner: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"registration {learner}"))


def actor(learner: int) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": "https://bridge.example/sites/bench", "name": f"{learner:032x}"}}


def statement(n: int) -> dict[str, Any]:
    """The n-th, 1,440 bytes of JSON: the answer to an item; each of the activity's items is answered once by each learner."""
    learner, item = divmod(n, PER_LEARNER)
    whole = activity(learner)
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"statement {n}")),
        "actor": actor(learner),
        "verb": {"id": vocabulary.ANSWERED, "display": {"en-US": "answered"}},
        "object": {
            "objectType": "Activity",
            "id": f"{whole}/items/q{item}",
            "definition": {"name": {"en-US": _TITLE}, "type": vocabulary.TYPE_INTERACTION, "interactionType": "choice"},
        },
        "result": {"response": "b", "success": item % 2 == 0, "duration": "PT12.5S"},
        "context": {
            "registration": registration(learner),
            "revision": "d1-0123456789012345678901234567890123456789",
            "language": "en-US",
            "contextActivities": {
                "parent": [{"id": f"{whole}/assessments/post", "objectType": "Activity"}],
                "grouping": [{"id": whole, "objectType": "Activity"}],
                "category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5", "objectType": "Activity"}],
            },
            "extensions": {
                "https://w3id.org/xapi/cmi5/context/extensions/sessionid": registration(learner),
                "https://cme.northfield.example/extensions/sequence": item,
            },
        },
        "timestamp": (_START + timedelta(seconds=n)).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }


class Client:
    """Makes requests to one bridge with one key. Statements that fill the store are numbered from 0, those that are timed from far off."""

    def __init__(self, url: str, authorization: str) -> None:
        self.url = url
        self._headers = {"Authorization": authorization, "X-Experience-API-Version": "1.0.3"}
        self.filled = 0
        self._timed = 1_000_000_000

    def fills(self, batch: int, count: int) -> list[bytes]:
        """Requests that all have to be sent."""
        made = [self._post(range(self.filled + n * batch, self.filled + (n + 1) * batch)) for n in range(count)]
        self.filled += batch * count
        return made

    def posts(self, batch: int, count: int) -> list[bytes]:
        """Requests with statements that were never sent before."""
        made = [self._post(range(self._timed + n * batch, self._timed + (n + 1) * batch)) for n in range(count)]
        self._timed += batch * count
        return made

    def _post(self, numbers: range) -> bytes:
        texts = [json.dumps(statement(n), separators=(",", ":")) for n in numbers]
        body = texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"
        return request("POST", f"{self.url}/xapi/statements", self._headers | {"Content-Type": "application/json"}, body.encode())

    def gets(self, stored: int, **parameters: str) -> Iterator[bytes]:
        """Endless questions for statements, each about another learner of those who have statements."""
        learners = max(stored // PER_LEARNER, 1)
        for turn in range(1 << 40):
            learner = turn * 7919 % learners
            named = {name: _FILLED[value](learner) if value in _FILLED else value for name, value in parameters.items()}
            yield request("GET", f"{self.url}/xapi/statements?{urlencode(named)}", self._headers)

    def states(self, method: str) -> Iterator[bytes]:
        for turn in range(1 << 40):
            learner = turn % STATES
            named = {"activityId": activity(learner), "agent": json.dumps(actor(learner)), "stateId": "bookmark"}
            body = json.dumps({"place": turn, "pad": "x" * 200}).encode() if method == "PUT" else b""
            given = self._headers | ({"Content-Type": "application/json"} if body else {})
            yield request(method, f"{self.url}/xapi/activities/state?{urlencode(named)}", given, body)


# What stands for a value of the learner whose turn it is.
_FILLED = {
    "{id}": lambda learner: statement(learner * PER_LEARNER)["id"],
    "{agent}": lambda learner: json.dumps(actor(learner)),
    "{activity}": activity,
    "{item}": lambda learner: f"{activity(learner)}/items/q{learner % PER_LEARNER}",
    "{registration}": registration,
}
READS: dict[str, dict[str, str]] = {
    "GET by id": {"statementId": "{id}"},
    "GET agent": {"agent": "{agent}", "limit": "50"},
    "GET activity": {"activity": "{item}", "limit": "50"},
    "GET registration": {"registration": "{registration}", "limit": "50"},
    "GET verb + since": {"verb": vocabulary.ANSWERED, "since": "2026-01-01T00:00:00Z", "limit": "50"},
    "GET agent + activity + verb": {"agent": "{agent}", "activity": "{item}", "verb": vocabulary.ANSWERED, "limit": "50"},
    "GET registration + activity": {"registration": "{registration}", "activity": "{item}", "limit": "50"},
    "GET related activities": {"activity": "{activity}", "related_activities": "true", "limit": "50"},
}
