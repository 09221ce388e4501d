"""Statements of other tools, found by the learner they speak of; and what their arrival means for registrations of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from lrs_bridge.origins import site_of
from lrs_bridge.store.statements import COLUMNS, WITH_SOURCES, Kept, kept
from lrs_bridge.store.tables import identifiers, registrations, sources, statement_origins, statement_refs, statements, terms, upstreams


def of_learner(connection: Connection, learner: Iterable[bytes], objects: Iterable[bytes]) -> list[tuple[Kept, frozenset[str]]]:
    """Statements that are found by one of the learner's terms and by one of the objects', each with the ways in which it came, in the
    order of their coming; voided ones are left out."""
    query = select(*COLUMNS, statements.c.seq).select_from(WITH_SOURCES)
    both = and_(statements.c.seq.in_(_found_by(learner)), statements.c.seq.in_(_found_by(objects)))
    found = connection.execute(query.where(both, statements.c.voided.is_(False)).order_by(statements.c.seq)).all()
    further = _further(connection, [row.seq for row in found])
    return [(kept(row), frozenset({row.origin}) | further.get(row.seq, frozenset())) for row in found]


def _found_by(digests: Iterable[bytes]) -> Select[tuple[int]]:
    named = select(terms.c.id).where(terms.c.digest.in_(sorted(digests)))
    return select(statement_refs.c.seq).where(statement_refs.c.term.in_(named))


def _further(connection: Connection, seqs: Collection[int]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for row in connection.execute(select(statement_origins).where(statement_origins.c.seq.in_(seqs))):
        found[row.seq] = found.get(row.seq, frozenset()) | {row.origin}
    return found


def registrations_of(connection: Connection, spoken_of: Iterable[tuple[str, str]]) -> set[str]:
    """The registrations of learners who are called so at their site: `account <name>` or `mbox <address>`, as `elsewhere.name_of` says."""
    who = [_called(site, *name.split(" ", 1)) for site, name in sorted(set(spoken_of))]
    if not who:
        return set()
    named = select(identifiers.c.pseudonym).where(or_(*who))
    return set(connection.scalars(select(registrations.c.id).where(registrations.c.pseudonym.in_(named))))


def _called(site: str, kind: str, name: str) -> ColumnElement[bool]:
    of_site = identifiers.c.site == site
    if kind == "mbox":
        return and_(of_site, func.lower(identifiers.c.learner_id) == name)
    return and_(of_site, or_(identifiers.c.learner_id == name, identifiers.c.pseudonym == name))


def confirm(connection: Connection, ids: Iterable[str], now: str) -> None:
    """Confirms the registrations of statements that came from a learner's launch and from their site's own record store.

    A store that we forward to proves nothing: it may only give back what we gave.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return
    query = select(statements.c.seq, statements.c.registration, sources.c.origin).select_from(WITH_SOURCES)
    rows = connection.execute(query.where(statements.c.id.in_(wanted), statements.c.registration.is_not(None))).all()
    if not rows:
        return
    further = _further(connection, [row.seq for row in rows])
    telling = {f"upstream:{one.site}:{one.key}" for one in connection.execute(select(upstreams).where(upstreams.c.forwards.is_(False)))}
    for row in rows:
        came_by = {row.origin} | further.get(row.seq, frozenset())
        if any(origin.startswith("launch:") for origin in came_by):
            _confirm(connection, row.registration, {site_of(origin) for origin in came_by & telling}, now)


def _confirm(connection: Connection, named: str, sites: Collection[str | None], now: str) -> None:
    ours = or_(registrations.c.id == named, registrations.c.known_as == named)
    at_site = and_(ours, registrations.c.site.in_([site for site in sites if site]), registrations.c.confirmed.is_(None))
    connection.execute(update(registrations).where(at_site).values(confirmed=now))
