"""The bytes of attachments, once for each content, and the statements that brought them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from lrs_bridge.store.tables import attachments, statement_attachments

_AT_ONCE = 500
_PUT_BYTES = {
    "sqlite": sqlite.insert(attachments).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(attachments).on_conflict_do_nothing(),
}
_PUT_NAMES = {
    "sqlite": sqlite.insert(statement_attachments).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(statement_attachments).on_conflict_do_nothing(),
}


def keep(connection: Connection, named: Mapping[str, Iterable[str]], came: Mapping[str, bytes], at: str) -> None:
    """Keeps what came with statements that name it, by the ids of the statements; does nothing for what is kept already."""
    rows = [{"statement": identity, "sha2": sha2} for identity in sorted(named) for sha2 in sorted(named[identity]) if sha2 in came]
    if not rows:
        return
    engine = connection.dialect.name
    # In one order everywhere, so that two batches with the same bytes wait for each other but never in a circle.
    bodies = sorted({row["sha2"] for row in rows})
    connection.execute(_PUT_BYTES[engine], [{"sha2": sha2, "body": came[sha2], "at": at} for sha2 in bodies])
    connection.execute(_PUT_NAMES[engine], rows)


def named_by(connection: Connection, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """The hashes of the bytes that each statement brought; statements that brought none are left out."""
    found: dict[str, frozenset[str]] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(statement_attachments).where(statement_attachments.c.statement.in_(wanted[start : start + _AT_ONCE]))
        for row in connection.execute(query):
            found[row.statement] = found.get(row.statement, frozenset()) | {row.sha2}
    return found


def sizes(connection: Connection, hashes: Iterable[str]) -> dict[str, int]:
    """How many bytes each content has."""
    wanted = sorted(set(hashes))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(attachments.c.sha2, func.length(attachments.c.body)).where(attachments.c.sha2.in_(wanted[start : start + _AT_ONCE]))
        found |= {sha2: size for sha2, size in connection.execute(query)}
    return found


def body(connection: Connection, sha2: str) -> bytes | None:
    found = connection.scalar(select(attachments.c.body).where(attachments.c.sha2 == sha2))
    return None if found is None else bytes(found)
