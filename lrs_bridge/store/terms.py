"""Small numbers for what stands in many statements: what they can be found by, and the ways in which they came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Connection, Engine, ScalarSelect, bindparam, func, insert, select

from lrs_bridge.store.prepared import Prepared, look_up, put
from lrs_bridge.store.tables import sources, terms

_REMEMBERED = 200_000  # numbers; then a process forgets them all and looks again


@dataclass(frozen=True, slots=True)
class Source:
    """A way of coming, and the authority that the LRS sets for it, as JSON text."""

    origin: str
    authority: str

    @property
    def digest(self) -> bytes:
        return _digest(self.origin, self.authority)


@lru_cache(maxsize=4096)
def _digest(origin: str, authority: str) -> bytes:
    return hashlib.blake2b(f"{origin}\n{authority}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


# What was found in the store, by engine and table. It can be relied upon: rows of these tables are never deleted, and what is looked
# up was committed before, because each function below is called once in a transaction.
_memories: WeakKeyDictionary[Engine, dict[str, dict[bytes, int]]] = WeakKeyDictionary()


def _memory(connection: Connection, table: str) -> dict[bytes, int]:
    return _memories.setdefault(connection.engine, {}).setdefault(table, {})


_TERMS = Prepared(lambda n: select(terms.c.digest, terms.c.id).where(terms.c.digest.in_([bindparam(f"d{i}") for i in range(n)])))
_SOURCES = Prepared(lambda n: select(sources.c.digest, sources.c.id).where(sources.c.digest.in_([bindparam(f"d{i}") for i in range(n)])))
_LAST_TERM = Prepared(lambda _: select(func.max(terms.c.id)))
_LAST_SOURCE = Prepared(lambda _: select(func.max(sources.c.id)))
_PUT_TERMS = Prepared(lambda n: insert(terms).values([{"id": bindparam(f"i{i}"), "digest": bindparam(f"d{i}")} for i in range(n)]))
_SOURCE = ("id", "digest", "origin", "authority")
_PUT_SOURCES = Prepared(lambda n: insert(sources).values([{name: bindparam(f"{name}{i}") for name in _SOURCE} for i in range(n)]))


def term(digest: bytes | BindParameter[bytes]) -> ScalarSelect[int]:
    """The number of what has this digest, within a query; nothing where no statement ever had it."""
    return select(terms.c.id).where(terms.c.digest == digest).scalar_subquery()


# --- in the writer's turn -----------------------------------------------------------------------


def numbers_of_terms(connection: Connection, digests: Iterable[bytes]) -> dict[bytes, int]:
    """A number for each, a new one for what has none yet."""
    numbers, missing = _known(connection, terms.name, _TERMS, digests)
    if missing:
        last = _LAST_TERM.rows(connection)[0][0] or 0
        new = {digest: last + place for place, digest in enumerate(missing, start=1)}
        put(_PUT_TERMS, connection, [(number, digest) for digest, number in new.items()])
        numbers |= new
    return numbers


def numbers_of_sources(connection: Connection, wanted: Iterable[Source]) -> dict[bytes, int]:
    """A number for each way of coming, by its digest."""
    by_digest = {source.digest: source for source in wanted}
    numbers, missing = _known(connection, sources.name, _SOURCES, by_digest)
    if missing:
        last = _LAST_SOURCE.rows(connection)[0][0] or 0
        new = {digest: last + place for place, digest in enumerate(missing, start=1)}
        put(_PUT_SOURCES, connection, [(number, one, by_digest[one].origin, by_digest[one].authority) for one, number in new.items()])
        numbers |= new
    return numbers


def _known(connection: Connection, table: str, looked_up: Prepared, digests: Iterable[bytes]) -> tuple[dict[bytes, int], list[bytes]]:
    """The numbers that there are, and what has none, in the order of its coming."""
    wanted, memory = list(dict.fromkeys(digests)), _memory(connection, table)
    numbers = {digest: memory[digest] for digest in wanted if digest in memory}
    unknown = [digest for digest in wanted if digest not in numbers]
    there = {bytes(digest): number for digest, number in look_up(looked_up, connection, unknown)} if unknown else {}
    if len(memory) > _REMEMBERED:
        memory.clear()
    memory.update(there)
    numbers |= there
    return numbers, [digest for digest in unknown if digest not in numbers]
