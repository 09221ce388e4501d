"""Statements are kept as the text that was received; what is ambiguous is refused before it is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi.parse import slices, value_of
from lrs_bridge.xapi.splice import spliced

SPLICED = {"identity": "i", "stored": "s", "authority": '{"name":"a"}', "version": "1.0.0"}


def test_it_works() -> None:
    first, second = slices(b' [ {"a": 1.50} , {"b":"\\u00e9"} ] ')
    assert (first.text, second.text) == ('{"a": 1.50}', '{"b":"\\u00e9"}')
    assert (first.value, second.value) == ({"a": 1.5}, {"b": "é"})


def test_takes_one_object_for_a_list_of_one() -> None:
    assert [one.text for one in slices(b'\n{"a": 1}\n')] == ['{"a": 1}']


AMBIGUOUS = ['{"a": 1, "a": 2}', '{"a": {"b": 1, "b": 1}}', '{"a": 1, "\\u0061": 2}', '{"a": 1e999}', '{"a": -1e999}']
HALF_A_PAIR = ['{"a": "\\ud800"}', '[{"a": "\\ud800"}]']  # of surrogates: no text
NUMBERS = ['{"a": NaN}', '{"a": Infinity}', '{"a": 01}']
NO_JSON = ["", "{", "[1,]", "{'a': 1}", '{"a": "\x01"}', '{"a": 1} x', "[" * 9999, *NUMBERS, *HALF_A_PAIR]


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_refuses_what_two_readers_may_read_differently(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        slices(text.encode())
    assert refused.value.problems[0].code == "ambiguous-json"


@pytest.mark.parametrize("text", NO_JSON, ids=range(len(NO_JSON)))
def test_refuses_what_is_no_json(text: str) -> None:
    with pytest.raises(Malformed):
        slices(text.encode())


@pytest.mark.parametrize("data", [b'{"a": "\xff"}', b'\xef\xbb\xbf{"a": 1}', '{"a": 1}'.encode("utf-16")])
def test_refuses_what_is_not_utf_8(data: bytes) -> None:
    with pytest.raises(Malformed):
        slices(data)


def test_gives_back_every_value_in_its_own_characters() -> None:
    text = '{"result": {"score": {"raw": 1.50e0}}, "verb": {"id":"\\u0068ttp://x"}}'
    answer = spliced(text, **SPLICED).decode()
    assert '{"score": {"raw": 1.50e0}}' in answer
    assert '{"id":"\\u0068ttp://x"}' in answer


def test_adds_what_the_store_sets() -> None:
    assert json.loads(spliced("{}", **SPLICED)) == {
        "id": "i", "timestamp": "s", "version": "1.0.0", "stored": "s", "authority": {"name": "a"},
    }  # fmt: skip


def test_keeps_the_senders_id_timestamp_and_version_but_not_stored_and_authority() -> None:
    text = '{"id":"I","timestamp":"t","version":"1.0.2","stored":"mine","authority":{"name":"me"}}'
    assert json.loads(spliced(text, **SPLICED)) == {
        "id": "I", "timestamp": "t", "version": "1.0.2", "stored": "s", "authority": {"name": "a"},
    }  # fmt: skip


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(_json, max_size=5), st.sampled_from([None, 2]))
def test_slices_are_what_was_sent(values: list[Any], indent: int | None) -> None:
    found = slices(json.dumps(values, indent=indent).encode())
    assert [one.value for one in found] == values
    assert [json.loads(one.text) for one in found] == values


@given(st.binary(max_size=60))
def test_never_fails_but_by_saying_no(data: bytes) -> None:
    try:
        value_of(data)
        slices(data)
    except Malformed:
        pass
