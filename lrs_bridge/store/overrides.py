"""What somebody decided by hand: who, why and when stand with each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select

from lrs_bridge.store.tables import overrides, people


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOverride:
    """`person` None: for everybody at the activity."""

    id: str
    kind: str
    activity: str
    who: str
    why: str
    at: str
    person: str | None = None
    item: str = ""
    item_version: str = ""
    system: str = ""
    amount: str = ""
    completed_on: str = ""


def add(connection: Connection, override: KeptOverride) -> None:
    connection.execute(insert(overrides).values({name: getattr(override, name) for name in KeptOverride.__dataclass_fields__}))


def concerning(connection: Connection, activity: str, person: str) -> list[KeptOverride]:
    """Those that count for a person at an activity: their own, those of whom they are the same person as, and everybody's."""
    current = select(people.c.current).where(people.c.id == person).scalar_subquery()
    same = select(people.c.id).where(people.c.current == current)
    query = select(overrides).where(overrides.c.activity == activity, or_(overrides.c.person.is_(None), overrides.c.person.in_(same)))
    return [KeptOverride(**row._mapping) for row in connection.execute(query.order_by(overrides.c.at, overrides.c.id))]


def listed(connection: Connection) -> list[KeptOverride]:
    return [KeptOverride(**row._mapping) for row in connection.execute(select(overrides).order_by(overrides.c.at, overrides.c.id))]
