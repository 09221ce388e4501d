"""What a statement must be: each row is one fault, the property that is named, and the code; clauses are those of xAPI 1.0.3 Data."""

from __future__ import annotations

from typing import Any

import pytest

from lrs_bridge.xapi.statement import Edition, problems
from tests.bridge.builders import a_statement

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
ANN = {"mbox": "mailto:ann@northfield.example"}
BOB = {"mbox": "mailto:bob@northfield.example"}
THING = "https://cme.northfield.example/things/1"
UUID = "9d4b6b8a-2f0e-4a53-8a44-0d6a1f8f2a10"
REFERENCE = {"objectType": "StatementRef", "id": UUID}
ATTACHMENT = {
    "usageType": "https://cme.northfield.example/usage", "display": {"en": "a letter"}, "contentType": "text/plain",
    "length": 4, "sha2": "a" * 64, "fileUrl": "https://cme.northfield.example/letter.txt",
}  # fmt: skip


def sub(**changes: Any) -> dict[str, Any]:
    plain = {"objectType": "SubStatement", "actor": ANN, "verb": {"id": "https://x.example/v"}, "object": {"id": THING}}
    return {name: value for name, value in (plain | changes).items() if value is not None}


def found(edition: Edition = "1.0.3", **changes: Any) -> list[tuple[str, str]]:
    return [(problem.where.file, problem.code) for problem in problems(a_statement(**changes), edition)]


def context(**said: Any) -> dict[str, Any]:
    return {"context": said}


def definition(**said: Any) -> dict[str, Any]:
    return {"object": {"id": THING, "definition": said}}


def interaction(kind: str, **said: Any) -> dict[str, Any]:
    return definition(interactionType=kind, **said)


