"""The Agents resource: what is known of an agent, as a Person (xAPI 1.0.3 Communication 2.4)."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from tests.bridge.builders import ABridge, a_statement, codes
from tests.web.documents import ANN, BOB

ACCOUNT = {"account": {"homePage": "https://lms.northfield.example", "name": "ann-7"}}
SHA1 = {"mbox_sha1sum": "1dbc8b60f3a0f6a9d2c1b7b1a3a6f3c1e9b2d4f5"}
OPENID = {"openid": "https://ann.northfield.example/"}


def asks(here: ABridge, agent: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    return here.client.get("/xapi/agents", query_string={"agent": json.dumps(agent)}, headers=headers or here.key("full"))


def says(here: ABridge, headers: dict[str, str] | None = None, **changes: Any) -> None:
    answer = here.posts(a_statement(id=str(uuid.uuid4()), **changes), headers=headers)
    assert answer.status_code == 200, answer.text


def test_it_works(here: ABridge) -> None:
    says(here, actor=ANN | {"name": "Ann Example"})
    answer = asks(here, ANN)
    assert (answer.status_code, answer.json) == (
        200,
        {"objectType": "Person", "name": ["Ann Example"], "mbox": ["mailto:ann@northfield.example"]},
    )


@pytest.mark.parametrize("agent", [ANN, ACCOUNT, SHA1, OPENID], ids=lambda agent: next(iter(agent)))
def test_an_agent_that_nobody_spoke_of_has_its_identifier_in_a_list(on_sqlite: ABridge, agent: dict[str, Any]) -> None:
    ((name, value),) = agent.items()
    assert asks(on_sqlite, agent).json == {"objectType": "Person", name: [value]}


def test_every_name_once_the_newest_first(here: ABridge) -> None:
    for name in ("Ann", "Ann Example", "Ann"):
        says(here, actor=ANN | {"name": name})
    assert asks(here, ANN).json["name"] == ["Ann", "Ann Example"]


def test_hears_names_of_objects_and_members_too(here: ABridge) -> None:
    says(here, actor=BOB, object={"objectType": "Agent", "name": "As an object"} | ANN)
    says(here, actor={"objectType": "Group", "member": [ANN | {"name": "As a member"}, BOB | {"name": "Bob"}]})
    assert asks(here, ANN).json["name"] == ["As a member", "As an object"]


def test_names_of_others_are_theirs(here: ABridge) -> None:
    says(here, actor=BOB | {"name": "Bob"})
    says(here, actor=ACCOUNT | {"name": "Ann of the account"})
    assert asks(here, ANN).json == {"objectType": "Person", "mbox": ["mailto:ann@northfield.example"]}


def test_a_name_that_was_only_asked_with_is_not_known(on_sqlite: ABridge) -> None:
    assert "name" not in asks(on_sqlite, ANN | {"name": "Dr Nobody"}).json


def test_an_lms_hears_only_what_it_said_itself(here: ABridge) -> None:
    mine = here.key("lms")
    says(here, actor=ANN | {"name": "As another tool says"})
    says(here, mine, actor=ANN | {"name": "As our LMS says"})
    assert asks(here, ANN, mine).json["name"] == ["As our LMS says"]


def test_others_are_told_the_scope_they_lack(on_sqlite: ABridge) -> None:
    answer = asks(on_sqlite, ANN, on_sqlite.key("author"))
    assert (answer.status_code, "'statements/read/mine'" in answer.text) == (403, True)


NO_AGENT = [
    ("", "not-json"),
    ("[]", "wrong-type"),
    ("{}", "missing-identifier"),
    (json.dumps({"objectType": "Group"} | ANN), "unknown-value"),
    (json.dumps({"objectType": "Person"} | ANN), "unknown-value"),
    (json.dumps(ANN | OPENID), "too-many-identifiers"),
    (json.dumps({"mbox": "ann@northfield.example"}), "malformed"),
    (json.dumps(ANN | {"Name": "Ann"}), "unknown-property"),
]


@pytest.mark.parametrize(("agent", "code"), NO_AGENT)
def test_refuses_what_is_no_agent(on_sqlite: ABridge, agent: str, code: str) -> None:
    answer = on_sqlite.client.get("/xapi/agents", query_string={"agent": agent}, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)[:1]) == (400, [code])
