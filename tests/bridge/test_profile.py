"""What learners say of themselves: judged field by field, kept encrypted, and never more of it given back than needed."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from lrs_bridge.launching import profiles
from lrs_bridge.store import people
from lrs_bridge.store.engine import reading
from tests.bridge.builders import UNKNOWN, ABridge, Launched
from tests.bridge.learning import MONITOR, everything

NUMBER = "123456789"


def kept(here: ABridge, launched: Launched) -> dict[str, Any]:
    with reading(here.bridge.engine) as connection:
        return profiles.read(here.bridge, connection, launched.answer["registration"])


def consents(here: ABridge, launched: Launched) -> list[people.Consent]:
    with reading(here.bridge.engine) as connection:
        return people.consent_log(connection, launched.answer["registration"])


def fields(answer: Any) -> list[str]:
    return [problem["where"] for problem in answer.json["problems"]]


def test_it_works(here: ABridge) -> None:
    ann = here.registers().launched()
    assert ann.profile(name=" Ann Ångström ", profession="pharmacist", identifiers={"nabp-eprofile": NUMBER}).status_code == 204
    found = kept(here, ann)
    assert (found["name"], found["profession"], found["identifiers"]) == ("Ann Ångström", "pharmacist", {"nabp-eprofile": NUMBER})


def test_names_every_field_that_is_wrong(here: ABridge) -> None:
    ann = here.registers().launched()
    answer = ann.profile(name=" ", profession="wizard", identifiers={"nabp-eprofile": "12-3", "passport": "1"}, consents={"sell": True})
    assert answer.status_code == 400
    assert fields(answer) == ["name", "profession", "identifiers.nabp-eprofile", "identifiers.passport", "consents.sell"]


def test_keeps_nothing_of_a_profile_with_a_wrong_field(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(name="Ann", profession="wizard")
    assert "name" not in kept(here, ann)


@pytest.mark.parametrize(
    "said",
    [
        {"name": 5}, {"name": "a\x00"}, {"name": "a\x9b31m"}, {"name": "a\ud800"}, {"name": "\u200b\u2060"}, {"name": "a" * 256},
        {"identifiers": []}, {"consents": {"pars": "yes"}},
    ],
)  # fmt: skip
def test_refuses_what_is_no_profile(on_sqlite: ABridge, said: dict[str, Any]) -> None:
    assert on_sqlite.registers().launched().profile(**said).status_code == 400


def test_takes_any_identifier_while_the_definition_is_unknown(here: ABridge) -> None:
    ann = here.launched(definition=UNKNOWN)
    assert ann.profile(profession="physician", identifiers={"npi": "1"}).status_code == 204


def test_keeps_an_identifier_that_is_left_out_and_removes_an_empty_one(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(identifiers={"nabp-eprofile": NUMBER})
    ann.profile(name="Ann Changed")
    assert kept(here, ann)["identifiers"] == {"nabp-eprofile": NUMBER}
    ann.profile(identifiers={"nabp-eprofile": ""})
    assert kept(here, ann)["identifiers"] == {}


def test_logs_each_consent_with_the_text_agreed_to_and_the_time(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(consents={"cpe-monitor": True})
    here.clock.moves(minutes=5)
    ann.profile(consents={"cpe-monitor": True})
    ann.profile(consents={"cpe-monitor": False})
    wording = hashlib.sha256(str(MONITOR["text"]).encode()).hexdigest()
    assert [(one.given, one.at, one.wording, one.recipient) for one in consents(here, ann)] == [
        (True, "2026-12-04T16:00:00.000Z", wording, "CPE Monitor"),
        (False, "2026-12-04T16:05:00.000Z", wording, "CPE Monitor"),
    ]


def test_asks_for_a_new_decision(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="nurse")
    ann.takes(*everything())
    assert here.record()["outcome"] == "shortfall"
    ann.profile(profession="physician")
    assert here.record()["outcome"] == "award"


def test_is_encrypted_in_the_database(on_sqlite: ABridge) -> None:
    ann = on_sqlite.registers().launched()
    ann.profile(name="Ann Ångström", identifiers={"nabp-eprofile": NUMBER})
    on_sqlite.bridge.close()
    written = b"".join(path.read_bytes() for path in on_sqlite.bridge.config.data.glob("bridge.sqlite*"))
    assert "Ångström".encode() not in written
    assert NUMBER.encode() not in written


def test_needs_a_token(on_sqlite: ABridge) -> None:
    assert on_sqlite.client.put("/launch/profile", json={"name": "x"}).status_code == 401
