"""Browsers on an LMS's origin may call learners' doors; what an LMS's page may not do is left closed."""

from __future__ import annotations

import pytest

from tests.bridge.builders import ABridge, codes
from tests.bridge.learning import opened

LMS = "https://lms.northfield.example"
ELSEWHERE = "https://elsewhere.example"


@pytest.fixture
def listed(on_sqlite: ABridge) -> ABridge:
    on_sqlite.adds_site("northfield", LMS)
    return on_sqlite


@pytest.mark.parametrize("path", ["/launch", "/launch/profile", "/launch/beacon", "/xapi/statements", "/xapi/2.0/statements"])
def test_answers_a_preflight_without_credentials(listed: ABridge, path: str) -> None:
    answer = listed.client.options(path, headers={"Origin": LMS, "Access-Control-Request-Method": "PUT"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == LMS
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "X-Experience-API-Version" in answer.headers["Access-Control-Allow-Headers"]
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Max-Age"] == "7200"
    assert "Origin" in answer.headers["Vary"]


def test_does_not_let_other_origins_in(listed: ABridge) -> None:
    answer = listed.client.options("/launch", headers={"Origin": ELSEWHERE})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_lets_any_origin_in_where_a_site_lists_none(on_sqlite: ABridge) -> None:
    assert on_sqlite.client.options("/launch", headers={"Origin": ELSEWHERE}).headers["Access-Control-Allow-Origin"] == ELSEWHERE


def test_never_lets_credentials_along(listed: ABridge) -> None:
    answer = listed.client.options("/launch", headers={"Origin": LMS})
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_lets_a_browser_read_refusals_too(listed: ABridge) -> None:
    answer = listed.client.get("/launch/credit", headers={"Origin": LMS})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (401, LMS)


def test_takes_a_sandboxed_frame_by_its_token(listed: ABridge) -> None:
    ann = listed.launched(origin=LMS)
    answer = ann.sends(*ann.statements(opened()), Origin="null")
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "null")


def test_does_not_launch_for_a_sandboxed_frame_unless_the_site_says_so(listed: ABridge) -> None:
    assert listed.launch(origin="null").status_code == 403
    listed.adds_site("northfield", LMS, "null")
    assert listed.launch(origin="null").status_code == 200


def test_takes_no_token_from_another_sites_origin(listed: ABridge) -> None:
    ann = listed.launched(origin=LMS)
    answer = ann.sends(*ann.statements(opened()), Origin=ELSEWHERE)
    assert (answer.status_code, codes(answer)) == (403, ["origin-not-allowed"])


@pytest.mark.parametrize("path", ["/healthz", "/definitions/d1-0"])
def test_says_nothing_to_browsers_at_other_doors(on_sqlite: ABridge, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in on_sqlite.client.get(path, headers={"Origin": LMS}).headers
