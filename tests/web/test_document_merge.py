"""POST puts properties into a JSON object, one level deep, and does nothing else (xAPI 1.0.3 Communication 2.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.xapi.documents import Content, merged
from tests.bridge.builders import ABridge, codes
from tests.web.documents import RESOURCES, STATE, Documents, documents


@pytest.fixture(params=RESOURCES)
def there(request: pytest.FixtureRequest, here: ABridge) -> Documents:
    return documents(here, request.param)


def test_it_works(there: Documents) -> None:
    there.posts(b'{"car": "Honda", "seats": 4}')
    there.posts(b'{"seats": 2, "type": "Civic"}')
    assert json.loads(there.body() or b"") == {"car": "Honda", "seats": 2, "type": "Civic"}


def test_stores_a_new_document_as_it_is(there: Documents) -> None:
    there.posts(bytes(range(256)), kind="application/octet-stream")
    assert there.body() == bytes(range(256))


def test_a_nested_object_is_replaced_whole(there: Documents) -> None:
    there.posts(b'{"car": {"make": "Ford", "model": "Escape"}}')
    there.posts(b'{"car": {"make": "Dodge"}}')
    assert json.loads(there.body() or b"") == {"car": {"make": "Dodge"}}


def test_every_value_keeps_its_own_characters(there: Documents) -> None:
    there.posts(b'{"score": 1.500, "big": 12345678901234567890123}')
    there.posts(b'{"more": 1e2, "text": "\\u00e9"}')
    assert there.body() == b'{"score":1.500,"big":12345678901234567890123,"more":1e2,"text":"\\u00e9"}'


def test_merges_json_of_any_character_set_parameter(on_sqlite: ABridge) -> None:
    there = documents(on_sqlite, STATE)
    there.posts(b'{"a": 1}', kind="application/json; charset=UTF-8")
    assert there.posts(b'{"b": 2}', kind="Application/JSON").status_code == 204


NOT_MERGED = [
    (b'{"a": 1}', "application/json", b'{"b": 2}', "text/plain", "not-mergeable"),
    (b'{"a": 1}', "text/plain", b'{"b": 2}', "application/json", "not-mergeable"),
    (b"[1]", "application/json", b'{"b": 2}', "application/json", "not-mergeable"),
    (b'{"a": 1}', "application/json", b"[2]", "application/json", "not-mergeable"),
    (b'{"a": 1}', "application/json", b"null", "application/json", "not-mergeable"),
    (b"no JSON", "application/json", b'{"b": 2}', "application/json", "not-json"),
    (b'{"a": 1}', "application/json", b'{"b": 2}{', "application/json", "not-json"),
    (b'{"a": 1}', "application/json", b'{"b": 2, "b": 3}', "application/json", "ambiguous-json"),
    (b'{"a": 1}', "application/json", b'{"b": NaN}', "application/json", "ambiguous-json"),
    (b'{"a": 1}', "application/json", b'{"b": "\\ud800"}', "application/json", "not-json"),
    (b'{"a": 1}', "application/json", b"", "application/json", "not-json"),
    (b'{"a": 1}', "application/jsonp", b'{"b": 2}', "application/json", "not-mergeable"),
]


@pytest.mark.parametrize(("old", "old_kind", "new", "new_kind", "code"), NOT_MERGED)
def test_what_cannot_be_merged_stays_as_it_was(on_sqlite: ABridge, old: bytes, old_kind: str, new: bytes, new_kind: str, code: str) -> None:
    there = documents(on_sqlite, STATE).has(old, kind=old_kind)
    answer = there.posts(new, kind=new_kind)
    assert (answer.status_code, codes(answer), there.body()) == (400, [code], old)
    assert there.calls("GET").headers["Content-Type"] == old_kind


def test_what_says_that_it_is_json_and_is_not_is_no_new_document(there: Documents) -> None:
    assert codes(there.posts(b'{"a": 1}[')) == ["not-json"]
    assert there.body() is None


Value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
Object = st.dictionaries(st.text(max_size=4), Value, max_size=5)


def merge(*values: dict[str, Any]) -> Any:
    found = Content("application/json", json.dumps(values[0]).encode())
    for value in values[1:]:
        found = merged(found, Content("application/json", json.dumps(value, ensure_ascii=False).encode()))
    return json.loads(found.body)


@given(Object, Object)
def test_the_sent_properties_count_and_the_others_stay(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert merge(old, new) == {**old, **new}


@given(Object, Object)
def test_sending_it_again_changes_nothing(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert merge(old, new, new) == merge(old, new)
