"""A learner is erased: who they are goes, figures and proofs stay, and nothing that comes again brings them back."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import pytest
from click.testing import CliRunner

from lrs_bridge import work
from lrs_bridge.cli import main
from lrs_bridge.deciding import certify, measuring, sealing
from lrs_bridge.erasing import erasure, retaining, retention
from lrs_bridge.erasing.erasure import Report, Wanted
from lrs_bridge.store import audit, certificates, people
from lrs_bridge.store.engine import reading
from lrs_bridge.store.tables import metadata
from scorm_packager.activity.problems import ProblemsFound
from tests.bridge.builders import KEY_OF_BOB, STATEMENT_ID, ABridge, Launched, a_statement
from tests.bridge.certificates import an_activity
from tests.bridge.learning import ACTIVITY, Event, a_definition, assessed, everything, opened

ANN = {"mbox": "mailto:ann.example@northfield.example"}
COMMENT = "Dr Example at the Northfield clinic told me so"
A_COMMENT = {"id": "why", "kind": "text", "stem_html": "Why?"}


def person_of(here: ABridge, learner_id: str = "ann-4711") -> str:
    with reading(here.bridge.engine) as connection:
        found = people.learner(connection, "northfield", learner_id)
    assert found is not None
    return found.person


def wanted(here: ABridge, **changes: Any) -> Wanted:
    return Wanted(**{"person": person_of(here), "who": "R. Abara", "why": "asked for it"} | changes)


def works(here: ABridge) -> None:
    work.decide_all(here.bridge, certify.after_deciding)


def with_comment(here: ABridge) -> ABridge:
    return here.registers(a_definition(evaluation=[*a_definition().model_dump(mode="json")["evaluation"], A_COMMENT]))


def a_learner(here: ABridge, *events: Event, amount: str = "1.00") -> Launched:
    """Ann, with credit, a comment, and what another tool said about her in her registration."""
    ann = here.launched("ann-4711")
    ann.profile(name="Ann Example", profession="physician")
    ann.takes(opened(), *events, Event("rated", {"i": "why", "r": COMMENT}), *everything(amount=amount))
    answer = here.posts(told_by_a_tool(ann), headers=here.key("lms"))
    assert answer.status_code == 200, answer.text
    works(here)
    return ann


def told_by_a_tool(ann: Launched, **changes: Any) -> dict[str, Any]:
    context = {"registration": ann.answer["registration"], "extensions": {"https://tool.example/ip": "10.0.0.7"}}
    return a_statement(actor=ANN | {"name": "Ann Example"}, context=context, result={"response": "my words"}, **changes)


def everything_kept(here: ABridge) -> str:
    """Every text in every table, as whoever reads the database sees it."""
    with reading(here.bridge.engine) as connection:
        rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    return repr(rows)


def erases(here: ABridge, **changes: Any) -> Report:
    return erasure.carried_out(here.bridge, wanted(here, **changes))


def test_it_works(here: ABridge) -> None:
    a_learner(with_comment(here))
    words = ("ann.example@", "Ann Example", "ann-4711", "my words", COMMENT, "10.0.0.7")
    before = everything_kept(here)
    assert [word for word in words if word not in before] == []
    report = erases(here, credit=True)
    after = everything_kept(here)
    assert [word for word in words if word in after] == []
    assert report.goes["statements"] >= 2
    assert report.goes["site's learner ids"] == 1


def test_counts_beforehand_and_changes_nothing(here: ABridge) -> None:
    a_learner(with_comment(here))
    before = everything_kept(here)
    report = erasure.rehearsed(here.bridge, wanted(here, credit=True))
    assert everything_kept(here) == before
    assert erases(here, credit=True).goes == report.goes


def test_erasing_again_finds_nothing(here: ABridge) -> None:
    a_learner(with_comment(here))
    again = wanted(here, credit=True)
    erasure.carried_out(here.bridge, again)
    works(here)
    assert erasure.rehearsed(here.bridge, again).goes == {}


def test_leaves_credit_and_outcomes_as_they_were(here: ABridge) -> None:
    with_comment(here)
    a_learner(here, *assessed("pre", "b", "a", "a", "b"))
    bob = here.launched("bob", KEY_OF_BOB)
    bob.profile(name="Bob Other", profession="physician")
    bob.takes(opened(), *assessed("pre", "a", "a", "a", "b"), *everything())
    works(here)
    before = figures(here)
    erases(here, credit=True)
    works(here)
    assert figures(here) == before


def figures(here: ABridge, comment: str = COMMENT) -> Any:
    records = [{name: value for name, value in one.items() if name not in ("certificate", "learner_id")} for one in here.records()]
    with reading(here.bridge.engine) as connection:
        measured = measuring.measured(here.bridge, connection, ACTIVITY)
    return records, json.loads(json.dumps(measured, default=str).replace(comment, "[erased]"))


def test_the_ledger_still_proves_itself(here: ABridge) -> None:
    a_learner(with_comment(here))
    sealing.seal(here.bridge)
    erases(here, credit=True)
    works(here)
    sealing.seal(here.bridge)
    with reading(here.bridge.engine) as connection:
        assert sealing.problems(here.bridge, connection) == ()


def test_the_statement_keeps_its_id_and_stays_findable_by_it(here: ABridge) -> None:
    a_learner(with_comment(here))
    erases(here)
    answer = here.gets(STATEMENT_ID)
    assert (answer.status_code, answer.json["verb"]["id"]) == (200, "http://adlnet.gov/expapi/verbs/experienced")


def test_nobody_finds_statements_by_what_was_erased(here: ABridge) -> None:
    a_learner(with_comment(here))
    by_agent = {"agent": json.dumps(ANN)}
    headers = here.key("full")
    assert len(here.client.get("/xapi/statements", query_string=by_agent, headers=headers).json["statements"]) == 1
    erases(here)
    assert here.client.get("/xapi/statements", query_string=by_agent, headers=headers).json["statements"] == []


def test_takes_the_same_statement_again_without_taking_it_back(here: ABridge) -> None:
    ann = a_learner(with_comment(here))
    erases(here)
    answer = here.posts(told_by_a_tool(ann), headers=here.key("lms"))
    assert answer.status_code == 200
    assert "ann.example@" not in here.gets(STATEMENT_ID).text


def test_refuses_another_statement_under_its_id(here: ABridge) -> None:
    ann = a_learner(with_comment(here))
    erases(here)
    other = told_by_a_tool(ann) | {"result": {"response": "other words"}}
    assert here.posts(other, headers=here.key("lms")).status_code == 409


def test_statements_elsewhere_by_the_same_name_go_too(here: ABridge) -> None:
    a_learner(with_comment(here))
    elsewhere = "11111111-63a4-4e0a-9d0f-3a8d2a6d3b11"
    here.posts(a_statement(id=elsewhere, actor={"mbox": "mailto:x@y.example"}, context={"instructor": ANN}))
    erases(here)
    assert "ann.example@" not in here.gets(elsewhere).text


def test_another_name_that_somebody_knows_of_goes_with_also(here: ABridge) -> None:
    a_learner(with_comment(here))
    openid = {"openid": "https://people.example/ann"}
    elsewhere = "11111111-63a4-4e0a-9d0f-3a8d2a6d3b11"
    here.posts(a_statement(id=elsewhere, actor=openid))
    erases(here, also=(openid,))
    assert "people.example/ann" not in here.gets(elsewhere).text


def test_another_learner_stays_whole(here: ABridge) -> None:
    with_comment(here)
    bob = here.launched("bob-0815", KEY_OF_BOB)
    bob.profile(name="Bob Other", profession="physician")
    bob.takes(opened(), Event("rated", {"i": "why", "r": "What Bob wrote"}), *everything())
    a_learner(here)
    erases(here, credit=True)
    kept = everything_kept(here)
    assert all(word in kept for word in ("bob-0815", "What Bob wrote"))
    assert here.launched("bob-0815", KEY_OF_BOB).answer["profile"]["name"] == "Bob Other"


def test_documents_and_attachments_go(here: ABridge) -> None:
    ann = a_learner(with_comment(here))
    at = {"activityId": ACTIVITY, "agent": json.dumps(ANN), "stateId": "s"}
    headers = here.key("full") | {"Content-Type": "text/plain"}
    assert here.client.put("/xapi/activities/state", query_string=at, data="Ann's notes", headers=headers).status_code == 204
    sends_an_essay(here, ann)
    report = erases(here)
    assert (report.goes["documents"], report.goes["attachments"]) == (1, 1)
    assert "Ann's notes" not in everything_kept(here)
    assert "An essay of mine" not in everything_kept(here)
    sends_an_essay(here, ann)
    assert "An essay of mine" not in everything_kept(here)


def sends_an_essay(here: ABridge, ann: Launched) -> None:
    essay = b"An essay of mine"
    sha2 = hashlib.sha256(essay).hexdigest()
    named = {
        "usageType": "https://x.example/essay",
        "display": {"en": "Essay"},
        "contentType": "text/plain",
        "length": len(essay),
        "sha2": sha2,
    }
    said = json.dumps(told_by_a_tool(ann) | {"id": "22222222-63a4-4e0a-9d0f-3a8d2a6d3b11", "attachments": [named]}).encode()
    part = b"--b\r\nContent-Type: application/json\r\n\r\n" + said
    other = b"\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " + sha2.encode()
    headers = here.key("lms") | {"Content-Type": "multipart/mixed; boundary=b"}
    answer = here.client.post("/xapi/statements", data=part + other + b"\r\n\r\n" + essay + b"\r\n--b--\r\n", headers=headers)
    assert answer.status_code == 200, answer.text


def test_the_next_launch_is_somebody_new(here: ABridge) -> None:
    ann = a_learner(with_comment(here))
    before = person_of(here)
    erases(here, credit=True)
    again = here.launched("ann-4711")
    assert person_of(here) != before
    assert again.answer["profile"] is None
    assert again.answer["registration"] != ann.answer["registration"]


def test_what_was_erased_is_not_in_the_file(here: ABridge) -> None:
    if here.bridge.engine.dialect.name != "sqlite":
        return  # PostgreSQL reuses the room after its own vacuum: docs/operations.md says so
    a_learner(with_comment(here))
    erases(here, credit=True)
    written = b"".join(path.read_bytes() for path in here.bridge.config.data.glob("bridge.sqlite*"))
    assert b"ann.example@" not in written
    assert COMMENT.encode() not in written


# --- whom the LMS itself names ------------------------------------------------------------------

LMS_REGISTRATION = "9d4b6b8a-2f0e-4a53-8a44-0d6a1f8f2a10"


def named_by_the_lms(here: ABridge, learner_id: str, key: str) -> Launched:
    """As cmi5 launches: actor and registration are the LMS's; two learners may share a registration."""
    actor = {"objectType": "Agent", "account": {"homePage": "https://lms.northfield.example", "name": learner_id}}
    launched = here.launched(learner_id, key, actor=actor, registration=LMS_REGISTRATION)
    launched.profile(name=f"Name of {learner_id}", profession="physician")
    launched.takes(opened(), Event("rated", {"i": "why", "r": f"Words of {learner_id}"}), *everything())
    return launched


