"""docs/openapi.yaml describes the doors of the bridge: all of them, and none that is not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis

from tests.bridge.builders import ABridge
from tests.spec.doors import DESCRIPTION, DOORS

METHODS = {"get", "put", "post", "delete"}


def described() -> set[tuple[str, str]]:
    """(method, path) of the description, references followed."""
    found = set()
    for path, item in DESCRIPTION["paths"].items():
        whole = DESCRIPTION["paths"][_target(item["$ref"])] if "$ref" in item else item
        found |= {(method.upper(), path) for method in METHODS & set(whole)}
    return found


def _target(reference: str) -> str:
    return reference.removeprefix("#/paths/").replace("~1", "/")


def answered(here: ABridge) -> set[tuple[str, str]]:
    """(method, path) of the application."""
    rules = here.client.application.url_map.iter_rules()
    return {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_door_is_described_and_every_description_has_its_door(on_sqlite: ABridge) -> None:
    told, there = described(), answered(on_sqlite)
    assert (sorted(there - told), sorted(told - there)) == ([], [])


def test_the_description_is_sound_openapi() -> None:
    schemathesis.openapi.from_dict(DESCRIPTION).validate()


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_every_door_says_what_it_is_for(door: Any) -> None:
    said = DESCRIPTION["paths"][door.path][door.method]
    assert said["summary"]
    assert said["tags"][0] in {tag["name"] for tag in DESCRIPTION["tags"]}
