"""Opening the database, SQLite or PostgreSQL, so that what is committed is on disk; and bringing its tables up to date."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.exc import SQLAlchemyError as DatabaseError
from sqlalchemy.pool import QueuePool

from lrs_bridge.store.transactions import adding_statements, looking, nobody_adds, reading, writing
from lrs_bridge.store.turns import in_turn, in_writing

# What other floors name of the database: nobody else imports it.
__all__ = [
    "Connection", "DatabaseError", "Engine", "adding_statements", "in_turn", "in_writing", "is_up_to_date", "looking", "migrate",
    "nobody_adds",
    "open_database", "reading", "writing",
]  # fmt: skip

_BUSY_SECONDS = 30
_IDLE_SECONDS = 2.0


def open_database(url: str) -> Engine:
    """An engine whose transactions are begun by `reading` and `writing`. Nothing is created yet."""
    return _open_sqlite(url) if url.startswith("sqlite") else _open_postgresql(url)


def _open_postgresql(url: str) -> Engine:
    arguments = {"options": "-c synchronous_commit=on"}
    engine = create_engine(url, pool_size=20, max_overflow=-1, pool_use_lifo=True, connect_args=arguments)
    event.listen(engine, "checkout", _require_alive)
    event.listen(engine, "checkin", _note_use)
    return engine


def _note_use(_connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _require_alive(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that lay idle is asked whether its server is still there; one just used is not, which would cost a round trip."""
    if time.monotonic() - record.info.get("used", time.monotonic()) < _IDLE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception:  # whatever the driver says: the pool opens another
        raise DisconnectionError from None


def _open_sqlite(url: str) -> Engine:
    arguments = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, poolclass=QueuePool, pool_size=20, max_overflow=-1, pool_use_lifo=True, connect_args=arguments)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("looks", False):
        return
    # A transaction that will write takes its lock at once: one that first reads could be refused the lock later.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# --- tables -------------------------------------------------------------------------------------


def migrate(engine: Engine) -> None:
    """Creates the tables, or brings them up to date. Does nothing when they are; of several at once one does it, and the others wait."""
    with adding_statements(engine) as connection:
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