def test_a_learner_whom_the_lms_names_goes_from_a_registration_that_others_share(here: ABridge) -> None:
    with_comment(here)
    named_by_the_lms(here, "ann-4711", "c" * 32)
    named_by_the_lms(here, "bob-0815", "d" * 32)
    works(here)
    before = figures(here, "Words of ann-4711")
    erases(here, credit=True)
    works(here)
    assert figures(here, "Words of ann-4711") == before
    kept = everything_kept(here)
    assert ("ann-4711" in kept, "bob-0815" in kept, "Words of bob-0815" in kept) == (False, True, True)


# --- what an accreditor may ask for -------------------------------------------------------------


def certified(here: ABridge) -> Launched:
    ann = here.registers(an_activity()).launched("ann-4711")
    assert ann.profile(name="Ann Example", profession="physician").status_code == 204
    ann.takes(*everything(amount="1.00"))
    works(here)
    return ann


def standing(here: ABridge, ann: Launched) -> int:
    with reading(here.bridge.engine) as connection:
        return len(certificates.of_registration(connection, ann.answer["registration"]))


def test_awards_keep_their_name_for_six_years(here: ABridge) -> None:
    ann = certified(here)
    report = erases(here)
    works(here)
    assert standing(here, ann) == 1
    assert "ann-4711" in everything_kept(here)
    (stays,) = [kept for kept in report.stays if kept.what == "awards with names"]
    assert (stays.count, "six years" in stays.why) == (1, True)


