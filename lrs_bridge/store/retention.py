"""Removing what was kept long enough. `before` is a moment: what is older goes."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from lrs_bridge.store.tables import dead_letters, decisions, diagnostics, documents, launches, people, registrations


def drop_documents(connection: Connection, before: str) -> int:
    return connection.execute(delete(documents).where(documents.c.updated < before)).rowcount


def drop_diagnostics(connection: Connection, before: str) -> int:
    return connection.execute(delete(diagnostics).where(diagnostics.c.at < before)).rowcount


def drop_tokens(connection: Connection, before: str) -> int:
    """The launch stays; in its token's place stands its id, which is no token's hash."""
    old = launches.c.expires < before, launches.c.token != launches.c.id
    return connection.execute(update(launches).where(*old).values(token=launches.c.id)).rowcount


def drop_dead_letters(connection: Connection, before: str) -> int:
    return connection.execute(delete(dead_letters).where(dead_letters.c.settled < before)).rowcount


def people_last_seen(connection: Connection, before: str, *, awarded: bool) -> list[str]:
    """The current ids of people who launched nothing since, and were awarded something, or nothing."""
    seen = func.max(func.coalesce(launches.c.created, registrations.c.created))
    query = (
        select(people.c.current)
        .join(registrations, registrations.c.person == people.c.id)
        .outerjoin(launches, launches.c.registration == registrations.c.id)
        .group_by(people.c.current)
        .having(seen < before)
        .order_by(people.c.current)
    )
    awarded_to = (
        select(people.c.current)
        .join(registrations, registrations.c.person == people.c.id)
        .join(decisions, decisions.c.registration == registrations.c.id)
        .where(decisions.c.outcome == "award")
    )
    chosen = people.c.current.in_(awarded_to)
    return list(connection.scalars(query.where(chosen if awarded else ~chosen)))
