"""A launch by cmi5 or plain xAPI brings the LMS's own actor and registration: statements carry those, and nobody speaks for another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.builders import KEY_OF_ANN, KEY_OF_BOB, ABridge, Launched
from tests.bridge.learning import disclosed, finished, opened, passes

REGISTRATION = "5b1f0e5c-63a4-4e0a-9d0f-3a8d2a6d3b22"
ANOTHER = "6c1f0e5c-63a4-4e0a-9d0f-3a8d2a6d3b33"
COURSE = {"grouping": [{"id": "https://lms.northfield.example/courses/7"}]}


def actor(name: str = "ann") -> dict[str, Any]:
    return {"account": {"homePage": "https://lms.northfield.example", "name": name}}


def launched(here: ABridge, name: str = "ann", key: str = KEY_OF_ANN, registration: str = REGISTRATION, **changes: Any) -> Launched:
    return here.launched(name, key, actor=actor(name), registration=registration, **changes)


def all_of_it() -> tuple[Any, ...]:
    return (opened(), disclosed(), *finished(), *passes())


def stored(learner: Launched) -> int:
    return int(learner.credit()["statements"])


def test_it_works(here: ABridge) -> None:
    ann = launched(here.registers())
    assert (ann.answer["actor"], ann.answer["registration"]) == (actor(), REGISTRATION)
    ann.takes(*all_of_it())
    assert stored(ann) == len(all_of_it())


def test_takes_the_same_statement_from_the_lms_and_from_the_learner_for_one(here: ABridge) -> None:
    ann = launched(here.registers())
    ann.takes(opened())
    headers = here.key("lms") | {"X-Experience-API-Version": "1.0.3"}
    again = here.client.post("/xapi/statements", json=ann.statements(opened()), headers=headers)
    assert again.status_code == 200
    assert stored(ann) == 1


def test_gives_the_registration_back_to_who_shows_the_launch_key(here: ABridge) -> None:
    launched(here).takes(opened(), opened())
    assert (launched(here).answer["linked"], launched(here).answer["last_sequence"]) == (True, 2)


def test_who_names_the_lms_s_registration_without_the_launch_key_reads_nothing_of_it(here: ABridge) -> None:
    launched(here).takes(opened(), opened())
    other = launched(here, key=KEY_OF_BOB)
    assert (other.answer["linked"], other.answer["last_sequence"], stored(other)) == (False, 0, 0)


def test_what_another_learner_writes_under_the_same_registration_is_not_evidence_of_the_first(here: ABridge) -> None:
    ann = launched(here.registers())
    ann.takes(opened())
    bob = launched(here, "bob", KEY_OF_BOB)
    bob.takes(*all_of_it())
    assert (stored(ann), stored(bob)) == (1, len(all_of_it()))


def test_a_registration_of_the_bridge_s_own_cannot_be_written_to_by_naming_it(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.takes(opened())
    bob = launched(here, "bob", KEY_OF_BOB, registration=ann.answer["registration"])
    bob.takes(*all_of_it())
    assert stored(ann) == 1


def test_two_activities_of_one_course_may_share_the_lms_s_registration(here: ABridge) -> None:
    launched(here).takes(opened())
    other = launched(here, activity="https://cme.northfield.example/activities/other")
    assert (other.answer["registration"], stored(other)) == (REGISTRATION, 0)


def test_the_same_launch_key_in_another_registration_is_another(here: ABridge) -> None:
    launched(here).takes(opened())
    assert stored(launched(here, registration=ANOTHER)) == 0


def test_what_the_lms_says_of_another_actor_is_not_evidence(here: ABridge) -> None:
    ann = launched(here.registers())
    said = [one | {"actor": actor("bob")} for one in ann.statements(opened())]
    headers = here.key("lms") | {"X-Experience-API-Version": "1.0.3"}
    assert here.client.post("/xapi/statements", json=said, headers=headers).status_code == 200
    assert stored(ann) == 0


def test_the_token_speaks_of_the_lms_s_actor_and_nobody_else(on_sqlite: ABridge) -> None:
    ann = launched(on_sqlite)
    [said] = ann.statements(opened())
    assert ann.sends(said | {"actor": actor("bob")}).status_code == 403
    assert ann.sends(said | {"actor": {"objectType": "Agent", **actor()}}).status_code == 200


def test_the_context_of_the_lms_is_let_through_for_its_own_launches_only(on_sqlite: ABridge) -> None:
    ann, bob = launched(on_sqlite), on_sqlite.launched("bob", KEY_OF_BOB)
    for learner, expected in ((ann, 200), (bob, 403)):
        [said] = learner.statements(opened())
        context = said["context"] | {"contextActivities": said["context"]["contextActivities"] | COURSE}
        assert learner.sends(said | {"context": context}).status_code == expected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"actor": actor()}, "body"),
        ({"registration": REGISTRATION}, "body"),
        ({"actor": actor("bob"), "registration": REGISTRATION}, "body"),  # the learner's id is ann
        ({"actor": {}, "registration": REGISTRATION}, "actor"),
        ({"actor": actor() | {"mbox": "mailto:a@b.example"}, "registration": REGISTRATION}, "actor"),
        ({"actor": actor() | {"objectType": "Group"}, "registration": REGISTRATION}, "actor.objectType"),
        ({"actor": {"account": {"homePage": "x\x00", "name": "ann"}}, "registration": REGISTRATION}, "actor.account.homePage"),
        ({"actor": actor(), "registration": "7"}, "registration"),
    ],
)
def test_refuses_names_that_do_not_fit(on_sqlite: ABridge, changes: dict[str, Any], field: str) -> None:
    answer = on_sqlite.launch(**changes)
    assert (answer.status_code, [problem["where"] for problem in answer.json["problems"]]) == (400, [field])


def test_keeps_no_more_of_the_actor_than_knows_them_again(on_sqlite: ABridge) -> None:
    named = {"mbox": "mailto:ann.example@northfield.example", "name": "Ann Q. Example"}
    answer = on_sqlite.launch({"id": named["mbox"], "name": ""}, actor=named, registration=REGISTRATION)
    assert answer.json["actor"] == named
    on_sqlite.bridge.close()
    written = b"".join(path.read_bytes() for path in on_sqlite.bridge.config.data.glob("bridge.sqlite*"))
    assert b"Ann Q. Example" not in written
