"""People: the identifiers that sites know them by, their encrypted profiles, and who is the same person as who."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from lrs_bridge.store.tables import consents, identifiers, people, person_links, profiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A person as one site knows them. `pseudonym` stands for them in statements."""

    site: str
    learner_id: str
    pseudonym: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`first` and `second` are the same person (join), or turned out not to be (part)."""

    first: str
    second: str
    action: str
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """`wording` is the SHA-256 of the text that was agreed to, which stands in the definition."""

    registration: str
    key: str
    given: bool
    recipient: str
    wording: str
    definition: str
    at: str


# --- learners -----------------------------------------------------------------------------------


def learner(connection: Connection, site: str, learner_id: str) -> Learner | None:
    query = select(identifiers).where(identifiers.c.site == site, identifiers.c.learner_id == learner_id)
    return _learner(connection.execute(query).first())


def learner_of(connection: Connection, pseudonym: str) -> Learner | None:
    return _learner(connection.execute(select(identifiers).where(identifiers.c.pseudonym == pseudonym)).first())


def learners_of(connection: Connection, person: str) -> list[Learner]:
    """Every identifier of those who are the same person as this one."""
    same = select(people.c.id).where(people.c.current == current(connection, person))
    query = select(identifiers).where(identifiers.c.person.in_(same))
    rows = connection.execute(query.order_by(identifiers.c.site, identifiers.c.learner_id))
    return [found for row in rows if (found := _learner(row)) is not None]


def _learner(row: object) -> Learner | None:
    return None if row is None else Learner(**{name: getattr(row, name) for name in Learner.__dataclass_fields__})


def add(connection: Connection, learner: Learner, now: str) -> None:
    """A new person, known by one identifier."""
    connection.execute(insert(people).values(id=learner.person, current=learner.person, created=now))
    values = {name: getattr(learner, name) for name in Learner.__dataclass_fields__}
    connection.execute(insert(identifiers).values(created=now, **values))


def exists(connection: Connection, person: str) -> bool:
    return connection.execute(select(people.c.id).where(people.c.id == person)).first() is not None


# --- profiles and consents ----------------------------------------------------------------------


def profile(connection: Connection, registration: str) -> bytes | None:
    """What the learner said of themselves in this registration, as it is kept: encrypted."""
    return connection.scalar(select(profiles.c.profile).where(profiles.c.registration == registration))


def put_profile(connection: Connection, registration: str, encrypted: bytes, now: str) -> None:
    values = {"profile": encrypted, "at": now}
    changed = connection.execute(update(profiles).where(profiles.c.registration == registration).values(**values))
    if changed.rowcount == 0:
        connection.execute(insert(profiles).values(registration=registration, **values))


def add_consent(connection: Connection, consent: Consent) -> None:
    connection.execute(insert(consents).values({name: getattr(consent, name) for name in Consent.__dataclass_fields__}))


def consent_log(connection: Connection, registration: str) -> list[Consent]:
    """Every word on a consent, in the order given."""
    rows = connection.execute(select(consents).where(consents.c.registration == registration).order_by(consents.c.seq))
    return [Consent(**{name: getattr(row, name) for name in Consent.__dataclass_fields__}) for row in rows]


def consents_of(connection: Connection, registration: str) -> dict[str, Consent]:
    """The last word on each consent."""
    return {consent.key: consent for consent in consent_log(connection, registration)}


# --- the same person ----------------------------------------------------------------------------


def current(connection: Connection, person: str) -> str:
    """The one id of all who are the same person: the smallest, whatever the order in which they were joined."""
    return connection.scalar(select(people.c.current).where(people.c.id == person)) or person


def same_as(connection: Connection, person: str) -> list[str]:
    query = select(people.c.id).where(people.c.current == current(connection, person)).order_by(people.c.id)
    return list(connection.scalars(query)) or [person]


def links(connection: Connection) -> list[Link]:
    rows = connection.execute(select(person_links).order_by(person_links.c.seq))
    return [Link(**{name: getattr(row, name) for name in Link.__dataclass_fields__}) for row in rows]


def add_link(connection: Connection, link: Link) -> None:
    connection.execute(insert(person_links).values({name: getattr(link, name) for name in Link.__dataclass_fields__}))


def set_current(connection: Connection, person: str, leader: str) -> None:
    connection.execute(update(people).where(people.c.id == person).values(current=leader))


def lock(connection: Connection, person: str) -> None:
    """Keeps other workers from settling this person's credits at the same time (SQLite has one writer anyway)."""
    connection.execute(select(people.c.id).where(people.c.id == person).with_for_update())
