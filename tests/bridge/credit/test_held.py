"""What waits for somebody, and for whom: a decision is held only when nothing is missing on the learner's side."""

import pytest

from lrs_bridge.credit.model import Assurance
from tests.bridge.learning import (
    ACTIVITY,
    CREDITS,
    D1,
    a_case,
    a_definition,
    a_provider,
    a_rule,
    assessed,
    codes,
    decided,
    decision,
    disclosed,
    evaluated,
    everything,
    finished,
    rules,
    under,
    verdict,
)  # fmt: skip


def test_it_works() -> None:
    found = decision(a_case(*everything("acpe", "1.25"), profession="pharmacist", consents=["cpe-monitor"]), "acpe")

    assert (found.outcome, codes(found)) == ("held", ["identifier-missing"])
    assert (found.reasons[0].by, found.awarded, found.completed_on) == ("learner", "0.00", "2026-12-04")
    assert "NABP e-Profile ID" in found.reasons[0].text


def test_a_pharmacist_with_the_identifier_and_consent_is_awarded() -> None:
    case = a_case(*everything("acpe", "1.25"), profession="pharmacist", identifiers=["nabp-eprofile"], consents=["cpe-monitor"])

    assert verdict(case, "acpe")[0] == "award"


def test_a_consent_that_reporting_needs_is_waited_for() -> None:
    case = a_case(*everything("acpe", "1.25"), profession="pharmacist", identifiers=["nabp-eprofile"])

    assert verdict(case, "acpe") == ("held", ["consent-missing"])


def test_an_unknown_profession_holds_what_was_claimed() -> None:
    assert verdict(a_case(*everything(), profession=None)) == ("held", ["profession-unknown"])


def test_a_shortfall_goes_before_a_hold_and_names_both() -> None:
    case = a_case(disclosed(), *finished(), *evaluated(), profession=None)

    assert verdict(case) == ("shortfall", ["post-assessment-not-taken", "not-claimed", "profession-unknown"])


def test_an_unknown_definition_is_waited_for_and_registering_it_decides() -> None:
    work = everything()
    held = decision(a_case(*work, definitions={}))

    assert (held.outcome, codes(held), held.reasons[0].by) == ("held", ["definition-unknown"], "author")
    assert held.system == "ama-pra-1"
    assert verdict(a_case(*work, definitions={D1: a_definition()}))[0] == "award"


def test_another_activitys_definition_is_not_known_here() -> None:
    easier = a_definition(activity=f"{ACTIVITY}-easier")

    assert verdict(a_case(*everything(), definition=easier)) == ("held", ["definition-unknown"])


def test_one_statement_under_an_unknown_definition_is_enough() -> None:
    case = a_case(disclosed(), *under("d1-" + "9" * 40, *finished()), *everything()[3:])

    assert verdict(case) == ("held", ["definition-unknown"])


@pytest.mark.parametrize(
    ("reached", "outcome"), [(Assurance.ASSERTED, "held"), (Assurance.LINKED, "award"), (Assurance.CONFIRMED, "award")]
)
def test_a_provider_may_ask_for_more_assurance(reached: Assurance, outcome: str) -> None:
    careful = a_definition(provider=a_provider(assurance="linked"))

    assert verdict(a_case(*everything(), definition=careful, assurance=reached))[0] == outcome


def test_a_credits_rule_may_ask_for_more_assurance_than_the_provider() -> None:
    careful = a_rule("ama-pra-1", "choice", ["physician"], **{"from": "2020-01-01", "assurance": "confirmed"})

    assert verdict(a_case(*everything(), rule_book=rules(careful), assurance=Assurance.LINKED)) == ("held", ["assurance-too-low"])


def test_no_rule_in_force_is_waited_for() -> None:
    assert verdict(a_case(*everything(), rule_book=lambda system, on: None)) == ("held", ["no-rule-in-force"])


def test_a_package_that_keeps_its_responses_to_itself_is_trusted_as_far_as_the_rule_says() -> None:
    post = {"items": [], "passing_score": 0.8, "attempts": 3, "feedback": "none", "from": "lecture"}
    wrapped = a_definition(post=post)
    work = (disclosed(), *finished(), *assessed("post", success=True), *evaluated(), everything()[-1])

    for word, outcome in (("allow", "award"), ("hold", "held"), ("refuse", "shortfall")):
        rule = a_rule("ama-pra-1", "choice", ["physician"], **{"from": "2020-01-01", "package_scores": word})
        assert verdict(a_case(*work, definition=wrapped, rule_book=rules(rule)))[0] == outcome


# --- approval -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "code"),
    [
        (("2026-12-04", "2026-12-04"), None),
        (("2026-12-05", "2027-12-04"), "outside-approval"),
        (("2025-12-03", "2026-12-03"), "outside-approval"),
    ],
)
def test_credit_is_awarded_only_while_its_approval_holds(window: tuple[str, str], code: str | None) -> None:
    approved = [{**CREDITS[0], "approved_from": window[0], "approved_until": window[1]}]
    outcome, reasons = verdict(a_case(*everything(), definition=a_definition(credits=approved)))

    assert (outcome, reasons) == ("shortfall", [code]) if code else outcome == "award"


def test_an_activity_without_credit_records_participation() -> None:
    settled = decided(a_case(*everything()[:-1], definition=a_definition(credits=[])))

    assert [(one.decision.system, one.decision.outcome) for one in settled] == [("participation", "award")]
