"""Every seeded fault is found, and nothing else is; nothing is found in good packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.verify.judge import judge
from scorm_packager.verify.opening import OPENINGS
from scorm_packager.verify.registry import all_rules
from tests.packager.builders import a_zip
from tests.packager.verify.packages import STANDARDS, good
from tests.packager.verify.seeded import Fault, all_faults

SEEDED = [(fault, standard) for fault in all_faults() for standard in fault.of]
NAMES = [f"{fault.code}-{standard}" for fault, standard in SEEDED]

# Of packages that nothing good can be made of, and of bounds that a test gives itself: test_standards.py and test_bounds.py.
ELSEWHERE = {"aicc", "aicc-file-missing", "aicc-page-missing", "start-missing", "not-scorm", "not-cmi5", "not-xapi", "file-unreadable"}
BOUNDS = {"zip-too-many-files", "zip-too-large", "zip-overlap", "name-too-long", "member-too-large", "xml-too-large", "page-unreadable"}


@pytest.mark.parametrize("standard", STANDARDS)
def test_nothing_is_found_in_a_good_package(tmp_path: Path, standard: str) -> None:
    assert judge(a_zip(tmp_path / "a.zip", good(standard))) == ()


@pytest.mark.parametrize(("fault", "standard"), SEEDED, ids=NAMES)
def test_a_seeded_fault_is_found_and_nothing_else(tmp_path: Path, fault: Fault, standard: str) -> None:
    problems = judge(fault.package(tmp_path, standard))
    assert {problem.code for problem in problems} == {fault.code}
    for problem in problems:
        assert (problem.where.file != "", problem.message[-1] in ".)", problem.remedy != "") == (True, True, True)


def test_every_rule_has_a_seeded_fault_in_each_kind_of_package_that_it_is_for() -> None:
    seeded = {(fault.code, standard) for fault, standard in SEEDED}
    lacking = {rule.code for rule in all_rules() if not any((rule.code, each) in seeded for each in rule.standards or STANDARDS)}
    assert lacking - ELSEWHERE - BOUNDS == set()


def test_whatever_may_be_found_while_opening_has_a_seeded_fault() -> None:
    assert {opening.code for opening in OPENINGS} - {fault.code for fault, _ in SEEDED} - ELSEWHERE - BOUNDS == set()


def test_every_seeded_fault_is_of_a_rule_that_is_told_of() -> None:
    assert {fault.code for fault, _ in SEEDED} <= {opening.code for opening in OPENINGS} | {rule.code for rule in all_rules()}
