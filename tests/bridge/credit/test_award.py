"""What a learner who does everything is awarded, and what the record of it says."""

from lrs_bridge.credit import record
from tests.bridge.learning import D1, REGISTRATION, a_case, all_but_claim, claimed, codes, decided, decision, everything, verdict


def test_it_works() -> None:
    found = decision(a_case(*everything("ama-pra-1", "1.00")))

    assert (found.outcome, found.designated, found.computed, found.claimed, found.awarded) == ("award", "1.25", "1.25", "1.00", "1.00")


def test_says_why_each_requirement_was_met() -> None:
    assert codes(decision(a_case(*everything()))) == [
        "disclosure-acknowledged",
        "content-finished",
        "post-assessment-passed",
        "evaluation-submitted",
        "claimed-within-maximum",
        "completed-in-time",
        "profession-eligible",
    ]


def test_names_the_day_the_definition_and_the_rule() -> None:
    found = decision(a_case(*everything()))

    assert (found.completed_on, found.definition, found.version) == ("2026-12-04", D1, "2026.1")
    assert found.rule is not None
    assert (found.rule.id, found.rule.from_) == ("ama-pra-1", "2017-01-01")


def test_rests_on_the_statements_it_names() -> None:
    case = a_case(*everything())
    found = decision(case)

    evidence = case.evidence
    expected = [evidence.disclosed[0].mark, *(f.mark for f in evidence.finished), *(r.mark for r in evidence.post[0].responses)]
    expected += [evidence.post[0].submitted, evidence.evaluated, evidence.claims[0].mark]
    assert found.statements == tuple(sorted(mark.id for mark in expected if mark))


def test_awards_a_nurse_contact_hours_and_no_physician_credit() -> None:
    settled = decided(a_case(*everything("ancc", "1.25"), profession="nurse"))

    assert {one.decision.system: one.decision.outcome for one in settled} == {"ancc": "award"}


def test_records_participation_for_a_profession_without_a_credit() -> None:
    found = decision(a_case(*all_but_claim(), profession="other"), "participation")

    assert (found.outcome, found.designated, found.awarded, found.unit) == ("award", "", "", "")
    assert found.completed_on == "2026-12-04"
    assert codes(found)[-1] == "participation-open"


def test_refuses_a_nurse_who_claims_physician_credit() -> None:
    case = a_case(*all_but_claim(), claimed("ama-pra-1", "1.00"), profession="nurse")

    assert verdict(case, "ama-pra-1") == ("shortfall", ["profession-not-eligible"])
    assert verdict(case, "ancc") == ("shortfall", ["not-claimed"])


def test_is_a_record_of_strings_and_dates() -> None:
    found = record.with_certificate(record.record(decided(a_case(*everything()))[-1]), None)

    assert found["id"] == "c2cc8796-917a-55c7-b12d-bfd793a5d7b6"  # uuid5 of registration and system: for ever
    assert found["registration"] == REGISTRATION
    assert (found["outcome"], found["awarded"], found["completed_on"], found["certificate"]) == ("award", "1.00", "2026-12-04", None)
    assert found["rule"] == {"id": "ama-pra-1", "from": "2017-01-01"}
    assert found["reasons"][4] == {"code": "claimed-within-maximum", "text": "1.00 claimed, of at most 1.25."}


def test_nothing_is_decided_where_nothing_happened() -> None:
    assert decided(a_case()) == ()
