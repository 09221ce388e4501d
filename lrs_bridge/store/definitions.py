"""Definitions, kept for ever, and the reviews that move an activity's dates."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from lrs_bridge.store.tables import definitions, reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDefinition:
    id: str
    activity: str
    version: str
    text: str
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review of unchanged content; dates are ISO dates in the activity's zone."""

    activity: str
    reviewed: str
    terminates: str
    who: str
    why: str
    at: str


def add(connection: Connection, definition: KeptDefinition) -> None:
    connection.execute(insert(definitions).values({name: getattr(definition, name) for name in KeptDefinition.__dataclass_fields__}))


def get(connection: Connection, identity: str) -> KeptDefinition | None:
    row = connection.execute(select(definitions).where(definitions.c.id == identity)).first()
    return None if row is None else KeptDefinition(**row._mapping)


def of_version(connection: Connection, activity: str, version: str) -> KeptDefinition | None:
    query = select(definitions).where(definitions.c.activity == activity, definitions.c.version == version)
    row = connection.execute(query).first()
    return None if row is None else KeptDefinition(**row._mapping)


def of_activity(connection: Connection, activity: str) -> list[KeptDefinition]:
    """The activity's definitions, latest received first."""
    query = select(definitions).where(definitions.c.activity == activity)
    rows = connection.execute(query.order_by(definitions.c.received.desc(), definitions.c.id))
    return [KeptDefinition(**row._mapping) for row in rows]


def activities(connection: Connection) -> list[str]:
    return list(connection.scalars(select(definitions.c.activity).distinct().order_by(definitions.c.activity)))


def add_review(connection: Connection, review: Review) -> None:
    connection.execute(insert(reviews).values({name: getattr(review, name) for name in Review.__dataclass_fields__}))


def last_review(connection: Connection, activity: str) -> Review | None:
    query = select(reviews).where(reviews.c.activity == activity).order_by(reviews.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else Review(**{name: row._mapping[name] for name in Review.__dataclass_fields__})
