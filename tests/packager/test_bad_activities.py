"""Every bad activity of tests/activities/bad has one fault, and check says so at the right line, with the right remedy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from scorm_packager.activity.problems import Problem, Severity, errors
from scorm_packager.check import check
from tests.packager.accreditation_builders import TODAY
from tests.packager.bad_activities import ACTIVITIES, BadActivity, Expected, bad_activities


@dataclass(frozen=True)
class Judged:
    folder: Path
    expect: Expected
    problems: tuple[Problem, ...]

    def line(self, problem: Problem) -> str:
        return (self.folder / problem.where.file).read_text(encoding="utf-8").splitlines()[problem.where.line - 1]


@pytest.fixture(scope="module", params=bad_activities(), ids=lambda bad: bad.name)
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    bad: BadActivity = request.param
    folder = bad.write(tmp_path_factory.mktemp("bad") / bad.name)
    return Judged(folder, bad.expect, check(folder, TODAY).problems)


def test_the_good_activity_has_no_fault() -> None:
    assert check(ACTIVITIES / "good", TODAY).problems == ()


def test_a_fault_is_found_where_it_stands(judged: Judged) -> None:
    found = [problem for problem in judged.problems if problem.code == judged.expect.code]
    assert found
    for problem in found:  # several, where several credit systems ask for the same
        assert (problem.where.file, str(problem.severity)) == (judged.expect.file, judged.expect.severity)
        assert judged.expect.line in judged.line(problem)
        assert judged.expect.remedy in problem.remedy


def test_a_fault_is_the_only_error(judged: Judged) -> None:
    expected = {judged.expect.code} if judged.expect.severity == Severity.ERROR else set()
    assert {problem.code for problem in errors(judged.problems)} == expected


def test_every_problem_has_a_place_and_a_remedy(judged: Judged) -> None:
    assert all(problem.where.line > 0 and problem.remedy for problem in judged.problems)


def test_there_are_enough_of_them() -> None:
    assert len(bad_activities()) >= 45
