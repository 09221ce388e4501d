"""Connections that are kept at hand for looking things up, as many as ever looked at once."""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError

# A server that went away, or a firewall that forgot, shows on a connection that rested; one that was just used is taken as it is.
_RESTED_SECONDS = 1.0


class Looks:
    """Of one engine. The connection that came back last is lent first, so that few are in use and those stay warm."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
        self._at_hand: list[tuple[Connection, float]] = []
        self._is_closed = False

    def lend(self) -> Connection:
        """One that nobody else has until it is given back, or let go."""
        while True:
            try:
                connection, used = self._at_hand.pop()
            except IndexError:
                return self._engine.connect().execution_options(looks=True, **self._options)
            if time.monotonic() - used <= _RESTED_SECONDS or _answers(connection):
                return connection
            let_go(connection)

    def give_back(self, connection: Connection) -> None:
        if self._is_closed:
            let_go(connection)
        else:
            self._at_hand.append((connection, time.monotonic()))

    def close(self) -> None:
        """Of all that are at hand, and of those that are lent when they come back."""
        self._is_closed = True
        while self._at_hand:
            let_go(self._at_hand.pop()[0])


def let_go(connection: Connection) -> None:
    """Whatever is wrong with it, nobody is lent it again."""
    connection.invalidate()
    connection.close()


def _answers(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        return True
    try:
        connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError:
        return False
    return True


_looks: WeakKeyDictionary[Engine, Looks] = WeakKeyDictionary()


def of(engine: Engine) -> Looks:
    found = _looks.get(engine)
    return found if found is not None else _made(engine)


def _made(engine: Engine) -> Looks:
    made = _looks.setdefault(engine, Looks(engine))
    if not event.contains(engine, "engine_disposed", _forget):
        event.listen(engine, "engine_disposed", _forget)
    return made


def _forget(engine: Engine) -> None:
    found = _looks.pop(engine, None)
    if found is not None:
        found.close()
