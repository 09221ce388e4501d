"""The Activities resource: one definition of all that statements said of an activity (xAPI 1.0.3 Communication 2.5, Data 2.4.4.1)."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.store import activities
from lrs_bridge.xapi.activity_definitions import merged, said
from tests.bridge.builders import ABridge, a_statement, codes
from tests.bridge.learning import Event
from tests.web.documents import OTHER_THING, THING

CHOICE = {"interactionType": "choice", "choices": [{"id": "a", "description": {"en": "Yes"}}], "correctResponsesPattern": ["a"]}


def speaks_of(here: ABridge, identity: str = THING, **definition: Any) -> None:
    """A new statement about the activity."""
    statement = a_statement(id=str(uuid.uuid4()), object={"id": identity, "definition": definition})
    answer = here.posts(statement)
    assert answer.status_code == 200, answer.text


def asks(here: ABridge, identity: str = THING, role: Any = "full") -> Any:
    return here.client.get("/xapi/activities", query_string={"activityId": identity}, headers=here.key(role))


def definition(here: ABridge, identity: str = THING) -> Any:
    answer = asks(here, identity)
    assert answer.status_code == 200, answer.text
    return answer.json.get("definition")


def test_it_works(here: ABridge) -> None:
    speaks_of(here, name={"en-US": "Meeting"}, type="http://adlnet.gov/expapi/activities/meeting")
    assert asks(here).json == {
        "objectType": "Activity",
        "id": THING,
        "definition": {"name": {"en-US": "Meeting"}, "type": "http://adlnet.gov/expapi/activities/meeting"},
    }


def test_an_activity_that_nobody_spoke_of_is_one_too(on_sqlite: ABridge) -> None:
    assert asks(on_sqlite).json == {"objectType": "Activity", "id": THING}


def test_languages_of_several_statements_add_up(here: ABridge) -> None:
    speaks_of(here, name={"en": "Meeting", "fr": "Reunion"}, description={"en": "A talk"})
    speaks_of(here, name={"fr": "Réunion", "de": "Treffen"})
    assert definition(here) == {"name": {"en": "Meeting", "fr": "Réunion", "de": "Treffen"}, "description": {"en": "A talk"}}


def test_the_later_of_one_batch_counts(here: ABridge) -> None:
    batch = [a_statement(id=str(uuid.uuid4()), object={"id": THING, "definition": {"moreInfo": f"https://m.example/{n}"}}) for n in (2, 1)]
    here.posts(*batch)
    assert definition(here) == {"moreInfo": "https://m.example/1"}


def test_speaks_of_no_other_activity(here: ABridge) -> None:
    speaks_of(here, OTHER_THING, name={"en": "Other"})
    speaks_of(here, THING + "/below", name={"en": "Below"})
    assert definition(here) is None


EVERYWHERE = {
    "parent": {"context": {"contextActivities": {"parent": [{"id": OTHER_THING, "definition": {"name": {"en": "Found"}}}]}}},
    "one for a list": {"context": {"contextActivities": {"category": {"id": OTHER_THING, "definition": {"name": {"en": "Found"}}}}}},
    "substatement": {
        "object": {
            "objectType": "SubStatement",
            "actor": {"mbox": "mailto:ann@northfield.example"},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
            "object": {"id": OTHER_THING, "definition": {"name": {"en": "Found"}}},
        }
    },
}


@pytest.mark.parametrize("said", EVERYWHERE.values(), ids=EVERYWHERE.keys())
def test_hears_of_activities_wherever_they_stand(here: ABridge, said: dict[str, Any]) -> None:
    here.posts(a_statement(**said))
    assert definition(here, OTHER_THING) == {"name": {"en": "Found"}}


def test_what_was_refused_defines_nothing_until_it_comes_rightly(here: ABridge) -> None:
    good = a_statement(object={"id": THING, "definition": {"name": {"en": "Meeting"}}})
    other = a_statement(actor={"mbox": "mailto:bob@northfield.example"}, object={"id": THING, "definition": {"name": {"en": "False"}}})
    here.posts(good)
    assert here.posts(other).status_code == 409
    assert definition(here) == {"name": {"en": "Meeting"}}
    here.posts(other | {"id": str(uuid.uuid4())})
    assert definition(here) == {"name": {"en": "False"}}


def test_a_launch_token_defines_nothing(here: ABridge) -> None:
    launched = here.registers().launched()
    (statement,) = launched.statements(Event("opened"))
    thing = statement["object"] | {"definition": {"name": {"en": "Free credit for all"}}}
    answer = launched.sends(statement | {"object": thing})
    assert answer.status_code == 200, answer.text
    assert definition(here, thing["id"]) is None


@pytest.mark.parametrize("role", ["full", "lms", "report", "admin"])
def test_whoever_may_read_statements_may_ask(on_sqlite: ABridge, role: str) -> None:
    assert asks(on_sqlite, role=role).status_code == 200


def test_others_are_told_the_scope_they_lack(on_sqlite: ABridge) -> None:
    answer = asks(on_sqlite, role="author")
    assert (answer.status_code, "'statements/read/mine'" in answer.text) == (403, True)


@pytest.mark.parametrize(("parameters", "code"), [({}, "missing-parameter"), ({"activityId": "meeting"}, "malformed-parameter")])
def test_refuses_to_guess_the_activity(on_sqlite: ABridge, parameters: dict[str, str], code: str) -> None:
    answer = on_sqlite.client.get("/xapi/activities", query_string=parameters, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, [code])


def test_only_get_is_answered(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.put("/xapi/activities", query_string={"activityId": THING}, headers=on_sqlite.key("full"))
    assert answer.status_code == 405


# --- at once, and again -------------------------------------------------------------------------


def test_batches_that_share_activities_in_other_orders_are_all_kept(here: ABridge) -> None:
    things = [f"{THING}/{n}" for n in range(12)]
    headers = here.key("full")

    def sends(turn: int) -> int:
        order = things if turn % 2 else things[::-1]
        batch = [a_statement(id=str(uuid.uuid4()), object={"id": one, "definition": {"name": {f"x-{turn}": one}}}) for one in order]
        return here.client.application.test_client().post("/xapi/statements", json=batch, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(sends, range(8))) == [200] * 8
    assert set(definition(here, things[5])["name"]) == {f"x-{turn}" for turn in range(8)}


def test_what_is_known_is_not_written_again(here: ABridge) -> None:
    speaks_of(here, name={"en": "Meeting"})
    statement = a_statement(object={"id": THING, "definition": {"name": {"en": "Meeting"}}})
    assert activities.known(here.bridge.engine).news(said(statement)) == frozenset()


def test_forgetting_what_is_known_costs_nothing_but_time() -> None:
    known = activities.Known(most=2)
    spoken = [next(iter(said(a_statement(object={"id": THING, "definition": {"name": {"en": str(n)}}})))) for n in range(3)]
    for one in spoken:
        known.remember([one])
    assert known.news(spoken) == {spoken[0]}


# --- merging ------------------------------------------------------------------------------------


def test_another_kind_of_interaction_drops_what_was_said_of_the_old_kind() -> None:
    likert = {"interactionType": "likert", "scale": [{"id": "1"}]}
    assert merged([CHOICE | {"type": "http://t.example/"}, likert]) == likert | {"type": "http://t.example/"}


def test_descriptions_of_the_same_choices_add_up() -> None:
    german = {"interactionType": "choice", "choices": [{"id": "a", "description": {"de": "Ja"}}]}
    assert merged([CHOICE, german]) == CHOICE | {"choices": [{"id": "a", "description": {"en": "Yes", "de": "Ja"}}]}


def test_other_choices_replace_the_list() -> None:
    assert merged([CHOICE, {"choices": [{"id": "b"}, {"id": "a"}]}])["choices"] == [{"id": "b"}, {"id": "a"}]


LanguageMap = st.dictionaries(st.sampled_from(["en", "de", "fr"]), st.text(max_size=3), max_size=3)
Definition = st.fixed_dictionaries(
    {},
    optional={
        "name": LanguageMap,
        "description": LanguageMap,
        "extensions": st.dictionaries(st.sampled_from(["https://e.example/1", "https://e.example/2"]), st.integers() | st.none()),
        "type": st.sampled_from(["http://t.example/1", "http://t.example/2"]),
    },
)


@given(st.lists(Definition, max_size=5))
def test_of_each_key_the_last_word_counts(definitions: list[dict[str, Any]]) -> None:
    found = merged(definitions)
    for name in ("name", "description", "extensions"):
        words = [(key, value) for one in definitions for key, value in one.get(name, {}).items()]
        assert found.get(name, {}) == dict(words)
    types = [one["type"] for one in definitions if "type" in one]
    assert found.get("type") == (types[-1] if types else None)


@given(st.lists(Definition, max_size=4), st.lists(Definition, max_size=4))
def test_what_was_merged_may_be_merged_on(first: list[dict[str, Any]], then: list[dict[str, Any]]) -> None:
    assert merged([merged(first), *then]) == merged([*first, *then])
