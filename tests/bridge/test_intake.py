"""Accepting statements: all of a batch or none, once each, in the words they came in."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from lrs_bridge.store import pending
from lrs_bridge.store.engine import reading
from tests.bridge.builders import STATEMENT_ID, ABridge, a_statement, codes
from tests.bridge.learning import everything, opened

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def ids(count: int) -> list[str]:
    return [str(uuid.UUID(int=number, version=4)) for number in range(1, count + 1)]


def voiding(target: str, **changes: Any) -> dict[str, Any]:
    return a_statement(verb=VOIDED, object={"objectType": "StatementRef", "id": target}, id=None, **changes)


def test_it_works(here: ABridge) -> None:
    answer = here.posts(a_statement())
    assert (answer.status_code, answer.json) == (200, [STATEMENT_ID])
    assert here.gets(STATEMENT_ID).json["verb"] == a_statement()["verb"]


def test_answers_the_ids_in_the_order_of_the_batch(here: ABridge) -> None:
    wanted = list(reversed(ids(5)))
    assert here.posts(*(a_statement(id=one) for one in wanted)).json == wanted


def test_gives_an_id_to_a_statement_without_one(here: ABridge) -> None:
    (identity,) = here.posts(a_statement(id=None)).json
    assert here.gets(identity).json["id"] == identity


def test_takes_an_empty_batch(here: ABridge) -> None:
    assert here.posts().json == []


def test_keeps_none_of_a_batch_with_a_bad_statement(here: ABridge) -> None:
    first, second, third = ids(3)
    answer = here.posts(a_statement(id=first), a_statement(id=second, verb={"id": "x"}), a_statement(id=third))
    assert answer.status_code == 400
    assert here.gets(first).status_code == here.gets(third).status_code == 404


def test_names_every_bad_statement_of_a_batch(here: ABridge) -> None:
    first, second, third = ids(3)
    answer = here.posts(a_statement(id=first, verb={"id": "x"}), a_statement(id=second), a_statement(id=third, actor={"name": "Ann"}))
    assert [problem["where"] for problem in answer.json["problems"]] == [
        f"statements[0] ({first}): verb.id",
        f"statements[2] ({third}): actor",
    ]


def test_refuses_one_id_twice_in_a_batch_whatever_its_case(here: ABridge) -> None:
    answer = here.posts(a_statement(), a_statement(id=STATEMENT_ID.upper()))
    assert (answer.status_code, codes(answer)) == (400, ["repeated-id"])


def test_changes_nothing_when_the_same_comes_again(here: ABridge) -> None:
    here.posts(a_statement())
    before = here.gets(STATEMENT_ID).text
    here.clock.moves(hours=1)
    assert here.posts(a_statement(verb={"id": a_statement()["verb"]["id"]})).status_code == 200
    assert here.gets(STATEMENT_ID).text == before


def test_refuses_another_statement_under_the_same_id_and_keeps_the_rest_out_too(here: ABridge) -> None:
    here.posts(a_statement())
    (other,) = ids(1)
    answer = here.posts(a_statement(id=other), a_statement(actor={"mbox": "mailto:bob@northfield.example"}))
    assert (answer.status_code, codes(answer)) == (409, ["statement-exists"])
    assert here.gets(other).status_code == 404


def test_sets_stored_and_authority_itself(here: ABridge) -> None:
    here.posts(a_statement(stored="2001-01-01T00:00:00Z", authority={"mbox": "mailto:me@elsewhere.example"}))
    kept = here.gets(STATEMENT_ID).json
    assert kept["stored"] == "2026-12-04T16:00:00.000Z"
    assert kept["authority"]["account"]["homePage"] == "https://bridge.northfield.example"


def test_keeps_numbers_and_letters_as_they_were_written(here: ABridge) -> None:
    text = '{"result": {"score": {"raw": 1.50}, "response": "\\u0041\\u0000é"},' + json.dumps(a_statement())[1:]
    answer = here.client.post("/xapi/statements", data=text.encode(), content_type="application/json", headers=here.key("full"))
    assert answer.status_code == 200
    assert '{"score": {"raw": 1.50}, "response": "\\u0041\\u0000é"}' in here.gets(STATEMENT_ID).text


@pytest.mark.parametrize("name", ["\x00", "é" * 5000, "'; DROP TABLE statements; --"])
def test_takes_any_name_of_an_account(here: ABridge, name: str) -> None:
    assert here.posts(a_statement(actor={"account": {"homePage": "https://x.example", "name": name}})).status_code == 200


def test_asks_for_a_decision_in_the_same_transaction(here: ABridge) -> None:
    ann = here.launched()
    ann.takes(opened())
    with reading(here.bridge.engine) as connection:
        assert pending.is_pending(connection, ann.answer["registration"])


def test_asks_for_nothing_when_nothing_is_new(here: ABridge) -> None:
    ann = here.launched()
    ann.takes(opened())
    here.works()
    ann.takes(opened())
    with reading(here.bridge.engine) as connection:
        assert not pending.is_pending(connection, ann.answer["registration"])


# --- voiding ------------------------------------------------------------------------------------


def test_hides_a_voided_statement(here: ABridge) -> None:
    here.posts(a_statement())
    here.posts(voiding(STATEMENT_ID))
    assert here.gets(STATEMENT_ID).status_code == 404
    assert here.gets(STATEMENT_ID, parameter="voidedStatementId").status_code == 200


def test_voids_what_arrives_after_it_was_voided(here: ABridge) -> None:
    here.posts(voiding(STATEMENT_ID))
    here.posts(a_statement())
    assert here.gets(STATEMENT_ID).status_code == 404


def test_does_not_void_what_voids(here: ABridge) -> None:
    (first,) = here.posts(voiding(STATEMENT_ID)).json
    here.posts(voiding(first))
    assert here.gets(first).status_code == 200


def test_lets_an_lms_void_its_own_statements_only(here: ABridge) -> None:
    lms = here.key("lms")
    own, foreign = ids(2)
    here.posts(a_statement(id=own), headers=lms)
    here.posts(a_statement(id=foreign))
    here.posts(voiding(own), voiding(foreign), headers=lms)
    assert (here.gets(own).status_code, here.gets(foreign).status_code) == (404, 200)


def test_takes_back_credit_when_what_it_rested_on_is_voided(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    assert here.record()["outcome"] == "award"
    here.posts(voiding(ann.statements(*everything())[-1]["id"]))
    assert here.record()["outcome"] == "shortfall"
