"""When two statements say the same (xAPI 1.0.3 Data 2.3.1): then the second changes nothing; else it is a conflict."""

from __future__ import annotations

from typing import Any

import pytest

from lrs_bridge.xapi.same import same
from tests.bridge.builders import a_statement

ANN = {"mbox": "mailto:ann@northfield.example"}
BOB = {"mbox": "mailto:bob@northfield.example"}
THING = {"id": "https://cme.northfield.example/things/1"}
OTHER = {"id": "https://cme.northfield.example/things/2"}


def group(*members: dict[str, str]) -> dict[str, Any]:
    return {"actor": {"objectType": "Group", "member": list(members)}}


def parent(value: Any) -> dict[str, Any]:
    return {"context": {"contextActivities": {"parent": value}}}


def result(**said: Any) -> dict[str, Any]:
    return {"result": said}


def test_it_works() -> None:
    assert same(a_statement(), a_statement())


EQUAL: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("stored", {"stored": "2026-12-04T16:00:00Z"}, {}),
    ("authority", {"authority": ANN}, {"authority": BOB}),
    ("version", {"version": "1.0.1"}, {}),
    ("timestamp left out", {"timestamp": "2026-12-04T16:00:00Z"}, {}),
    ("zone", {"timestamp": "2026-12-04T10:00:00-06:00"}, {"timestamp": "2026-12-04T16:00:00.000Z"}),
    ("display of the verb", {"verb": {"id": "https://x.example/v", "display": {"en": "a"}}}, {"verb": {"id": "https://x.example/v"}}),
    ("definition", {"object": THING | {"definition": {"name": {"en": "x"}}}}, {"object": THING}),
    ("objectType of an activity", {"object": THING | {"objectType": "Activity"}}, {"object": THING}),
    ("objectType of an agent", {"actor": ANN | {"objectType": "Agent"}}, {"actor": ANN}),
    ("order of members", group(ANN, BOB), group(BOB, ANN)),
    ("one activity or a list of it", parent(THING), parent([THING])),
    ("no activities or an empty list", {"context": {"contextActivities": {}}}, parent([])),
    ("case of a UUID", {"id": "7D1F0E5C-63A4-4E0A-9D0F-3A8D2A6D3B11"}, {}),
    ("case of a host", {"object": {"id": "HTTPS://CME.Northfield.example/things/1"}}, {"object": THING}),
    ("thousandths of a second", result(duration="PT1.239S"), result(duration="PT1.23S")),
    ("how a number is written", result(score={"raw": 1}), result(score={"raw": 1.0})),
]

DIFFERENT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("actor", {"actor": ANN}, {"actor": BOB}),
    ("verb", {"verb": {"id": "https://x.example/v"}}, {"verb": {"id": "https://x.example/w"}}),
    ("object", {"object": THING}, {"object": OTHER}),
    ("case of a path", {"object": {"id": "https://cme.northfield.example/Things/1"}}, {"object": THING}),
    ("timestamp", {"timestamp": "2026-12-04T16:00:00Z"}, {"timestamp": "2026-12-04T16:00:01Z"}),
    ("result left out", result(success=True), {}),
    ("true is not 1", result(extensions={"https://x.example/e": True}), result(extensions={"https://x.example/e": 1})),
    ("hundredths of a second", result(duration="PT1.24S"), result(duration="PT1.23S")),
    ("response", result(response="a"), result(response="b")),
    ("order of activities", parent([THING, OTHER]), parent([OTHER, THING])),
    ("member", group(ANN), group(BOB)),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in EQUAL], ids=[row[0] for row in EQUAL])
def test_does_not_look_at(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same(a_statement(**one), a_statement(**other))
    assert same(a_statement(**other), a_statement(**one))


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in DIFFERENT], ids=[row[0] for row in DIFFERENT])
def test_tells_apart(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not same(a_statement(**one), a_statement(**other))
    assert not same(a_statement(**other), a_statement(**one))


def test_looks_into_a_substatement() -> None:
    def inner(actor: dict[str, str]) -> dict[str, Any]:
        return a_statement(object={"objectType": "SubStatement", "actor": actor, "verb": {"id": "https://x.example/v"}, "object": THING})

    assert same(inner(ANN), inner(ANN | {"objectType": "Agent"}))
    assert not same(inner(ANN), inner(BOB))