def test_it_works() -> None:
    assert found() == []


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    # F1, F2, F4: nulls, types, names (2.2)
    ("F1 null", {"result": {"response": None} | {"success": True}}, "result.response", "wrong-type"),
    ("F2 number as text", {"result": {"score": {"raw": "5"}}}, "result.score.raw", "wrong-type"),
    ("F2 boolean as text", {"result": {"success": "true"}}, "result.success", "wrong-type"),
    ("F2 boolean as number", {"result": {"score": {"raw": True}}}, "result.score.raw", "wrong-type"),
    ("F2 array for object", {"verb": [{"id": THING}]}, "verb", "wrong-type"),
    ("F4 unknown key", {"colour": "red"}, "colour", "unknown-property"),
    ("F4 case of a key", {"Result": {}}, "Result", "unknown-property"),
    ("F4 unknown key inside", {"verb": {"id": THING, "name": "x"}}, "verb.name", "unknown-property"),
    ("F5 case of a value", {"object": {"id": THING, "objectType": "activity"}}, "object.objectType", "unknown-value"),
    # F3, F6-F11: formats (4)
    ("F6 relative IRI", {"verb": {"id": "experienced"}}, "verb.id", "malformed"),
    ("F6 not a scheme", {"verb": {"id": "ab=c://should.fail.example"}}, "verb.id", "malformed"),
    ("F3 empty IRI", {"verb": {"id": ""}}, "verb.id", "malformed"),
    ("F7 language", context(language="a12345678"), "context.language", "malformed"),
    ("F7 singleton twice", context(language="zh-z-aaa-z-bbb-c-ccc"), "context.language", "malformed"),
    ("F7 map's key", {"verb": {"id": THING, "display": {"not_a_tag": "x"}}}, "verb.display (the key 'not_a_tag')", "malformed"),
    ("F8 extension's key", {"result": {"extensions": {"plain": 1}}}, "result.extensions (the key 'plain')", "malformed"),
    ("F9 short UUID", {"id": "7d1f0e5c-63a4-4e0a-9d0f-3a8d2a6d3b1"}, "id", "malformed"),
    ("F9 variant", {"id": "7d1f0e5c-63a4-4e0a-7d0f-3a8d2a6d3b11"}, "id", "malformed"),
    ("F10 -00:00", {"timestamp": "2026-12-04T16:00:00-00:00"}, "timestamp", "malformed"),
    ("F10 -0000", {"timestamp": "2026-12-04T16:00:00-0000"}, "timestamp", "malformed"),
    ("F10 -00", {"timestamp": "2026-12-04T16:00:00-00"}, "timestamp", "malformed"),
    ("F10 no such day", {"timestamp": "2026-02-30T16:00:00Z"}, "timestamp", "malformed"),
    ("F10 words", {"timestamp": "4 December 2026"}, "timestamp", "malformed"),
    ("F11 weeks and days", {"result": {"duration": "P4W1D"}}, "result.duration", "malformed"),
    ("F11 nothing after T", {"result": {"duration": "P1DT"}}, "result.duration", "malformed"),
    ("F11 nothing at all", {"result": {"duration": "P"}}, "result.duration", "malformed"),
    # S1, S2
    ("S1 actor", {"actor": None}, "actor", "missing-property"),
    ("S1 verb", {"verb": None}, "verb", "missing-property"),
    ("S1 object", {"object": None}, "object", "missing-property"),
    # S6, S7
    ("S6 group of three", {"authority": {"objectType": "Group", "member": [ANN, BOB, ANN]}}, "authority", "wrong-authority"),
    ("S6 group with identifier", {"authority": {"objectType": "Group", **ANN, "member": [ANN, BOB]}}, "authority", "wrong-authority"),
    ("S7 version", {"version": "0.9"}, "version", "unknown-version"),
    # S8-S10: who
    ("S8 nobody", {"actor": {"name": "Ann"}}, "actor", "missing-identifier"),
    ("S8 two identifiers", {"actor": ANN | {"openid": "https://ann.example"}}, "actor", "too-many-identifiers"),
    ("S8 agent as object must say so", {"object": ANN}, "object.mbox", "unknown-property"),
    ("S9 mbox", {"actor": {"mbox": "ann@northfield.example"}}, "actor.mbox", "malformed"),
    ("S9 sha1", {"actor": {"mbox_sha1sum": "abc"}}, "actor.mbox_sha1sum", "malformed"),
    ("S9 openid", {"actor": {"openid": "ann"}}, "actor.openid", "malformed"),
    ("S9 account's name", {"actor": {"account": {"homePage": "https://x.example"}}}, "actor.account.name", "missing-property"),
    ("S9 account's page", {"actor": {"account": {"homePage": "x", "name": "ann"}}}, "actor.account.homePage", "malformed"),
    ("S10 anonymous without members", {"actor": {"objectType": "Group"}}, "actor.member", "missing-property"),
    ("S10 group in a group", {"actor": {"objectType": "Group", "member": [{"objectType": "Group", "member": []}]}},
     "actor.member[0].objectType", "unknown-value"),
    # S12-S15: object
    ("S12 type", {"object": {"objectType": "Thing", "id": THING}}, "object.objectType", "unknown-value"),
    ("S13 id", {"object": {}}, "object.id", "missing-property"),
    ("S13 moreInfo", definition(moreInfo="here"), "object.definition.moreInfo", "malformed"),
    ("S14 kind", interaction("quiz"), "object.definition.interactionType", "unknown-value"),
    ("S14 pattern without kind", definition(correctResponsesPattern=["a"]), "object.definition.interactionType", "missing-property"),
    ("S15 choices of numeric", interaction("numeric", choices=[{"id": "a"}]), "object.definition.choices", "misplaced-property"),
    ("S15 scale of choice", interaction("choice", scale=[{"id": "a"}]), "object.definition.scale", "misplaced-property"),
    ("S15 source of choice", interaction("choice", source=[{"id": "a"}]), "object.definition.source", "misplaced-property"),
    ("S15 steps of matching", interaction("matching", steps=[{"id": "a"}]), "object.definition.steps", "misplaced-property"),
    ("S15 same id twice", interaction("choice", choices=[{"id": "a"}, {"id": "a"}]), "object.definition.choices", "repeated-id"),
    ("S15 component without id", interaction("choice", choices=[{}]), "object.definition.choices[0].id", "missing-property"),
    ("S16 pattern", interaction("choice", correctResponsesPattern="a"), "object.definition.correctResponsesPattern", "wrong-type"),
    ("S17 reference with more", {"object": REFERENCE | {"definition": {}}}, "object.definition", "unknown-property"),
    ("S17 reference's id", {"object": {"objectType": "StatementRef", "id": "1"}}, "object.id", "malformed"),
    # S18: SubStatement
    ("S18 id", {"object": sub(id=UUID)}, "object.id", "unknown-property"),
    ("S18 stored", {"object": sub(stored="2026-12-04T16:00:00Z")}, "object.stored", "unknown-property"),
    ("S18 in itself", {"object": sub(object=sub())}, "object.object.objectType", "unknown-value"),
    ("S18 verb", {"object": sub(verb=None)}, "object.verb", "missing-property"),
    # S20: score
    ("S20 scaled", {"result": {"score": {"scaled": 1.01}}}, "result.score.scaled", "out-of-range"),
    ("S20 min is max", {"result": {"score": {"min": 1, "max": 1}}}, "result.score.min", "out-of-range"),
    ("S20 raw above max", {"result": {"score": {"raw": 11, "min": 0, "max": 10}}}, "result.score.raw", "out-of-range"),
    # S21, S22: context
    ("S21 registration", context(registration="1"), "context.registration", "malformed"),
    ("S21 team is a group", context(team=ANN), "context.team.objectType", "missing-property"),
    ("S21 activities", context(contextActivities={"parents": []}), "context.contextActivities.parents", "unknown-property"),
    ("S21 an activity", context(contextActivities={"parent": [{}]}), "context.contextActivities.parent[0].id", "missing-property"),
    ("S21 statement", context(statement={"id": UUID}), "context.statement.objectType", "missing-property"),
    ("S22 revision", {"object": ANN | {"objectType": "Agent"}, **context(revision="1")}, "context.revision", "misplaced-property"),
    ("S22 platform inside", {"object": sub(object=REFERENCE, context={"platform": "x"})}, "object.context.platform", "misplaced-property"),
    # S23, M4: attachments
    ("S23 length", {"attachments": [ATTACHMENT | {"length": -1}]}, "attachments[0].length", "out-of-range"),
    ("S23 whole length", {"attachments": [ATTACHMENT | {"length": 1.5}]}, "attachments[0].length", "wrong-type"),
    ("S23 sha2", {"attachments": [ATTACHMENT | {"sha2": "xyz"}]}, "attachments[0].sha2", "malformed"),
    ("S23 content type", {"attachments": [ATTACHMENT | {"contentType": "text"}]}, "attachments[0].contentType", "malformed"),
    # S24: voiding
    ("S24 of an activity", {"verb": {"id": VOIDED}}, "object", "wrong-voiding"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "where", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refuses(changes: dict[str, Any], where: str, code: str) -> None:
    assert (where, code) in found(**changes)


ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    ("F7 script and region", context(language="sr-Latn-RS")),
    ("F7 three letters", context(language="cmn")),
    ("F8 any value in an extension", {"result": {"extensions": {"https://x.example/e": None, "https://x.example/f": ""}}}),
    ("F8 no extension at all", {"result": {"extensions": {}}}),
    ("F9 capitals", {"id": "7D1F0E5C-63A4-4E0A-9D0F-3A8D2A6D3B11"}),
    ("F10 offset", {"timestamp": "2026-12-04T10:00:00.123-06:00"}),
    ("F10 no zone", {"timestamp": "2026-12-04T10:00:00"}),
    ("F11 weeks", {"result": {"duration": "P4W"}}),
    ("F11 fine fractions", {"result": {"duration": "PT1.23456S"}}),
    ("S5 a time to come", {"timestamp": "2126-12-04T10:00:00Z"}),
    ("S6 consumer and user", {"authority": {"objectType": "Group", "member": [ANN, BOB]}}),
    ("S10 anonymous group", {"actor": {"objectType": "Group", "member": [ANN]}}),
    ("S12 agent as object", {"object": ANN | {"objectType": "Agent"}}),
    ("S13 no objectType", {"object": {"id": THING}}),
    ("S14 no pattern", interaction("long-fill-in")),
    ("S18 SubStatement", {"object": sub(context={"revision": "1"})}),
    ("S20 scaled disagrees with raw", {"result": {"score": {"scaled": 0.1, "raw": 9, "min": 0, "max": 10}}}),
    ("S21 one activity alone", context(contextActivities={"parent": {"id": THING}})),
    ("S23 with an address", {"attachments": [ATTACHMENT]}),
    ("S24 voiding", {"verb": {"id": VOIDED}, "object": REFERENCE}),
]


