"""Statements for hypothesis: sound ones by construction, and what becomes of them when something in them is changed."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.spec.examples import INTERACTIONS
from tests.spec.kinds import Path, walk, with_at, without

Strategy = st.SearchStrategy[Any]

# No half surrogate pairs: those are no text (RFC 8259 8.2). NUL is text in JSON, and has a test of its own.
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
words = st.text("abcdefghij", min_size=1, max_size=6)
iris = st.builds("{}:{}".format, st.sampled_from(["https", "urn", "tag", "a+b.c-d"]), st.text("abc/?#:@%20é案", min_size=1, max_size=9))
uuids = st.uuids(version=4).map(str)
tags = st.sampled_from(["en", "en-GB", "sr-Latn-RS", "cmn", "es-419", "de-CH-1901", "x-own", "zh-Hant-TW-x-a"])
maps = st.dictionaries(tags, texts, max_size=2)
_times = st.times().map(lambda time: f"{time:%H:%M:%S}.125")
stamps = st.builds("{}T{}{}".format, st.dates(), _times, st.sampled_from(["Z", "+05:30", "-0600", ""]))
durations = st.sampled_from(["PT0S", "P4W", "PT1H2M3.45S", "P1Y2M3DT4H", "PT0.001S", "P0.5Y"])
numbers = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts, inside, max_size=3),
    max_leaves=5,
)
extensions = st.dictionaries(iris, values, max_size=2)


def some(needed: dict[str, Strategy], optional: dict[str, Strategy]) -> Strategy:
    return st.fixed_dictionaries(needed, optional=optional)


_identifiers: list[tuple[str, Strategy]] = [
    ("mbox", st.builds("mailto:{}@{}.example".format, words, words)),
    ("mbox_sha1sum", st.text("0123456789abcdefABCDEF", min_size=40, max_size=40)),
    ("openid", iris),
    ("account", some({"homePage": iris, "name": texts}, {})),
]


def _named(kind: str, member: dict[str, Strategy], *, said: bool) -> Strategy:
    says = {"objectType": st.just(kind)}
    needed, optional = (says, {}) if said else ({}, says)
    return st.one_of([some({name: each, **needed}, {"name": texts, **member, **optional}) for name, each in _identifiers])


agents = _named("Agent", {}, said=False)
agents_as_object = _named("Agent", {}, said=True)
members = st.lists(agents, max_size=3)
groups = _named("Group", {"member": members}, said=True) | some({"objectType": st.just("Group"), "member": members}, {"name": texts})
actors = agents | groups
definitions = some({}, {"name": maps, "description": maps, "type": iris, "moreInfo": iris, "extensions": extensions}) | st.sampled_from(
    [{"interactionType": kind, **parts} for kind, parts in INTERACTIONS.items()]
)
activities = some({"id": iris}, {"objectType": st.just("Activity"), "definition": definitions})
references = some({"objectType": st.just("StatementRef"), "id": uuids}, {})
verbs = some({"id": iris}, {"display": maps})


@st.composite
def scores(draw: st.DrawFn) -> Any:
    low, raw, high = sorted(draw(st.lists(st.integers(-1000, 1000), min_size=3, max_size=3, unique=True)))
    whole = {"scaled": draw(st.floats(-1, 1)), "raw": raw, "min": low, "max": high}
    return {name: whole[name] for name in whole if draw(st.booleans())}


results = some(
    {},
    {
        "score": scores(),
        "success": st.booleans(),
        "completion": st.booleans(),
        "response": texts,
        "duration": durations,
        "extensions": extensions,
    },
)
attachments = some(
    {
        "usageType": iris.filter(lambda iri: "signature" not in iri),
        "display": maps,
        "contentType": st.sampled_from(["text/plain", "application/pdf", "text/html; charset=utf-8"]),
        "length": st.integers(0, 2**40),
        "sha2": st.text("0123456789abcdef", min_size=64, max_size=64),
        "fileUrl": iris,
    },
    {"description": maps},
)


def _types(name: str, each: Strategy) -> Strategy:
    kind = st.just(f"context{name.capitalize()}")
    return st.lists(some({"objectType": kind, name: each}, {"relevantTypes": st.lists(iris, min_size=1, max_size=2)}), max_size=2)


def contexts(edition: str, *, about_activity: bool) -> Strategy:
    lists = {name: st.lists(activities, max_size=2) | activities for name in ("parent", "grouping", "category", "other")}
    optional: dict[str, Strategy] = {
        "registration": uuids,
        "instructor": actors,
        "team": groups,
        "contextActivities": some({}, lists),
        "language": tags,
        "statement": references,
        "extensions": extensions,
    }
    if about_activity:
        optional |= {"revision": texts, "platform": texts}
    if edition == "2.0.0":
        optional |= {"contextAgents": _types("agent", agents), "contextGroups": _types("group", groups)}
    return some({}, optional)


def _said(edition: str, kind: dict[str, Strategy], objects: Strategy, *, about_activity: bool) -> Strategy:
    optional: dict[str, Strategy] = {"result": results, "timestamp": stamps, "attachments": st.lists(attachments, max_size=2)}
    optional["context"] = contexts(edition, about_activity=about_activity)
    return some({"actor": actors, "verb": verbs, "object": objects, **kind}, optional)


def statements(edition: str) -> Strategy:
    """Sound statements of the edition, without an id."""
    others = agents_as_object | groups | references
    inner = {"objectType": st.just("SubStatement")}
    substatements = _said(edition, inner, activities, about_activity=True) | _said(edition, inner, others, about_activity=False)
    return _said(edition, {}, activities, about_activity=True) | _said(edition, {}, others | substatements, about_activity=False)


# --- changes ------------------------------------------------------------------------------------

ODD: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**30, 1e308, "", " ", "x", "Agent", "Group", "StatementRef", "SubStatement", "Activity", "https://x.example",
    "mailto:a@b", "é", "​", "\ufeff", "\U0001f9e0" * 3, "a" * 300, [], [[]], [None], [{}], {}, {"": ""}, {"id": "x"}, {"id": "urn:x"},
    {"objectType": "Group"}, {"en": 5}, {"objectType": []}, "2026-02-30T00:00:00Z", "P1D1Y", "en-a-b", "1.0.0", "2.0.0",
]  # fmt: skip
NAMES = [
    "",
    "id",
    "ID",
    "objectType",
    "member",
    "actor",
    "name",
    "mbox",
    "account",
    "extensions",
    "definition",
    "score",
    "more",
    "https://x.example/e",
    "en",
]


def _apply(draw: st.DrawFn, value: Any, path: Path) -> Any:
    """One change at a place: another value, another part of the same statement, nothing, or one property more."""
    kind = draw(st.sampled_from(["odd", "swapped", "gone", "more"]))
    if kind == "odd":
        return with_at(value, path, draw(st.sampled_from(ODD)))
    if kind == "swapped":
        return with_at(value, path, draw(st.sampled_from([part for _, part in walk(value)])))
    if kind == "gone" and isinstance(path[-1], str):
        return without(value, path)
    above = path if isinstance(_at(value, path), dict) else ()
    return with_at(value, (*above, draw(st.sampled_from(NAMES))), draw(st.sampled_from(ODD)))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


@st.composite
def changed(draw: st.DrawFn, edition: str) -> Any:
    """A sound statement that was changed in one to three places: sound or not, who knows."""
    value = draw(statements(edition))
    for _ in range(draw(st.integers(1, 3))):
        places = [path for path, _ in walk(value)]
        if places:
            value = _apply(draw, value, draw(st.sampled_from(places)))
    return value
