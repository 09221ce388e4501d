"""What the engine alone can do with the same rows and the same durability: the least that any store on it costs."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.workload import statement

_TABLE = "CREATE TABLE floor (id TEXT UNIQUE, text TEXT, stored TEXT, registration TEXT, agent TEXT, activity TEXT, verb TEXT)"
_INDEXED = ("stored", "registration", "agent", "activity")
_COLUMNS = 7


class Floor:
    """A unique id and four more indexes, as a plain table for statements would have them."""

    def __init__(self, many: Callable[[list[tuple[Any, ...]]], None], one: Callable[[str, tuple[Any, ...]], list[Any]], mark: str) -> None:
        self._many, self._one, self._mark = many, one, mark
        self._next = 0

    def inserts(self, batch: int, seconds: float) -> float:
        """Rows a second, each batch committed and on disk before the next."""
        rows = [_row(n) for n in range(self._next, self._next + max(int(seconds * 60_000), batch))]
        started, done = time.perf_counter(), 0
        while (taken := time.perf_counter() - started) < seconds and done < len(rows):
            self._many(rows[done : done + batch])
            done += batch
        self._next += done
        return done / taken

    def reads(self, seconds: float) -> float:
        """The newest 50 of an agent, a second."""
        query = f"SELECT text FROM floor WHERE agent = {self._mark} ORDER BY stored DESC LIMIT 50"
        started, done = time.perf_counter(), 0
        while (taken := time.perf_counter() - started) < seconds:
            self._one(query, (_row(done * 7919 % max(self._next, 1))[4],))
            done += 1
        return done / taken


def _row(n: int) -> tuple[Any, ...]:
    one = statement(n)
    text = json.dumps(one, separators=(",", ":"))
    return (
        one["id"], text, one["timestamp"], one["context"]["registration"], one["actor"]["account"]["name"], one["object"]["id"],
        one["verb"]["id"],
    )  # fmt: skip


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Floor]:
    database = sqlite3.connect(folder / "floor.sqlite", isolation_level=None)
    for command in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE, *_indexes()):
        database.execute(command)

    def many(rows: list[tuple[Any, ...]]) -> None:
        database.execute("BEGIN IMMEDIATE")
        database.executemany(f"INSERT INTO floor VALUES ({','.join('?' * _COLUMNS)})", rows)
        database.execute("COMMIT")

    yield Floor(many, lambda query, values: database.execute(query, values).fetchall(), "?")
    database.close()


@contextmanager
def on_postgresql(uri: str) -> Iterator[Floor]:
    with psycopg.connect(uri, autocommit=True) as database:
        for command in ("SET synchronous_commit = on", "DROP TABLE IF EXISTS floor", _TABLE, *_indexes()):
            database.execute(command)

        def many(rows: list[tuple[Any, ...]]) -> None:
            with database.transaction(), database.cursor() as cursor:
                cursor.executemany(f"INSERT INTO floor VALUES ({','.join(['%s'] * _COLUMNS)})", rows)

        yield Floor(many, lambda query, values: database.execute(query, values).fetchall(), "%s")


def _indexes() -> list[str]:
    return [f"CREATE INDEX floor_{column} ON floor ({column})" for column in _INDEXED]
