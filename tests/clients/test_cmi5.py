"""@xapi/cmi5 in a browser on an LMS's origin, with the bridge as that LMS's record store: a whole session of an assignable unit.

cmi5 (Quartz) 8 to 11: the fetch URL gives a token, `LMS.LaunchData` and `cmi5LearnerPreferences` are read, then it reports.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page

from tests.clients.cmi5_lms import Lms, lms
from tests.clients.conftest import NODE_MODULES, SITE, Served

CLIENT = NODE_MODULES / "@xapi" / "cmi5" / "dist" / "Cmi5.umd.js"
ACTIVITY = "https://lms.northfield.example/au/17"
PUBLISHERS = "https://cme.northfield.example/au/overview"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
VERBS = "http://adlnet.gov/expapi/verbs/"

WHOLE_SESSION = """async () => {
    const au = Cmi5.instance;
    await au.initialize();
    const {actor, activityId, registration} = au.launchParameters;
    const of = {agent: actor, activityId, registration};
    const told = {masteryScore: au.launchData.masteryScore, preferences: au.getLearnerPreferences()};
    await au.xapi.createState({...of, stateId: "place", state: {page: 7}});
    told.state = (await au.xapi.getState({...of, stateId: "place"})).data;
    await au.interactionChoice("post", "q1", ["b"], ["b"], [{id: "a"}, {id: "b"}], {en: "Which?"}, {en: "Which agent?"}, true);
    await au.pass({scaled: 0.9});
    await au.complete();
    await au.terminate();
    return told;
}"""


@dataclass(frozen=True)
class Launched:
    served: Served
    lms: Lms
    actor: dict[str, Any]
    registration: str
    told: dict[str, Any]
    failures: list[str]

    def asks(self, path: str, **parameters: Any) -> requests.Response:
        """The LMS asks its record store."""
        auth, headers = (self.lms.key, self.lms.secret), {"X-Experience-API-Version": "1.0.3"}
        return requests.get(self.served.endpoint + path, params=parameters, headers=headers, auth=auth, timeout=10)

    def statements(self) -> list[dict[str, Any]]:
        answer = self.asks("statements", registration=self.registration, ascending="true")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["statements"]
        return found


@pytest.fixture(scope="module")
def hospital(served: Served) -> Iterator[Lms]:
    with lms(CLIENT) as started:
        served.process.command("site", "add", SITE, "--name", "Test Hospital", "--origin", started.url)
        started.key, started.secret = served.new_key("lms")
        yield started


@pytest.fixture(scope="module")
def launched(served: Served, hospital: Lms, browser: Browser) -> Launched:
    """A session from the launch to its end."""
    registration = str(uuid.uuid4())
    actor = {"objectType": "Agent", "account": {"homePage": "https://lms.northfield.example", "name": uuid.uuid4().hex}}
    prepares(served, hospital, actor, registration)
    page, failures = browser.new_page(), []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("requestfailed", lambda failed: failures.append(failed.url))
    told = runs(page, served, hospital, actor, registration)
    page.close()
    return Launched(served, hospital, actor, registration, told, failures)


def prepares(served: Served, hospital: Lms, actor: dict[str, Any], registration: str) -> None:
    """What the LMS writes before it launches (cmi5 10)."""
    template = {"contextActivities": {"grouping": [{"id": PUBLISHERS}]}, "extensions": {SESSION: uuid.uuid4().hex}}
    data = {"contextTemplate": template, "launchMode": "Normal", "moveOn": "CompletedAndPassed", "masteryScore": 0.8}
    state = {"activityId": ACTIVITY, "agent": json.dumps(actor), "registration": registration, "stateId": "LMS.LaunchData"}
    profile = {"agent": json.dumps(actor), "profileId": "cmi5LearnerPreferences"}
    puts(served, hospital, "activities/state", state, data)
    puts(served, hospital, "agents/profile", profile, {"languagePreference": "de,en", "audioPreference": "off"})


def puts(served: Served, hospital: Lms, path: str, where: dict[str, str], document: dict[str, Any]) -> None:
    headers = {"X-Experience-API-Version": "1.0.3", "If-None-Match": "*"}
    auth = (hospital.key, hospital.secret)
    answer = requests.put(served.endpoint + path, params=where, json=document, headers=headers, auth=auth, timeout=10)
    assert answer.status_code == 204, answer.text


def runs(page: Page, served: Served, hospital: Lms, actor: dict[str, Any], registration: str) -> dict[str, Any]:
    page.goto(hospital.launch_url(endpoint=served.endpoint, actor=json.dumps(actor), registration=registration, activityId=ACTIVITY))
    found: dict[str, Any] = page.evaluate(WHOLE_SESSION)
    return found


def test_it_works(launched: Launched) -> None:
    said = [one["verb"]["id"].removeprefix(VERBS) for one in launched.statements()]
    assert said == ["initialized", "answered", "passed", "completed", "terminated"]
    assert launched.failures == []


def test_it_is_told_how_it_was_launched(launched: Launched) -> None:
    assert launched.told["masteryScore"] == 0.8
    assert launched.told["preferences"] == {"languagePreference": "de,en", "audioPreference": "off"}
    assert len(launched.lms.tokens) == 1


def test_every_statement_carries_the_session_and_the_publishers_id(launched: Launched) -> None:
    for one in launched.statements():
        assert set(one["context"]["extensions"]) >= {SESSION}
        assert one["context"]["contextActivities"]["grouping"] == [{"id": PUBLISHERS}]


def test_what_counts_for_moving_on_is_marked(launched: Launched) -> None:
    marked = {
        one["verb"]["id"].removeprefix(VERBS): {category["id"] for category in one["context"]["contextActivities"].get("category", [])}
        for one in launched.statements()
    }
    assert marked == {
        "initialized": {CMI5},
        "answered": set(),
        "passed": {CMI5, MOVE_ON},
        "completed": {CMI5, MOVE_ON},
        "terminated": {CMI5},
    }


def test_the_lms_vouches_for_what_came_with_its_token(launched: Launched) -> None:
    assert {one["authority"]["account"]["name"] for one in launched.statements()} == {f"key {launched.lms.key}"}


def test_it_keeps_its_place_beside_the_launch_data(launched: Launched) -> None:
    where = {"activityId": ACTIVITY, "agent": json.dumps(launched.actor), "registration": launched.registration}
    assert launched.told["state"] == {"page": 7}
    assert launched.asks("activities/state", **where).json() == ["LMS.LaunchData", "place"]


ASKS = "url => fetch(url, {headers: {'X-Experience-API-Version': '1.0.3'}}).then(() => 'answered', () => 'kept away')"


def test_only_pages_of_a_sites_origin_get_an_answer(served: Served, hospital: Lms, browser: Browser) -> None:
    with lms(CLIENT) as stranger:
        page, heard = browser.new_page(), []
        for origin in (hospital.url, stranger.url):
            page.goto(f"{origin}/au.html")
            heard.append(page.evaluate(ASKS, served.endpoint + "about"))
        page.close()
    assert heard == ["answered", "kept away"]
