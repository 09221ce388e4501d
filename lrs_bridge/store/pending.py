"""Which registrations wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, select, update

from lrs_bridge.store.prepared import Prepared, look_up, put
from lrs_bridge.store.tables import pending, registrations


@dataclass(frozen=True, slots=True)
class Claimed:
    """A registration to decide now. `marks` are the rows that asked for it; those that come meanwhile ask again."""

    registration: str
    marks: tuple[int, ...]
    since: str
    tries: int


def _any_of(n: int) -> list[BindParameter[str]]:
    return [bindparam(f"one{i}", type_=registrations.c.id.type) for i in range(n)]


_ROW = ("registration", "since", "not_before")
_OURS = Prepared(lambda n: select(registrations.c.id).where(registrations.c.id.in_(_any_of(n))))
_NAMED = Prepared(lambda n: select(registrations.c.id).where(registrations.c.known_as.in_(_any_of(n))))
_MARK = Prepared(lambda n: insert(pending).values([{name: bindparam(f"{name}{i}") for name in _ROW} for i in range(n)]))


def mark(connection: Connection, wanted: Iterable[str], now: str) -> bool:
    """Asks for a decision of those registrations that are ours; others are nobody's here. True when one is."""
    asked = set(wanted)
    ours = {row[0] for row in look_up(_OURS, connection, asked)}
    ours |= {row[0] for row in look_up(_NAMED, connection, asked - ours)}  # by the id that an LMS named
    put(_MARK, connection, [(one, now, now) for one in sorted(ours)])
    return bool(ours)


def mark_activity(connection: Connection, activity: str, now: str) -> int:
    """Asks for all registrations of an activity; says how many."""
    return _mark_where(connection, registrations.c.activity == activity, now)


def mark_people(connection: Connection, people: Iterable[str], now: str) -> int:
    return _mark_where(connection, registrations.c.person.in_(sorted(set(people))), now)


def _mark_where(connection: Connection, condition: object, now: str) -> int:
    found = connection.scalars(select(registrations.c.id).where(condition)).all()  # type: ignore[arg-type]
    mark(connection, found, now)
    return len(found)


def claim(connection: Connection, now: str) -> Claimed | None:
    """The registration that has waited longest, locked against other workers until the transaction ends; None when nothing is due."""
    due = select(pending.c.registration).where(pending.c.not_before <= now)
    oldest = select(func.min(pending.c.seq)).where(pending.c.registration == registrations.c.id).scalar_subquery()
    query = select(registrations.c.id).where(registrations.c.id.in_(due)).order_by(oldest).limit(1)
    found = connection.scalar(query.with_for_update(skip_locked=True))
    return None if found is None else _claimed(connection, found)


def _claimed(connection: Connection, registration: str) -> Claimed | None:
    query = select(pending.c.seq, pending.c.since, pending.c.tries).where(pending.c.registration == registration)
    rows = connection.execute(query.order_by(pending.c.seq)).all()
    if not rows:  # another worker was done with it between our two looks
        return None
    return Claimed(registration, tuple(row.seq for row in rows), min(row.since for row in rows), max(row.tries for row in rows))


def lease(connection: Connection, claimed: Claimed, until: str) -> None:
    """Keeps other workers away while this one decides; when it dies, another takes over at that time."""
    connection.execute(update(pending).where(pending.c.seq.in_(claimed.marks)).values(not_before=until))


def done(connection: Connection, claimed: Claimed) -> None:
    connection.execute(delete(pending).where(pending.c.seq.in_(claimed.marks)))


def put_off(connection: Connection, claimed: Claimed, not_before: str, error: str) -> None:
    """Notes that deciding failed, and when to try again."""
    done(connection, claimed)
    row = {"registration": claimed.registration, "since": claimed.since, "not_before": not_before, "error": error}
    connection.execute(insert(pending).values(tries=claimed.tries + 1, **row))


def is_pending(connection: Connection, registration: str) -> bool:
    return connection.execute(select(pending.c.seq).where(pending.c.registration == registration).limit(1)).first() is not None


def failures(connection: Connection) -> list[tuple[str, int, str]]:
    """Registration, number of tries and last error of those that could not be decided."""
    query = select(pending.c.registration, pending.c.tries, pending.c.error).where(pending.c.error.is_not(None))
    return [(row.registration, row.tries, row.error) for row in connection.execute(query.order_by(pending.c.seq))]


def oldest(connection: Connection) -> str | None:
    """Since when the registration that has waited longest has waited."""
    found: str | None = connection.scalar(select(func.min(pending.c.since)))
    return found


def is_any_due(connection: Connection, now: str) -> bool:
    return connection.execute(select(pending.c.seq).where(pending.c.not_before <= now).limit(1)).first() is not None
