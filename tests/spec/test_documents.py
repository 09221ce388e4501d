"""States and profiles: documents under a key, guarded by ETags, merged by POST (xAPI 1.0.3 Communication 2.2-2.3, 2.6-3.1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from werkzeug.test import TestResponse

from tests.spec.examples import AGENTS, GROUPS
from tests.spec.lrs import LRS, in_query, new_activity, new_agent, new_id
from tests.spec.requirements import asks, asks_each

ENGINES = ("sqlite", "postgresql")
Query = dict[str, Any]
NEW = {"If-None-Match": "*"}
BYTES = bytes(range(256))


@dataclass(frozen=True)
class Shelf:
    """One of the three resources: its address, what a document's key is called, and a place nobody used yet."""

    name: str
    path: str
    key: str
    new_place: Callable[[], Query]

    def asks(self, lrs: LRS, method: str, query: Query, data: bytes = b"", kind: str = "", **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()} | ({"Content-Type": kind} if kind else {})
        return lrs.asks(method, self.path, query_string=in_query(query), data=data or None, headers=named)

    def keeps(self, lrs: LRS, place: Query, identity: str, data: bytes = b'{"a":1}', kind: str = "application/json") -> Query:
        """Puts a document that must not be there yet; gives its query."""
        query = {**place, self.key: identity}
        answer = self.asks(lrs, "PUT", query, data, kind, If_None_Match="*")
        assert answer.status_code == 204, answer.text
        return query

    def document(self, lrs: LRS, query: Query) -> bytes | None:
        answer = self.asks(lrs, "GET", query)
        assert answer.status_code in (200, 404), answer.text
        return answer.data if answer.status_code == 200 else None


STATE = Shelf("state", "/activities/state", "stateId", lambda: {"activityId": new_activity(), "agent": new_agent()})
AGENT = Shelf("agent profile", "/agents/profile", "profileId", lambda: {"agent": new_agent()})
ACTIVITY = Shelf("activity profile", "/activities/profile", "profileId", lambda: {"activityId": new_activity()})
SHELVES = (STATE, AGENT, ACTIVITY)


def on(state: str, agent: str, activity: str) -> list[tuple[tuple[str, ...], Shelf]]:
    """Rows of a table: the requirements' numbers on each of the three."""
    numbers = zip((state, agent, activity), SHELVES, strict=True)
    return [(tuple(f"XAPI-00{number}" for number in given.split()), shelf) for given, shelf in numbers]


# --- put, get, delete ---------------------------------------------------------------------------


@asks_each(on("188 190 192 217 230", "259 269 273 274 282", "287 288 290 293 311"), engines=ENGINES)
def test_keeps_a_document_byte_for_byte_with_its_content_type(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "bytes", BYTES, "image/x-own; q=1")
    answer = row.asks(lrs, "GET", query)
    assert (answer.status_code, answer.data, answer.headers["Content-Type"]) == (200, BYTES, "image/x-own; q=1")


@asks_each(on("187 191 216", "271", "285 291"), engines=ENGINES)
def test_deletes_one_document_and_no_other(lrs: LRS, row: Shelf) -> None:
    place = row.new_place()
    gone, kept = row.keeps(lrs, place, "gone"), row.keeps(lrs, place, "kept")
    tag = row.asks(lrs, "GET", gone).headers["ETag"]
    assert row.asks(lrs, "DELETE", gone, If_Match=tag).status_code == 204
    assert (row.document(lrs, gone), row.document(lrs, kept)) == (None, b'{"a":1}')


@asks("XAPI-00194", engines=ENGINES)
def test_deletes_all_states_of_one_context(lrs: LRS) -> None:
    place, other = STATE.new_place(), STATE.new_place()
    STATE.keeps(lrs, place, "one")
    STATE.keeps(lrs, place, "two")
    elsewhere = STATE.keeps(lrs, other, "one")
    assert STATE.asks(lrs, "DELETE", place).status_code == 204
    assert json.loads(STATE.asks(lrs, "GET", place).data) == []
    assert STATE.document(lrs, elsewhere) is not None


# --- lists --------------------------------------------------------------------------------------


