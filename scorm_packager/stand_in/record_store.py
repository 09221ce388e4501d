"""The stand-in LMS for packages that tell by statements: it launches them as cmi5 (8, 10) and tincan.xml have it, and hands what they
say on to a record store under a key that the package never sees.
"""

from __future__ import annotations

import itertools
import json
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import requests

from scorm_packager.package_files import Launch
from scorm_packager.register import Key

HOME_PAGE = "https://lms.northfield.example"
SESSION_ID = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
_SECONDS = 20
_HANDED_ON = ("Content-Type", "X-Experience-API-Version", "If-Match", "If-None-Match")
_HANDED_BACK = ("Content-Type", "ETag", "X-Experience-API-Version", "X-Experience-API-Consistent-Through", "Last-Modified")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Enrolment:
    """What an LMS has of one learner in one attempt."""

    registration: str
    activity: str


class RecordStore:
    """An LMS's record store at `url`, reached with a key of its own."""

    def __init__(self, url: str, key: Key):
        self._url, self._key = url, key
        self._enrolled: dict[str, _Enrolment] = {}
        self._tokens: set[str] = set()
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def query(self, package: Launch, origin: str, learner: str, name: str, mode: str) -> str:
        """What stands after the question mark when the package is opened."""
        with self._lock:
            if learner not in self._enrolled:
                self._enrolled[learner] = _Enrolment(self._id(), f"{HOME_PAGE}/activities/{self._id()}")
            enrolment = self._enrolled[learner]
        actor = {"objectType": "Agent", "account": {"homePage": HOME_PAGE, "name": learner}, "name": name}
        asked = {"endpoint": f"{origin}/lms/xapi/", "actor": json.dumps(actor), "registration": enrolment.registration}
        if package.edition == "xapi":
            more = {"auth": "Basic c3RhbmQtaW46TE1T", "activity_id": package.identifier}
        else:
            more = {"fetch": self._fetch(origin), "activityId": enrolment.activity}
            self._keep_launch_data(package, enrolment, actor, origin, mode)
        return urlencode({**asked, **more}, quote_via=quote)

    def forget(self, learner: str) -> None:
        """The learner is enrolled anew when they come again."""
        with self._lock:
            self._enrolled.pop(learner, None)

    def token(self, session: str) -> dict[str, str]:
        """cmi5 8.2: the token is given once."""
        with self._lock:
            if session not in self._tokens:
                return {"error-code": "1", "error-text": "The token was given before."}
            self._tokens.discard(session)
        return {"auth-token": "c3RhbmQtaW46TE1T"}

    def relay(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """A request of the package, given to the record store; 502 when that cannot be reached."""
        passed = {name: headers[name] for name in _HANDED_ON if headers.get(name)}
        try:
            found = self._ask(method, target, headers=passed, data=body)
        except requests.RequestException:
            return Answer(502, {}, b"The record store cannot be reached.")
        return Answer(found.status_code, {name: found.headers[name] for name in _HANDED_BACK if name in found.headers}, found.content)

    def _id(self) -> str:
        """Another one each time; the record store lives as long as this does."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._url}/{next(self._numbers)}"))

    def _fetch(self, origin: str) -> str:
        session = self._id()
        with self._lock:
            self._tokens.add(session)
        return f"{origin}/lms/fetch/{session}"

    def _keep_launch_data(self, package: Launch, enrolment: _Enrolment, actor: dict[str, Any], origin: str, mode: str) -> None:
        """cmi5 10: what the unit reads before it says anything."""
        data: dict[str, Any] = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": package.identifier}]},
                "extensions": {SESSION_ID: self._id()},
            },
            "launchMode": mode,
            "moveOn": package.move_on,
            "returnURL": f"{origin}/stand-in/returned.html",
            **({"masteryScore": float(package.mastery)} if package.mastery else {}),
        }
        place = {"stateId": "LMS.LaunchData", "activityId": enrolment.activity, "agent": json.dumps({"account": actor["account"]})}
        query = urlencode({**place, "registration": enrolment.registration})
        self._ask("PUT", f"/activities/state?{query}", headers={"X-Experience-API-Version": "1.0.3"}, json=data).raise_for_status()

    def _ask(self, method: str, target: str, **more: Any) -> requests.Response:
        auth = (self._key.name, self._key.secret)
        return requests.request(method, f"{self._url}/xapi{target}", auth=auth, timeout=_SECONDS, allow_redirects=False, **more)
