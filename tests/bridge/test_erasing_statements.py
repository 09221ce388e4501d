"""A person is taken out of a statement, which stays valid and says the same of somebody who cannot be told from it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.xapi.actors import key_of
from lrs_bridge.xapi.erasing import ERASED, Person, without
from lrs_bridge.xapi.same import fingerprint, same
from lrs_bridge.xapi.statement import problems
from scorm_packager.activity import vocabulary as v
from tests.bridge.builders import a_statement

ANN = {"mbox": "mailto:ann@northfield.example"}
BOB = {"mbox": "mailto:bob@northfield.example"}
PSEUDONYM = {"account": {"homePage": "https://bridge.example/sites/northfield", "name": "0f3a"}}
STAND_IN = {"account": {"homePage": "https://bridge.example/erased", "name": "77aa"}}


def ann(**changes: Any) -> Person:
    plain: dict[str, Any] = {
        "known_by": frozenset({key_of(ANN)}),
        "pseudonyms": frozenset({key_of(PSEUDONYM)}),
        "stand_in": STAND_IN,
        "words": ("Ann Example", "ann@northfield.example"),
        "extensions": frozenset({v.EXT_SEQUENCE}),
    }
    return Person(**plain | changes)


def erased(**changes: Any) -> dict[str, Any]:
    return without(a_statement(**{"actor": ANN} | changes), ann())


def asked(kind: str) -> dict[str, Any]:
    return {"id": "https://x.example/q1", "definition": {"type": v.TYPE_INTERACTION, "interactionType": kind}}


def test_it_works() -> None:
    found = erased(actor={**ANN, "objectType": "Agent", "name": "Ann Example"})
    assert found == a_statement(actor={"objectType": "Agent", **STAND_IN})


@pytest.mark.parametrize(
    "place",
    [
        {"object": {"objectType": "Agent", **ANN}},
        {"context": {"instructor": ANN}},
        {"context": {"team": {"objectType": "Group", "member": [BOB, ANN]}}},
        {"actor": {"objectType": "Group", "name": "Those on call", "member": [ANN, BOB]}},
        {"authority": ANN},
        {
            "object": {
                "objectType": "SubStatement",
                "actor": ANN,
                "verb": {"id": "https://x.example/v"},
                "object": ANN | {"objectType": "Agent"},
            }
        },
    ],
)
def test_wherever_the_person_stands(place: dict[str, Any]) -> None:
    found = erased(**{"actor": BOB} | place)
    assert "ann@" not in json.dumps(found)
    assert not list(problems(found, "1.0.3"))


def test_others_stay() -> None:
    team = {"objectType": "Group", "member": [BOB, ANN]}
    assert BOB in erased(context={"team": team})["context"]["team"]["member"]


def test_a_pseudonym_stays_without_a_name() -> None:
    assert erased(actor={**PSEUDONYM, "name": "Ann Example"})["actor"] == PSEUDONYM


@pytest.mark.parametrize("kind", ["fill-in", "long-fill-in", "other"])
def test_words_of_the_persons_own_go(kind: str) -> None:
    assert erased(object=asked(kind), result={"response": "I see her at home"})["result"]["response"] == ERASED


@pytest.mark.parametrize("kind", ["choice", "true-false", "matching", "performance", "sequencing", "numeric", "likert"])
def test_choices_stay(kind: str) -> None:
    assert erased(object=asked(kind), result={"response": "b"})["result"]["response"] == "b"


def test_a_response_to_an_item_that_is_known_to_be_a_choice_stays() -> None:
    said = a_statement(actor=ANN, object={"id": "https://x.example/q1"}, result={"response": "b"})
    assert without(said, ann(choices=frozenset({"https://x.example/q1"})))["result"]["response"] == "b"


@pytest.mark.parametrize("response", ["", "  "])
def test_what_says_nothing_goes_on_saying_nothing(response: str) -> None:
    assert erased(result={"response": response})["result"]["response"] == response


def test_numbers_and_verdicts_stay() -> None:
    result = {"score": {"scaled": 0.5, "raw": 2}, "success": False, "completion": True, "duration": "PT4S"}
    assert erased(result=result)["result"] == result


def test_extensions_of_others_go() -> None:
    extensions = {v.EXT_SEQUENCE: 4, "https://x.example/ip": "10.0.0.7"}
    assert erased(context={"extensions": extensions})["context"]["extensions"] == {v.EXT_SEQUENCE: 4}


def test_attachments_go() -> None:
    assert "attachments" not in erased(attachments=[{"usageType": "https://x.example/essay", "sha2": "0" * 64}])


def test_the_name_goes_out_of_any_text() -> None:
    definition = {"name": {"en": "An essay by Ann Example"}, "description": {"en": "Ask ann@northfield.example"}}
    thing = {"id": "https://x.example/essays/1", "definition": definition}
    assert erased(object=thing)["object"]["definition"] == {"name": {"en": "An essay by [erased]"}, "description": {"en": "Ask [erased]"}}


def test_a_name_within_another_word_stays() -> None:
    said = a_statement(actor=ANN, object={"id": "https://x.example/1", "definition": {"name": {"en": "Planning with Annabel"}}})
    assert without(said, ann(words=("Anna",)))["object"]["definition"]["name"]["en"] == "Planning with Annabel"


def test_of_what_somebody_else_did_only_the_person_goes() -> None:
    result = {"response": "Ann Example did well"}
    found = erased(actor=BOB, context={"instructor": ANN, "extensions": {"https://x.example/room": "4"}}, result=result)
    assert found["actor"] == BOB
    assert found["result"] == {"response": "[erased] did well"}
    assert found["context"] == {"instructor": STAND_IN, "extensions": {"https://x.example/room": "4"}}


def test_what_does_not_speak_of_the_person_stays_as_it_is() -> None:
    said = a_statement(actor=BOB, result={"response": "free"}, context={"extensions": {"https://x.example/e": [1, {"mbox": 2}]}})
    assert without(said, ann()) == said


_texts = st.text(st.characters(codec="utf-8"), max_size=20)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


@given(response=_texts, value=_values, name=_texts)
def test_a_valid_statement_stays_valid_and_erasing_twice_changes_nothing_more(response: str, value: Any, name: str) -> None:
    said = a_statement(actor={**ANN, "name": name}, result={"response": response}, context={"extensions": {"https://x.example/e": value}})
    once = without(said, ann(words=(name,)))
    assert not list(problems(once, "1.0.3"))
    assert "ann@" not in json.dumps(once)
    assert once["id"] == said["id"]


# --- known again --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"actor": {"objectType": "Agent", **ANN}},
        {"verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"}},
        {"timestamp": "2026-12-04T10:00:00-06:00"},
        {"authority": BOB},
        {"result": {"score": {"raw": 2.0}}},
    ],
)
def test_two_that_are_the_same_have_one_fingerprint(other: dict[str, Any]) -> None:
    plain = a_statement(timestamp="2026-12-04T16:00:00Z", result={"score": {"raw": 2}})
    assert same(plain, plain | other)
    assert fingerprint(plain) == fingerprint(plain | other)


@pytest.mark.parametrize(
    "other", [{"actor": BOB}, {"result": {"success": True}}, {"result": {"success": 1}}, {"timestamp": "2026-12-04T16:00:01Z"}]
)
def test_two_that_differ_do_not(other: dict[str, Any]) -> None:
    plain = a_statement(timestamp="2026-12-04T16:00:00Z")
    assert fingerprint(plain) != fingerprint(plain | other)
