"""Assessments that draw their items: the bridge draws again, whatever the statements say was asked."""

from __future__ import annotations

from typing import Any

import pytest

from lrs_bridge.credit import scores
from lrs_bridge.credit.model import Award, Case
from lrs_bridge.outcomes import measures
from scorm_packager.activity import draws
from scorm_packager.activity.definition_model import Definition
from tests.bridge.learning import Event, a_case, a_definition, an_item, claimed, codes, decision, disclosed, evaluated, finished

KEY = draws.draw_key("00112233445566778899aabbccddeeff")
BANK = tuple(f"q{number}" for number in range(1, 9))


def drawing(**post: Any) -> Definition:
    """Two of eight, both of which must be right."""
    drawn = {"items": BANK, "draws": [{"items": BANK, "n": 2}]}
    rest = {"passing_score": 1.0, "attempts": 3, "feedback": "after attempt"}
    return a_definition(items=[an_item(item) for item in BANK], pre=drawn, post=drawn | rest | post)


def drawn(attempt: int = 1) -> tuple[str, ...]:
    definition = drawing()
    assert definition.post is not None
    return draws.asked(definition.post, KEY, attempt)


def answers(a: str, attempt: int = 1, **responses: str) -> tuple[Event, ...]:
    given = (Event("answered", {"a": a, "t": attempt, "i": item, "r": r}) for item, r in responses.items())
    return (*given, Event("submitted", {"a": a, "t": attempt, "success": True}))


def taken(*post: Event, definition: Definition | None = None, before: tuple[Event, ...] = ()) -> Case:
    events = (disclosed(), *before, *finished(), *post, *evaluated(), claimed())
    return a_case(*events, definition=definition or drawing(), draw_key=KEY)


def test_it_works() -> None:
    assert isinstance(decision(taken(*answers("post", **dict.fromkeys(drawn(), "b")))), Award)


def test_what_was_drawn_and_not_answered_is_wrong() -> None:
    first, _ = drawn()
    assert "post-assessment-not-passed" in codes(decision(taken(*answers("post", **{first: "b"}))))


def test_right_answers_to_items_that_were_not_drawn_count_for_nothing() -> None:
    others = [item for item in BANK if item not in drawn()]
    assert "post-assessment-not-passed" in codes(decision(taken(*answers("post", **dict.fromkeys(others, "b")))))


def test_another_attempt_is_scored_by_its_own_draw() -> None:
    failed = answers("post", 1, **dict.fromkeys(drawn(1), "a"))
    assert set(drawn(1)) != set(drawn(2))
    assert isinstance(decision(taken(*failed, *answers("post", 2, **dict.fromkeys(drawn(2), "b")))), Award)


def test_nobody_chooses_a_draw_by_naming_an_attempt_that_is_not_allowed() -> None:
    assert "post-assessment-not-passed" in codes(decision(taken(*answers("post", 4, **dict.fromkeys(drawn(4), "b")))))


def test_what_is_practised_in_the_content_is_no_response_to_an_assessment() -> None:
    practised = tuple(Event("practised", {"c": "reading", "i": item, "r": "b", "ok": True}) for item in drawn())
    case = a_case(disclosed(), *practised, *finished(), *answers("post"), *evaluated(), claimed(), definition=drawing(), draw_key=KEY)
    assert (scores.responses(case), "post-assessment-not-passed" in codes(decision(case))) == ((), True)


def test_another_registration_draws_for_itself() -> None:
    case = taken(*answers("post", **dict.fromkeys(drawn(), "b")))
    [attempt] = case.evidence.post
    other = next(key for n in range(99) if set(asked_with(key := draws.draw_key(f"{n:032x}"))) != set(drawn()))
    moved = a_case(*(), definition=drawing(), draw_key=other)
    assert not scores.post(attempt, moved, ()).passed


def asked_with(key: str) -> tuple[str, ...]:
    definition = drawing()
    assert definition.post is not None
    return draws.asked(definition.post, key, 1)


def test_responses_to_items_that_were_not_drawn_are_kept_out_of_outcomes() -> None:
    other = next(item for item in BANK if item not in drawn())
    case = taken(*answers("post", **dict.fromkeys((*drawn(), other), "b")))
    assert {response.item for response in scores.responses(case)} == set(drawn())


@pytest.mark.parametrize("wrong", [0, 1])
def test_before_and_after_are_compared_on_the_items_asked_both_times(wrong: int) -> None:
    before = answers("pre", **{item: "a" if at <= wrong else "b" for at, item in enumerate(drawn())})
    [learner] = measures.learners([taken(*answers("post", **dict.fromkeys(drawn(), "b")), before=before)], [])
    pairs = measures.score_pairs([learner], [(item, an_item(item)["version"]) for item in BANK])
    assert (pairs.before, pairs.after) == ((0.5 - wrong / 2,), (1.0,))
