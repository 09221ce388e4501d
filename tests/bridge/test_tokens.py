"""A launch token writes of its own learner, registration and activity; whoever tries more is told which statement and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scorm_packager.activity import vocabulary as v
from tests.bridge.builders import KEY_OF_BOB, ABridge, Launched, a_statement, codes
from tests.bridge.learning import ACTIVITY, Event, disclosed, everything, finished, opened, passes

Forge = Callable[[dict[str, Any]], None]


def test_it_works(here: ABridge) -> None:
    ann = here.launched()
    assert ann.sends(*ann.statements(opened(), disclosed(), *finished(), *passes())).status_code == 200


def _actor(name: str) -> Forge:
    return lambda said: said["actor"]["account"].update(name=name)


def _context(**changes: Any) -> Forge:
    return lambda said: said["context"].update(changes)


def _activities(kind: str, identity: str) -> Forge:
    return lambda said: said["context"]["contextActivities"].update({kind: [{"id": identity}]})


FORGED: list[tuple[str, Forge, str, str]] = [
    ("another learner", _actor("someone"), "actor", "another-actor"),
    ("a name beside the actor", lambda said: said["actor"].update(name="Ann"), "actor", "another-actor"),
    ("another kind of actor", lambda said: said.update(actor={"mbox": "mailto:a@b.example"}), "actor", "another-actor"),
    ("another registration", _context(registration="9d4b6b8a-2f0e-4a53-8a44-0d6a1f8f2a10"), "context.registration", "another-registration"),
    ("no registration", lambda said: said["context"].pop("registration"), "context.registration", "another-registration"),
    ("no context", lambda said: said.pop("context"), "context.registration", "another-registration"),
    ("a verb of nobody's", lambda said: said["verb"].update(id="https://x.example/awarded"), "verb.id", "verb-not-allowed"),
    ("earned", lambda said: said["verb"].update(id=v.EARNED), "verb.id", "verb-not-allowed"),
    ("another activity", lambda said: said["object"].update(id="https://x.example/other"), "object.id", "another-activity"),
    ("an activity whose name goes on", lambda said: said["object"].update(id=ACTIVITY + "-2"), "object.id", "another-activity"),
    ("another's grouping", _activities("grouping", "https://x.example/o"), "context.contextActivities.grouping", "another-activity"),
    ("another's parent", _activities("parent", "https://x.example/o"), "context.contextActivities.parent", "another-activity"),
    ("an agent as object", lambda said: said.update(object={"objectType": "Agent", "mbox": "mailto:a@b.example"}) or
     said["context"].pop("revision"), "object.objectType", "another-activity"),
    ("an authority", lambda said: said.update(authority={"mbox": "mailto:a@b.example"}), "authority", "property-not-allowed"),
    ("an instructor", _context(instructor={"mbox": "mailto:a@b.example"}), "context.instructor", "property-not-allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("forge", "where", "code"), [row[1:] for row in FORGED], ids=[row[0] for row in FORGED])
def test_refuses(on_sqlite: ABridge, forge: Forge, where: str, code: str) -> None:
    ann = on_sqlite.launched()
    sound, forged = ann.statements(opened(), disclosed())
    forge(forged)
    answer = ann.sends(sound, forged)
    problems = answer.json["problems"]
    assert answer.status_code == 403
    assert (f"statements[1] ({forged['id']}): {where}", code) in [(problem["where"], problem["code"]) for problem in problems]
    assert ann.credit()["statements"] == 0


def test_refuses_to_void(on_sqlite: ABridge) -> None:
    ann = on_sqlite.launched()
    ann.takes(opened())
    (said,) = ann.statements(opened())
    taken_back = said | {"id": None, "verb": {"id": v.VOIDED}, "object": {"objectType": "StatementRef", "id": said["id"]}}
    taken_back["context"] = {"registration": ann.answer["registration"]}
    answer = ann.sends({name: value for name, value in taken_back.items() if value is not None})
    assert (answer.status_code, codes(answer)) == (403, ["verb-not-allowed", "another-activity"])


def test_refuses_a_token_after_twelve_hours(here: ABridge) -> None:
    ann = here.launched()
    here.clock.moves(hours=12)
    answer = ann.sends(*ann.statements(opened()))
    assert (answer.status_code, codes(answer)) == (401, ["token-expired"])


def test_takes_the_same_statements_with_the_token_of_the_next_launch(here: ABridge) -> None:
    ann = here.launched()
    here.clock.moves(hours=12)
    again = here.launched()
    assert again.sends(*ann.statements(opened())).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é", "0" * 64, "\x00"])
def test_refuses_a_token_that_was_not_made_here(on_sqlite: ABridge, token: str) -> None:
    ann = on_sqlite.launched()
    forged = Launched(on_sqlite, ann.key, ann.answer | {"token": token})
    answer = on_sqlite.client.post("/launch/beacon", json={"token": token, "statements": forged.statements(opened())})
    assert answer.status_code == 401


def test_does_not_write_into_the_registration_of_an_earlier_launch(here: ABridge) -> None:
    registered = here.registers()
    ann, stranger = registered.launched(), registered.launched("ann", KEY_OF_BOB)
    answer = stranger.sends(*ann.statements(opened()))
    assert (answer.status_code, set(codes(answer))) == (403, {"another-registration"})


def test_reads_nothing_of_an_earlier_launch(here: ABridge) -> None:
    registered = here.registers()
    ann = registered.launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    here.works()
    stranger = registered.launched("ann", KEY_OF_BOB).credit()
    assert (stranger["records"], stranger["certificates"], stranger["statements"]) == ([], [], 0)


def test_does_not_change_the_profile_of_an_earlier_launch(here: ABridge) -> None:
    registered = here.registers()
    ann = registered.launched()
    ann.profile(name="Ann Example", profession="physician")
    registered.launched("ann", KEY_OF_BOB).profile(name="Somebody Else", profession="nurse")
    assert registered.launched().answer["profile"]["name"] == "Ann Example"


def test_may_not_read_statements(on_sqlite: ABridge) -> None:
    ann = on_sqlite.launched()
    ann.takes(opened())
    answer = on_sqlite.gets(ann.statements(opened())[0]["id"], headers=ann.headers)
    assert (answer.status_code, codes(answer)) == (403, ["scope-missing"])


# --- what is no evidence ------------------------------------------------------------------------


def outcome(here: ABridge) -> list[str]:
    return [record["outcome"] for record in here.records() if record["outcome"] == "award"]


def test_awards_nothing_for_a_bare_passed(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(Event("submitted", {"a": "post", "t": 1, "success": True}), everything()[-1])
    assert outcome(here) == []


@pytest.mark.parametrize("changes", [{"mode": "review"}, {"mode": "browse"}, {"credit": False}])
def test_awards_nothing_for_a_launch_without_credit(on_sqlite: ABridge, changes: dict[str, Any]) -> None:
    ann = on_sqlite.registers().launched(**changes)
    ann.profile(profession="physician")
    ann.takes(*everything())
    assert outcome(on_sqlite) == []


def test_counts_what_a_launch_without_credit_brought_when_a_credit_launch_brings_it_again(here: ABridge) -> None:
    registered = here.registers()
    visit = registered.launched(mode="review")
    visit.profile(profession="physician")
    visit.takes(*everything())
    assert outcome(here) == []
    registered.launched().takes(*everything())
    assert outcome(here) == ["award"]


def test_awards_nothing_for_what_came_with_a_key_of_nobodys_lms(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    here.posts(*ann.statements(*everything()), headers=here.key("full"))
    assert outcome(here) == []


def test_awards_nothing_for_what_another_sites_lms_says(here: ABridge) -> None:
    here.adds_site("lakeside")
    ann = here.registers().launched()
    ann.profile(profession="physician")
    here.posts(*ann.statements(*everything()), headers=here.key("lms", "lakeside"))
    assert outcome(here) == []


def test_takes_the_word_of_the_sites_own_lms(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    here.clock.moves(hours=1)
    here.posts(*ann.statements(*everything()), headers=here.key("lms"))
    assert outcome(here) == ["award"]


def test_takes_no_sub_statement_for_an_activity(on_sqlite: ABridge) -> None:
    ann = on_sqlite.launched()
    (said,) = ann.statements(opened())
    said["object"] = {"objectType": "SubStatement", **{k: a_statement()[k] for k in ("actor", "verb", "object")}}
    said["context"].pop("revision")
    assert "another-activity" in codes(ann.sends(said))
