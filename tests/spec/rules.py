"""Rules about statements as rows of tables: which places they speak of, what is refused there and what is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.spec.examples import OWN_ID, examples
from tests.spec.kinds import Enumerated, Path, at, dotted, walk, with_at, without
from tests.spec.lrs import LRS

# A change of a sound statement in one place.
Change = Callable[[Any, Path], Any]


@dataclass(frozen=True)
class Case:
    """A statement, and how it came about."""

    label: str
    statement: Any


@dataclass(frozen=True)
class Rule:
    """`where` is a pattern that the whole dotted path fits, or a kind of value. What is `bad` there is refused, what is `good` taken;
    `changes` make it bad in another way. `refused` and `taken` are whole statements.
    """

    ids: tuple[str, ...]
    where: str | type = "-"
    bad: tuple[Any, ...] = ()
    good: tuple[Any, ...] = ()
    changes: tuple[Change, ...] = ()
    refused: tuple[Any, ...] = field(default=())
    taken: tuple[Any, ...] = field(default=())

    def cases_refused(self, edition: str) -> list[Case]:
        changes = (*(_becomes(value) for value in self.bad), *self.changes)
        return [*_changed(self.where, changes, edition), *_whole(self.refused)]

    def cases_taken(self, edition: str) -> list[Case]:
        return [*_changed(self.where, tuple(_becomes(value) for value in self.good), edition), *_whole(self.taken)]


def _whole(statements: tuple[Any, ...]) -> Iterator[Case]:
    for statement in statements:
        yield Case(str(statement)[:200], statement)


def _becomes(value: Any) -> Change:
    return lambda statement, path: with_at(statement, path, value)


def missing(statement: Any, path: Path) -> Any:
    """The change that takes the property away."""
    return without(statement, path)


def _changed(where: str | type, changes: tuple[Change, ...], edition: str) -> Iterator[Case]:
    for path, statement in places(where, edition):
        for number, change in enumerate(changes):
            changed = change(statement, path)
            yield Case(f"{dotted(path)} ({number}): {_shown(changed, path)}", changed)


def _shown(statement: Any, path: Path) -> str:
    try:
        return repr(at(statement, path))[:120]
    except (KeyError, IndexError, TypeError):
        return "taken away"


@cache
def places(where: str | type, edition: str) -> tuple[tuple[Path, Any], ...]:
    """Each place of that kind once, with a sound statement that has it."""
    found: dict[Any, tuple[Path, Any]] = {}
    for statement in examples(edition):
        for path, value in walk(statement):
            if _fits(where, path, value):
                found.setdefault(_sort_of_place(statement, path, value), (path, statement))
    return tuple(found.values())


def _fits(where: str | type, path: Path, value: Any) -> bool:
    return re.fullmatch(where, dotted(path)) is not None if isinstance(where, str) else isinstance(value, where)


def _sort_of_place(statement: Any, path: Path, value: Any) -> Any:
    """Two places are of one sort when path, neighbours and type are the same."""
    above = at(statement, path[:-1])
    neighbours = frozenset(above) if isinstance(above, dict) else len(above)
    return path, neighbours, value if isinstance(value, Enumerated) else type(value)


# --- asking -------------------------------------------------------------------------------------

_NAMED = re.compile(r"statements\[(\d+)\]")


def wrongly_taken(lrs: LRS, cases: list[Case]) -> list[str]:
    """Those of the cases that are not refused. In one batch, whose refusal names every bad statement; nothing else is 400."""
    if not cases:
        return []
    answer = lrs.posts(*(case.statement for case in cases))
    assert answer.status_code == 400, (answer.status_code, answer.text[:2000])
    named = {int(found[1]) for problem in answer.json["problems"] if (found := _NAMED.match(problem["where"]))}
    return [case.label for index, case in enumerate(cases) if index not in named]


def wrongly_refused(lrs: LRS, cases: list[Case]) -> list[str]:
    """What the store says against those that it should take."""
    if not cases:
        return []
    answer = lrs.posts(*(_with_own_id(case.statement) for case in cases))
    if answer.status_code == 200:
        assert len(answer.json) == len(cases)
        return []
    return [f"{problem['where']}: {problem['message']}" for problem in answer.json["problems"]]


def _with_own_id(statement: Any) -> Any:
    """Without an id the store gives one; an id that is the case's own matter stays."""
    return {name: value for name, value in statement.items() if name != "id" or value != OWN_ID}
