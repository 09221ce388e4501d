"""What the statements of a registration show, in whatever order and however often they came."""

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from lrs_bridge import evidence
from lrs_bridge.credit.model import Origin, Stored
from tests.bridge.learning import (
    REGISTRATION,
    SECOND_REGISTRATION,
    TEN_IN_CHICAGO,
    Event,
    assessed,
    claimed,
    declined,
    disclosed,
    evaluated,
    everything,
    fails,
    finished,
    folded,
    passes,
    statements,
)  # fmt: skip

EVERYTHING = statements((*assessed("pre", "a", "b"), disclosed(), *finished(), *fails(1), *passes(2), *evaluated(), claimed(), declined()))


def voiding(voided: str, origin: str) -> Stored:
    return replace(EVERYTHING[0], id="void-1", registration="", meaning="voided", object=voided, origin=origin)


def test_it_works() -> None:
    found = folded(*everything())

    assert [done.content for done in found.finished] == ["lecture", "reading"]
    assert [(attempt.number, len(attempt.responses)) for attempt in found.post] == [(1, 4)]
    assert [(claim.system, claim.amount) for claim in found.claims] == [("ama-pra-1", "1.00")]


@given(some.randoms(use_true_random=False), some.lists(some.integers(0, len(EVERYTHING) - 1), max_size=20))
def test_order_and_repetition_do_not_matter(chance: random.Random, again: list[int]) -> None:
    delivered = [*EVERYTHING, *(EVERYTHING[index] for index in again)]
    chance.shuffle(delivered)

    assert evidence.fold(REGISTRATION, delivered) == evidence.fold(REGISTRATION, EVERYTHING)


def test_a_copy_from_an_upstream_is_the_same_statement() -> None:
    copies = [replace(one, origin=Origin.UPSTREAM, stored=one.stored + timedelta(days=1)) for one in EVERYTHING]

    assert evidence.fold(REGISTRATION, [*copies, *EVERYTHING]) == evidence.fold(REGISTRATION, EVERYTHING)


def test_another_registrations_statements_are_left_out() -> None:
    others = statements(everything(), registration=SECOND_REGISTRATION)

    assert evidence.fold(REGISTRATION, [*EVERYTHING, *others]) == evidence.fold(REGISTRATION, EVERYTHING)


def test_a_voided_statement_drops_out_whenever_the_voiding_arrives() -> None:
    submission = next(s for s in EVERYTHING if s.meaning == "submitted" and s.assessment == "post")
    void = voiding(submission.id, Origin.KEY)

    for delivered in ([void, *EVERYTHING], [*EVERYTHING, void]):
        assert [attempt.number for attempt in evidence.fold(REGISTRATION, delivered).post] == [2]


def test_a_learner_cannot_void_a_failed_attempt() -> None:
    submission = next(s for s in EVERYTHING if s.meaning == "submitted" and s.assessment == "post")
    found = evidence.fold(REGISTRATION, [*EVERYTHING, voiding(submission.id, Origin.LAUNCH)])

    assert [attempt.number for attempt in found.post] == [1, 2]


def test_the_last_response_before_the_submission_counts() -> None:
    answer = [Event("answered", {"a": "post", "t": 1, "i": "q1", "r": r}) for r in ("a", "b")]
    late = Event("answered", {"a": "post", "t": 1, "i": "q1", "r": "c"})
    found = folded(*answer, *assessed("post"), late)

    assert [(r.item, r.response) for r in found.post[0].responses] == [("q1", "b")]


def test_responses_belong_to_their_own_attempt_and_assessment() -> None:
    found = folded(*assessed("pre", "a", "c"), *fails(1), *passes(2))

    assert [response.response for response in found.pre[0].responses] == ["a", "c"]
    assert [[response.response for response in attempt.responses] for attempt in found.post] == [["b", "a", "a", "a"], ["b"] * 4]


def test_what_was_not_submitted_is_no_attempt() -> None:
    assert folded(*passes()[:-1]).post == ()


def test_a_rating_after_the_evaluation_changes_nothing() -> None:
    found = folded(*evaluated(), Event("rated", {"i": "fair", "r": "1"}))

    assert [(rating.item, rating.response) for rating in found.ratings] == [("fair", "4")]


def test_the_first_finish_of_a_content_counts() -> None:
    found = folded(*finished("reading", seconds=300), *finished("reading", seconds=900))

    assert [(done.content, done.seconds, done.mark.timestamp) for done in found.finished] == [
        ("reading", 300, TEN_IN_CHICAGO + timedelta(minutes=1))
    ]


def test_a_claim_after_a_decline_was_asked_anew() -> None:
    found = folded(claimed(), declined("ama-pra-1"), claimed(amount="0.25"), claimed(amount="0.50"))
    word = evidence.claim_on(found, "ama-pra-1")

    assert word is not None
    assert (word.amount, word.asked.timestamp) == ("0.50", TEN_IN_CHICAGO + timedelta(minutes=3))


def test_a_decline_of_all_credit_speaks_for_every_system_until_it_is_claimed_again() -> None:
    found = folded(claimed("ama-pra-1"), declined(), claimed("abim-moc"))
    words = {system: evidence.claim_on(found, system) for system in ("ama-pra-1", "abim-moc", "ancc")}

    assert {system: word.amount if word else "nothing" for system, word in words.items()} == {
        "ama-pra-1": None,
        "abim-moc": "1.00",
        "ancc": None,
    }
