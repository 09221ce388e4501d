"""@xapi/xapi 3, in both versions of xAPI and by both of its ways to the network: it does its whole job.

A number is the status of an answer, a word the code of the problem it was refused for.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.conftest import Served, told_by

WAYS = [f"{version} {adapter}" for version in ("1.0.3", "2.0.0") for adapter in ("axios", "fetch")]


@pytest.fixture(scope="module")
def all_told(served: Served) -> dict[str, Any]:
    return told_by("xapijs.js", served)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told(all_told: dict[str, Any], way: str) -> dict[str, Any]:
    found: dict[str, Any] = all_told[way]
    return found


def test_it_works(told: dict[str, Any]) -> None:
    assert (told["sent"], told["got"], told["about"]) == (True, True, ["1.0.3", "2.0.0"])


def test_it_sends_a_batch_and_pages_through_what_comes_back(told: dict[str, Any]) -> None:
    assert (told["batch"], told["pages"], told["byRegistration"]) == (4, [2, 2, 1], 1)


def test_it_asks_for_ids_alone(told: dict[str, Any]) -> None:
    assert told["ids"] == ["id"]


def test_it_voids(told: dict[str, Any]) -> None:
    assert (told["voiding"], told["gone"], told["asVoided"]) == (200, "statement-unknown", True)


def test_it_is_refused_another_statement_under_a_used_id(told: dict[str, Any]) -> None:
    assert told["conflict"] == "statement-exists"


def test_it_sends_an_attachment_and_reads_it_back(told: dict[str, Any], way: str) -> None:
    if way.endswith("fetch"):
        assert (told["attached"], told["parts"]) == (200, [True, "what was said, word for word"])
    else:
        # Node's axios sends a Blob as application/octet-stream, whatever the client says; browsers' does not.
        assert told["attached"] == "content-type"


def test_it_keeps_merges_and_deletes_states(told: dict[str, Any]) -> None:
    states = told["states"]
    assert (states["created"], states["merged"], states["state"]) == (204, 204, {"page": 7, "question": 2})
    assert (states["stateIds"], states["deleted"], states["deletedAll"], states["left"]) == (["place"], 204, 204, [])


def test_it_changes_a_state_it_has_seen(told: dict[str, Any], way: str) -> None:
    assert (told["states"]["set"], told["states"]["stale"]) == (204, "precondition-failed")
    # xAPI 2.0 4.1.4 guards states as it does profiles.
    assert told["states"]["blind"] == (204 if way.startswith("1.0.3") else "document-exists")


@pytest.mark.parametrize("kind", ["agentProfile", "activityProfile"])
def test_it_changes_a_profile_it_has_seen_and_no_other(told: dict[str, Any], kind: str) -> None:
    assert told[kind] == {
        "created": 204, "set": 204, "stale": "precondition-failed", "taken": "precondition-failed",
        "profile": {"size": "small"}, "ids": ["prefs"], "deleted": 204,
    }  # fmt: skip


def test_it_learns_what_an_activity_is_and_who_an_agent(told: dict[str, Any]) -> None:
    assert (told["activity"], told["knows"]) == ({"en": "Overview"}, True)
