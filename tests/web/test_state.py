"""The State resource: what belongs to a learner, an activity and, where it is named, a registration (xAPI 1.0.3 Communication 2.3)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.bridge.builders import ABridge, codes
from tests.bridge.learning import ACTIVITY
from tests.web.documents import ANN, BOB, IN, OTHER_REGISTRATION, OTHER_THING, REGISTRATION, STATE, THING, Documents, documents, etag


def states(here: ABridge, version: str = "1.0.3") -> Documents:
    return documents(here, STATE, version)


def test_it_works(here: ABridge) -> None:
    there = states(here)
    assert there.puts(b'{"page": 7}').status_code == 204
    answer = there.calls("GET")
    assert (answer.status_code, answer.data, answer.headers["Content-Type"]) == (200, b'{"page": 7}', "application/json")


def test_both_mounts_open_on_the_same_documents(here: ABridge) -> None:
    there = states(here).has(b"1")
    assert replace(there, mount="/xapi/2.0").body() == b"1"


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain; charset=utf-16", "image/png"])
def test_gives_back_any_bytes_of_any_type_unchanged(here: ABridge, kind: str) -> None:
    body = bytes(range(256)) * 3
    there = states(here)
    there.puts(body, kind=kind)
    answer = there.calls("GET")
    assert (answer.data, answer.headers["Content-Type"]) == (body, kind)


def test_keeps_an_empty_document(here: ABridge) -> None:
    there = states(here)
    there.puts(b"", kind="text/plain")
    assert there.body() == b""


def test_a_type_that_was_not_named_may_be_anything(on_sqlite: ABridge) -> None:
    there = states(on_sqlite)
    there.puts(b"abc", kind=None)
    assert there.calls("GET").headers["Content-Type"] == "application/octet-stream"


def test_a_stored_page_is_never_run_as_a_page_of_the_bridge(on_sqlite: ABridge) -> None:
    there = states(on_sqlite)
    there.puts(b"<script>alert(1)</script>", kind="text/html")
    answer = there.calls("GET")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_answers_head_as_get_without_the_body(on_sqlite: ABridge) -> None:
    there = states(on_sqlite)
    there.puts(b'{"page": 7}')
    got, head = there.calls("GET"), there.calls("HEAD")
    assert (head.status_code, head.data) == (200, b"")
    assert {name: head.headers[name] for name in ("ETag", "Content-Type", "Content-Length", "Last-Modified")} == {
        name: got.headers[name] for name in ("ETag", "Content-Type", "Content-Length", "Last-Modified")
    }


def test_an_unknown_document_is_not_found(on_sqlite: ABridge) -> None:
    assert codes(states(on_sqlite).calls("GET")) == ["document-unknown"]


def test_overwrites_without_a_condition_in_1_0_3(here: ABridge) -> None:
    there = states(here).has(b"1")
    assert there.puts(b"2").status_code == 204
    assert there.body() == b"2"


# --- whose it is --------------------------------------------------------------------------------

CONTEXTS = [
    {"activityId": OTHER_THING},
    {"agent": json.dumps(BOB)},
    {"registration": REGISTRATION},
]


@pytest.mark.parametrize("other", CONTEXTS, ids=lambda other: next(iter(other)))
def test_every_part_of_the_context_keeps_documents_apart(here: ABridge, other: dict[str, str]) -> None:
    there = states(here).has(b'"first"')
    there.of(**other).has(b'"second"')
    assert (there.body(), there.of(**other).body()) == (b'"first"', b'"second"')


SPELLINGS = [
    ANN | {"name": "Ann"},
    ANN | {"objectType": "Agent"},
    {"objectType": "Agent", "name": "Dr Ann", "mbox": "mailto:ann@northfield.example"},
]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_one_agent_is_the_same_however_it_is_spelled(on_sqlite: ABridge, spelled: dict[str, str]) -> None:
    there = states(on_sqlite).has(b'"hers"')
    assert there.of(agent=json.dumps(spelled)).body() == b'"hers"'


def test_a_registration_is_the_same_in_capitals(on_sqlite: ABridge) -> None:
    there = states(on_sqlite).of(registration=REGISTRATION).has(b"1")
    assert there.of(registration=REGISTRATION.upper()).body() == b"1"


# --- many ---------------------------------------------------------------------------------------


def test_lists_the_ids_of_a_context(here: ABridge) -> None:
    there = states(here).has(b"1", "b").has(b"2", "a")
    there.of(registration=REGISTRATION).has(b"3", "of a registration")
    there.of(activityId=OTHER_THING).has(b"4", "of another activity")
    there.of(agent=json.dumps(BOB)).has(b"5", "of another learner")
    assert there.names() == ["a", "b"]
    assert there.of(registration=REGISTRATION).names() == ["of a registration"]


def test_lists_only_what_changed_after_since(here: ABridge) -> None:
    there = states(here).has(b"1", "before")
    here.clock.moves(seconds=1)
    there.has(b"1", "at that moment")
    at = "2026-12-04T16:00:01.000Z"
    here.clock.moves(milliseconds=1)
    there.has(b"1", "after")
    assert there.names(since=at) == ["after"]


def test_a_change_counts_for_since(here: ABridge) -> None:
    there = states(here).has(b"1")
    here.clock.moves(seconds=1)
    there.puts(b"2")
    assert there.names(since="2026-12-04T16:00:00.000Z") == ["bookmark"]


def test_since_may_stand_in_any_zone(on_sqlite: ABridge) -> None:
    there = states(on_sqlite).has(b"1")
    assert there.names(since="2026-12-04T09:59:59-06:00") == ["bookmark"]
    assert there.names(since="2026-12-04T17:00:00+01:00") == []


def test_deletes_one_document(here: ABridge) -> None:
    there = states(here).has(b"1", "a").has(b"2", "b")
    assert there.calls("DELETE", "a").status_code == 204
    assert there.names() == ["b"]


def test_deleting_what_is_not_there_is_no_fault(on_sqlite: ABridge) -> None:
    assert states(on_sqlite).calls("DELETE").status_code == 204


def test_deletes_all_of_one_context_and_nothing_else(here: ABridge) -> None:
    there = states(here).has(b"1", "a").has(b"2", "b")
    others = [there.of(**changed).has(b"3", "kept") for changed in CONTEXTS]
    assert there.calls("DELETE", None).status_code == 204
    assert (there.names(), [other.names() for other in others]) == ([], [["kept"]] * 3)


def test_deleting_the_documents_of_a_registration_keeps_the_others(here: ABridge) -> None:
    there = states(here).has(b"1", "without")
    there.of(registration=OTHER_REGISTRATION).has(b"2", "of the other")
    mine = there.of(registration=REGISTRATION).has(b"3")
    assert mine.calls("DELETE", None).status_code == 204
    assert (mine.names(), there.names(), there.of(registration=OTHER_REGISTRATION).names()) == ([], ["without"], ["of the other"])


def test_refuses_a_condition_for_deleting_many(on_sqlite: ABridge) -> None:
    there = states(on_sqlite).has(b"1")
    assert codes(there.calls("DELETE", None, If_Match=etag(b"1"))) == ["condition-of-many"]
    assert there.body() == b"1"


# --- what is wrong with a request ---------------------------------------------------------------

WRONG = [
    ("GET", {"activityId": None}, "missing-parameter"),
    ("GET", {"activityId": "no iri"}, "malformed-parameter"),
    ("PUT", {"agent": None}, "missing-parameter"),
    ("POST", {"agent": "not JSON"}, "not-json"),
    ("DELETE", {"agent": "{}"}, "missing-identifier"),
    ("PUT", {"agent": json.dumps({"objectType": "Group"} | ANN)}, "unknown-value"),
    ("PUT", {"agent": json.dumps(ANN | {"openid": "https://ann.example/"})}, "too-many-identifiers"),
    ("PUT", {"agent": json.dumps({"account": {"name": "ann"}})}, "missing-property"),
    ("PUT", {"agent": '{"mbox": "mailto:a@b.example", "mbox": "mailto:c@d.example"}'}, "ambiguous-json"),
    ("GET", {"registration": "not-a-uuid"}, "malformed-parameter"),
    ("GET", {"Registration": REGISTRATION}, "unknown-parameter"),
    ("PUT", {"profileId": "1"}, "unknown-parameter"),
    ("PUT", {"stateId": ""}, "malformed-parameter"),
    ("PUT", {"stateId": "a\x00b"}, "malformed-parameter"),
]


@pytest.mark.parametrize(("method", "changes", "code"), WRONG)
def test_refuses_a_request_that_is_not_one(on_sqlite: ABridge, method: str, changes: dict[str, str | None], code: str) -> None:
    there = states(on_sqlite).of(**changes)
    name = None if "stateId" in changes else "bookmark"
    answer = there.calls(method, name, b"{}", Content_Type="application/json")
    assert (answer.status_code, codes(answer)) == (400, [code])


@pytest.mark.parametrize("kind", ["текст/plain", "text/plain\x01", "text/" + "x" * 300])
def test_refuses_a_type_that_no_answer_could_carry(on_sqlite: ABridge, kind: str) -> None:
    form = IN[STATE] | {"stateId": "bookmark", "content": "two", "Content-Type": kind, "X-Experience-API-Version": "1.0.3"}
    answer = on_sqlite.client.post("/xapi/activities/state?method=PUT", data=form, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, ["content-type"])


def test_put_and_post_name_their_document(on_sqlite: ABridge) -> None:
    for method in ("PUT", "POST"):
        assert codes(states(on_sqlite).calls(method, None, b"{}")) == ["missing-parameter"]


def test_since_asks_for_a_list(on_sqlite: ABridge) -> None:
    assert codes(states(on_sqlite).calls("GET", more={"since": "2026-12-04T16:00:00Z"})) == ["one-or-many"]
    assert codes(states(on_sqlite).calls("GET", None, more={"since": "yesterday"})) == ["malformed-parameter"]


# --- who may do it ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["full", "lms"])
def test_a_key_that_may_write_statements_may_write_states(on_sqlite: ABridge, role: str) -> None:
    assert documents(on_sqlite, STATE, role=role).puts().status_code == 204


@pytest.mark.parametrize(("method", "scope"), [("PUT", "'state'"), ("POST", "'state'"), ("DELETE", "'state'")])
def test_a_report_key_reads_and_is_told_what_it_lacks_for_writing(on_sqlite: ABridge, method: str, scope: str) -> None:
    states(on_sqlite).has(b"1")
    reader = documents(on_sqlite, STATE, role="report")
    answer = reader.calls(method, body=b"{}")
    assert (reader.body(), answer.status_code, codes(answer)) == (b"1", 403, ["scope-missing"])
    assert scope in answer.text


def test_an_author_key_reads_no_state(on_sqlite: ABridge) -> None:
    states(on_sqlite).has(b"1")
    answer = documents(on_sqlite, STATE, role="author").calls("GET")
    assert (answer.status_code, "'state/read'" in answer.text) == (403, True)


def a_learners(here: ABridge) -> Documents:
    """States of a launch, asked with its token."""
    launched = here.registers().launched()
    where = {"activityId": ACTIVITY, "agent": json.dumps(launched.answer["actor"]), "registration": launched.answer["registration"]}
    return Documents(here, launched.headers, STATE, where)


def test_a_launch_token_keeps_its_own_state(here: ABridge) -> None:
    mine = a_learners(here).has(b'{"place": 3}')
    assert mine.body() == b'{"place": 3}'
    assert mine.of(activityId=f"{ACTIVITY}/contents/1").has(b"1").names() == ["bookmark"]


NOT_ITS_OWN = [
    {"registration": None},
    {"registration": OTHER_REGISTRATION},
    {"activityId": THING},
    {"activityId": ACTIVITY + "-of-others"},
    {"agent": json.dumps(ANN)},
]


@pytest.mark.parametrize("other", NOT_ITS_OWN)
@pytest.mark.parametrize(
    ("method", "name"), [("GET", "bookmark"), ("GET", None), ("PUT", "bookmark"), ("POST", "bookmark"), ("DELETE", None)]
)
def test_a_launch_token_reaches_no_other_state(on_sqlite: ABridge, other: dict[str, str | None], method: str, name: str | None) -> None:
    answer = a_learners(on_sqlite).of(**other).calls(method, name, b"{}")
    assert (answer.status_code, codes(answer)) == (403, ["another-document"])


# --- sites --------------------------------------------------------------------------------------


def of_site(here: ABridge, site: str) -> Documents:
    here.adds_site(site)
    return replace(states(here), headers=here.key("lms", site=site) | {"X-Experience-API-Version": "1.0.3"})


def test_a_sites_key_does_not_see_what_another_site_keeps(here: ABridge) -> None:
    of_site(here, "northfield").has(b"1")
    assert of_site(here, "lakeside").calls("GET").status_code == 404


def test_two_sites_may_keep_documents_of_the_same_name(here: ABridge) -> None:
    northfield, lakeside = of_site(here, "northfield"), of_site(here, "lakeside")
    northfield.has(b"1")
    lakeside.has(b"2")
    assert (northfield.body(), lakeside.body()) == (b"1", b"2")


def test_a_sites_key_does_not_remove_what_another_site_keeps(here: ABridge) -> None:
    northfield = of_site(here, "northfield").has(b"1")
    of_site(here, "lakeside").calls("DELETE", name=None)
    assert northfield.body() == b"1"
