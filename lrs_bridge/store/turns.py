"""The writer's turn: one at a time on a database, and what waits for it together is committed together.

Statements and documents are many small transactions, each of which would wait for the disk alone. In one process those that wait are
carried out in one transaction by the first of them; each is still kept whole or not at all, and answered after the commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from lrs_bridge.store.transactions import adding_statements, writing

_Result = TypeVar("_Result")
# Carries out jobs of one kind in a transaction: a result or the reason of a refusal for each, in their order.
Together = Callable[[Connection, Sequence[Any]], Sequence[Any]]
# unique_violation, serialization_failure, deadlock_detected: another transaction was first; a second look settles it.
_COLLISIONS = frozenset({"23505", "40001", "40P01"})
_TRIES = 4
_MOST_AT_ONCE = 256  # jobs; more would make the first of them wait too long


@dataclass(slots=True, eq=False)
class _Waiting:
    together: Together
    job: Any
    woken: threading.Lock = field(default_factory=threading.Lock)
    leads: bool = False
    result: Any = None
    error: BaseException | None = None


class Turns:
    """Of one database in one process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._guard = threading.Lock()
        self._queue: list[_Waiting] = []
        self._busy = False

    def join(self, together: Together, job: Any) -> Any:
        """The job's result, once it is on disk. Raises what refused it; then nothing of it is kept."""
        mine = _Waiting(together, job)
        mine.woken.acquire()
        if not self._leads_at_once(mine):
            mine.woken.acquire()  # until a leader carried it out, or hands over
        if mine.leads:
            self._lead()
        if mine.error is not None:
            raise mine.error
        return mine.result

    def _leads_at_once(self, mine: _Waiting) -> bool:
        with self._guard:
            self._queue.append(mine)
            mine.leads, self._busy = not self._busy, True
            return mine.leads

    def _lead(self) -> None:
        with self._guard:
            taken, self._queue = self._queue[:_MOST_AT_ONCE], self._queue[_MOST_AT_ONCE:]
        try:
            self._carry_out(taken)
        finally:
            self._hand_over()
            for one in taken:
                one.woken.release()

    def _hand_over(self) -> None:
        with self._guard:
            if not self._queue:
                self._busy = False
                return
            following = self._queue[0]
            following.leads = True
        following.woken.release()

    def _carry_out(self, taken: Sequence[_Waiting]) -> None:
        try:
            self._commit(taken)
        except BaseException as error:
            # Whose fault it is shows when each goes alone; the others are none the worse for it.
            for one in taken:
                one.result, one.error = None, error
            if len(taken) > 1 and isinstance(error, Exception):
                for one in taken:
                    one.error = None
                    self._carry_out([one])

    def _commit(self, taken: Sequence[_Waiting]) -> None:
        with adding_statements(self._engine) as connection:
            for together in dict.fromkeys(one.together for one in taken):
                members = [one for one in taken if one.together is together]
                for one, result in zip(members, together(connection, [each.job for each in members]), strict=True):
                    _settle(one, result)


def _settle(one: _Waiting, result: Any) -> None:
    if isinstance(result, Exception):
        one.error = result
    else:
        one.result = result


# --- work that is not made to be done together --------------------------------------------------


def in_writing(engine: Engine, work: Callable[[Connection], _Result]) -> _Result:
    """`work` in one transaction, once more from the start when another transaction came in between. May run beside others'."""
    # PostgreSQL carries out and flushes transactions side by side; SQLite takes one at a time.
    carry_out = in_turn if engine.dialect.name == "sqlite" else _in_its_own
    for _ in range(_TRIES - 1):
        try:
            return carry_out(engine, work)
        except DBAPIError as error:
            if not _collided(error):
                raise
    return carry_out(engine, work)


def _in_its_own(engine: Engine, work: Callable[[Connection], _Result]) -> _Result:
    with writing(engine) as connection:
        return work(connection)


def _collided(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _COLLISIONS or "UNIQUE constraint failed" in str(error.orig)


def in_turn(engine: Engine, work: Callable[[Connection], _Result]) -> _Result:
    """`work` in the writer's turn, beside others that wait: its result, once on disk. What it raises undoes it alone."""
    context = copy_context()  # another request's thread may be the one that carries it out
    result: _Result = turns(engine).join(_one_by_one, lambda connection: context.run(work, connection))
    return result


def _one_by_one(connection: Connection, jobs: Sequence[Callable[[Connection], Any]]) -> list[Any]:
    return [_apart(connection, job) for job in jobs]


def _apart(connection: Connection, job: Callable[[Connection], Any]) -> Any:
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT job")
    try:
        result = job(connection)
    except DBAPIError:
        raise
    except Exception as refused:
        cursor.execute("ROLLBACK TO SAVEPOINT job")
        return refused
    cursor.execute("RELEASE SAVEPOINT job")
    return result


# --- one for each database ----------------------------------------------------------------------

_turns: WeakKeyDictionary[Engine, Turns] = WeakKeyDictionary()


def turns(engine: Engine) -> Turns:
    found = _turns.get(engine)
    return found if found is not None else _turns.setdefault(engine, Turns(engine))
