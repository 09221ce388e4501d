"""Credit systems: the rules in force on a day, the wordings that must be printed word for word, and what is asked of whom."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from scorm_packager.activity import accreditors, credits, professions
from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.definition_model import CreditOffer
from scorm_packager.activity.problems import ProblemsFound
from tests.packager.activity_builders import an_activity

SYSTEMS = [key for key in credits.systems() if key != credits.PARTICIPATION]
RULES = credits.all_rules()


def an_offer(system: str, maximum: str = "1.25", activity: dict[str, object] | None = None, **different: object) -> CreditOffer:
    like = {"abim-moc": [{"system": "ama-pra-1", "maximum": maximum}]}.get(system, [])
    offered = [*like, {"system": system, "maximum": maximum, **different}]
    return credits.offers(an_activity(credits=offered, **(activity or {})))[-1]


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_it_works() -> None:
    rule = credits.rule("ama-pra-1", date(2026, 12, 4))
    assert rule is not None
    assert (rule.id, rule.from_, rule.claim, rule.step, rule.professions) == (
        "ama-pra-1", date(2017, 1, 1), "choice", Decimal("0.25"), ("physician",),
    )  # fmt: skip


def test_a_system_is_a_file_found_by_looking() -> None:
    assert {"ama-pra-1", "ancc", "acpe", "abim-moc", "aapa", "ipce", "aoa", "aafp", "rcpsc", "eaccme"} == set(SYSTEMS)


def test_nothing_is_in_force_before_the_first_rule_or_of_an_unknown_system() -> None:
    assert credits.rule("ama-pra-1", date(2011, 6, 30)) is None
    assert credits.rule("ama-pra-3", date(2026, 12, 4)) is None


def test_the_day_decides_which_rule_holds() -> None:
    days = [date(2011, 7, 1), date(2016, 12, 31), date(2017, 1, 1)]
    found = [credits.rule("ama-pra-1", day) for day in days]
    assert [rule.from_.year for rule in found if rule] == [2011, 2011, 2017]


@pytest.mark.parametrize(("maximum", "name"), [("1", "AMA PRA Category 1 Credit™"), ("1.25", "AMA PRA Category 1 Credits™")])
def test_learners_see_the_name_that_the_amount_wants(maximum: str, name: str) -> None:
    assert plain(an_offer("ama-pra-1", maximum).name_html) == name


# --- wordings -----------------------------------------------------------------------------------


def test_ama_designation_in_force() -> None:
    assert an_offer("ama-pra-1").designation_html == (
        "The Northfield Medical Society designates this enduring material for a maximum of 1.25 "
        "<em>AMA PRA Category 1 Credits</em>™. Physicians should claim only the credit commensurate with the extent of their "
        "participation in the activity."
    )


def test_ama_designation_of_an_activity_reviewed_under_the_older_order_of_words() -> None:
    html = an_offer("ama-pra-1", activity={"released": "2013-01-01", "reviewed": "2015-01-01"}).designation_html
    assert "Physicians should only claim credit commensurate with" in html


def test_the_review_date_decides_over_the_release_date() -> None:
    offer = an_offer("ama-pra-1", activity={"released": "2015-01-01", "reviewed": "2018-01-01"})
    assert offer.rule.from_ == "2017-01-01"


def test_one_credit_is_singular() -> None:
    assert "a maximum of 1.0 <em>AMA PRA Category 1 Credit</em>™." in an_offer("ama-pra-1", "1").designation_html


def test_a_provider_that_has_its_article_does_not_get_it_twice() -> None:
    provider = {
        "name": "The Lakeside School",
        "accreditations": [{"accreditor": "accme"}],
        "contact": {"name": "O", "email": "o@l.example"},
    }
    assert an_offer("ama-pra-1", activity={"provider": provider}).designation_html.startswith("The Lakeside School designates")


def test_a_name_cannot_smuggle_html_into_a_statement() -> None:
    provider = {"name": "<script>&", "accreditations": [{"accreditor": "accme"}], "contact": {"name": "O", "email": "o@l.example"}}
    assert "The &lt;script&gt;&amp; designates" in an_offer("ama-pra-1", activity={"provider": provider}).designation_html


def test_acpe_gives_contact_hours_ceus_and_the_uan() -> None:
    offer = an_offer("acpe", "1.25", uan="JA0000000-9999-26-012-H01-P", kind="application")
    assert offer.designation_html == (
        "This application-based activity is designated for 1.25 contact hours (0.125 CEUs) of continuing pharmacy education credit. "
        "UAN: JA0000000-9999-26-012-H01-P. The official statement of credit is kept by CPE Monitor."
    )
    assert offer.official_record == "CPE Monitor"


@pytest.mark.parametrize(("letter", "profession"), [("P", "pharmacist"), ("T", "pharmacy-technician")])
def test_an_acpe_number_is_for_pharmacists_or_for_technicians(letter: str, profession: str) -> None:
    assert an_offer("acpe", uan=f"JA0000000-9999-26-012-H01-{letter}", kind="application").professions == (profession,)


def test_aoa_statement() -> None:
    assert plain(an_offer("aoa").designation_html) == (
        "The Northfield Medical Society has designated this enduring material activity for a maximum of 1.25 AOA Category 1-B CME credits. "
        "Physicians should claim only the credit commensurate with the extent of their participation in the activity."
    )


def test_abim_statement() -> None:
    assert an_offer("abim-moc", "0.75", credit_type="Medical Knowledge").designation_html == (
        "Successful completion of this CME activity, which includes participation in the evaluation component, enables the participant "
        "to earn up to 0.75 Medical Knowledge MOC points in the American Board of Internal Medicine's (ABIM) Maintenance of Certification "
        "(MOC) program. Participants will earn MOC points equivalent to the amount of CME credits claimed for the activity. It is the CME "
        "activity provider's responsibility to submit participant completion information to ACCME for the purpose of granting ABIM MOC "
        "credit."
    )


def test_aapa_names_the_day_until_which_it_is_approved() -> None:
    offer = an_offer("aapa", approved={"from": "2026-12-01", "until": "2027-11-30"})
    assert offer.designation_html == (
        "The Northfield Medical Society has been authorized by the American Academy of PAs (AAPA) to award AAPA Category 1 CME credit for "
        "activities planned in accordance with AAPA CME Criteria. This activity is designated for 1.25 AAPA Category 1 CME credits. "
        "Approval is valid until November 30, 2027. PAs should only claim credit commensurate with the extent of their participation."
    )


def test_ipce_statement() -> None:
    assert an_offer("ipce", "1").designation_html == (
        "This activity was planned by and for the healthcare team, and learners will receive 1.0 Interprofessional Continuing Education "
        "(IPCE) credit for learning and change."
    )


def test_the_wording_of_a_letter_is_printed_word_for_word() -> None:
    letter = "The AAFP has reviewed Asthma & COPD <2026>, and deemed it acceptable for up to 1.25 Prescribed credits."
    assert an_offer("aafp", statement=letter).designation_html == letter.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id} {rule.from_}")
def test_every_wording_can_be_filled(rule: CreditRule) -> None:
    if rule.id == credits.PARTICIPATION:
        assert credits.participation_attestation(an_activity()) == "I took part in this activity myself."
        return
    offer = an_offer(rule.id, activity={"released": rule.from_.isoformat()})
    assert offer.rule.from_ == rule.from_.isoformat()
    for text in (plain(offer.designation_html), offer.attestation):
        assert text
        assert not re.search(r"[{}\a\n]|  ", text), text


# --- who, how much, and what is asked -----------------------------------------------------------


def test_only_physicians_may_be_awarded_ama_credit() -> None:
    activity = an_activity(credits=[{"system": "ama-pra-1", "maximum": "1"}, {"system": "ancc", "maximum": "1"}])
    offers = credits.offers(activity)
    open_to = {key: [offer.system for offer in credits.open_to(offers, key)] for key in ("physician", "nurse", "pharmacist", "other")}
    assert open_to == {"physician": ["ama-pra-1"], "nurse": ["ancc"], "pharmacist": [], "other": []}


@pytest.mark.parametrize(
    ("system", "claim", "minimum", "step"),
    [
        ("ama-pra-1", "choice", "0.25", "0.25"),
        ("ancc", "fixed", "1.25", "0.01"),
        ("acpe", "fixed", "1.25", "0.25"),
        ("abim-moc", "equal", "0.25", "0.25"),
    ],
)
def test_how_an_amount_is_claimed(system: str, claim: str, minimum: str, step: str) -> None:
    offer = an_offer(system)
    assert (offer.claim, offer.minimum, offer.maximum, offer.step) == (claim, minimum, "1.25", step)


def test_abim_points_equal_the_ama_credits_claimed() -> None:
    assert an_offer("abim-moc").equal_to == "ama-pra-1"


@pytest.mark.parametrize(
    ("system", "required", "optional"),
    [
        ("ama-pra-1", [], ["npi", "license", "birth-month-day"]),
        ("ancc", [], ["license"]),
        ("acpe", ["nabp-eprofile", "birth-month-day"], []),
        ("abim-moc", ["abim-id", "birth-month-day"], []),
        ("aapa", [], []),
    ],
)
def test_asks_only_for_the_identifiers_that_a_credit_needs(system: str, required: list[str], optional: list[str]) -> None:
    asked = an_offer(system).identifiers
    assert [ask.key for ask in asked if ask.required] == required
    assert [ask.key for ask in asked if not ask.required] == optional


def test_points_are_not_reported_without_consent() -> None:
    consents = {
        system: [(ask.key, ask.required) for ask in an_offer(system).consents] for system in ("ama-pra-1", "abim-moc", "acpe", "ancc")
    }
    assert consents == {"ama-pra-1": [("pars", False)], "abim-moc": [("pars", True)], "acpe": [("cpe-monitor", True)], "ancc": []}


IDENTIFIERS = {
    "npi": (["1234567893"], ["123456789", "12345678901", "123456789x"]),
    "birth-month-day": (["09-30", "0930", "02-29"], ["13-01", "00-10", "9-30", "1980-09-30", "09-32"]),
    "nabp-eprofile": (["9990042"], ["99", "e999004"]),
    "abim-id": (["012345", "7"], ["1234567", "A12345"]),
    "license": (["IL 036000000"], ["036000000", "Illinois 036"]),
}


@pytest.mark.parametrize("key", IDENTIFIERS)
def test_an_identifier_is_told_from_a_slip_of_the_pen(key: str) -> None:
    fits, slips = IDENTIFIERS[key]
    patterns = {ask.pattern for rule in RULES for ask in rule.identifiers if ask.key == key}
    for pattern in patterns:
        assert [text for text in fits if not re.fullmatch(pattern, text)] == []
        assert [text for text in slips if re.fullmatch(pattern, text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id} {rule.from_}")
def test_a_rule_cites_its_source_and_names_what_there_is(rule: CreditRule) -> None:
    known = {profession.key for profession in professions.professions()}
    assert rule.source
    assert rule.verified or rule.note
    assert set(rule.professions) <= known
    assert rule.equal_to is None or rule.equal_to in SYSTEMS


@pytest.mark.parametrize(("system", "days"), [("acpe", 60), ("abim-moc", 30), ("ama-pra-1", None)])
def test_knows_within_how_many_days_a_credit_is_reported(system: str, days: int | None) -> None:
    rule = credits.rule(system, date(2026, 12, 4))
    assert rule is not None
    assert rule.report_within_days == days


def test_a_credit_without_a_rule_on_the_review_date_is_a_problem() -> None:
    with pytest.raises(ProblemsFound) as found:
        an_offer("ama-pra-1", activity={"released": "2001-01-01"})
    assert [problem.code for problem in found.value.problems] == ["no-credit-rule"]


# --- amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "text", "words"), [
    ("1", "1.00", "1.0"), ("1.25", "1.25", "1.25"), ("0.125", "0.125", "0.125"), ("10", "10.00", "10.0"), ("1.50", "1.50", "1.5"),
    ("0.1250", "0.125", "0.125"), ("100", "100.00", "100.0"),
])  # fmt: skip
def test_writes_an_amount(amount: str, text: str, words: str) -> None:
    assert (credits.amount_text(Decimal(amount)), credits.amount_words(Decimal(amount))) == (text, words)


@pytest.mark.parametrize(
    ("minutes", "hours"), [(7, "0.00"), (8, "0.25"), (22, "0.25"), (23, "0.50"), (60, "1.00"), (67, "1.00"), (68, "1.25")]
)
def test_rounds_minutes_to_the_nearest_quarter_hour(minutes: int, hours: str) -> None:
    assert credits.nearest_quarter(minutes) == Decimal(hours)


# --- accreditation statements -------------------------------------------------------------------


def statement(*, accreditor: str = "accme", partners: tuple[str, ...] = (), number: str = "") -> str:
    provider = {
        "name": "Northfield Medical Society",
        "accreditations": [{"accreditor": accreditor, "number": number}],
        "contact": {"name": "O", "email": "o@n.example"},
    }
    kind = {"kind": "joint", "with": partners} if partners else {"kind": "direct"}
    return "\n".join(accreditors.statements_of(an_activity(provider=provider, providership=kind), date(2026, 12, 1)))


def test_accme_statement_of_a_direct_provider() -> None:
    assert statement() == (
        "The Northfield Medical Society is accredited by the Accreditation Council for Continuing Medical Education (ACCME) to provide "
        "continuing medical education for physicians."
    )


def test_accme_statement_of_joint_providers() -> None:
    assert statement(partners=("Lakeside Stroke Foundation",)) == (
        "This activity has been planned and implemented in accordance with the accreditation requirements and policies of the "
        "Accreditation Council for Continuing Medical Education (ACCME) through the joint providership of Northfield Medical Society "
        "and Lakeside Stroke Foundation. The Northfield Medical Society is accredited by the ACCME to provide continuing medical "
        "education for physicians."
    )


def test_joint_accreditation_statement() -> None:
    assert statement(accreditor="joint") == (
        "In support of improving patient care, Northfield Medical Society is jointly accredited by the Accreditation Council for "
        "Continuing Medical Education (ACCME), the Accreditation Council for Pharmacy Education (ACPE), and the American Nurses "
        "Credentialing Center (ANCC), to provide continuing education for the healthcare team."
    )


def test_a_state_society_stands_in_the_place_of_the_accme() -> None:
    assert "accredited by the Medical Society of Northland to provide" in statement(
        accreditor="state", number="Medical Society of Northland"
    )


@pytest.mark.parametrize("key", accreditors.accreditors())
def test_every_accreditation_statement_can_be_filled(key: str) -> None:
    for text in (statement(accreditor=key, number="N1"), statement(accreditor=key, partners=("A", "B", "C"), number="N1")):
        assert "Northfield Medical Society" in text
        assert not re.search(r"[{}\a\n]|  |, \.|sponsorship|to physicians", text), text


# --- professions --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "key"), [
    ("Physician", "physician"), ("physicians", "physician"), ("physician associate", "physician-associate"), ("PA", "physician-associate"),
    ("registered nurse", "nurse"), ("nurse-practitioner", "nurse-practitioner"), ("Pharmacy Technicians", "pharmacy-technician"),
])  # fmt: skip
def test_finds_a_profession_by_the_names_that_authors_write(name: str, key: str) -> None:
    found = professions.find(name)
    assert found is not None
    assert found.key == key


def test_no_two_professions_share_a_name() -> None:
    names = [name for found in professions.professions() for name in {name.lower() for name in (found.key, *found.names)}]
    assert len(names) == len(set(names))


def test_a_learner_may_choose_the_audience_first_and_another_profession_last() -> None:
    offered = [found.key for found in professions.offered(["pharmacist", "nurse"])]
    assert (offered[:3], offered[-1]) == (["pharmacist", "nurse", "physician"], "other")
