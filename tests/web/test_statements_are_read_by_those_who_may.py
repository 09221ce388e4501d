"""Who may read which statements: everything, or what the same credential sent."""

from __future__ import annotations

import pytest

from tests.bridge.builders import ABridge, codes
from tests.bridge.learning import opened
from tests.web.asking import ANN, EXPERIENCED, about, asked, found, id_of, numbered


@pytest.mark.parametrize("role", ["report", "admin", "full"])
def test_shows_everything_to_who_reads_all(here: ABridge, role: str) -> None:
    here.posts(numbered(1), headers=here.key("lms"))
    here.posts(numbered(2))
    assert found(here, here.key(role)) == [2, 1]  # type: ignore[arg-type]


def test_shows_an_lms_what_it_sent_itself(here: ABridge) -> None:
    own, other = here.key("lms"), here.key("lms")
    here.posts(numbered(1), headers=own)
    here.posts(numbered(2), headers=other)
    here.posts(numbered(3), headers=here.key("full"))
    assert found(here, own) == found(here, own, agent=ANN) == found(here, own, agent=ANN, verb=EXPERIENCED) == [1]
    assert [here.gets(id_of(n), own).status_code for n in (1, 2, 3)] == [200, 404, 404]


def test_shows_an_lms_nothing_of_others_through_what_speaks_of_theirs(here: ABridge) -> None:
    own = here.key("lms")
    here.posts(numbered(1))
    here.posts(numbered(2, object=about(1)), headers=own)
    here.posts(numbered(3, object=about(2)))
    assert found(here, own) == [2]


def test_shows_a_voided_statement_to_its_sender_alone(here: ABridge) -> None:
    own = here.key("lms")
    here.posts(numbered(1), headers=own)
    here.posts(numbered(2, verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object=about(1)), headers=own)
    asked_for = [here.gets(id_of(1), who, "voidedStatementId").status_code for who in (own, here.key("lms"), here.key("full"))]
    assert asked_for == [200, 404, 200]


@pytest.mark.parametrize("query", [{}, {"statementId": id_of(1)}, {"limit": 1}])
def test_shows_nothing_to_who_may_not_read(on_sqlite: ABridge, query: dict[str, object]) -> None:
    answer = asked(on_sqlite, on_sqlite.key("author"), **query)
    assert (answer.status_code, codes(answer)) == (403, ["scope-missing"])
    on_sqlite.registers()
    learner = on_sqlite.launched()
    learner.takes(opened())
    assert asked(on_sqlite, learner.headers, **query).status_code == 403
