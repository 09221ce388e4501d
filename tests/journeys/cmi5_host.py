"""A cmi5 launcher, written strictly from the specification: it launches, judges every statement, and keeps them in a record store."""

from __future__ import annotations

import base64
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from scorm_packager.bridge_process import BridgeProcess
from tests.journeys.cmi5_rules import EXTENSION, Session, is_defined, objections, verb_of
from tests.journeys.lrs_host import LrsHost, Refused, statements_in

CMI5 = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
HOME_PAGE = "https://lms.northfield.example"


class Cmi5Host(LrsHost):
    """`sessions` are the launches, by learner and in their order."""

    def __init__(self, package: Path, lrs: BridgeProcess):
        super().__init__(package, lrs)
        with zipfile.ZipFile(package) as opened:
            self.unit = etree.fromstring(opened.read("cmi5.xml")).find(f".//{CMI5}au")
        self.sessions: dict[str, list[Session]] = {}
        self._by_token: dict[str, Session] = {}

    # --- launching ---

    def launch(self, learner_id: str, learner_name: str, settings: dict[str, str]) -> dict[str, str]:
        session = self._session(learner_id, settings)
        self._keep_launch_data(session)
        return {
            "endpoint": self.endpoint,
            "fetch": f"http://localhost:{self.port}/fetch/{session.id}",
            "actor": json.dumps(session.actor),
            "registration": session.registration,
            "activityId": session.activity,
        }

    def _session(self, learner_id: str, settings: dict[str, str]) -> Session:
        before = self.sessions.setdefault(learner_id, [])
        session = Session(
            id=str(uuid.uuid4()),
            actor={"account": {"homePage": HOME_PAGE, "name": learner_id}},
            registration=before[0].registration if before else str(uuid.uuid4()),
            activity=before[0].activity if before else f"{HOME_PAGE}/activities/{uuid.uuid4()}",
            data={},
            earlier=frozenset(verb for one in before for verb in one.verbs()),
        )
        session.data = self._data(session, settings)
        before.append(session)
        self._by_token[_token(session)] = session
        return session

    def _data(self, session: Session, settings: dict[str, str]) -> dict[str, Any]:
        data = {
            "contextTemplate": {
                "contextActivities": {"grouping": [{"id": self.unit.get("id")}]},
                "extensions": {f"{EXTENSION}sessionid": session.id},
            },
            "launchMode": settings.get("mode", "Normal"),
            "moveOn": self.unit.get("moveOn"),
            "returnURL": f"http://127.0.0.1:{self.port}/returned",
            "entitlementKey": {"courseStructure": "not ours"},
        }
        mastery = settings.get("mastery", self.unit.get("masteryScore"))
        return data | ({"masteryScore": float(mastery)} if mastery else {})

    def _keep_launch_data(self, session: Session) -> None:
        answer = self.ask("PUT", "/activities/state", params=_place(session, "LMS.LaunchData"), json=session.data)
        assert answer.status_code == 204, answer.text

    def other(self, method: str, path: str) -> tuple[int, bytes, str] | None:
        if not path.startswith("/fetch/"):
            return None
        session = next(one for listed in self.sessions.values() for one in listed if path.endswith(one.id))
        if method != "POST" or session.token_given:
            return 200, b'{"error-code": "1", "error-text": "The token was given before."}', "application/json"
        session.token_given = True
        return 200, json.dumps({"auth-token": _token(session)}).encode(), "application/json"

    # --- judging ---

    def judge(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> None:
        session = self._by_token.get((headers["Authorization"] or "").removeprefix("Basic "))
        if session is None or not session.token_given:
            raise Refused(401, "8.1.2.0-5")
        if path == "/agents/profile" and method == "GET":
            session.preferences_read = session.preferences_read or query["profileId"] == "cmi5LearnerPreferences"
        if path == "/activities/state" and method != "GET" and query["stateId"] == "LMS.LaunchData":
            raise Refused(403, "10.2.1.0-5")
        if path == "/statements":
            self._judge_statements(session, statements_in(body))

    def _judge_statements(self, session: Session, told: list[dict[str, Any]]) -> None:
        for one in told:
            if one.get("id") in {known["id"] for known in session.told}:
                continue  # the same statement again is one statement
            broken = objections(session, one)
            if broken:
                session.refused += [(number, one) for number in broken]
                raise Refused(403, ", ".join(broken))
            session.told.append(one)

    # --- what an LMS would show ---

    def data(self, learner_id: str) -> dict[str, Any]:
        told = [one for session in self.sessions[learner_id] for one in session.told if is_defined(one)]
        verbs = {verb_of(one): one for one in told}
        state = self.ask("GET", "/activities/state", params=_place(self.sessions[learner_id][0], "cme-bridge"))
        return {
            "completed": "completed" in verbs,
            "passed": "passed" in verbs,
            "score": verbs["passed"]["result"]["score"]["scaled"] if "passed" in verbs else None,
            "saved": len(state.json()["text"]) if state.status_code == 200 else 0,
        }


def _token(session: Session) -> str:
    return base64.b64encode(f"{session.id}:secret".encode()).decode()


def _place(session: Session, document: str) -> dict[str, str]:
    return {
        "stateId": document,
        "activityId": session.activity,
        "agent": json.dumps(session.actor),
        "registration": session.registration,
    }
