"""Reading and judging have a quick way for what nearly all statements are like; it says what the long way says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi.parse import value_looked_at, value_of
from lrs_bridge.xapi.plain import is_plain
from lrs_bridge.xapi.statement import full_judgement
from scorm_packager.activity.vocabulary import VOIDED
from tests.bridge.builders import STATEMENT_ID, a_statement
from tests.bridge.learning import declined, everything, raw_statement

# --- judging ------------------------------------------------------------------------------------

# Good and bad alike, so that each property meets both.
IRIS = st.sampled_from(
    ["http://x.example/a", "urn:x:y", "x:", "no scheme", "http://x.example/a b", "http://x.example/ä", "1x:y", "x:y\n", "a:\\"]
)
UUIDS = st.sampled_from([STATEMENT_ID, STATEMENT_ID.upper(), STATEMENT_ID[:-1], STATEMENT_ID + "\n", "0" * 36, 7])
TAGS = st.sampled_from(["en", "en-US", "EN-us", "e", "en-", "en_US", "en-US\n", "zh-Hant", "en-a-bb-a-cc"])
TIMES = st.one_of(
    st.sampled_from(["2026-02-28T23:59:59Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01", "x"]),
    st.from_regex(r"\A20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-6][0-9])\Z"),
)
DURATIONS = st.one_of(
    st.sampled_from(["PT", "P1DT", "PT1S", "P1W", "PT1.5H", "P1DT2H3M4.25S", "1S"]), st.from_regex(r"\AP[0-9DTHMS.]{0,8}\Z")
)
NUMBERS = st.one_of(st.integers(-3, 3), st.floats(-2, 2), st.booleans(), st.just(10**30), st.text(max_size=1))
TEXTS = st.one_of(st.text(max_size=3), st.none(), st.integers(0, 1))
MAPS = st.dictionaries(TAGS, TEXTS, max_size=2)
EXTENSIONS = st.dictionaries(IRIS, st.one_of(st.none(), st.lists(st.integers(), max_size=2)), max_size=2)


def some(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    """An object with some of its properties, and now and then one that it may not have, or no object."""
    return st.one_of(
        st.fixed_dictionaries(required, optional=optional),
        st.fixed_dictionaries(required, optional=optional | {"strange": st.just(1)}),
        st.fixed_dictionaries({}, optional=required | optional),
        st.sampled_from([None, [], "x", True]),
    )


ACCOUNTS = some({"homePage": IRIS, "name": TEXTS}, {})
KINDS = st.sampled_from(["Agent", "Activity", "Group", "agent", 1])
AGENTS = some(
    {},
    {
        "objectType": KINDS,
        "name": TEXTS,
        "mbox": st.sampled_from(["mailto:a@x.example", "a@x.example", "mailto:a", "mailto:a@b@c", "mailto:a b@c"]),
        "mbox_sha1sum": st.sampled_from(["0" * 40, "0" * 39, "g" * 40]),
        "openid": IRIS,
        "account": ACCOUNTS,
    },
)
DEFINITIONS = some(
    {},
    {
        "name": MAPS, "description": MAPS, "type": IRIS, "moreInfo": IRIS, "extensions": EXTENSIONS,
        "interactionType": st.sampled_from(["choice", "Choice", "other", None]), "choices": st.just([{"id": "a"}]),
        "correctResponsesPattern": st.just(["a"]),
    },
)  # fmt: skip
ACTIVITIES = some({"id": IRIS}, {"objectType": KINDS, "definition": DEFINITIONS})
LISTED = st.one_of(ACTIVITIES, st.lists(ACTIVITIES, max_size=2))
CONTEXTS = some(
    {},
    {
        "registration": UUIDS, "instructor": AGENTS, "revision": TEXTS, "platform": TEXTS, "language": TAGS, "extensions": EXTENSIONS,
        "contextActivities": some({}, {name: LISTED for name in ("parent", "grouping", "category", "other", "Parent")}),
    },
)  # fmt: skip
RESULTS = some(
    {},
    {
        "score": some({}, {name: NUMBERS for name in ("scaled", "raw", "min", "max")}),
        "success": NUMBERS, "completion": st.booleans(), "response": TEXTS, "duration": DURATIONS, "extensions": EXTENSIONS,
    },
)  # fmt: skip
STATEMENTS = some(
    {"actor": AGENTS, "verb": some({"id": st.one_of(IRIS, st.just(VOIDED))}, {"display": MAPS}), "object": ACTIVITIES},
    {
        "id": UUIDS, "result": RESULTS, "context": CONTEXTS, "timestamp": TIMES,
        "version": st.sampled_from(["1.0.0", "1.0.3", "1.0", "2.0.0", "0.9", 1]), "stored": TIMES, "authority": AGENTS,
    },
)  # fmt: skip


@settings(max_examples=400)
@given(STATEMENTS)
def test_what_passes_quickly_has_no_problem_in_either_edition(statement: Any) -> None:
    if is_plain(statement, VOIDED):
        assert full_judgement(statement, "1.0.3") == full_judgement(statement, "2.0.0") == ()


# One property at a time in a statement that is otherwise good: so that far more of them pass.
@settings(max_examples=600)
@given(
    st.sampled_from(["id", "actor", "verb", "object", "result", "context", "timestamp", "version"]).flatmap(
        lambda name: st.tuples(
            st.just(name),
            {
                "id": UUIDS, "actor": AGENTS, "verb": some({"id": IRIS}, {"display": MAPS}), "object": ACTIVITIES, "result": RESULTS,
                "context": CONTEXTS, "timestamp": TIMES, "version": st.sampled_from(["1.0.0", "1.1", "2.0.0", None]),
            }[name],
        )
    )
)  # fmt: skip
def test_one_property_that_passes_quickly_has_no_problem(changed: tuple[str, Any]) -> None:
    statement = a_statement() | {changed[0]: changed[1]}
    if is_plain(statement, VOIDED):
        assert full_judgement(statement, "1.0.3") == full_judgement(statement, "2.0.0") == ()


def test_what_a_package_sends_takes_the_quick_way() -> None:
    """Or it would be of no use."""
    for n, event in enumerate((*everything(), declined()), start=1):
        assert is_plain(raw_statement(n, event, STATEMENT_ID), VOIDED), event.kind


# --- reading ------------------------------------------------------------------------------------

_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.lists(st.tuples(st.sampled_from(["a", 'b"', "\\", "ä"]), inner), max_size=3).map(tuple)
    ),
    max_leaves=8,
)


def written(value: Any, ascii_only: bool) -> str:
    """JSON text of a value; a tuple is an object's members, of which two may have the same key."""
    if isinstance(value, tuple):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=ascii_only)}:{written(member, ascii_only)}" for key, member in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(member, ascii_only) for member in value) + "]"
    return json.dumps(value, ensure_ascii=ascii_only)


def outcome(read: Any, text: bytes) -> Any:
    """The value with the types of its numbers, or the codes of its problems."""
    try:
        return repr(read(text))
    except Malformed as refused:
        return [problem.code for problem in refused.problems]


@settings(max_examples=500)
@given(_JSON, st.booleans())
def test_reads_what_the_long_way_reads(value: Any, ascii_only: bool) -> None:
    text = written(value, ascii_only).encode()
    assert outcome(value_of, text) == outcome(value_looked_at, text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":1,"\\u0061":1}', '{"\\"":1,"\\u0022":2}', '{"a":"\\u0022\\u0022","a":1}', '{"a":{"b":1,"b":2}}', '[{"a":1,"a":2}]',
        "1e400", "[NaN]", '{"a":-0,"b":1.0,"c":100000000000000000000000}', '"\\ud800"', "[" * 300 + "]" * 300, "", "{",
        '{"a":1,}', "\ufeff{}",
    ],
)  # fmt: skip
def test_what_is_in_doubt_is_looked_at(text: str) -> None:
    assert outcome(value_of, text.encode()) == outcome(value_looked_at, text.encode())
