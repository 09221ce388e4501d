"""A launcher of plain xAPI packages (tincan.xml): endpoint, key and learner in the address, and a record store that takes everything."""

from __future__ import annotations

import base64
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from scorm_packager.bridge_process import BridgeProcess
from tests.journeys.lrs_host import LrsHost

VERBS = "http://adlnet.gov/expapi/verbs/"


class XapiHost(LrsHost):
    def __init__(self, package: Path, lrs: BridgeProcess):
        super().__init__(package, lrs)
        with zipfile.ZipFile(package) as opened:
            self.activity = str(etree.fromstring(opened.read("tincan.xml")).find(".//{*}activity").get("id"))
        self._registrations: dict[str, str] = {}

    def launch(self, learner_id: str, learner_name: str, settings: dict[str, str]) -> dict[str, str]:
        if "untracked" in settings:
            return {}
        registration = self._registrations.setdefault(learner_id, str(uuid.uuid4()))
        return {
            "endpoint": f"{self.endpoint}/",
            "auth": "Basic " + base64.b64encode(":".join(self.key).encode()).decode(),
            "actor": json.dumps(_actor(learner_id, learner_name)),
            "registration": registration,
            "activity_id": self.activity,
        }

    def statements(self, learner_id: str) -> list[dict[str, Any]]:
        """What the record store has of a learner, the oldest first."""
        answer = self.ask("GET", "/statements", params={"registration": self._registrations[learner_id], "ascending": "true", "limit": "0"})
        found: list[dict[str, Any]] = answer.json()["statements"]
        return found

    def data(self, learner_id: str) -> dict[str, Any]:
        on_activity = [one for one in self.statements(learner_id) if one["object"]["id"] == self.activity]
        verbs = {one["verb"]["id"].removeprefix(VERBS): one for one in on_activity}
        place = {
            "stateId": "cme-bridge",
            "activityId": self.activity,
            "agent": json.dumps(_actor(learner_id, "")),
            "registration": self._registrations[learner_id],
        }
        state = self.ask("GET", "/activities/state", params=place)
        return {
            "completed": "completed" in verbs,
            "passed": "passed" in verbs,
            "score": verbs["passed"]["result"]["score"]["scaled"] if "passed" in verbs else None,
            "saved": len(state.json()["text"]) if state.status_code == 200 else 0,
        }


def _actor(learner_id: str, name: str) -> dict[str, Any]:
    who = {"objectType": "Agent", "account": {"homePage": "https://lms.northfield.example", "name": learner_id}}
    return who | ({"name": name} if name else {})
