"""The Activity Profile and Agent Profile resources (xAPI 1.0.3 Communication 2.6, 2.7)."""

from __future__ import annotations

import json

import pytest

from tests.bridge.builders import ABridge, codes
from tests.web.documents import ACTIVITY_PROFILE, AGENT_PROFILE, ANN, BOB, OTHER_THING, PROFILES, Documents, documents, etag

OTHERS = {ACTIVITY_PROFILE: {"activityId": OTHER_THING}, AGENT_PROFILE: {"agent": json.dumps(BOB)}}


@pytest.fixture(params=PROFILES)
def profiles(request: pytest.FixtureRequest, here: ABridge) -> Documents:
    return documents(here, request.param)


@pytest.fixture(params=PROFILES)
def on_one(request: pytest.FixtureRequest, on_sqlite: ABridge) -> Documents:
    return documents(on_sqlite, request.param)


def test_it_works(profiles: Documents) -> None:
    assert profiles.puts(b'{"languagePreference": "de"}', If_None_Match="*").status_code == 204
    answer = profiles.calls("GET")
    assert (answer.status_code, answer.data) == (200, b'{"languagePreference": "de"}')
    assert answer.headers["ETag"] == etag(b'{"languagePreference": "de"}')


def test_belongs_to_its_activity_or_agent_alone(profiles: Documents) -> None:
    profiles.has(b"1")
    other = profiles.of(**OTHERS[profiles.path]).has(b"2")
    assert (profiles.body(), other.body()) == (b"1", b"2")


def test_activity_and_agent_profiles_are_not_states(here: ABridge) -> None:
    for path in PROFILES:
        documents(here, path).has(path.encode())
    assert [documents(here, path).body() for path in PROFILES] == [path.encode() for path in PROFILES]


def test_lists_ids_changed_after_since(profiles: Documents) -> None:
    profiles.has(b"1", "a").has(b"2", "b")
    profiles.of(**OTHERS[profiles.path]).has(b"3", "of another")
    profiles.here.clock.moves(seconds=5)
    profiles.has(b"4", "later")
    assert profiles.names() == ["a", "b", "later"]
    assert profiles.names(since="2026-12-04T16:00:00.000Z") == ["later"]


def test_deletes_the_named_one(profiles: Documents) -> None:
    profiles.has(b"1", "a").has(b"2", "b")
    assert profiles.calls("DELETE", "a").status_code == 204
    assert profiles.names() == ["b"]


def test_never_deletes_all_at_once(on_one: Documents) -> None:
    on_one.has(b"1")
    assert codes(on_one.calls("DELETE", None)) == ["missing-parameter"]
    assert on_one.body() == b"1"


def test_an_agent_profile_is_of_the_agent_however_it_is_spelled(on_sqlite: ABridge) -> None:
    there = documents(on_sqlite, AGENT_PROFILE).has(b"1")
    assert there.of(agent=json.dumps({"objectType": "Agent", "name": "Ann"} | ANN)).body() == b"1"


def test_has_no_registration(on_one: Documents) -> None:
    answer = on_one.of(registration="8c3b9d1e-2f60-4f1b-9a55-0d6c1c2f7a01").calls("GET")
    assert codes(answer) == ["unknown-parameter"]


@pytest.mark.parametrize("role", ["full", "lms"])
@pytest.mark.parametrize("path", PROFILES)
def test_a_key_that_may_write_statements_may_write_profiles(on_sqlite: ABridge, role: str, path: str) -> None:
    documents(on_sqlite, path, role=role).has(b"1")


def test_a_report_key_reads_and_is_told_what_it_lacks_for_writing(on_one: Documents) -> None:
    on_one.has(b"1")
    reader = documents(on_one.here, on_one.path, role="report")
    answer = reader.puts(b"2", If_Match=etag(b"1"))
    assert (reader.body(), answer.status_code, "'profile'" in answer.text) == (b"1", 403, True)


def test_a_launch_token_reaches_no_profile(on_one: Documents) -> None:
    launched = on_one.here.registers().launched()
    answer = Documents(on_one.here, launched.headers, on_one.path, on_one.where).calls("GET")
    assert (answer.status_code, codes(answer)) == (403, ["scope-missing"])
