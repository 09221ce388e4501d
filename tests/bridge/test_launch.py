"""Launching: who the learner is, which registration is theirs, and what is in force."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.builders import KEY_OF_ANN, KEY_OF_BOB, PUBLIC, UNKNOWN, ABridge, codes
from tests.bridge.learning import ACTIVITY, a_definition, a_provider, everything, opened


def test_it_works(here: ABridge) -> None:
    answer = here.registers().launched().answer
    assert answer["actor"]["account"]["homePage"] == f"{PUBLIC}/sites/northfield"
    assert answer["endpoint"] == f"{PUBLIC}/xapi"
    assert answer["dates"] == {"released": "2026-12-01", "reviewed": "2026-11-20", "terminates": "2029-11-30"}
    assert (answer["mode"], answer["known_definition"], answer["linked"], answer["attempts_granted"]) == ("credit", True, False, 0)
    assert (answer["now"], answer["today"]) == ("2026-12-04T16:00:00.000Z", "2026-12-04")
    assert answer["expires"] == "2026-12-05T04:00:00.000Z"


def test_names_nobody_in_the_actor(here: ABridge) -> None:
    account = here.launched("ann@northfield.example").answer["actor"]["account"]
    assert "ann" not in account["name"].lower()
    assert len(account["name"]) == 32


def test_gives_back_the_registration_to_who_shows_its_launch_key(here: ABridge) -> None:
    first, again = here.launched().answer, here.launched().answer
    assert (again["registration"], again["actor"], again["linked"]) == (first["registration"], first["actor"], True)
    assert again["token"] != first["token"]


def test_gives_a_new_registration_to_a_known_learner_without_the_launch_key(here: ABridge) -> None:
    first = here.launched()
    first.profile(name="Ann Example")
    first.takes(opened())
    second = here.launched("ann", KEY_OF_BOB).answer
    assert second["registration"] != first.answer["registration"]
    assert second["actor"] == first.answer["actor"]
    assert (second["linked"], second["profile"], second["last_sequence"]) == (False, None, 0)


def test_keeps_another_learner_with_the_same_launch_key_apart(here: ABridge) -> None:
    ann, bob = here.launched("ann", KEY_OF_ANN).answer, here.launched("bob", KEY_OF_ANN).answer
    assert ann["registration"] != bob["registration"]
    assert ann["actor"] != bob["actor"]


def test_takes_the_same_learner_id_at_another_site_for_another_person(here: ABridge) -> None:
    here.adds_site("lakeside")
    at_northfield, at_lakeside = here.launched("1042").answer, here.launched("1042", site="lakeside").answer
    assert at_northfield["actor"]["account"]["name"] != at_lakeside["actor"]["account"]["name"]
    assert at_northfield["registration"] != at_lakeside["registration"]


def test_brings_the_profile_back_without_its_identifiers(here: ABridge) -> None:
    registered = here.registers()
    registered.launched().profile(name="Ann Example", identifiers={"nabp-eprofile": "1234567"}, consents={"cpe-monitor": True})
    assert registered.launched().answer["profile"] == {
        "name": "Ann Example", "profession": "physician", "identifiers": ["nabp-eprofile"], "consents": {"cpe-monitor": True},
    }  # fmt: skip


def test_says_up_to_which_event_it_has_heard(here: ABridge) -> None:
    ann = here.launched()
    ann.takes(opened(), opened(), opened())
    assert here.launched().answer["last_sequence"] == 3


@pytest.mark.parametrize("changes", [{"mode": "review"}, {"mode": "browse"}, {"credit": False}])
def test_leaves_no_evidence_where_the_lms_says_so(on_sqlite: ABridge, changes: dict[str, Any]) -> None:
    assert on_sqlite.launched(**changes).answer["mode"] == "no-evidence"


def test_answers_a_launch_of_a_definition_that_nobody_has(here: ABridge) -> None:
    answer = here.launched(definition=UNKNOWN).answer
    assert (answer["known_definition"], answer["dates"]) == (False, None)


def test_does_not_take_another_activitys_definition_for_its_own(here: ABridge) -> None:
    here.registers(a_definition(activity="https://cme.northfield.example/activities/other"))
    assert here.registers(a_definition(version="2")).launched(activity="https://x.example/a").answer["known_definition"] is False


def test_says_which_day_it_is_where_the_activity_is(here: ABridge) -> None:
    here.clock.moves(hours=13)  # 5 December, 05:00 UTC, is 4 December in Chicago
    assert here.registers().launched().answer["today"] == "2026-12-04"


def test_refuses_an_unknown_site(on_sqlite: ABridge) -> None:
    answer = on_sqlite.launch(site="nowhere")
    assert (answer.status_code, codes(answer)) == (404, ["site-unknown"])


def test_refuses_an_origin_that_is_not_the_sites(on_sqlite: ABridge) -> None:
    on_sqlite.adds_site("northfield", "https://lms.northfield.example")
    assert on_sqlite.launch(origin="https://lms.northfield.example").status_code == 200
    assert on_sqlite.launch(origin=None).status_code == 200
    answer = on_sqlite.launch(origin="https://elsewhere.example")
    assert (answer.status_code, codes(answer)) == (403, ["origin-not-allowed"])


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"launch_key": "short"}, "launch_key"),
    ({"launch_key": "A" * 32}, "launch_key"),
    ({"learner": {"id": "", "name": ""}}, "learner.id"),
    ({"learner": {"id": "x" * 256, "name": ""}}, "learner.id"),
    ({"learner": {"id": "a\x00b", "name": ""}}, "learner.id"),
    ({"learner": ["ann"]}, "learner"),
    ({"site": "No Such Key"}, "site"),
    ({"activity": ""}, "activity"),
    ({"definition": 1}, "definition"),
    ({"mode": "exam"}, "mode"),
    ({"credit": "yes"}, "credit"),
]


@pytest.mark.parametrize(("changes", "field"), MALFORMED)
def test_refuses_a_malformed_launch_and_names_the_field(on_sqlite: ABridge, changes: dict[str, Any], field: str) -> None:
    answer = on_sqlite.launch(**changes)
    assert (answer.status_code, [problem["where"] for problem in answer.json["problems"]]) == (400, [field])


@pytest.mark.parametrize("body", [b"", b"[]", b'{"site": "northfield", "site": "lakeside"}', b"\xff", b"1"])
def test_refuses_what_is_no_launch_at_all(on_sqlite: ABridge, body: bytes) -> None:
    assert on_sqlite.client.post("/launch", data=body).status_code == 400


def test_keeps_neither_launch_key_nor_token(on_sqlite: ABridge) -> None:
    answer = on_sqlite.launched().answer
    on_sqlite.bridge.close()
    written = b"".join(path.read_bytes() for path in on_sqlite.bridge.config.data.glob("bridge.sqlite*"))
    assert KEY_OF_ANN.encode() not in written
    assert answer["token"].encode() not in written
    assert b"As The LMS Says" not in written
    assert ACTIVITY.encode() in written


def test_a_launch_key_that_comes_again_is_decided_on_at_once(here: ABridge) -> None:
    registered = here.registers(a_definition(provider=a_provider(assurance="linked")))
    ann = registered.launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    assert here.record()["outcome"] == "held"
    registered.launched()
    assert here.record()["outcome"] == "award"