def test_awards_lose_their_name_when_that_is_wanted(on_sqlite: ABridge) -> None:
    ann = certified(on_sqlite)
    url = ann.credit()["certificates"][0]["url"].partition("example")[2]
    assert erases(on_sqlite, credit=True).goes["certificates"] == 1
    works(on_sqlite)
    assert standing(on_sqlite, ann) == 0
    assert on_sqlite.client.get(url).status_code == 410
    assert [record["outcome"] for record in on_sqlite.records() if record["system"] == "ama-pra-1"] == ["award"]


def test_awards_lose_their_name_after_six_years(here: ABridge) -> None:
    a_learner(with_comment(here))
    here.clock.moves(days=2193)
    assert erases(here).goes["site's learner ids"] == 1


def test_leaves_a_trace_that_says_nothing_of_the_learner(here: ABridge) -> None:
    a_learner(with_comment(here))
    person = person_of(here)
    report = erases(here, credit=True)
    with reading(here.bridge.engine) as connection:
        (entry,) = [one for one in audit.listed(connection) if one.action == "learner erased"]
    assert (entry.subject, entry.who, entry.why, entry.facts["goes"]) == (person, "R. Abara", "asked for it", report.goes)


# --- what is kept long enough -------------------------------------------------------------------


def due(here: ABridge, key: str) -> int:
    return next(one.count for one in retaining.rehearsed(here.bridge) if one.key == key)


