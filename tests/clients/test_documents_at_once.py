"""Several processes answer, and of changes that were made to one version of a document exactly one is kept."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

from tests.clients.conftest import Served

AT_ONCE = 8


def test_of_many_changes_of_one_version_exactly_one_wins(served: Served) -> None:
    url = f"{served.endpoint}activities/state"
    where = {"activityId": "https://cme.northfield.example/a", "agent": json.dumps({"mbox": "mailto:ann@northfield.example"})}
    sessions = [requests.Session() for _ in range(AT_ONCE)]
    for session in sessions:
        session.auth, session.params = (served.key, served.secret), {**where, "stateId": "place"}
        session.headers["X-Experience-API-Version"] = "1.0.3"
    sessions[0].put(url, data="first").raise_for_status()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(10):
            seen, ready = sessions[0].get(url).headers["ETag"], Barrier(AT_ONCE)

            def change(session: requests.Session, seen: str = seen, ready: Barrier = ready) -> int:
                ready.wait()
                return session.put(url, data=uuid.uuid4().hex, headers={"If-Match": seen}).status_code

            assert sorted(pool.map(change, sessions)) == [204] + [412] * (AT_ONCE - 1)
