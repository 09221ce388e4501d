"""What staff read when a learner asks why."""

import json

from lrs_bridge.credit import explain, record
from tests.bridge.learning import (
    REGISTRATION,
    a_case,
    all_but_claim,
    assessed,
    at,
    claimed,
    decided,
    disclosed,
    everything,
    finished,
    passes,
)


def explained(*events: object, **besides: object) -> tuple[dict, str]:
    case = a_case(*events, **besides)  # type: ignore[arg-type]
    found = explain.explain([case], decided(case))
    return found, "\n".join(explain.lines(found))


def test_it_works() -> None:
    found, text = explained(*everything())

    assert found["registrations"][0]["registration"] == REGISTRATION
    assert "ama-pra-1: award, awarded 1.00, claimed 1.00, designated 1.25, completed on 2026-12-04" in text
    assert "- 1.00 claimed, of at most 1.25. [claimed-within-maximum]" in text


def test_shows_each_refusal_with_who_can_do_what() -> None:
    _, text = explained(disclosed(), *finished(), *assessed("post", success=True))

    assert "A pass was reported without any response that could be scored. [post-assessment-not-passed]" in text
    assert "learner: Open the activity and submit the evaluation." in text
    assert "post-activity assessment, attempt 1: 0 of 0 responses correct, reported as passed" in text


def test_shows_the_evidence_also_where_a_definition_is_not_known() -> None:
    _, text = explained(*everything(), definitions={})

    assert "[definition-unknown]" in text
    assert "disclosure acknowledged: 2026-12-04T16:01:00.000Z" in text


def test_is_json_and_the_same_again() -> None:
    first, _ = explained(*all_but_claim(), claimed(amount="9"))
    second, _ = explained(*all_but_claim(), claimed(amount="9"))

    assert record.canonical(first) == record.canonical(second)
    assert json.loads(record.canonical(first)) == first


def test_shows_flags_to_staff_and_not_to_the_learner() -> None:
    moment = a_case(*everything()).evidence.disclosed[0].mark.timestamp
    case = a_case(*at(moment, disclosed(), *finished()), *at(moment, *passes()))
    settled = decided(case)
    found = record.record(settled[0])

    assert "! Post-activity attempt 1: 0.0 seconds per item. [answered-very-fast]" in "\n".join(
        explain.lines(explain.explain([case], settled))
    )
    assert found["flags"]
    assert "flags" not in record.for_learner(found)
