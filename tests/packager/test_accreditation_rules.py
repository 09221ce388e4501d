"""Rules have sources, codes, examples, and a page that lists them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm_packager.activity import credits
from scorm_packager.activity.accreditation.listing import page
from scorm_packager.activity.accreditation.registry import all_rules
from scorm_packager.activity.accreditation.rule import OF_THE_SYSTEM, Rule
from scorm_packager.activity.accreditation.rulebook import Clause, Rulebook, shipped
from scorm_packager.activity.model import Activity
from scorm_packager.activity.problems import Severity
from tests.packager.accreditation_builders import an_activity, codes, objections
from tests.packager.bad_activities import bad_activities

DOCS = Path(__file__).parents[2] / "docs"
every_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


def clauses_of(rule: Rule) -> set[str]:
    names = [rule.clause] if rule.reach == "activity" else [f"{system}/{rule.clause}" for system in credits.systems()]
    return shipped().clauses.keys() & set(names)


@every_rule
def test_a_rule_says_what_it_wants(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)
    assert rule.what.endswith(".")


@every_rule
def test_a_rule_rests_on_a_clause(rule: Rule) -> None:
    assert clauses_of(rule) or rule.clause == OF_THE_SYSTEM


def test_every_clause_is_used() -> None:
    # Wordings of the credit phrase are also what tells the AMA's mark from a trade mark.
    assert shipped().clauses.keys() == set().union(*(clauses_of(rule) for rule in all_rules()))


@pytest.mark.parametrize("clause", sorted(shipped().clauses))
def test_a_clause_has_dates_and_a_source(clause: str) -> None:
    days = [block.from_ for block in shipped().clauses[clause]]
    assert len(set(days)) == len(days)
    assert all(len(block.source) > 20 for block in shipped().clauses[clause])


def test_our_own_practice_is_never_called_verified() -> None:
    own = [block for name, blocks in shipped().clauses.items() if name.startswith("practice/") for block in blocks]
    assert not any(block.verified for block in own)


@pytest.mark.parametrize("code", sorted(rule.code for rule in all_rules() if rule.severity is Severity.ERROR))
def test_every_error_has_a_bad_activity(code: str) -> None:
    assert code in {bad.expect.code for bad in bad_activities()}


def test_the_day_decides_which_block_is_in_force() -> None:
    old, new = (Clause("x/y", date(year, 1, 1), "a rule", True, {"months": months}) for year, months in ((2006, 12), (2022, 24)))
    book = Rulebook({"x/y": (new, old)})
    assert book.in_force("x/y", date(2021, 12, 31)) == old
    assert book.in_force("x/y", date(2022, 1, 1)) == new
    assert book.in_force("x/y", date(2005, 12, 31)) is None


def test_a_problem_cites_its_clause() -> None:
    (problem,) = objections(an_activity(media=[]))
    assert (problem.source, problem.verified) == ("ACCME policy, Enduring Materials: definition and requirements (accme.org)", True)


def test_a_standard_binds_no_activity_reviewed_before_it() -> None:
    codes = {problem.code for problem in objections(an_activity(reviewed="2021-11-20"))}
    assert "not-disclosed" not in codes


OPTIONAL = sorted(name for name, field in Activity.model_fields.items() if not field.is_required())


@settings(deadline=None, max_examples=50)  # how long one takes depends on the machine
@given(left_out=st.sets(st.sampled_from(OPTIONAL)))
def test_every_activity_that_loads_can_be_judged_and_always_alike(left_out: set[str]) -> None:
    activity = an_activity(**dict.fromkeys(left_out))
    assert objections(activity) == objections(activity)


@settings(deadline=None, max_examples=50)  # how long one takes depends on the machine
@given(text=st.text(max_size=200))
def test_whatever_a_page_says_it_is_judged(text: str) -> None:
    assert all(problem.remedy for problem in objections(an_activity(), pages={"content/01-moments.md": text}))


def test_a_page_made_to_take_long_is_judged() -> None:
    # Patterns that try again from every start would not end within a lifetime of this test.
    nasty = "![" * 50_000 + "applied for " * 5_000 + "a " * 50_000
    assert codes(an_activity(), pages={"content/01-moments.md": nasty}) == set()


def test_the_page_of_rules_is_current() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == page()


def test_the_page_lists_every_rule() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page(), re.MULTILINE)) == {rule.code for rule in all_rules()}
