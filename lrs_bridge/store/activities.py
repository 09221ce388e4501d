"""What statements said that activities are, each definition once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from lrs_bridge.store.tables import activity_definitions, statements
from lrs_bridge.xapi import activity_definitions as definitions
from lrs_bridge.xapi.activity_definitions import Said
from lrs_bridge.xapi.references import digest

_AT_ONCE = 500
_REMEMBERED = 20_000  # about 4 MB
_FROM = select(statements.c.seq).where(statements.c.id == bindparam("statement")).scalar_subquery()
_INSERT = {
    "sqlite": sqlite.insert(activity_definitions).values(seq=_FROM).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(activity_definitions).values(seq=_FROM).on_conflict_do_nothing(),
}


class Known:
    """Definitions that are in the store for sure, as far as this process remembers: most statements bring no news of an activity."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._most = most
        self._keys: dict[tuple[bytes, bytes], None] = {}
        self._lock = threading.Lock()

    def news(self, found: Iterable[Said]) -> frozenset[Said]:
        return frozenset(one for one in found if (one.activity, one.definition) not in self._keys)

    def remember(self, committed: Iterable[Said]) -> None:
        """Only what is committed: what was undone would be missing for ever."""
        with self._lock:
            for one in committed:
                self._keys.setdefault((one.activity, one.definition))
            while len(self._keys) > self._most:
                del self._keys[next(iter(self._keys))]


_known: WeakKeyDictionary[Engine, Known] = WeakKeyDictionary()


def known(engine: Engine) -> Known:
    """Of this process and this database."""
    return _known.setdefault(engine, Known())


def note(connection: Connection, said: Mapping[str, Iterable[Said]]) -> None:
    """Keeps definitions that are not there yet, by the id of a statement, in the store already, that gives them."""
    first = {(one.activity, one.definition): (identity, one.text) for identity in reversed(tuple(said)) for one in said[identity]}
    # In one order everywhere, so that two batches with the same activities wait for each other but never in a circle.
    rows = [
        {"activity": activity, "definition": definition, "statement": identity, "text": text}
        for (activity, definition), (identity, text) in sorted(first.items())
    ]
    if rows:
        connection.execute(_INSERT[connection.dialect.name], rows)


def merged(connection: Connection, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The definition of each activity that statements have defined, by its IRI."""
    keys = {digest(iri): iri for iri in iris}
    found: dict[str, list[dict[str, Any]]] = {}
    for activity, text in _texts(connection, sorted(keys)):
        found.setdefault(keys[activity], []).append(json.loads(text))
    return {iri: definitions.merged(said) for iri, said in found.items()}


def _texts(connection: Connection, keys: Sequence[bytes]) -> Iterable[tuple[bytes, str]]:
    table = activity_definitions
    for start in range(0, len(keys), _AT_ONCE):
        query = select(table.c.activity, table.c.text).where(table.c.activity.in_(keys[start : start + _AT_ONCE]))
        for row in connection.execute(query.order_by(table.c.seq, table.c.definition)):
            yield bytes(row.activity), row.text
