"""The budget of saved state is an upper bound on what the player really writes, and not a wild one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.resources import templates
from scorm_packager.budget import NUMBER, budget, packed, sentence
from tests.packager.builders import a_definition

NODE = str(Path(sys.executable).with_name("node")) if Path(sys.executable).with_name("node").exists() else shutil.which("node") or "node"

# The player's own writing of a state, or of texts: the witness.
WITNESS = """
const fs = require("fs"), vm = require("vm");
const [folder] = process.argv.slice(1);
for (const name of ["ids.js", "state.js", "packed.js", "saved-events.js", "suspend.js"])
  vm.runInThisContext(fs.readFileSync(folder + "/player/" + name, "utf8"), name);
const states = JSON.parse(fs.readFileSync(0, "utf8"));
console.log(JSON.stringify(states.map((state) => cme.suspend.pack(state, null, 1e9).text.length)));
"""


def written(*states: dict[str, Any]) -> list[int]:
    run = subprocess.run(
        [NODE, "-e", WITNESS, str(templates())], input=json.dumps(states), capture_output=True, text=True, check=True, timeout=60
    )
    lengths: list[int] = json.loads(run.stdout)
    return lengths


def a_state(events: list[dict[str, Any]], place: dict[str, Any] | None = None) -> dict[str, Any]:
    common = {"key": "f" * 32, "t0": 1_800_000_000, "sent": 999, "definition": None}
    return {**common, "events": events, "place": place or {}, "reached": {"completed": True, "passed": True, "progress": 1}}


ANSWERS: dict[str, Any] = {
    "multiple": ["a"], "true-false": True, "ordering": ["a", "b", "c"], "matching": {"a": "b", "b": "a"},
    "numeric": {"from": "1", "to": "2"},
}  # fmt: skip

LONGEST = {
    "choice": "b", "multiple": "a[,]b[,]c", "true-false": "false", "ordering": "a[,]b[,]c", "matching": "a[.]b[,]b[.]a", "rating": "5",
}  # fmt: skip


def longest(kind: str) -> str:
    return "7" * NUMBER if kind == "numeric" else LONGEST[kind]


def whole_life(definition: Definition) -> dict[str, Any]:
    """The state of a learner who did everything there is to do, without a word of their own."""
    events: list[dict[str, Any]] = []

    def happened(kind: str, payload: dict[str, Any]) -> None:
        number = 2 * (len(events) + 1)
        events.append({"n": number, "kind": kind, "second": number * 40_000, "payload": payload})

    def answers(a: str, attempt: int) -> None:
        for item in definition.items:
            happened("answered", {"a": a, "t": attempt, "i": item.id, "r": longest(item.kind), "v": item.version, "ok": False})
        happened("submitted", {"a": a, "t": attempt, "k": len(definition.items), "of": len(definition.items), "p": False})

    assert definition.post
    happened("opened", {"definition": "d1-" + "a" * 40})
    happened("read", {})
    happened("disclosed", {"hash": "b" * 64})
    answers("pre", 1)
    for content in definition.contents:
        happened("finished", {"c": content.id, "d": 99_999})
    for attempt in range(1, definition.post.attempts + 1):
        answers("post", attempt)
    for asked in definition.evaluation:
        happened("rated", {"i": asked.id, "r": "" if asked.kind == "text" else longest(asked.kind)})
    happened("evaluated", {})
    for number in range(1, definition.commitments + 1):
        happened("committed", {"k": number, "r": "", "s": 5})
    ids = [content.id for content in definition.contents]
    return a_state(events, {"screen": f"content:{ids[-1]}", "item": 3, "scroll": 12_345, "d": dict.fromkeys(ids, 99_999)})


def an_item(number: int, kind: str) -> dict[str, Any]:
    options = [{"id": key, "html": key} for key in "abc"]
    parts: dict[str, Any] = {"choices": options}
    if kind == "matching":
        parts = {"sources": options[:2], "targets": options[:2]}
    return {
        "id": f"item-{number}", "version": f"{number:08x}", "kind": kind, "objective": None, "answer": ANSWERS.get(kind, "a"),
        "vignette_html": "", "stem_html": "", "rationale_html": "", **parts,
    }  # fmt: skip


def an_activity(kinds: list[str], *, attempts: int = 3, ratings: int = 5, commitments: int = 3) -> Definition:
    items = [an_item(number, kind) for number, kind in enumerate(kinds)]
    ids = [item["id"] for item in items]
    asked = [{"id": f"rating-{number}", "kind": "rating", "stem_html": ""} for number in range(ratings)]
    return a_definition(
        items=items,
        pre={"items": ids},
        post={"items": ids, "passing_score": 0.75, "attempts": attempts, "feedback": "none"},
        evaluation=[*asked, {"id": "more", "kind": "text", "stem_html": ""}],
        commitments=commitments,
    )


KINDS = st.sampled_from(["choice", "multiple", "true-false", "matching", "ordering", "numeric"])


@settings(max_examples=15, deadline=None)
@given(st.lists(KINDS, min_size=1, max_size=45), st.integers(1, 5), st.integers(0, 20), st.integers(0, 5))
def test_is_never_less_than_what_the_player_writes(kinds: list[str], attempts: int, ratings: int, commitments: int) -> None:
    definition = an_activity(kinds, attempts=attempts, ratings=ratings, commitments=commitments)
    assert written(whole_life(definition))[0] <= budget(definition, 4096).worst


def test_is_not_much_more_than_what_the_player_writes() -> None:
    definition = an_activity(["choice"] * 10)
    assert budget(definition, 4096).worst < 1.4 * written(whole_life(definition))[0]


def practised_life(definition: Definition) -> dict[str, Any]:
    """The same, with what is drawn in each attempt, a case worked at as content, and reflections of which no word had room."""
    assert definition.post
    events: list[dict[str, Any]] = []

    def happened(kind: str, payload: dict[str, Any]) -> None:
        events.append({"n": 2 * (len(events) + 1), "kind": kind, "second": 40_000 * (len(events) + 1), "payload": payload})

    happened("opened", {"definition": "d1-" + "a" * 40})
    for item in definition.items[-3:]:
        happened("answered", {"a": "practice", "t": 1, "i": item.id, "r": longest(item.kind), "v": item.version, "ok": False, "c": "study"})
    happened("closed", {"a": "practice", "t": 1, "c": "mrs-hall", "k": 3})
    happened("reflected", {"c": "study", "i": "my-practice", "r": ""})
    happened("finished", {"c": "study", "d": 99_999})
    for attempt in range(1, definition.post.attempts + 1):
        for item in definition.items[:4]:
            happened("answered", {"a": "post", "t": attempt, "i": item.id, "r": longest(item.kind), "v": item.version, "ok": False})
        happened("submitted", {"a": "post", "t": attempt, "k": 4, "of": 4, "p": False})
    return a_state(events, {"screen": "content:study", "item": 3, "scroll": 12_345, "d": {"study": 99_999}})


@settings(max_examples=5, deadline=None)
@given(st.lists(KINDS, min_size=12, max_size=12))
def test_counts_what_is_drawn_practised_and_reflected_on(kinds: list[str]) -> None:
    items = [an_item(number, kind) for number, kind in enumerate(kinds)]
    ids = [item["id"] for item in items]
    study = {"id": "study", "kind": "case", "title": "Mrs. Hall", "minutes": 9, "case": "mrs-hall", "reflections": ["my-practice"]}
    definition = a_definition(
        items=items,
        cases=[{"id": "mrs-hall", "title": "Mrs. Hall", "steps": [{"html": "", "items": [each]} for each in ids[-3:]]}],
        contents=[study],
        pre=None,
        post={"items": ids[:9], "draws": [{"items": ids[:9], "n": 4}], "passing_score": 0.75, "attempts": 3, "feedback": "none"},
    )
    found = budget(definition, 4096)
    assert written(practised_life(definition))[0] <= found.worst
    assert found.answers == 3 + 3 * 4
    assert found.texts == ("reflection my-practice",)


TEXTS = [
    "", "a", "snake_case", "a b", "ä", "Überprüfung täglich", "a[,]b", "s1[.]t2[,]s2[.]t1", "00ff00ff", "00ff", "~!*()", "日本語",
    "😀", '{"a":1}',
]  # fmt: skip


def test_knows_how_long_a_text_is_as_the_player_writes_it() -> None:
    def commitment(text: str) -> dict[str, Any]:
        return a_state([{"n": 1, "kind": "committed", "second": 1, "payload": {"k": 1, "r": text, "s": 5}}])

    empty, *lengths = written(commitment(""), *(commitment(text) for text in TEXTS))
    assert {text: packed(text) for text in TEXTS} == {text: length - empty for text, length in zip(TEXTS, lengths, strict=True)}


def test_an_activity_of_ordinary_size_fits_into_scorm_1_2() -> None:
    found = budget(an_activity(["choice"] * 10), 4096)
    assert (found.fits, found.answers_leaving, found.room > 0) == (True, 0, True)


def test_counts_the_answers_that_would_have_to_leave() -> None:
    found = budget(an_activity(["multiple"] * 40, attempts=5), 4096)
    assert found.fits
    assert 0 < found.answers_leaving <= found.answers == 240


def test_says_when_even_what_may_not_leave_is_too_long() -> None:
    assert not budget(an_activity(["choice"] * 200), 4096).fits


def test_names_what_learners_write_freely() -> None:
    assert budget(an_activity(["choice"], commitments=2), 4096).texts == ("more", "commitment 1", "commitment 2")


@pytest.mark.parametrize(
    ("definition", "part"),
    [
        (an_activity(["choice"]), "are left for what learners write (more, commitment 1"),
        (an_activity(["choice"] * 40, attempts=5), "of 240 answers of submitted attempts leave it"),
        (an_activity(["choice"] * 200), "may need more than 4,096 characters"),
    ],
)
def test_says_it_in_words(definition: Definition, part: str) -> None:
    assert part in sentence(budget(definition, 4096))
