"""Nobody's change of a document is lost: ETag, If-Match, If-None-Match (xAPI 1.0.3 Communication 3.1, xAPI 2.0 4.1.4, RFC 9110 §13)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi.etags import conditions
from tests.bridge.builders import ABridge, codes
from tests.web.documents import ACTIVITY_PROFILE, PROFILES, RESOURCES, STATE, Documents, documents, etag

VERSIONS = ["1.0.3", "2.0.0"]
# printf one | sha1sum
OF_ONE = '"fe05bcdcdc4928012781a5f1a2a77cbb5398e106"'
OTHER = '"1111111111111111111111111111111111111111"'


@pytest.fixture(params=RESOURCES)
def there(request: pytest.FixtureRequest, here: ABridge) -> Documents:
    return documents(here, request.param).has(b"one", kind="text/plain")


@pytest.fixture(params=RESOURCES)
def on_one(request: pytest.FixtureRequest, on_sqlite: ABridge) -> Documents:
    return documents(on_sqlite, request.param).has(b"one", kind="text/plain")


def test_it_works(there: Documents) -> None:
    found = there.calls("GET").headers["ETag"]
    assert found == OF_ONE
    assert there.puts(b"two", If_Match=found).status_code == 204
    assert there.body() == b"two"


def test_the_etag_follows_the_bytes(there: Documents) -> None:
    there.puts(b"two", If_Match=OF_ONE)
    # printf two | sha1sum
    assert there.calls("GET").headers["ETag"] == '"ad782ecdac770fc6eb9a62e44f90873fb97fb26b"'


def test_last_modified_is_the_second_of_the_change(there: Documents) -> None:
    there.here.clock.moves(minutes=2, milliseconds=700)
    there.puts(b"two", If_Match=OF_ONE)
    assert there.calls("GET").headers["Last-Modified"] == "Fri, 04 Dec 2026 16:02:00 GMT"


# --- conditions ---------------------------------------------------------------------------------

HOLD = [
    {"If_Match": OF_ONE},
    {"If_Match": "*"},
    {"If_Match": f"{OTHER}, {OF_ONE}"},
    {"If_Match": f' {OTHER} ,W/"x",, {OF_ONE} '},
    {"If_None_Match": OTHER},
    {"If_None_Match": f"W/{OTHER}"},
    {"If_Match": OF_ONE, "If_None_Match": OTHER},
]
FAIL = [
    {"If_Match": OTHER},
    {"If_Match": OF_ONE.upper()},
    {"If_Match": f"W/{OF_ONE}"},  # RFC 9110 §13.1.1 compares strongly: a weak tag never matches
    {"If_Match": '""'},
    {"If_None_Match": "*"},
    {"If_None_Match": OF_ONE},
    {"If_None_Match": f"W/{OF_ONE}"},
    {"If_None_Match": f"{OTHER}, {OF_ONE}"},
    {"If_Match": OF_ONE, "If_None_Match": "*"},
    {"If_Match": OTHER, "If_None_Match": OTHER},
]


@pytest.mark.parametrize("headers", HOLD, ids=str)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_condition_that_holds_lets_a_change_through(on_one: Documents, method: str, headers: dict[str, str]) -> None:
    assert on_one.calls(method, body=b"two", **headers).status_code == 204


@pytest.mark.parametrize("headers", FAIL, ids=str)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_condition_that_fails_changes_nothing(on_one: Documents, method: str, headers: dict[str, str]) -> None:
    answer = on_one.calls(method, body=b"{}", Content_Type="application/json", **headers)
    assert (answer.status_code, codes(answer), on_one.body()) == (412, ["precondition-failed"], b"one")


@pytest.mark.parametrize("headers", [{"If_Match": "*"}, {"If_Match": OTHER}])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_document_that_is_not_there_matches_nothing(on_one: Documents, method: str, headers: dict[str, str]) -> None:
    answer = on_one.calls(method, "another", b"{}", Content_Type="application/json", **headers)
    assert (answer.status_code, on_one.names()) == (412, ["bookmark"])


@pytest.mark.parametrize(
    "value", ["fe05bcdcdc4928012781a5f1a2a77cbb5398e106", '"half', "", f"{OF_ONE} {OTHER}", f"*, {OF_ONE}", f"w/{OF_ONE}"]
)
@pytest.mark.parametrize("header", ["If_Match", "If_None_Match"])
def test_refuses_what_is_no_tag_and_says_how_one_looks(on_one: Documents, header: str, value: str) -> None:
    answer = on_one.puts(b"two", **{header: value})
    assert (answer.status_code, codes(answer), on_one.body()) == (400, ["malformed-etag"], b"one")


def test_says_which_tag_the_document_has(on_one: Documents) -> None:
    assert OF_ONE.strip('"') in on_one.puts(b"two", If_Match=OTHER).text


def test_conditions_may_stand_in_the_form_of_the_alternate_syntax(on_one: Documents) -> None:
    name = "stateId" if on_one.path == STATE else "profileId"
    form = on_one.where | {name: "bookmark", "content": "two", "Content-Type": "text/plain", "X-Experience-API-Version": "1.0.3"}
    answers = [
        on_one.here.client.post(f"/xapi{on_one.path}?method=PUT", data=form | {"If-Match": tag}, headers=on_one.headers).status_code
        for tag in (OTHER, OF_ONE)
    ]
    assert (answers, on_one.body()) == ([412, 204], b"two")


@given(st.text(st.characters(max_codepoint=255), max_size=30) | st.from_regex(r'(W/)?"[^"]{0,3}"(, ?(W/)?"[a-z]*")*', fullmatch=True))
def test_any_header_is_read_or_refused(value: str) -> None:
    with suppress(Malformed):
        assert not conditions(value, None).hold(None)  # nothing that is not there is ever meant


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["*", OF_ONE, f"W/{OF_ONE}", f"{OTHER}, {OF_ONE}"])
def test_whoever_has_it_already_gets_no_second_copy(on_one: Documents, value: str) -> None:
    answer = on_one.calls("GET", If_None_Match=value)
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", OF_ONE)


def test_whoever_has_an_older_one_gets_the_new(on_one: Documents) -> None:
    assert on_one.calls("GET", If_None_Match=OTHER).data == b"one"


def test_reading_only_a_certain_version(on_one: Documents) -> None:
    assert on_one.calls("GET", If_Match=OF_ONE).data == b"one"
    assert on_one.calls("GET", If_Match=OTHER).status_code == 412


# --- no condition -------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", PROFILES)
def test_an_unconditional_put_never_replaces_a_profile(here: ABridge, path: str, version: str) -> None:
    there = documents(here, path, version).has(b"one")
    answer = there.puts(b"two")
    assert (answer.status_code, codes(answer), there.body()) == (409, ["document-exists"], b"one")


def test_an_unconditional_put_replaces_a_state_in_1_0_3_only(here: ABridge) -> None:
    there = documents(here, STATE).has(b"one")
    assert documents(here, STATE, "2.0.0").puts(b"two").status_code == 409
    assert there.body() == b"one"
    assert there.puts(b"two").status_code == 204


@pytest.mark.parametrize("path", PROFILES)
def test_an_unconditional_put_of_a_new_profile_is_refused_in_1_0_3_only(on_sqlite: ABridge, path: str) -> None:
    old, new = documents(on_sqlite, path), documents(on_sqlite, path, "2.0.0")
    answer = old.puts(b"one")
    assert (answer.status_code, codes(answer), old.body()) == (400, ["condition-missing"], None)
    assert (new.puts(b"one").status_code, new.body()) == (204, b"one")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", RESOURCES)
def test_post_and_delete_need_no_condition(on_sqlite: ABridge, path: str, version: str) -> None:
    there = documents(on_sqlite, path, version)
    assert [there.posts(b'{"a": 1}').status_code, there.posts(b'{"b": 2}').status_code] == [204, 204]
    assert there.calls("DELETE").status_code == 204


# --- two at once --------------------------------------------------------------------------------


def at_once(there: Documents, count: int, **headers: str) -> list[int]:
    """The statuses of as many PUTs, let go together, each of bytes that were never there before."""
    ready, before = Barrier(count), there.body() or b""

    def put(n: int) -> int:
        caller = Documents(there.here, there.headers, there.path, there.where)
        client = there.here.client.application.test_client()
        ready.wait()
        where = caller.where | {"stateId" if there.path == STATE else "profileId": "bookmark"}
        return client.put("/xapi" + there.path, query_string=where, data=before + b"%d" % n, headers=caller.headers | headers).status_code

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(put, range(count)))


@pytest.mark.parametrize("path", [STATE, ACTIVITY_PROFILE])
def test_of_many_changes_of_one_version_exactly_one_wins(here: ABridge, path: str) -> None:
    there = documents(here, path).has(b"one")
    for _ in range(3):
        current = etag(there.body() or b"")
        assert at_once(there, 6, **{"If-Match": current}) == [204, 412, 412, 412, 412, 412]


@pytest.mark.parametrize("path", [STATE, ACTIVITY_PROFILE])
def test_of_many_new_documents_exactly_one_is_the_first(here: ABridge, path: str) -> None:
    there = documents(here, path)
    for _ in range(3):
        assert at_once(there, 6, **{"If-None-Match": "*"}) == [204, 412, 412, 412, 412, 412]
        there.calls("DELETE")
