"""From a launch to a credit record, through the doors that a package uses."""

from __future__ import annotations

from tests.bridge.builders import KEY_OF_BOB, UNKNOWN, ABridge
from tests.bridge.learning import ACTIVITY, all_but_claim, claimed, everything, opened


def test_it_works(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*everything(amount="1.00"))
    record = here.record()
    assert (record["outcome"], record["awarded"], record["completed_on"]) == ("award", "1.00", "2026-12-04")


def test_shows_the_learner_their_own_record(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    here.works()
    credit = ann.credit()
    assert credit["pending"] is False
    assert ("ama-pra-1", "award") in [(record["system"], record["outcome"]) for record in credit["records"]]
    assert all("flags" not in record for record in credit["records"])


def test_says_that_a_decision_is_still_to_come(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.takes(opened())
    assert ann.credit()["pending"] is True


def test_says_how_much_has_arrived(here: ABridge) -> None:
    ann = here.registers().launched()
    ann.takes(*all_but_claim())
    credit = ann.credit()
    assert credit["statements"] == credit["last_sequence"] == len(all_but_claim())


def test_holds_what_was_taken_under_an_unknown_definition_until_it_is_registered(here: ABridge) -> None:
    ann = here.launched()
    ann.profile(profession="physician")
    ann.takes(*everything())
    assert here.record()["outcome"] == "held"
    here.registers()
    assert here.record()["outcome"] == "award"


def test_keeps_statements_that_name_a_definition_nobody_has(here: ABridge) -> None:
    ann = here.launched(definition=UNKNOWN)
    ann.takes(opened())
    assert ann.credit()["statements"] == 1


def test_shows_a_learner_nothing_of_anybody_else(here: ABridge) -> None:
    registered = here.registers()
    ann, bob = registered.launched(), registered.launched("bob", KEY_OF_BOB)
    ann.profile(profession="physician")
    ann.takes(*everything())
    here.works()
    assert bob.credit()["records"] == []


def test_enters_an_award_into_the_ledger_and_seals_it(here: ABridge) -> None:
    from lrs_bridge.deciding import sealing
    from lrs_bridge.store.engine import reading

    ann = here.registers().launched()
    ann.profile(profession="physician")
    ann.takes(*all_but_claim(), claimed())
    here.works()
    assert sealing.seal(here.bridge) >= 1
    with reading(here.bridge.engine) as connection:
        assert sealing.problems(here.bridge, connection) == ()
    assert here.record()["activity"] == ACTIVITY
