"""Opening the database, SQLite or PostgreSQL, so that what is committed is on disk; and bringing its tables up to date."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.pool import QueuePool

# What other floors name of the database: nobody else imports it.
__all__ = ["Connection", "DatabaseError", "Engine", "in_writing", "is_up_to_date", "migrate", "open_database", "reading", "writing"]

_Result = TypeVar("_Result")
_BUSY_SECONDS = 30
# unique_violation, serialization_failure, deadlock_detected: another transaction was first; a second look settles it.
_COLLISIONS = frozenset({"23505", "40001", "40P01"})
_TRIES = 4


def open_database(url: str) -> Engine:
    """An engine whose transactions are begun by `reading` and `writing`. Nothing is created yet."""
    return _open_sqlite(url) if url.startswith("sqlite") else _open_postgresql(url)


def _open_postgresql(url: str) -> Engine:
    return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, connect_args={"options": "-c synchronous_commit=on"})


def _open_sqlite(url: str) -> Engine:
    arguments = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, poolclass=QueuePool, pool_size=10, max_overflow=20, connect_args=arguments)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its lock at once: one that first reads could be refused the lock later.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# --- transactions -------------------------------------------------------------------------------

_locks: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view; whatever is written in it is lost."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed and on disk when the block ends, undone when it raises."""
    # SQLite lets one writer in and makes the others sleep and look again; in one process they can queue instead.
    queue = _locks.setdefault(engine, threading.Lock()) if engine.dialect.name == "sqlite" else nullcontext()
    with queue, engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            yield connection


def in_writing(engine: Engine, work: Callable[[Connection], _Result]) -> _Result:
    """`work` in one transaction, once more from the start when another transaction came in between."""
    for _ in range(_TRIES - 1):
        try:
            with writing(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if not _collided(error):
                raise
    with writing(engine) as connection:
        return work(connection)


def _collided(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _COLLISIONS or "UNIQUE constraint failed" in str(error.orig)


# --- tables -------------------------------------------------------------------------------------


def migrate(engine: Engine) -> None:
    """Creates the tables, or brings them up to date. Does nothing when they are."""
    with writing(engine) as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_up_to_date(engine: Engine) -> bool:
    with reading(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_alembic()).get_current_head()


def _alembic() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
