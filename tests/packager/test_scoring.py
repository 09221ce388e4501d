"""Responses and items to a score. The cases are shared with the player: tests/scenarios/scoring.json, tests/player/scoring.test.js."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.activity import scoring
from scorm_packager.activity.definition_model import DefinedItem
from scorm_packager.activity.scoring import Score

CASES: dict[str, Any] = json.loads((Path(__file__).parent.parent / "scenarios" / "scoring.json").read_text(encoding="utf-8"))


def an_item(said: dict[str, Any]) -> DefinedItem:
    options = {key: [{"id": name, "html": name} for name in said.get(key, [])] for key in ("choices", "sources", "targets")}
    texts = {"version": "00000000", "objective": None, "vignette_html": "", "stem_html": "", "rationale_html": ""}
    return DefinedItem.model_validate({**texts, **said, **options})


ITEMS = {name: an_item(said) for name, said in CASES["items"].items()}


@pytest.mark.parametrize("case", CASES["responses"], ids=lambda case: case["name"])
def test_judges_a_response(case: dict[str, Any]) -> None:
    assert scoring.correct(ITEMS[case["item"]], case["response"]) is case["correct"]


@pytest.mark.parametrize("case", CASES["scores"], ids=lambda case: f"{case['correct']} of {case['total']}")
def test_rounds_a_score_to_four_places(case: dict[str, Any]) -> None:
    right, total = case["correct"], case["total"]
    items = [an_item({**CASES["items"]["choice"], "id": f"q{number}"}) for number in range(total)]
    found = scoring.score(items, {f"q{number}": "b" if number < right else "a" for number in range(total)})
    assert found == Score(right, total, case["scaled"])


@pytest.mark.parametrize("case", CASES["passes"], ids=lambda case: f"{case['correct']} of {case['total']} at {case['passing_score']}")
def test_passes_exactly_at_the_passing_score(case: dict[str, Any]) -> None:
    assert scoring.passes(Score(case["correct"], case["total"], 0), case["passing_score"]) is case["passes"]


def test_an_item_without_a_response_counts_as_not_correct() -> None:
    assert scoring.score(ITEMS.values(), {"choice": "b", "true": "true"}) == Score(2, 10, 0.2)


def test_a_response_to_no_item_counts_for_nothing() -> None:
    assert scoring.score([ITEMS["choice"]], {"choice": "b", "elsewhere": "b"}) == Score(1, 1, 1.0)


@pytest.mark.parametrize("name", ITEMS)
def test_the_key_of_an_item_is_correct(name: str) -> None:
    assert scoring.correct(ITEMS[name], scoring.key(ITEMS[name]))


@given(st.integers(1, 400), st.data(), st.decimals("0", "1", places=4))
def test_whoever_passes_has_the_share_that_is_asked_for(total: int, data: st.DataObject, share: Any) -> None:
    right = data.draw(st.integers(0, total))
    assert scoring.passes(Score(right, total, 0), float(share)) is (Fraction(right, total) >= Fraction(share))


@given(st.sampled_from(list(ITEMS.values())), st.text(max_size=60))
def test_no_response_breaks_the_scoring(item: DefinedItem, response: str) -> None:
    assert scoring.correct(item, response) in (True, False)