@pytest.mark.parametrize("changes", [row[1] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_accepts(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


def test_names_every_problem_at_once() -> None:
    changes = {"actor": {"name": "Ann"}, "verb": {"id": "x"}, "object": {}, "colour": None, "result": {"score": {"scaled": 7}}}
    assert [where for where, _ in found(**changes)] == ["actor", "verb.id", "object.id", "result.score.scaled"]


def test_names_the_clause() -> None:
    (problem,) = problems(a_statement(verb={"id": "x"}), "1.0.3")
    assert problem.source == "xAPI 1.0.3 Data 4.3"


CONTEXT_AGENTS = context(contextAgents=[{"objectType": "contextAgent", "agent": ANN, "relevantTypes": ["https://x.example/t"]}])


def test_accepts_context_agents_in_2_0_only() -> None:
    assert found("2.0.0", **CONTEXT_AGENTS) == []
    assert found("1.0.3", **CONTEXT_AGENTS) == [("context.contextAgents", "unknown-property")]


def test_refuses_an_empty_list_of_relevant_types() -> None:
    empty = context(contextAgents=[{"objectType": "contextAgent", "agent": ANN, "relevantTypes": []}])
    assert found("2.0.0", **empty) == [("context.contextAgents[0].relevantTypes", "empty-array")]


@pytest.mark.parametrize("value", [None, 1, "x", True, [], [[]]])
def test_refuses_what_is_no_object(value: Any) -> None:
    assert [problem.code for problem in problems(value, "1.0.3")] == ["wrong-type"]