@asks_each(on("193", "270", "289"), engines=ENGINES)
def test_lists_the_ids_of_a_place(lrs: LRS, row: Shelf) -> None:
    place = row.new_place()
    assert json.loads(row.asks(lrs, "GET", place).data) == []
    for identity in ("one", "https://profiles.example/two", "Ünïcödé 案例"):
        row.keeps(lrs, place, identity)
    row.keeps(lrs, row.new_place(), "elsewhere")
    answer = row.asks(lrs, "GET", place)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert sorted(json.loads(answer.data)) == sorted(["one", "https://profiles.example/two", "Ünïcödé 案例"])


@asks_each(on("195 221", "268 275", "294 303"), engines=ENGINES)
def test_lists_what_was_stored_after_a_time(lrs: LRS, row: Shelf) -> None:
    place = row.new_place()
    lrs.waits()
    row.keeps(lrs, place, "early")
    between = lrs.waits()
    lrs.waits()
    row.keeps(lrs, place, "late")
    assert json.loads(row.asks(lrs, "GET", {**place, "since": between}).data) == ["late"]
    assert json.loads(row.asks(lrs, "GET", {**place, "since": lrs.waits()}).data) == []


@asks_each(on("204", "260", "295"))
def test_refuses_a_since_that_is_no_timestamp(lrs: LRS, row: Shelf) -> None:
    for since in ("yesterday", "2026-13-01T00:00:00Z", "", "5"):
        assert row.asks(lrs, "GET", {**row.new_place(), "since": since}).status_code == 400, since


# --- parameters ---------------------------------------------------------------------------------

# (shelf, parameter) -> the numbers for these methods.
METHODS = ("DELETE", "GET", "POST", "PUT")
NEEDED: list[tuple[Shelf, str, tuple[int, int, int, int]]] = [
    (STATE, "activityId", (207, 208, 209, 210)),
    (STATE, "agent", (212, 213, 214, 215)),
    (STATE, "stateId", (0, 0, 211, 206)),
    (AGENT, "agent", (262, 261, 263, 264)),
    (AGENT, "profileId", (265, 0, 266, 267)),
    (ACTIVITY, "activityId", (297, 296, 298, 299)),
    (ACTIVITY, "profileId", (300, 0, 301, 302)),
]
MISSING = [
    ((f"XAPI-00{number}",), (shelf, name, method))
    for shelf, name, numbers in NEEDED
    for method, number in zip(METHODS, numbers, strict=True)
    if number
]


def sends(lrs: LRS, shelf: Shelf, method: str, query: Query) -> int:
    body = (b'{"a":1}', "application/json") if method in ("POST", "PUT") else ()
    condition = {"If_None_Match": "*"} if method == "PUT" else {}
    return shelf.asks(lrs, method, query, *body, **condition).status_code


@asks_each(MISSING)
def test_refuses_a_request_without_a_parameter_that_it_needs(lrs: LRS, row: tuple[Shelf, str, str]) -> None:
    shelf, name, method = row
    query = {**shelf.new_place(), shelf.key: "one"}
    assert sends(lrs, shelf, method, {other: value for other, value in query.items() if other != name}) == 400
    empty = sends(lrs, shelf, method, query | {name: ""})
    assert empty == 400 or name == shelf.key


NO_AGENTS: tuple[Any, ...] = (
    "ann",
    "mailto:ann@learners.example",
    "[]",
    "{}",
    "{",
    "null",
    '"ann"',
    {"mbox": "ann@learners.example"},
    {"mbox": "mailto:ann@learners.example", "openid": "https://ann.example"},
    {"name": "Ann"},
    {"account": {"name": "ann"}},
    {"mbox": "mailto:ann@learners.example", "more": 1},
    GROUPS["anonymous group"],
)
AGENT_ROWS = [
    ((f"XAPI-00{number}", "XAPI-00012"), (shelf, method))
    for shelf, numbers in ((STATE, (196, 197, 198, 199)), (AGENT, (255, 258, 256, 257)))
    for method, number in zip(METHODS, numbers, strict=True)
]


@asks_each(AGENT_ROWS)
def test_refuses_an_agent_that_is_none(lrs: LRS, row: tuple[Shelf, str]) -> None:
    shelf, method = row
    for agent in NO_AGENTS:
        assert sends(lrs, shelf, method, {**shelf.new_place(), shelf.key: "one", "agent": agent}) == 400, agent
    for agent in AGENTS.values():
        query = {**shelf.new_place(), shelf.key: new_id(), "agent": agent}
        assert sends(lrs, shelf, method, query) in (200, 204, 404), agent


