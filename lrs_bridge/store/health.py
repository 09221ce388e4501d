"""Figures about what is in the store, for those who run it."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from lrs_bridge.store.tables import decisions, ledger, pending, seals, statements


def oldest_unsealed(connection: Connection) -> str | None:
    """When the oldest ledger entry was made that no seal covers yet."""
    found: str | None = connection.scalar(select(func.min(ledger.c.at)).where(ledger.c.seal.is_(None)))
    return found


def last_sealed(connection: Connection) -> str | None:
    found: str | None = connection.scalar(select(func.max(seals.c.at)))
    return found


def statements_stored(connection: Connection) -> int:
    """Statements are numbered without gaps and never deleted."""
    return connection.scalar(select(func.max(statements.c.seq))) or 0


def registrations_waiting(connection: Connection) -> int:
    return connection.scalar(select(func.count(pending.c.registration.distinct()))) or 0


def decisions_in_force(connection: Connection) -> dict[str, int]:
    """By outcome."""
    rows = connection.execute(select(decisions.c.outcome, func.count()).group_by(decisions.c.outcome))
    return {row[0]: row[1] for row in rows}
