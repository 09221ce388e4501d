"""Connections that threads keep for looking things up."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError

# A server that went away, or a firewall that forgot, shows on a connection that rested; one that was just used is taken as it is.
_RESTED_SECONDS = 1.0


@dataclass(slots=True)
class _Kept:
    connection: Connection
    used: float


class _Looks:
    """Of one engine: one connection for each thread."""

    def __init__(self, engine: Engine) -> None:
        self._kept: dict[int, _Kept] = {}
        self._options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}

    def of(self, engine: Engine) -> Connection:
        kept, now = self._kept.get(threading.get_ident()), time.monotonic()
        if kept is None or (now - kept.used > _RESTED_SECONDS and not _answers(kept.connection)):
            self.let_go()
            kept = self._kept[threading.get_ident()] = _Kept(engine.connect().execution_options(looks=True, **self._options), now)
        kept.used = now
        return kept.connection

    def let_go(self) -> None:
        kept = self._kept.pop(threading.get_ident(), None)
        if kept is not None:
            kept.connection.invalidate()
            kept.connection.close()

    def close(self) -> None:
        for thread in list(self._kept):
            kept = self._kept.pop(thread, None)
            if kept is not None:
                kept.connection.invalidate()
                kept.connection.close()


def _answers(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    try:
        connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError:
        return False
    return True


_looks: WeakKeyDictionary[Engine, _Looks] = WeakKeyDictionary()


def of(engine: Engine) -> Connection:
    """This thread's connection."""
    found = _looks.get(engine)
    return (found if found is not None else _made(engine)).of(engine)


def let_go(engine: Engine) -> None:
    """Of this thread's connection, which may be broken."""
    if engine in _looks:
        _looks[engine].let_go()


def _made(engine: Engine) -> _Looks:
    made = _looks.setdefault(engine, _Looks(engine))
    if not event.contains(engine, "engine_disposed", _forget):
        event.listen(engine, "engine_disposed", _forget)
    return made


def _forget(engine: Engine) -> None:
    found = _looks.pop(engine, None)
    if found is not None:
        found.close()
