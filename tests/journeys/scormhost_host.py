"""scormhost, a small LMS for SCORM 1.2 and 2004 that keeps everything it is told and checks none of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import requests

from tests.journeys.foreign import ForeignLms

PASSWORD = "of-one-test"
STAFF = {"username": "staff", "display_name": "Staff", "email": "staff@school.example.org", "password": PASSWORD}


class Scormhost(ForeignLms):
    site = "scormhost_site.py"

    def upload(self, package: Path) -> None:
        with requests.Session() as staff:
            first = staff.post(f"{self.origin}/api/auth/register", json=STAFF, timeout=20)  # who comes first is the administrator
            if not first.ok:
                self._sign_on(staff, STAFF["email"])
            file = {"file": (package.name, package.read_bytes(), "application/zip")}
            answer = staff.post(f"{self.origin}/api/packages", files=file, timeout=60)
        answer.raise_for_status()
        self.package = answer.json()["id"]

    def url(self, learner_id: str, learner_name: str) -> str:
        return f"{self.origin}/enter?" + urlencode({"learner": learner_id, "name": learner_name, "package": self.package})

    def known_as(self, learner_id: str) -> str:
        with requests.Session() as learner:
            return str(self._sign_on(learner, f"{learner_id}@learner.example.org")["user"]["id"])

    def data(self, learner_id: str) -> dict[str, Any]:
        with requests.Session() as learner:
            self._sign_on(learner, f"{learner_id}@learner.example.org")
            answer = learner.get(f"{self.origin}/api/scorm/{self.package}/cmi", timeout=20)
        elements: dict[str, Any] = answer.json()["elements"]
        return elements

    def _sign_on(self, who: requests.Session, email: str) -> Any:
        answer = who.post(f"{self.origin}/api/auth/login", json={"email": email, "password": PASSWORD}, timeout=20)
        answer.raise_for_status()
        return answer.json()
