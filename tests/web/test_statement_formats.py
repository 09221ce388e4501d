"""What is left of a statement in each format, in every place where a thing may stand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bridge.builders import ABridge
from tests.web.asking import ANN, BOB, asked, id_of, numbered

VERB = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-US": "answered", "de": "beantwortete"}}
BARE_VERB = {"id": VERB["id"]}
NAMED_BOB = BOB | {"objectType": "Agent", "name": "Bob"}
CROWD = {"objectType": "Group", "name": "Crowd", "member": [ANN | {"name": "Ann"}]}
BARE_CROWD = {"objectType": "Group", "member": [ANN]}
TEAM = {"objectType": "Group", "name": "Team", "mbox": "mailto:team@northfield.example", "member": [ANN]}
BARE_TEAM = {"objectType": "Group", "mbox": "mailto:team@northfield.example"}


def activity(n: int) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"https://cme.northfield.example/items/{n}",
        "definition": {
            "name": {"en-US": f"Item {n}", "de": f"Frage {n}"},
            "interactionType": "choice",
            "choices": [{"id": "a", "description": {"en-US": "yes", "de": "ja"}}],
        },
    }


def bare(n: int) -> dict[str, Any]:
    return {"id": activity(n)["id"]}


def german(n: int) -> dict[str, Any]:
    choices = [{"id": "a", "description": {"de": "ja"}}]
    definition = {"name": {"de": f"Frage {n}"}, "interactionType": "choice", "choices": choices}
    return activity(n) | {"definition": definition}


def sub(verb: dict[str, Any], actor: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    return {"objectType": "SubStatement", "actor": actor, "verb": verb, "object": thing, "context": {"instructor": actor}}


SENT = numbered(
    1,
    actor=CROWD,
    verb=VERB,
    object=sub(VERB, NAMED_BOB, activity(1)),
    result={"response": "a"},
    context={"team": TEAM, "instructor": NAMED_BOB, "contextActivities": {"parent": activity(2), "other": [activity(3)]}},
)


def given(here: ABridge, **query: Any) -> dict[str, Any]:
    here.posts(SENT)
    answer = asked(here, here.key("full") | {"Accept-Language": "de"}, statementId=id_of(1), **query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return {name: value for name, value in found.items() if name not in ("stored", "authority", "version", "timestamp")}


def test_leaves_only_what_identifies(here: ABridge) -> None:
    assert given(here, format="ids") == {
        "id": id_of(1),
        "actor": BARE_CROWD,
        "verb": BARE_VERB,
        "object": sub(BARE_VERB, BOB | {"objectType": "Agent"}, bare(1)),
        "result": {"response": "a"},
        "context": {
            "team": BARE_TEAM,
            "instructor": BOB | {"objectType": "Agent"},
            "contextActivities": {"parent": [bare(2)], "other": [bare(3)]},
        },
    }


def test_leaves_one_language(here: ABridge) -> None:
    verb = VERB | {"display": {"de": "beantwortete"}}
    assert given(here, format="canonical") == SENT | {
        "verb": verb,
        "object": sub(verb, NAMED_BOB, german(1)),
        "context": SENT["context"] | {"contextActivities": {"parent": [german(2)], "other": [german(3)]}},
    }


def test_leaves_everything(here: ABridge) -> None:
    lists = {"parent": [activity(2)], "other": [activity(3)]}
    assert given(here) == given(here, format="exact") == SENT | {"context": SENT["context"] | {"contextActivities": lists}}


def test_tells_what_all_statements_together_say_of_an_activity(here: ABridge) -> None:
    first = activity(1) | {"definition": {"name": {"fr": "Question"}, "description": {"de": "Eine Frage"}}}
    here.posts(numbered(2, object=first), SENT)
    found = asked(here, here.key("full") | {"Accept-Language": "de"}, statementId=id_of(2), format="canonical").json
    assert found["object"] == german(1) | {"definition": german(1)["definition"] | {"description": {"de": "Eine Frage"}}}


def test_reduces_those_that_only_2_0_knows(here: ABridge) -> None:
    context = {
        "contextAgents": [{"objectType": "contextAgent", "agent": NAMED_BOB, "relevantTypes": ["https://x.example/t"]}],
        "contextGroups": [{"objectType": "contextGroup", "group": TEAM}],
    }
    headers = here.key("full") | {"X-Experience-API-Version": "2.0.0"}
    here.posts(numbered(1, context=context), headers=headers)
    found = asked(here, headers, statementId=id_of(1), format="ids").json["context"]
    assert found["contextAgents"] == [context["contextAgents"][0] | {"agent": BOB | {"objectType": "Agent"}}]
    assert found["contextGroups"] == [{"objectType": "contextGroup", "group": BARE_TEAM}]


def test_tells_a_1_0_3_reader_all_that_a_2_0_statement_says(on_sqlite: ABridge) -> None:
    """What was received is given back whole: its `version` says what may be in it."""
    agents = [{"objectType": "contextAgent", "agent": ANN}]
    headers = on_sqlite.key("full")
    on_sqlite.posts(numbered(1, context={"contextAgents": agents}), headers=headers | {"X-Experience-API-Version": "2.0.0"})
    found = asked(on_sqlite, headers, statementId=id_of(1)).json
    assert (found["version"], found["context"]) == ("2.0.0", {"contextAgents": agents})


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("2026-12-04T09:30:00.1234-06:00", "2026-12-04T15:30:00.123Z"),
        ("2026-12-04T15:30:00Z", "2026-12-04T15:30:00Z"),
        ("2026-12-04T15:30:00.123456Z", "2026-12-04T15:30:00.123456Z"),
        ("2026-12-04T15:30:00", "2026-12-04T15:30:00.000Z"),
    ],
)
def test_tells_times_in_utc(on_sqlite: ABridge, sent: str, told: str) -> None:
    on_sqlite.posts(numbered(1, timestamp=sent))
    assert asked(on_sqlite, statementId=id_of(1)).json["timestamp"] == told


def test_lists_a_context_activity_whose_key_is_written_otherwise(on_sqlite: ABridge) -> None:
    text = json.dumps(numbered(1, context={"contextActivities": {"parent": activity(2)}})).replace('"parent"', '"p\\u0061rent"')
    on_sqlite.client.post("/xapi/statements", data=text, content_type="application/json", headers=on_sqlite.key("full"))
    assert asked(on_sqlite, statementId=id_of(1)).json["context"]["contextActivities"] == {"parent": [activity(2)]}
