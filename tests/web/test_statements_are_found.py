"""What a query finds, whatever else is stored, in whichever order it came, on either engine."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.bridge.builders import ABridge
from tests.web.asking import ANN, BOB, COMPLETED, EXPERIENCED, about, asked, found, numbered

THING = {"id": "https://cme.northfield.example/things/2"}
REGISTRATION = "0f0e0d0c-0b0a-4900-8807-060504030201"


def test_it_works(here: ABridge) -> None:
    here.posts(numbered(1), numbered(2, actor=BOB), numbered(3, actor=BOB, verb={"id": COMPLETED}))
    assert found(here, agent=BOB) == [3, 2]
    assert found(here, agent=BOB, verb=COMPLETED) == [3]
    assert found(here) == [3, 2, 1]


def test_finds_nothing_where_nothing_was_said(here: ABridge) -> None:
    here.posts(numbered(1))
    assert found(here, verb="https://nobody.example/said") == []
    assert found(here, agent=ANN, activity="https://nobody.example/was-there") == []


def test_reads_a_registration_in_any_case(here: ABridge) -> None:
    here.posts(numbered(1, context={"registration": REGISTRATION.upper()}), numbered(2))
    assert found(here, registration=REGISTRATION) == found(here, registration=REGISTRATION.upper()) == [1]


@pytest.mark.parametrize("order", [[1, 2, 3, 4], [4, 3, 2, 1], [3, 1, 4, 2]])
def test_finds_what_speaks_of_a_find_in_whichever_order_they_came(here: ABridge, order: list[int]) -> None:
    chain = {
        1: numbered(1, actor=BOB, context={"registration": REGISTRATION}),
        2: numbered(2, object=about(1)),
        3: numbered(3, verb={"id": COMPLETED}, object=about(2)),
        4: numbered(4),
    }
    for n in order:
        here.posts(chain[n])
    assert sorted(found(here, agent=BOB)) == sorted(found(here, registration=REGISTRATION)) == [1, 2, 3]
    assert found(here, agent=BOB, verb=COMPLETED) == [3]


def test_finds_what_speaks_of_a_find_in_one_batch(here: ABridge) -> None:
    here.posts(numbered(3, object=about(2)), numbered(1, actor=BOB), numbered(2, object=about(1)))
    assert found(here, agent=BOB) == [2, 1, 3]


def test_does_not_lose_itself_where_statements_speak_of_each_other(here: ABridge) -> None:
    here.posts(numbered(1, actor=BOB, object=about(2)))
    here.posts(numbered(2, object=about(1)), numbered(3, object=about(3)))
    assert found(here, agent=BOB) == [2, 1]
    assert found(here, agent=ANN) == [3, 2, 1]


def test_reaches_ten_statements_far(on_sqlite: ABridge) -> None:
    on_sqlite.posts(numbered(0, actor=BOB))
    for n in range(1, 13):
        on_sqlite.posts(numbered(n, object=about(n - 1)))
    for n in reversed(range(101, 113)):
        on_sqlite.posts(numbered(n, object=about(n - 1)))
    on_sqlite.posts(numbered(100, actor=BOB))
    reached = found(on_sqlite, agent=BOB)
    assert sorted(reached) == [*range(11), *range(100, 111)]


def test_does_not_find_by_what_the_context_refers_to(here: ABridge) -> None:
    here.posts(numbered(1, actor=BOB), numbered(2, context={"statement": about(1)}))
    assert found(here, agent=BOB) == [1]


def test_applies_time_to_the_statement_that_speaks_of_another(here: ABridge) -> None:
    here.posts(numbered(1, actor=BOB))
    here.clock.moves(hours=1)
    here.posts(numbered(2, object=about(1)))
    assert found(here, agent=BOB, since="2026-12-04T16:30:00Z") == [2]
    assert found(here, agent=BOB, until="2026-12-04T16:30:00Z") == [1]


def test_takes_since_for_after_and_until_for_no_later_than(here: ABridge) -> None:
    for n in (1, 2, 3):
        here.posts(numbered(n))
        here.clock.moves(seconds=1)
    second = "2026-12-04T10:00:01-06:00"
    assert found(here, since=second) == [3]
    assert found(here, until=second) == [2, 1]
    assert found(here, since=second, until=second) == []
    assert found(here, verb=EXPERIENCED, until=second, ascending=True) == [1, 2]


def test_leaves_out_what_was_voided_and_keeps_what_speaks_of_it(here: ABridge) -> None:
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    here.posts(numbered(1, actor=BOB), numbered(2, object=about(1)))
    here.posts(numbered(3, verb=voided, object=about(1)))
    assert found(here, agent=BOB) == [3, 2]


def a_random_statement(chance: random.Random, n: int) -> dict[str, Any]:
    said = numbered(n, actor=chance.choice((ANN, BOB)), verb={"id": chance.choice((COMPLETED, EXPERIENCED))})
    if chance.random() < 0.3:
        said["object"] = about(chance.randrange(60))
    elif chance.random() < 0.5:
        said["object"] = THING
    return said


def meets(statements: dict[int, dict[str, Any]], n: int, path: tuple[str, ...], wanted: Any) -> bool:
    """The rule as the standard words it: the statement meets a condition itself, or the one it speaks of does (2.1.3)."""
    seen: set[int] = set()
    while n in statements and n not in seen:
        seen.add(n)
        value: Any = statements[n]
        for name in path:
            value = value.get(name)
        if value == wanted:
            return True
        n = next((m for m in range(60) if statements[n]["object"] == about(m)), -1)
    return False


@pytest.mark.parametrize("seed", range(4))
def test_finds_what_the_rule_says_in_any_order_of_arrival(here: ABridge, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(range(60), 45)
    statements = {n: a_random_statement(chance, n) for n in order}
    for start in range(0, len(order), 4):
        assert here.posts(*(statements[n] for n in order[start : start + 4])).status_code == 200
    by_agent = {n for n in order if meets(statements, n, ("actor",), BOB)}
    by_verb = {n for n in order if meets(statements, n, ("verb", "id"), COMPLETED)}
    by_thing = {n for n in order if meets(statements, n, ("object", "id"), THING["id"])}
    headers = here.key("full")
    assert set(found(here, headers, agent=BOB)) == by_agent
    assert set(found(here, headers, agent=BOB, verb=COMPLETED)) == by_agent & by_verb
    every = found(here, headers, agent=BOB, verb=COMPLETED, activity=THING["id"])
    assert every == [n for n in reversed(order) if n in by_agent & by_verb & by_thing]


def test_finds_the_rare_among_the_frequent(here: ABridge) -> None:
    headers = here.key("full")
    here.posts(*(numbered(n, actor=BOB if n % 70 == 0 else ANN) for n in range(140)), headers=headers)
    assert found(here, headers, agent=BOB, verb=EXPERIENCED, activity="https://cme.northfield.example/things/1") == [70, 0]
    assert found(here, headers, agent=BOB, verb=EXPERIENCED, ascending=True, limit=1) == [0]


def test_refuses_all_that_is_wrong_at_once(on_sqlite: ABridge) -> None:
    answer = asked(on_sqlite, agent="{}", verb="x", since="yesterday", colour="red", limit="-1")
    assert answer.status_code == 400
    assert sorted(problem["where"] for problem in answer.json["problems"]) == ["agent", "colour", "limit", "since", "verb"]


@pytest.mark.parametrize("agent", ['{"objectType": "Group", "member": []}', "[]", "nobody", '{"mbox": "x"}', '{"name": "Ann"}', ""])
def test_refuses_agents_that_name_nobody(on_sqlite: ABridge, agent: str) -> None:
    assert asked(on_sqlite, agent=agent).status_code == 400


def test_refuses_a_parameter_that_stands_twice(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.get("/xapi/statements?limit=1&limit=2", headers=on_sqlite.key("full"))
    assert (answer.status_code, [problem["code"] for problem in answer.json["problems"]]) == (400, ["repeated-parameter"])
