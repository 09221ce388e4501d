"""Transactions: one view for those who read, and a queue for those who write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from lrs_bridge.store import looks
from lrs_bridge.store.alone import Alone

_locks: WeakKeyDictionary[Engine, Alone] = WeakKeyDictionary()
# Held by the transaction that adds statements, on PostgreSQL. The number is only ours.
_STATEMENTS_LOCK = 0x_C3E_B51D


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view; whatever is written in it is lost."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """For one question, or some that need not be answered by the same view: no transaction is begun and ended around it.

    What was lent for it stays at hand for the next: fetching a connection and giving it back takes longer than most answers.
    """
    ours = looks.of(engine)
    connection = ours.lend()
    try:
        yield connection
    except SQLAlchemyError:
        looks.let_go(connection)  # it may be broken: the next look begins with another
        raise
    except BaseException:
        ours.give_back(connection)
        raise
    ours.give_back(connection)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed and on disk when the block ends, undone when it raises."""
    with _queue(engine), engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def adding_statements(engine: Engine) -> Iterator[Connection]:
    """The same, of which there is one at a time, whatever the number of processes: only in it are statements added."""
    with writing(engine) as connection:
        if engine.dialect.name != "sqlite":  # there every writer is alone
            connection.connection.cursor().execute(f"SELECT pg_advisory_xact_lock({_STATEMENTS_LOCK})")
        yield connection


def nobody_adds(connection: Connection) -> bool:
    """Whether at this moment no statement is on its way that this connection's next look would not find."""
    if connection.dialect.name == "sqlite":
        return _alone(connection.engine).is_free()
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT pg_try_advisory_xact_lock_shared({_STATEMENTS_LOCK})")
    return cursor.fetchone() == (True,)


def _queue(engine: Engine) -> AbstractContextManager[object]:
    """SQLite lets one writer in and makes the others sleep and look again; they queue instead, and one is in as soon as another is out."""
    if engine.dialect.name != "sqlite":
        return nullcontext()
    return _alone(engine)


def _alone(engine: Engine) -> Alone:
    return _locks.get(engine) or _locks.setdefault(engine, Alone(engine.url.database))
