"""One registration that outlives a definition: each response is scored with the key under which it was given."""

from tests.bridge.learning import (
    CREDITS,
    D1,
    a_case,
    a_definition,
    an_item,
    assessed,
    claimed,
    decision,
    disclosed,
    evaluated,
    everything,
    finished,
    opened,
    under,
    verdict,
)  # fmt: skip

D2 = "d1-" + "2" * 40
CORRECTED = [an_item("q1", answer="c", version="2"), *(an_item(f"q{n}") for n in range(2, 5))]
LOWER = [{**CREDITS[0], "maximum": "0.75"}]


def test_it_works() -> None:
    both = {D1: a_definition(), D2: a_definition(version="2026.2", items=CORRECTED)}
    work = (disclosed(), *finished(), *assessed("post", "b", "b", "b", "a"), *evaluated(), claimed())

    assert verdict(a_case(*work, definitions=both))[0] == "award"  # b was right under D1: 3 of 4
    assert verdict(a_case(*under(D2, *work), definitions=both))[0] == "shortfall"  # under D2 it is not: 2 of 4


def test_a_response_before_the_change_keeps_its_key_when_submitted_after_it() -> None:
    both = {D1: a_definition(), D2: a_definition(version="2026.2", items=CORRECTED)}
    *answers, submission = assessed("post", "b", "b", "b", "a")
    work = (disclosed(), *finished(), *answers, *under(D2, submission, *evaluated(), claimed()))

    assert verdict(a_case(*work, definitions=both))[0] == "award"


def test_the_credit_is_that_of_the_definition_it_was_claimed_under() -> None:
    both = {D1: a_definition(), D2: a_definition(version="2026.2", credits=LOWER)}
    under_first = decision(a_case(*everything("ama-pra-1", "1.25"), definitions=both))
    under_second = decision(a_case(*everything()[:-1], *under(D2, claimed("ama-pra-1", "1.25")), definitions=both))

    assert (under_first.outcome, under_first.designated, under_first.version) == ("award", "1.25", "2026.1")
    assert (under_second.outcome, under_second.designated, under_second.version) == ("shortfall", "0.75", "2026.2")


def test_opening_the_activity_again_under_another_definition_changes_nothing() -> None:
    both = {D1: a_definition(), D2: a_definition(version="2026.2", credits=LOWER)}
    again = under(D2, opened())

    assert decision(a_case(*everything("ama-pra-1", "1.25"), *again, definitions=both)).awarded == "1.25"


def test_the_disclosure_is_compared_with_that_of_its_own_definition() -> None:
    other_text = {"html": "", "acknowledgement": "I have read it.", "hash": "another hash"}
    both = {D1: a_definition(), D2: a_definition(version="2026.2", disclosure=other_text)}

    assert verdict(a_case(disclosed("disclosure-hash"), *under(D2, *everything()[1:]), definitions=both))[0] == "award"
    assert verdict(a_case(*under(D2, *everything()), definitions=both)) == ("shortfall", ["disclosure-text-differs"])
