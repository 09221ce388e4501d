"""Commands compiled once for an engine and handed to its driver as they are: for the few that every statement passes through.

SQLAlchemy Core builds and compiles a command in a quarter of a millisecond, more than SQLite needs to carry out twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError

# How many values or rows one command takes: what there is of is cut into pieces of these sizes, so that few commands are ever compiled.
_SIZES = (256, 128, 64, 32, 16, 8, 4, 2, 1)
_DIALECTS: dict[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="qmark"),
    "postgresql": PGDialect_psycopg(paramstyle="numeric_dollar"),  # type: ignore[no-untyped-call]
}

Row = tuple[Any, ...]


class Prepared:
    """A command for `n` values or rows, as `build(n)` makes it, its values in the order in which they first stand in it."""

    def __init__(self, build: Callable[[int], Executable]) -> None:
        self._build = build
        self._compiled = lru_cache(maxsize=None)(self._compile)

    def rows(self, connection: Connection, values: Sequence[Any] = (), n: int = 1) -> list[Row]:
        return list(self._run(connection, values, n).fetchall())

    def run(self, connection: Connection, values: Sequence[Any] = (), n: int = 1) -> None:
        self._run(connection, values, n)

    def _run(self, connection: Connection, values: Sequence[Any], n: int) -> Any:
        cursor = _cursor(connection)
        command, places = self._compiled(connection.dialect.name, n)
        try:
            cursor.execute(command, values if places is None else [values[place] for place in places])
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError(command, None, error) from error
        return cursor

    def _compile(self, engine: str, n: int) -> tuple[str, tuple[int, ...] | None]:
        """The command's text, and which value goes where when one stands in several places."""
        compiled: Any = self._build(n).compile(dialect=_DIALECTS[engine])  # type: ignore[attr-defined]
        names = list(dict.fromkeys(compiled.positiontup))
        places = tuple(map(names.index, compiled.positiontup)) if len(names) < len(compiled.positiontup) else None
        return str(compiled), places


def _cursor(connection: Connection) -> Any:
    if connection.dialect.name == "sqlite":
        return connection.connection.cursor()
    # PostgreSQL's own placeholders: psycopg reads through a long command with others again each time.
    from psycopg import RawCursor

    return RawCursor(connection.connection.driver_connection)  # type: ignore[arg-type]


def look_up(command: Prepared, connection: Connection, wanted: Iterable[Any]) -> Iterator[Row]:
    """The rows of a command that looks for any of `n` values. A piece that is too short repeats its last value."""
    values = list(dict.fromkeys(wanted))
    for start in range(0, len(values), _SIZES[0]):
        piece = values[start : start + _SIZES[0]]
        size = next(size for size in reversed(_SIZES) if size >= len(piece))
        yield from command.rows(connection, piece + piece[-1:] * (size - len(piece)), size)


def put(command: Prepared, connection: Connection, rows: Sequence[Row]) -> None:
    """Carries out a command that takes `n` rows, for all of them."""
    with _without_waiting(connection, len(rows)):
        start = 0
        while start < len(rows):
            size = next(size for size in _SIZES if size <= len(rows) - start)
            command.run(connection, [value for row in rows[start : start + size] for value in row], size)
            start += size


def _without_waiting(connection: Connection, rows: int) -> AbstractContextManager[object]:
    """PostgreSQL is sent the pieces one after another, and asked at the end how they went."""
    if connection.dialect.name == "sqlite" or rows in _SIZES:
        return nullcontext()
    pipeline: AbstractContextManager[object] = connection.connection.driver_connection.pipeline()  # type: ignore[union-attr]
    return pipeline
