"""Reports that players sent about themselves and their LMS, and whose launches they came from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from lrs_bridge.store.tables import diagnostics, launches, registrations


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was sent (JSON). `site` and `activity` are None where it came without a launch token."""

    at: str
    site: str | None
    activity: str | None
    report: str


def newest(connection: Connection, *, site: str | None, limit: int) -> tuple[Kept, ...]:
    """The newest first; of one site alone when it is given."""
    joined = diagnostics.outerjoin(launches, diagnostics.c.launch == launches.c.id).outerjoin(
        registrations, launches.c.registration == registrations.c.id
    )
    query = select(diagnostics.c.at, registrations.c.site, registrations.c.activity, diagnostics.c.report).select_from(joined)
    if site is not None:
        query = query.where(registrations.c.site == site)
    rows = connection.execute(query.order_by(diagnostics.c.seq.desc()).limit(limit))
    return tuple(Kept(*row) for row in rows)
