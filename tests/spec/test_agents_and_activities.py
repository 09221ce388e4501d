"""What is known of an agent and of an activity (xAPI 1.0.3 Communication 2.4, 2.5; IEEE 4.1.6.3, 4.1.6.4)."""

from __future__ import annotations

import json
from typing import Any

from tests.spec.examples import AGENTS, GROUPS, statement, substatement
from tests.spec.lrs import LRS, in_query, new_activity, new_agent
from tests.spec.requirements import asks, asks_each

ENGINES = ("sqlite", "postgresql")


def person(lrs: LRS, agent: Any) -> dict[str, Any]:
    answer = lrs.asks("GET", "/agents", query_string=in_query({"agent": agent}))
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    found: dict[str, Any] = answer.json
    return found


@asks("XAPI-00236", "XAPI-00237", "XAPI-00245", "XAPI-00248", engines=ENGINES)
def test_answers_a_person_for_an_agent_that_nobody_knows(lrs: LRS) -> None:
    agent = new_agent()
    assert person(lrs, agent) == {"objectType": "Person", "mbox": [agent["mbox"]]}


KINDS = [
    (("XAPI-00239", "XAPI-00244"), "mbox"),
    (("XAPI-00240",), "mbox_sha1sum"),
    (("XAPI-00241",), "openid"),
    (("XAPI-00242",), "account"),
]


@asks_each(KINDS)
def test_gives_each_identifier_as_an_array(lrs: LRS, row: str) -> None:
    found = person(lrs, AGENTS[row])
    assert (found["objectType"], found[row]) == ("Person", [AGENTS[row][row]])


@asks("XAPI-00238", "XAPI-00248", engines=ENGINES)
def test_gives_the_names_that_statements_gave_an_agent(lrs: LRS) -> None:
    agent = new_agent()
    lrs.keeps(statement(actor=agent | {"name": "Ann Example"}))
    found = person(lrs, agent)
    assert (found["name"], found["mbox"]) == (["Ann Example"], [agent["mbox"]])


@asks("XAPI-00243", "XAPI-00249", "XAPI-00012")
def test_refuses_what_is_no_agent(lrs: LRS) -> None:
    assert lrs.asks("GET", "/agents").status_code == 400
    bad: list[Any] = ["", "ann", "{", "[]", "{}", {"mbox": "ann"}, {"objectType": "Agent"}, {**AGENTS["mbox"], **AGENTS["openid"]}]
    for agent in [*bad, {**AGENTS["mbox"], "objectType": "agent"}, GROUPS["anonymous group"], {"account": {"homePage": "x", "name": "a"}}]:
        assert lrs.asks("GET", "/agents", query_string=in_query({"agent": agent})).status_code == 400, agent


# --- activities ---------------------------------------------------------------------------------


def activity(lrs: LRS, identity: str) -> dict[str, Any]:
    answer = lrs.asks("GET", "/activities", query_string={"activityId": identity})
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    found: dict[str, Any] = json.loads(answer.data)
    return found


@asks("XAPI-00251", "XAPI-00252", "XAPI-00253", engines=ENGINES)
def test_gives_the_whole_activity(lrs: LRS) -> None:
    identity = new_activity()
    definition = {"name": {"en": "AF"}, "type": "https://types.example/case", "extensions": {"urn:x": None}}
    lrs.keeps(statement(object={"id": identity, "definition": definition}))
    assert activity(lrs, identity) == {"objectType": "Activity", "id": identity, "definition": definition}


@asks("XAPI-00254", engines=ENGINES)
def test_gives_what_several_statements_said_of_an_activity(lrs: LRS) -> None:
    identity = new_activity()
    lrs.keeps(statement(object={"id": identity, "definition": {"name": {"en-GB": "Colour"}, "description": {"en-GB": "About"}}}))
    lrs.waits()
    lrs.keeps(statement(object={"id": identity, "definition": {"name": {"en-US": "Color"}, "moreInfo": "https://x.example/more"}}))
    lrs.waits()
    lrs.keeps(statement(context={"contextActivities": {"grouping": [{"id": identity, "definition": {"name": {"fr": "Couleur"}}}]}}))
    lrs.waits()
    lrs.keeps(statement(object=substatement(object={"id": identity, "definition": {"description": {"fr": "Sur"}}})))
    assert activity(lrs, identity)["definition"] == {
        "name": {"en-GB": "Colour", "en-US": "Color", "fr": "Couleur"},
        "description": {"en-GB": "About", "fr": "Sur"},
        "moreInfo": "https://x.example/more",
    }


@asks("IEEE-unknown-activity")
def test_gives_an_activity_that_nobody_spoke_of(lrs: LRS) -> None:
    identity = new_activity()
    assert activity(lrs, identity) == {"objectType": "Activity", "id": identity}


@asks("XAPI-00250", "XAPI-00012")
def test_refuses_an_activity_that_is_none(lrs: LRS) -> None:
    assert lrs.asks("GET", "/activities").status_code == 400
    for identity in ("", "not an iri", "activities.example/af", "//activities.example/af"):
        assert lrs.asks("GET", "/activities", query_string={"activityId": identity}).status_code == 400, identity
