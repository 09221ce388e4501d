"""Finding statements: cost grows with what is given back, not with what is stored.

`statement_refs` is ordered by term and number, and numbers rise with `stored`, so that the newest of a term is a walk along an index.
Of several terms the rarest is walked, and every other is looked up for each number on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, ScalarSelect, Select, bindparam, false, func, literal_column, select

from lrs_bridge.store.prepared import Prepared, look_up
from lrs_bridge.store.statements import COLUMNS, WITH_SOURCES, Kept, kept
from lrs_bridge.store.tables import statement_refs, statements
from lrs_bridge.store.terms import term
from lrs_bridge.xapi.query import Query

# How far along each term's index is looked to see which is the rarest.
_SAMPLE = 100
_READ_AT_ONCE = 64
_MOST_CHARACTERS = 16 * 1024 * 1024
_ONE: ColumnElement[int] = literal_column("1")
_NO_OFFSET: ColumnElement[int] = literal_column("0")  # said, because SQLite's commands else ask for it as a value


@dataclass(frozen=True, slots=True)
class Page:
    """Statements with their numbers in the store; `goes_on` when there are more."""

    found: tuple[Kept, ...]
    seqs: tuple[int, ...]
    goes_on: bool

    @property
    def last(self) -> int | None:
        """Where the next page goes on; None when there is none."""
        return self.seqs[-1] if self.goes_on else None

    def first(self, count: int) -> Page:
        """The page without what stands behind the first `count`."""
        return Page(self.found[:count], self.seqs[:count], self.goes_on or count < len(self.found))


def page(connection: Connection, query: Query) -> Page:
    """What the query finds, in its order and no more than its limit; voided statements left out.

    A page of very long statements is shorter than the limit.
    """
    seqs = _seqs(connection, query)
    found = _read(connection, seqs[: query.limit])
    return Page(tuple(found), tuple(seqs[: len(found)]), len(found) < len(seqs))


def _seqs(connection: Connection, query: Query) -> Sequence[int]:
    """One more than the limit when there are more."""
    driver, *others = _rarest_first(connection, query) if query.terms else (None,)
    command = _command(_Shape.of(query), others=len(others), driven=driver is not None)
    values = [*([] if driver is None else [driver]), *_bounds(query), *others, query.limit + 1]
    return [row[0] for row in command.rows(connection, values)]


def _rarest_first(connection: Connection, query: Query) -> Sequence[bytes]:
    """The term whose hundredth statement is farthest away comes first; one with fewer before all others."""
    if len(query.terms) == 1:
        return query.terms
    values = [value for each in query.terms for value in (each, *_bounds(query))]
    marks = _marks(_Shape.of(query), len(query.terms)).rows(connection, values)[0]
    nearness = -1 if query.ascending else 1

    def rank(pair: tuple[bytes, Any]) -> tuple[bool, int]:
        return pair[1] is not None, nearness * (pair[1] or 0)

    return [each for each, _ in sorted(zip(query.terms, marks, strict=True), key=rank)]


# --- commands -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """What of a query changes the command, not only its values."""

    since: bool
    until: bool
    after: bool
    ascending: bool

    @staticmethod
    def of(query: Query) -> _Shape:
        return _Shape(query.since is not None, query.until is not None, query.after is not None, query.ascending)


def _bounds(query: Query) -> list[Any]:
    """The values of `_within`, in the order in which they stand there."""
    return [value for value in (query.since, query.until, query.after) if value is not None]


@cache
def _command(shape: _Shape, *, others: int, driven: bool) -> Prepared:
    """The numbers that a query finds. Its values: the driving term, the bounds, the other terms, how many."""
    if not driven:
        column: ColumnElement[int] = statements.c.seq
        found = select(column).where(*_within(column, shape), statements.c.voided == false())
    else:
        column = statement_refs.c.seq
        found = select(column).where(statement_refs.c.term == term(_digest("driver")), *_within(column, shape))
        found = found.where(*(_has(f"other{index}") for index in range(others)), _is_shown())
    return Prepared(lambda _: _in_order(found, column, shape).limit(bindparam("most")).offset(_NO_OFFSET))


@cache
def _marks(shape: _Shape, terms: int) -> Prepared:
    """Where the hundredth statement of each term is. Its values: for each, the term and the bounds."""
    return Prepared(lambda _: select(*(_mark(f"term{index}", shape) for index in range(terms))))


def _mark(name: str, shape: _Shape) -> ScalarSelect[int]:
    refs = statement_refs.alias()
    found = select(refs.c.seq).where(refs.c.term == term(_digest(name)), *_within(refs.c.seq, shape))
    return _in_order(found, refs.c.seq, shape).limit(_ONE).offset(literal_column(str(_SAMPLE))).scalar_subquery()


# A scalar subquery is asked for each number on the way: no planner turns it into a join that reads a whole term.


def _has(name: str) -> ColumnElement[bool]:
    other = statement_refs.alias()
    found = select(_ONE).where(other.c.term == term(_digest(name)), other.c.seq == statement_refs.c.seq)
    return found.correlate(statement_refs).scalar_subquery().is_not(None)


def _is_shown() -> ColumnElement[bool]:
    shown = select(_ONE).where(statements.c.seq == statement_refs.c.seq, statements.c.voided == false())
    return shown.correlate(statement_refs).scalar_subquery().is_not(None)


def _within(column: ColumnElement[int], shape: _Shape) -> list[ColumnElement[bool]]:
    """`since`, `until` and the page before, as bounds of the number."""
    after = column > bindparam("after") if shape.ascending else column < bindparam("after")
    bounds = (
        (shape.since, column > _last_stored_by("since")),
        (shape.until, column <= _last_stored_by("until")),
        (shape.after, after),
    )
    return [bound for is_set, bound in bounds if is_set]


def _last_stored_by(name: str) -> ColumnElement[int]:
    one = statements.alias()
    last = (
        select(one.c.seq)
        .where(one.c.stored <= bindparam(name))
        .order_by(one.c.stored.desc(), one.c.seq.desc())
        .limit(_ONE)
        .offset(_NO_OFFSET)
    )
    return func.coalesce(last.scalar_subquery(), literal_column("0"))


def _in_order(found: Select[Any], column: ColumnElement[int], shape: _Shape) -> Select[Any]:
    return found.order_by(column.asc() if shape.ascending else column.desc())


def _digest(name: str) -> BindParameter[bytes]:
    return bindparam(name)


# --- reading ------------------------------------------------------------------------------------

_ROWS = Prepared(
    lambda n: (
        select(*COLUMNS, statements.c.seq)
        .select_from(WITH_SOURCES)
        .where(statements.c.seq.in_([bindparam(f"seq{index}") for index in range(n)]))
    )
)


def _read(connection: Connection, seqs: Sequence[int]) -> list[Kept]:
    """In the order of the numbers; at least one, and no more than what a page holds."""
    found: list[Kept] = []
    size = 0
    for start in range(0, len(seqs), _READ_AT_ONCE):
        some = seqs[start : start + _READ_AT_ONCE]
        rows = {row[-1]: kept(row) for row in look_up(_ROWS, connection, some)}
        for seq in some:
            size += len(rows[seq].text)
            if found and size > _MOST_CHARACTERS:
                return found
            found.append(rows[seq])
    return found
