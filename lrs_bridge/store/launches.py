"""Launches and the registrations they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from lrs_bridge.store.tables import diagnostics, launches, people, registrations


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One learner's taking of one activity. `person` is the learner's own; `launch_key` a hash, and `draw_key` what
    assessments draw their items with (`scorm_packager.activity.draws.draw_key`).

    `known_as` is the registration that the LMS named, and `agent` a digest of the actor it named (`own_statements.agent_of`).
    """

    id: str
    site: str
    pseudonym: str
    person: str
    activity: str
    launch_key: str
    draw_key: str
    created: str
    linked: bool = False
    confirmed: str | None = None
    known_as: str | None = None
    agent: str | None = None

    @property
    def named(self) -> str:
        """The registration that its statements carry."""
        return self.known_as or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One opening of a package. `token` is a hash; `origin` the web origin that the browser named."""

    id: str
    registration: str
    token: str
    created: str
    expires: str
    mode: str
    definition: str
    build: str
    format: str
    origin: str | None


def _registration(row: Row[tuple[object, ...]] | None) -> Registration | None:
    return None if row is None else Registration(**row._mapping)


def registration(connection: Connection, identity: str) -> Registration | None:
    return _registration(connection.execute(select(registrations).where(registrations.c.id == identity)).first())


def find_registration(connection: Connection, pseudonym: str, activity: str, launch_key: str) -> Registration | None:
    table = registrations.c
    query = select(registrations).where(table.pseudonym == pseudonym, table.activity == activity, table.launch_key == launch_key)
    return _registration(connection.execute(query).first())


def add_registration(connection: Connection, one: Registration) -> None:
    connection.execute(insert(registrations).values({name: getattr(one, name) for name in Registration.__dataclass_fields__}))


def link(connection: Connection, identity: str) -> None:
    connection.execute(update(registrations).where(registrations.c.id == identity).values(linked=True))


def of_person(connection: Connection, person: str, activity: str) -> list[Registration]:
    """The registrations at the activity of all who are the same person; `person` is the current id."""
    same = select(people.c.id).where(people.c.current == person)
    query = select(registrations).where(registrations.c.person.in_(same), registrations.c.activity == activity)
    return [Registration(**row._mapping) for row in connection.execute(query.order_by(registrations.c.id))]


def all_registrations(connection: Connection) -> list[Registration]:
    return [Registration(**row._mapping) for row in connection.execute(select(registrations).order_by(registrations.c.id))]


def of_activity(connection: Connection, activity: str) -> list[Registration]:
    query = select(registrations).where(registrations.c.activity == activity).order_by(registrations.c.id)
    return [Registration(**row._mapping) for row in connection.execute(query)]


def of_site(connection: Connection, site: str) -> list[Registration]:
    query = select(registrations).where(registrations.c.site == site).order_by(registrations.c.id)
    return [Registration(**row._mapping) for row in connection.execute(query)]


def confirm(connection: Connection, ids: Iterable[str], now: str) -> None:
    for identity in ids:
        connection.execute(update(registrations).where(registrations.c.id == identity).values(confirmed=now))


def add_launch(connection: Connection, launch: Launch) -> None:
    connection.execute(insert(launches).values({name: getattr(launch, name) for name in Launch.__dataclass_fields__}))


def by_token(connection: Connection, token: str) -> tuple[Launch, Registration] | None:
    """The launch with this hash of a token, good or expired, and its registration."""
    row = connection.execute(select(launches).where(launches.c.token == token)).first()
    if row is None:
        return None
    launch = Launch(**row._mapping)
    found = registration(connection, launch.registration)
    return None if found is None else (launch, found)


def ids_of(connection: Connection, registration_id: str) -> frozenset[str]:
    """The launches of a registration."""
    return frozenset(connection.scalars(select(launches.c.id).where(launches.c.registration == registration_id)))


def definitions_of(connection: Connection, registration_id: str) -> list[str]:
    """The definitions that this registration was launched with, in order of their ids."""
    query = select(launches.c.definition).where(launches.c.registration == registration_id).distinct()
    return sorted(connection.scalars(query))


def last_definition(connection: Connection, registration_id: str) -> str | None:
    """The definition that this registration was launched with last."""
    query = select(launches.c.definition).where(launches.c.registration == registration_id)
    return connection.scalar(query.order_by(launches.c.created.desc(), launches.c.id).limit(1))


def add_diagnostics(connection: Connection, report: str, launch: str | None, now: str) -> None:
    connection.execute(insert(diagnostics).values(at=now, launch=launch, report=report))