@asks_each([((f"XAPI-00{number}", "XAPI-00012"), method) for method, number in zip(METHODS, (200, 201, 202, 203), strict=True)])
def test_refuses_a_registration_that_is_no_uuid(lrs: LRS, row: str) -> None:
    for registration in ("", "1", "9d2b1c3e0f4a4b5c8d6e7f8091a2b3c4", "not-a-uuid"):
        assert sends(lrs, STATE, row, {**STATE.new_place(), "stateId": "one", "registration": registration}) == 400, registration


@asks("XAPI-00218", "XAPI-00219", "XAPI-00220", "XAPI-00227", engines=ENGINES)
def test_keeps_states_of_registrations_apart(lrs: LRS) -> None:
    place = STATE.new_place()
    first, second = ({**place, "registration": new_id()} for _ in range(2))
    STATE.keeps(lrs, first, "place", b'{"of":"first"}')
    posted = {**second, "stateId": "place"}
    assert STATE.asks(lrs, "POST", posted, b'{"of":"second"}', "application/json").status_code == 204
    assert STATE.document(lrs, {**first, "stateId": "place"}) == b'{"of":"first"}'
    assert STATE.document(lrs, posted) == b'{"of":"second"}'
    assert STATE.document(lrs, {**place, "stateId": "place"}) is None
    assert (
        STATE.asks(lrs, "DELETE", {**first, "stateId": "place"}, **if_match(lrs, STATE, {**first, "stateId": "place"})).status_code == 204
    )
    assert (STATE.document(lrs, {**first, "stateId": "place"}), STATE.document(lrs, posted)) == (None, b'{"of":"second"}')


def if_match(lrs: LRS, shelf: Shelf, query: Query) -> dict[str, str]:
    return {"If_Match": shelf.asks(lrs, "GET", query).headers["ETag"]}


# --- merging ------------------------------------------------------------------------------------

JSON = "application/json"


def posts(lrs: LRS, shelf: Shelf, query: Query, data: bytes, kind: str = JSON) -> int:
    """POST as a careful client sends it: with the tag of what it saw."""
    there = shelf.asks(lrs, "GET", query)
    tag = {"If_Match": there.headers["ETag"]} if there.status_code == 200 else {}
    return shelf.asks(lrs, "POST", query, data, kind, **tag).status_code


@asks_each(on("189 231 233", "272 280 283", "286 292 310 312"), engines=ENGINES)
def test_keeps_a_posted_document_that_was_not_there(lrs: LRS, row: Shelf) -> None:
    query = {**row.new_place(), row.key: "one"}
    assert posts(lrs, row, query, b"plain text", "text/plain") == 204
    assert row.document(lrs, query) == b"plain text"


@asks_each(on("234 183 184", "279 183 184", "308 183 184"), engines=ENGINES)
def test_merges_objects_at_their_first_level(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "one", b'{"a":1,"deep":{"x":1,"y":2},"stays":[1]}')
    assert posts(lrs, row, query, b'{"a":2,"deep":{"z":3},"new":null}') == 204
    assert json.loads(row.document(lrs, query) or b"") == {"a": 2, "deep": {"z": 3}, "stays": [1], "new": None}


@asks_each(on("232 182", "278 182", "309 182"))
def test_refuses_to_merge_another_content_type(lrs: LRS, row: Shelf) -> None:
    kept = row.keeps(lrs, row.new_place(), "json")
    assert posts(lrs, row, kept, b'{"a":2}', "text/plain") == 400
    assert row.document(lrs, kept) == b'{"a":1}'
    other = row.keeps(lrs, row.new_place(), "text", b'{"a":1}', "text/plain")
    assert posts(lrs, row, other, b'{"a":2}') == 400
    assert row.document(lrs, other) == b'{"a":1}'


@asks_each(on("229 182", "284 182", "313 182"))
def test_refuses_to_merge_what_is_no_object(lrs: LRS, row: Shelf) -> None:
    kept = row.keeps(lrs, row.new_place(), "object")
    assert [posts(lrs, row, kept, data) for data in (b"[1]", b'"a"', b"5", b"null")] == [400] * 4
    assert row.document(lrs, kept) == b'{"a":1}'
    array = row.keeps(lrs, row.new_place(), "array", b"[1]")
    assert posts(lrs, row, array, b'{"a":2}') == 400
    assert row.document(lrs, array) == b"[1]"


