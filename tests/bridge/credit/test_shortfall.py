"""What is missing, all of it at once, each with what can be done about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lrs_bridge.credit.model import Origin
from tests.bridge.learning import (
    TEN_IN_CHICAGO,
    Event,
    a_case,
    a_definition,
    a_rule,
    all_but_claim,
    an_offer,
    assessed,
    claimed,
    codes,
    decided,
    decision,
    declined,
    disclosed,
    evaluated,
    everything,
    fails,
    finished,
    passes,
    rules,
    verdict,
)  # fmt: skip


def test_it_works() -> None:
    assert verdict(a_case(disclosed())) == (
        "shortfall",
        ["content-not-finished", "post-assessment-not-taken", "evaluation-not-submitted", "not-claimed"],
    )


def test_every_shortfall_has_a_remedy_and_says_whose() -> None:
    found = decision(a_case(disclosed(), finished("reading")[0], *fails()))

    assert all(reason.remedy and reason.by in ("learner", "coordinator", "author") for reason in found.reasons)
    assert "Lecture" in found.reasons[0].text


def test_awards_nothing_and_gives_no_day_of_completion() -> None:
    found = decision(a_case(disclosed()))

    assert (found.awarded, found.completed_on, found.designated) == ("0.00", None, "1.25")


def test_a_skipped_evaluation_is_one_shortfall() -> None:
    assert verdict(a_case(disclosed(), *finished(), *passes(), claimed())) == ("shortfall", ["evaluation-not-submitted"])


def test_an_unclaimed_credit_is_not_claimed() -> None:
    assert verdict(a_case(*all_but_claim())) == ("shortfall", ["not-claimed"])


def test_a_declined_credit_is_declined() -> None:
    assert verdict(a_case(*all_but_claim(), declined("ama-pra-1"))) == ("shortfall", ["credit-declined"])


def test_declining_all_credit_declines_each() -> None:
    outcomes = {settled.decision.system: codes(settled.decision) for settled in decided(a_case(*all_but_claim(), declined()))}

    assert outcomes == {"ama-pra-1": ["credit-declined"], "abim-moc": ["credit-declined"]}


def test_the_last_word_counts() -> None:
    assert verdict(a_case(*everything(), declined()))[0] == "shortfall"
    assert verdict(a_case(*all_but_claim(), declined(), claimed()))[0] == "award"


# --- forging ------------------------------------------------------------------------------------


def test_a_bare_pass_without_responses_is_no_pass() -> None:
    bare = assessed("post", success=True)
    found = decision(a_case(disclosed(), *finished(), *bare, *evaluated(), claimed()))

    assert codes(found) == ["post-assessment-not-passed"]
    assert "A pass was reported without any response" in found.reasons[0].text


def test_a_pass_reported_against_the_responses_is_no_pass() -> None:
    forged = assessed("post", "b", "b", "a", "c", success=True)  # 2 of 4, 3 are needed

    assert verdict(a_case(disclosed(), *finished(), *forged, *evaluated(), claimed())) == ("shortfall", ["post-assessment-not-passed"])


def test_a_failure_reported_against_the_responses_is_a_pass() -> None:
    said = assessed("post", "b", "b", "b", "b", success=False)

    assert verdict(a_case(disclosed(), *finished(), *said, *evaluated(), claimed()))[0] == "award"


def test_content_before_disclosure() -> None:
    assert verdict(a_case(*finished(), disclosed(), *passes(), *evaluated(), claimed())) == ("shortfall", ["content-before-disclosure"])


@pytest.mark.parametrize(
    "early",
    [
        Event("practised", {"c": "reading", "i": "q1", "r": "b", "ok": True}),
        Event("reflected", {"c": "reading", "i": "my-practice", "r": "weigh first"}),
    ],
)
def test_a_case_or_a_reflection_before_disclosure(early: Event) -> None:
    taken = (early, disclosed(), *finished(), *passes(), *evaluated(), claimed())
    assert verdict(a_case(*taken)) == ("shortfall", ["content-before-disclosure"])


def test_the_post_activity_assessment_before_disclosure() -> None:
    assert verdict(a_case(*passes(), disclosed(), *finished(), *evaluated(), claimed())) == ("shortfall", ["content-before-disclosure"])


def test_content_that_gives_an_earlier_time_but_a_later_number_is_still_judged_by_both() -> None:
    numbered = Event("disclosed", {"hash": "disclosure-hash"}, sequence=50)  # first by its time, after the content by its number

    assert verdict(a_case(numbered, *finished(), *passes(), *evaluated(), claimed())) == ("shortfall", ["content-before-disclosure"])


def test_an_acknowledgement_that_arrives_long_after_the_content_is_held_whatever_time_it_gives() -> None:
    backdated = replace(disclosed(), at=TEN_IN_CHICAGO, stored=TEN_IN_CHICAGO + timedelta(hours=1), sequence=1)
    work = (*(replace(event, sequence=n) for n, event in enumerate(finished(), start=2)), *passes(), *evaluated(), claimed())

    assert verdict(a_case(backdated, *work)) == ("held", ["disclosure-order-doubtful"])


def test_work_that_was_done_without_a_network_arrives_together_and_is_believed() -> None:
    evening = TEN_IN_CHICAGO + timedelta(hours=8)
    work = (replace(event, stored=evening) for event in everything())

    assert verdict(a_case(*work))[0] == "award"


def test_the_pre_activity_assessment_is_no_content() -> None:
    pre = assessed("pre", "a", "a", "a", "a")

    assert verdict(a_case(*pre, *everything()))[0] == "award"


def test_another_text_acknowledged() -> None:
    case = a_case(disclosed("hash of another text"), *finished(), *passes(), *evaluated(), claimed())

    assert verdict(case) == ("shortfall", ["disclosure-text-differs"])


def test_statements_that_came_in_another_way_are_no_evidence() -> None:
    stray = [Event(event.kind, event.payload, origin=Origin.OTHER) for event in everything()]

    assert decided(a_case(*stray)) == ()


def test_a_response_after_the_submission_changes_nothing() -> None:
    late = Event("answered", {"a": "post", "t": 1, "i": "q2", "r": "b"})
    case = a_case(disclosed(), *finished(), *assessed("post", "b", "b", "a", "a"), late, *evaluated(), claimed())

    assert verdict(case) == ("shortfall", ["post-assessment-not-passed"])


def test_a_response_to_no_item_of_the_assessment_counts_for_nothing() -> None:
    strange = [Event("answered", {"a": "post", "t": 1, "i": f"x{n}", "r": "b"}) for n in range(9)]
    case = a_case(disclosed(), *finished(), *strange, *assessed("post", "b", "b"), *evaluated(), claimed())

    assert verdict(case) == ("shortfall", ["post-assessment-not-passed"])


def test_a_number_for_technicians_gives_pharmacists_nothing_and_technicians_their_credit() -> None:
    professions = ["pharmacist", "pharmacy-technician"]
    number = an_offer("acpe", "fixed", ["pharmacy-technician"], uan="JA0000000-9999-26-012-H01-T")
    activity = a_definition(credits=[number])
    book = rules(a_rule("acpe", "fixed", professions, **{"from": "2020-01-01"}))

    def outcome(profession: str) -> str:
        return verdict(a_case(*everything("acpe", "1.25"), profession=profession, definition=activity, rule_book=book), "acpe")[0]

    assert [outcome(profession) for profession in professions] == ["shortfall", "award"]
