"""What is wrong with a body is said in the bridge's own words, each problem at its field."""

from __future__ import annotations

from typing import Any

import pytest

from lrs_bridge.launching.bodies import LaunchRequest, ProfileRequest, read
from lrs_bridge.refusals import Malformed

LAUNCH: dict[str, Any] = {
    "site": "northfield",
    "activity": "https://cme.northfield.example/activities/af",
    "definition": "d1",
    "launch_key": "a" * 32,
    "learner": {"id": "ann"},
}


def told(kind: Any, body: Any) -> list[tuple[str, str]]:
    with pytest.raises(Malformed) as caught:
        read(kind, body)
    return [(problem.where.file, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize("body", [[], 5, None, "launch"])
def test_says_that_a_body_is_no_object(body: Any) -> None:
    assert told(LaunchRequest, body) == [("body", "This is not a JSON object.")]


def test_says_all_at_once() -> None:
    wrong = {"site": 5, "activity": "", "launch_key": "x", "learner": {"id": "ann", "name": "A\x00"}, "mode": "exam", "credit": "yes"}
    without = {name: value for name, value in LAUNCH.items() if name != "definition"}
    assert dict(told(LaunchRequest, without | wrong)) == {
        "site": "This is not a text.",
        "activity": "It is empty.",
        "definition": "It is missing.",
        "launch_key": "It does not have the form that it needs.",
        "learner.name": "It must not hold control characters.",
        "mode": "It is none of the values that are known.",
        "credit": "This is neither true nor false.",
    }


def test_says_what_is_too_long() -> None:
    assert told(LaunchRequest, LAUNCH | {"activity": "https://" + "x" * 2000}) == [("activity", "It is longer than 2000 characters.")]
    many = {f"key-{n}": "1" for n in range(41)}
    assert told(ProfileRequest, {"identifiers": many}) == [("identifiers", "It has more than 40 entries.")]
