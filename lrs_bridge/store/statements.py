"""Statements as they were received, what they can be found by, and the ways in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from lrs_bridge.store.tables import statement_origins, statement_refs, statements
from lrs_bridge.xapi.references import Reference

_AT_ONCE = 500  # SQLite takes 32,766 variables in one command, older builds 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A statement in the store. `text` is what was received; the LRS's own properties stand beside it."""

    id: str
    text: str
    stored: str
    version: str
    authority: str
    origin: str
    registration: str | None = None
    target: str | None = None
    voided: bool = False


_COLUMNS = tuple(statements.c[name] for name in Kept.__dataclass_fields__)


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    return Kept(**row._mapping)


def by_ids(connection: Connection, ids: Iterable[str]) -> dict[str, Kept]:
    """Those of the ids that are in the store, voided or not."""
    wanted = sorted(set(ids))
    found: dict[str, Kept] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(*_COLUMNS).where(statements.c.id.in_(wanted[start : start + _AT_ONCE]))
        found |= {row.id: _kept(row) for row in connection.execute(query)}
    return found


def by_id(connection: Connection, identity: str) -> Kept | None:
    return by_ids(connection, (identity,)).get(identity)


def add(connection: Connection, kept: Sequence[Kept], references: Mapping[str, Iterable[Reference]]) -> None:
    """Inserts statements that are not there yet; `references` by statement id."""
    if not kept:
        return
    seqs = dict(zip((one.id for one in kept), _next_seqs(connection, len(kept)), strict=True))
    rows = [{name: getattr(one, name) for name in Kept.__dataclass_fields__} | {"seq": seqs[one.id]} for one in kept]
    # Every batch inserts in the order of the ids, so that two with the same statements wait for each other but never in a circle.
    connection.execute(insert(statements), sorted(rows, key=lambda row: row["id"]))
    found = [{"kind": ref.kind, "value": ref.value, "seq": seqs[one]} for one, refs in references.items() for ref in refs]
    connection.execute(insert(statement_refs), found)


def _next_seqs(connection: Connection, count: int) -> list[int]:
    """Numbers for new statements, in the order of their coming."""
    if connection.dialect.name == "sqlite":  # one writer at a time, and statements are never deleted
        last = connection.scalar(select(func.max(statements.c.seq))) or 0
        return list(range(last + 1, last + 1 + count))
    sequence = func.pg_get_serial_sequence("statements", "seq")
    numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, count).alias("numbered"))
    return list(connection.scalars(numbers))


def add_origin(connection: Connection, identity: str, origin: str, at: str) -> bool:
    """Notes another way in which a statement came; True when it is news."""
    found = connection.execute(select(statements.c.seq, statements.c.origin).where(statements.c.id == identity)).one()
    if found.origin == origin:
        return False
    there = select(statement_origins.c.seq).where(statement_origins.c.seq == found.seq, statement_origins.c.origin == origin)
    if connection.execute(there).first() is not None:
        return False
    connection.execute(insert(statement_origins).values(seq=found.seq, origin=origin, at=at))
    return True


def void(connection: Connection, ids: Iterable[str]) -> None:
    marked = [{"identity": identity} for identity in sorted(set(ids))]
    if marked:
        connection.execute(update(statements).where(statements.c.id == bindparam("identity")).values(voided=True), marked)


def voiding(connection: Connection, targets: Iterable[str]) -> list[Kept]:
    """The statements that speak of voiding one of the targets."""
    wanted = sorted(set(targets))
    if not wanted:
        return []
    return [_kept(row) for row in connection.execute(select(*_COLUMNS).where(statements.c.target.in_(wanted)))]


def of_registration(connection: Connection, registration: str) -> list[tuple[Kept, frozenset[str]]]:
    """The registration's statements that are not voided, in the order of their coming, each with every origin it came from."""
    query = select(statements.c.seq, *_COLUMNS).where(statements.c.registration == registration, statements.c.voided.is_(False))
    rows = connection.execute(query.order_by(statements.c.seq)).all()
    further = _further_origins(connection, select(statements.c.seq).where(statements.c.registration == registration))
    return [(_kept_without_seq(row), frozenset({row.origin}) | further.get(row.seq, frozenset())) for row in rows]


def _kept_without_seq(row: Row[tuple[object, ...]]) -> Kept:
    return Kept(**{name: value for name, value in row._mapping.items() if name != "seq"})


def _further_origins(connection: Connection, seqs: Select[tuple[int]]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for row in connection.execute(select(statement_origins).where(statement_origins.c.seq.in_(seqs))):
        found[row.seq] = found.get(row.seq, frozenset()) | {row.origin}
    return found


def count_of_registration(connection: Connection, registration: str) -> int:
    query = select(func.count()).select_from(statements).where(statements.c.registration == registration)
    return connection.scalar(query) or 0
