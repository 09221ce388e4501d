"""What an attempt asks: drawn the same by the bridge and by the player, for every launch key and attempt."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.activity import draws
from scorm_packager.activity.definition_model import PostDefinition
from scorm_packager.activity.resources import templates
from tests.player.test_player import node

KEY = draws.draw_key("00112233445566778899aabbccddeeff")
BANK = tuple(f"b{number}" for number in range(1, 8))

# One line in, one line out: the player's own scripts answer as long as the tests ask.
WITNESS = """
const fs = require("fs"), vm = require("vm"), readline = require("readline");
for (const name of ["ids.js", "draws.js"]) vm.runInThisContext(fs.readFileSync(process.argv[1] + "/player/" + name, "utf8"), name);
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const [launchKey, assessment, attempt, item, ids] = JSON.parse(line);
  const key = cme.draws.key(launchKey);
  console.log(JSON.stringify([key, cme.draws.asked(assessment, key, attempt), cme.draws.shuffled(ids, key, attempt, item)]));
});
"""


def an_assessment(*always: str, banks: dict[int, tuple[str, ...]]) -> PostDefinition:
    """`banks`: how many are drawn → from which."""
    listed = [*always, *(item for bank in banks.values() for item in bank)]
    drawn = [{"items": bank, "n": n} for n, bank in banks.items()]
    rest = {"passing_score": 0.75, "attempts": 3, "feedback": "after attempt"}
    return PostDefinition.model_validate({"items": listed, "draws": drawn, **rest})


def test_it_works() -> None:
    assert len(draws.asked(an_assessment("q1", banks={3: BANK}), KEY, 1)) == 4


def test_without_a_bank_every_item_is_asked_in_every_attempt() -> None:
    assert draws.asked(an_assessment("q2", "q1", banks={}), KEY, 2) == ("q2", "q1")


def test_items_come_in_the_order_of_the_definition() -> None:
    asked = draws.asked(an_assessment(banks={5: BANK}), KEY, 1)
    assert list(asked) == sorted(asked)


def test_no_item_comes_again_before_all_have_come() -> None:
    thrice = an_assessment(banks={3: BANK[:6]})
    first, second, third = (set(draws.asked(thrice, KEY, attempt)) for attempt in (1, 2, 3))
    assert (first | second, third) == (set(BANK[:6]), first)


def test_another_learner_gets_another_draw() -> None:
    half = an_assessment(banks={3: BANK})
    found = {draws.asked(half, draws.draw_key(f"{number:032x}"), 1) for number in range(60)}
    assert len(found) > 20  # of 35


def test_a_bank_that_grows_changes_one_item_of_a_draw_at_most() -> None:
    before = set(draws.asked(an_assessment(banks={3: BANK}), KEY, 1))
    after = set(draws.asked(an_assessment(banks={3: (*BANK, "new")}), KEY, 1))
    assert len(before - after) <= 1
    assert after - before <= {"new"}


def test_every_item_of_a_bank_is_drawn_about_equally_often() -> None:
    half = an_assessment(banks={2: BANK[:4]})
    counts = dict.fromkeys(BANK[:4], 0)
    for number in range(400):
        for item in draws.asked(half, draws.draw_key(f"{number:032x}"), 1):
            counts[item] += 1
    assert all(140 < count < 260 for count in counts.values())  # 200 each, within six standard deviations


def test_the_draw_key_is_a_digest_of_the_launch_key() -> None:
    # RFC 4122 §4.3: SHA-1 of the launch key's bytes and "draw", cut to 16 bytes, version and variant set; worked out with hashlib
    assert KEY == "2b54d52a6c445c7a8e892dd5d8b7a8ac"


drawn_from = st.lists(st.text("abcdefgh0123456789-", min_size=1, max_size=8), min_size=1, max_size=14, unique=True)


@st.composite
def assessments(draw: Callable[[Any], Any]) -> dict[str, Any]:
    items = draw(drawn_from)
    at = draw(st.integers(0, len(items)))
    banks = [bank for bank in (items[:at], items[at : draw(st.integers(at, len(items)))]) if bank]
    return {"items": items, "draws": [{"items": bank, "n": draw(st.integers(1, len(bank)))} for bank in banks]}


@pytest.fixture(scope="module")
def player() -> Iterator[Callable[..., Any]]:
    """The player's answer to the same question."""
    with subprocess.Popen(
        [node(), "-e", WITNESS, str(templates())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        said, heard = process.stdin, process.stdout

        def ask(*question: Any) -> Any:
            said.write(json.dumps(question) + "\n")
            said.flush()
            return json.loads(heard.readline())

        yield ask
        said.close()


@settings(max_examples=300)
@given(launch_key=st.binary(min_size=16, max_size=16), said=assessments(), attempt=st.integers(1, 30))
def test_the_player_draws_the_same(player: Callable[..., Any], launch_key: bytes, said: dict[str, Any], attempt: int) -> None:
    rest = {"passing_score": 0.75, "attempts": 3, "feedback": "after attempt"}
    key = draws.draw_key(launch_key.hex())
    asked = draws.asked(PostDefinition.model_validate({**said, **rest}), key, attempt)
    shuffled = draws.shuffled(said["items"], key, attempt, "q1")
    assert player(launch_key.hex(), said, attempt, "q1", said["items"]) == [key, list(asked), list(shuffled)]


@given(said=assessments(), attempt=st.integers(1, 30))
def test_as_many_are_asked_as_is_said_and_the_next_attempt_asks_others(said: dict[str, Any], attempt: int) -> None:
    rest = {"passing_score": 0.75, "attempts": 3, "feedback": "after attempt"}
    assessment = PostDefinition.model_validate({**said, **rest})
    first, second = (draws.asked(assessment, KEY, number) for number in (attempt, attempt + 1))
    assert len(first) == len(second) == draws.how_many(assessment)
    assert (first != second) is any(draw.n < len(draw.items) for draw in assessment.draws)