def test_lets_go_of_tokens_after_thirty_days(here: ABridge) -> None:
    here.launched("ann-4711")
    here.clock.moves(days=30)
    assert due(here, "launch-tokens") == 0  # it was good for twelve hours
    here.clock.moves(days=1)
    assert due(here, "launch-tokens") == 1
    retaining.carried_out(here.bridge, "R. Abara")
    assert due(here, "launch-tokens") == 0


def test_lets_go_of_names_on_awards_after_six_years(here: ABridge) -> None:
    a_learner(with_comment(here))
    here.clock.moves(days=2191)
    assert due(here, "credit-records") == 0
    here.clock.moves(days=2)
    assert due(here, "credit-records") == 1
    done = {one.key: one.count for one in retaining.carried_out(here.bridge, "R. Abara")}
    assert done["credit-records"] == 1
    assert "Ann Example" not in everything_kept(here)
    assert due(here, "credit-records") == 0


def test_keeps_those_without_credit_until_somebody_says_how_long(here: ABridge, tmp_path: Any) -> None:
    with_comment(here).launched("ann-4711").takes(opened())
    here.clock.moves(days=400)
    assert due(here, "people-without-credit") == 0
    path = tmp_path / "retention.yaml"
    path.write_text("retention: [{key: people-without-credit, days: 365, why: ours}]", encoding="utf-8")
    shorter = dataclasses.replace(here.bridge, config=dataclasses.replace(here.bridge.config, retention_file=path))
    counted = {one.key: one.count for one in retaining.rehearsed(shorter)}
    assert counted["people-without-credit"] == 1
    assert counted["launch-tokens"] == 1  # the other rules are as they were


@pytest.mark.parametrize(
    ("text", "said"),
    [("retention: [{key: x, days: 1, why: y}]", "There is no rule 'x'"), ("retention: [{key: documents, days: 0, why: y}]", "days")],
)
def test_says_what_is_wrong_with_a_file_of_rules(tmp_path: Any, text: str, said: str) -> None:
    path = tmp_path / "retention.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        retention.rules(path)
    assert said in str(found.value.problems[0])


# --- on the command line ------------------------------------------------------------------------


def test_the_commands_count_erase_and_log(on_sqlite: ABridge, monkeypatch: pytest.MonkeyPatch) -> None:
    a_learner(with_comment(on_sqlite))
    monkeypatch.setenv("LRS_BRIDGE_DATA", str(on_sqlite.bridge.config.data))
    monkeypatch.setenv("LRS_BRIDGE_PUBLIC_URL", on_sqlite.bridge.config.public_url)
    counted = said("erase", "northfield/ann-4711", "--credit", "--json")
    assert (counted["applied"], counted["goes"]["profiles"]) == (False, 1)
    done = said("erase", "northfield/ann-4711", "--credit", "--apply", "--json")
    assert (done["applied"], done["goes"]) == (True, counted["goes"])
    assert [one["key"] for one in said("retain", "--json")][:2] == ["credit-records", "people-without-credit"]
    assert "learner erased" in [one["action"] for one in said("audit", "--json")]


def said(*command: str) -> Any:
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)
