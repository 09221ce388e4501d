"""Every bad activity of tests/activities/bad has one fault, and check says so at the right line, with the right remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity.problems import Problem, Severity, errors
from scorm_packager.check import check
from tests.packager.accreditation_builders import TODAY
from tests.packager.bad_activities import ACTIVITIES, BadActivity, bad_activities

every_fault = pytest.mark.parametrize("bad", bad_activities(), ids=lambda bad: bad.name)


def test_the_good_activity_has_no_fault() -> None:
    assert check(ACTIVITIES / "good", TODAY).problems == ()


@every_fault
def test_a_fault_is_found_where_it_stands(bad: BadActivity, tmp_path: Path) -> None:
    folder = bad.write(tmp_path / bad.name)
    found = [problem for problem in check(folder, TODAY).problems if problem.code == bad.expect.code]
    assert found
    for problem in found:  # several, where several credit systems ask for the same
        assert (problem.where.file, str(problem.severity)) == (bad.expect.file, bad.expect.severity)
        assert bad.expect.line in _line(folder, problem)
        assert bad.expect.remedy in problem.remedy


@every_fault
def test_a_fault_is_the_only_error(bad: BadActivity, tmp_path: Path) -> None:
    found = errors(check(bad.write(tmp_path / bad.name), TODAY).problems)
    assert {problem.code for problem in found} == ({bad.expect.code} if bad.expect.severity == Severity.ERROR else set())


@every_fault
def test_every_problem_has_a_place_and_a_remedy(bad: BadActivity, tmp_path: Path) -> None:
    for problem in check(bad.write(tmp_path / bad.name), TODAY).problems:
        assert problem.where.line > 0
        assert problem.remedy


def test_there_are_enough_of_them() -> None:
    assert len(bad_activities()) >= 45


def _line(folder: Path, problem: Problem) -> str:
    return (folder / problem.where.file).read_text(encoding="utf-8").splitlines()[problem.where.line - 1]