@asks_each(on("235 182", "281 182", "314 182"))
def test_refuses_json_that_is_none(lrs: LRS, row: Shelf) -> None:
    kept = row.keeps(lrs, row.new_place(), "object")
    assert [posts(lrs, row, kept, data) for data in (b"{a:1}", b'{"a":1', b"a=1", b"\xff\xfe")] == [400] * 4
    assert row.document(lrs, kept) == b'{"a":1}'
    new = {**row.new_place(), row.key: "new"}
    assert (posts(lrs, row, new, b"{a:1}"), row.document(lrs, new)) == (400, None)


# --- ETags --------------------------------------------------------------------------------------

GUARDED = [(("XAPI-00322", "XAPI-00182"), AGENT), (("XAPI-00322", "XAPI-00182"), ACTIVITY), (("IEEE-state-concurrency",), STATE)]


@asks_each(GUARDED, engines=ENGINES)
def test_guards_a_document_by_its_tag(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "one")
    tag = row.asks(lrs, "GET", query).headers["ETag"]
    changed, again = (row.asks(lrs, "PUT", query, data, JSON, If_Match=tag) for data in (b'{"a":2}', b'{"a":3}'))
    assert (changed.status_code, again.status_code) == (204, 412)
    assert row.document(lrs, query) == b'{"a":2}'
    assert row.asks(lrs, "GET", query).headers["ETag"] != tag


@asks_each(GUARDED)
def test_does_not_put_over_what_is_there_without_a_condition(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "one")
    bare = row.asks(lrs, "PUT", query, b'{"a":2}', JSON)
    assert (bare.status_code, "If-Match" in bare.text) == (409, True)
    assert row.asks(lrs, "PUT", query, b'{"a":2}', JSON, If_None_Match="*").status_code == 412
    assert row.document(lrs, query) == b'{"a":1}'


@asks_each([(("XAPI-00322",), AGENT), (("XAPI-00322",), ACTIVITY)])
def test_asks_for_a_condition_on_a_new_profile_in_1_0_3(lrs: LRS, row: Shelf) -> None:
    query = {**row.new_place(), row.key: "one"}
    bare = row.asks(lrs, "PUT", query, b'{"a":1}', JSON)
    # xAPI 1.0.3 Communication 3.1: a client sends one of both headers; 2.0 speaks only of what is there already.
    assert (bare.status_code, row.document(lrs, query)) == ((400, None) if lrs.edition == "1.0.3" else (204, b'{"a":1}'))


@asks_each(GUARDED)
def test_holds_post_and_delete_to_a_failing_condition(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "one")
    wrong = f'"{"0" * 40}"'
    answers = [row.asks(lrs, "POST", query, b'{"a":2}', JSON, If_Match=wrong), row.asks(lrs, "DELETE", query, If_Match=wrong)]
    assert [answer.status_code for answer in answers] == [412, 412]
    assert row.document(lrs, query) == b'{"a":1}'


@asks_each([(("XAPI-00322",), shelf) for shelf in SHELVES])
def test_tags_a_document_with_the_sha1_of_its_bytes_in_1_0_3(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "one")
    tag = row.asks(lrs, "GET", query).headers["ETag"]
    assert tag.startswith('"')
    assert tag.endswith('"')
    digest = hashlib.sha1(b'{"a":1}').hexdigest()
    # xAPI 1.0.3 Communication 3.1 names SHA-1 in hex; 2.0 leaves the choice.
    assert lrs.edition == "2.0.0" or tag == f'"{digest}"'


@asks_each([(("IEEE-last-modified",), shelf) for shelf in SHELVES])
def test_says_when_a_document_was_changed(lrs: LRS, row: Shelf) -> None:
    query = row.keeps(lrs, row.new_place(), "one")
    before = parsedate_to_datetime(row.asks(lrs, "GET", query).headers["Last-Modified"])
    lrs.waits(5)
    assert posts(lrs, row, query, b'{"b":2}') == 204
    after = parsedate_to_datetime(row.asks(lrs, "GET", query).headers["Last-Modified"])
    assert (after - before).total_seconds() == 5
