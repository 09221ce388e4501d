"""TinCanJS 0.50, which most published packages carry: it does its whole job. An error is the status it got, null is none."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.clients.conftest import Served, told_by


@pytest.fixture(scope="module")
def told(served: Served) -> dict[str, Any]:
    return told_by("tincanjs.js", served)


def test_it_works(told: dict[str, Any]) -> None:
    assert (told["saved"], told["registration"]) == (None, True)


def test_it_sees_both_versions(told: dict[str, Any]) -> None:
    assert told["about"] == ["1.0.3", "2.0.0"]


def test_it_sends_a_batch_and_pages_through_what_comes_back(told: dict[str, Any]) -> None:
    assert (told["batch"], told["pages"], told["first"], told["byActivity"]) == (None, [2, 2, 1], True, 5)


def test_it_voids(told: dict[str, Any]) -> None:
    assert (told["voiding"], told["voided"], told["asVoided"]) == (None, 404, True)


def test_it_is_refused_another_statement_under_a_used_id(told: dict[str, Any]) -> None:
    assert told["conflict"] == 409


def test_it_sends_an_attachment_and_reads_it_back(told: dict[str, Any]) -> None:
    assert (told["attached"], told["attachment"]) == (None, "what was said, word for word")


def test_it_keeps_merges_and_drops_states_of_a_registration(told: dict[str, Any]) -> None:
    assert (told["stateSaved"], told["stateMerged"], told["state"]) == (None, None, {"page": 7, "question": 2})
    assert (told["stateIds"], told["statesElsewhere"]) == (["place"], [])
    assert (told["stateDropped"], told["statesLeft"]) == (None, [])


def test_it_changes_a_state_it_has_seen_and_no_other(told: dict[str, Any]) -> None:
    assert told["stateEtag"] == f'"{hashlib.sha1(b"""{"page":7,"question":2}""").hexdigest()}"'
    assert (told["stateChanged"], told["stateLost"]) == (None, 412)


@pytest.mark.parametrize("kind", ["agentProfile", "activityProfile"])
def test_it_changes_a_profile_it_has_seen_and_no_other(told: dict[str, Any], kind: str) -> None:
    # Without a tag of its own it sends If-None-Match: *, with POST too.
    assert told[kind] == {
        "put": None, "posted": 412, "blind": 412, "changed": None, "stale": 412,
        "contents": {"size": "small"}, "ids": ["prefs"], "dropped": None,
    }  # fmt: skip


def test_it_learns_what_an_activity_is(told: dict[str, Any]) -> None:
    assert told["activity"] == {"en": "Overview"}
