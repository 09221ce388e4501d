"""So many findings of one kind are told one by one; of the rest, how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scorm_packager.activity.problems import Problem

PER_FILE = 3  # of one code in one text
PER_CODE = 100  # of one code in the package


def first(problems: Iterable[Problem], most: int = PER_CODE) -> Iterator[Problem]:
    """The first ones; the last of them says how many more there are. Holds one finding at a time."""
    last, more = None, 0
    for number, problem in enumerate(problems):
        if number >= most:
            more += 1
            continue
        if last:
            yield last
        last = problem
    if last:
        yield replace(last, message=f"{last.message} ({more} more like this.)") if more else last


class Counts:
    """Keeps count over all texts, so that a package of thousands of texts is not told of for pages."""

    def __init__(self) -> None:
        self._told: Counter[str] = Counter()
        self._next: dict[str, Problem] = {}
        self._more: Counter[str] = Counter()

    def first_in_file(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those of one rule in one text; none once enough of its code were told."""
        for problem in first(problems, PER_FILE):
            self._told[problem.code] += 1
            if self._told[problem.code] <= PER_CODE:
                yield problem
            else:
                self._next.setdefault(problem.code, problem)
                self._more[problem.code] += 1

    def rest(self) -> Iterator[Problem]:
        """For each code of which there were too many, one more that says how many there are."""
        for code, problem in self._next.items():
            yield replace(problem, message=f"{problem.message} ({self._more[code] - 1} more like this from here on.)")
