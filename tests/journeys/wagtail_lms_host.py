"""wagtail-lms, an LMS for sites made with Wagtail: every value is kept by a request of its own, in no certain order.

SCORM 1.2 alone: it looks for a package's start in the namespace of SCORM 1.2's manifest, and its API has the names of 1.2 only.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import requests

from tests.journeys.foreign import ForeignLms

STAFF = "staff"


class WagtailLms(ForeignLms):
    site = "wagtail_lms_site.py"

    def upload(self, package: Path) -> None:
        with requests.Session() as staff:
            self._submit(staff, "/admin/login/", {"username": STAFF, "password": STAFF})
            form = {"title": package.stem, "description": "", "version": "1.2"}
            answer = self._submit(staff, "/admin/scormpackage/new/", form, {"package_file": (package.name, package.read_bytes())})
            assert "could not be created" not in answer.text, answer.text

    def known_as(self, learner_id: str) -> str:
        return str(self.get("/held", learner=learner_id)["learner_id"])

    def data(self, learner_id: str) -> dict[str, Any]:
        elements: dict[str, Any] = self.get("/held", learner=learner_id)["elements"]
        return elements

    def _submit(self, staff: requests.Session, path: str, form: dict[str, str], files: Any = None) -> requests.Response:
        page = staff.get(f"{self.origin}{path}", timeout=20)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, page.text
        answer = staff.post(f"{self.origin}{path}", data={**form, "csrfmiddlewaretoken": token[1]}, files=files, timeout=60)
        answer.raise_for_status()
        return answer
