"""Other record stores: how far forwarding to them and pulling from them have come, and what could not be taken over.

The statements themselves are the outbox: what comes after a forwarding cursor is still to be sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update

from lrs_bridge.origins import site_of
from lrs_bridge.store.statements import WITH_SOURCES
from lrs_bridge.store.tables import attachments, cursors, dead_letters, registrations, sources, statement_origins, statements, upstreams

Direction = Literal["forward", "pull"]
DIRECTIONS: tuple[Direction, ...] = ("forward", "pull")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is sent on. Each list admits what begins with, or is, one of its entries; an empty list admits everything.

    `homepages` is about pulling: whose accounts are the site's own learners. Empty: any account of that store.
    """

    activities: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    homepages: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        return {name: list(getattr(self, name)) for name in Filter.__dataclass_fields__ if getattr(self, name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """`endpoint` ends without a slash and names the place above `/statements`; `credentials` are encrypted."""

    key: str
    endpoint: str
    version: str
    credentials: bytes
    site: str | None
    forwards: bool
    pulls: bool
    filter: Filter = field(default_factory=Filter)
    created: str
    paused: str | None = None

    def goes(self, direction: Direction) -> bool:
        return self.forwards if direction == "forward" else self.pulls


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Forwarding: `position` is the number of the last statement that is done. Pulling: what the puller wrote there."""

    upstream: str
    direction: str
    position: str
    tries: int
    not_before: str
    error: str | None
    moved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A statement on its way out; `site` is where its learner is, None when nobody's launch or key says so."""

    seq: int
    id: str
    text: str
    stored: str
    origin: str
    site: str | None
    erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    seq: int
    upstream: str
    direction: str
    statement: str | None
    text: str | None
    reason: str
    at: str
    settled: str | None


# --- upstreams ----------------------------------------------------------------------------------


def add(connection: Connection, one: Upstream) -> None:
    """Adds it with a cursor for each direction in which it goes: forwarding from the first statement, pulling from the beginning."""
    values = {name: getattr(one, name) for name in Upstream.__dataclass_fields__} | {"filter": json.dumps(one.filter.as_json())}
    connection.execute(insert(upstreams).values(values))
    for direction in DIRECTIONS:
        if one.goes(direction):
            place = {"upstream": one.key, "direction": direction, "position": ""}
            connection.execute(insert(cursors).values(tries=0, not_before=one.created, **place))


def get(connection: Connection, key: str) -> Upstream | None:
    return _upstream(connection.execute(select(upstreams).where(upstreams.c.key == key)).first())


def listed(connection: Connection) -> list[Upstream]:
    rows = connection.execute(select(upstreams).order_by(upstreams.c.key))
    return [found for row in rows if (found := _upstream(row)) is not None]


def _upstream(row: Row[tuple[object, ...]] | None) -> Upstream | None:
    if row is None:
        return None
    said = {name: tuple(values) for name, values in json.loads(row.filter).items()}
    return Upstream(**dict(row._mapping) | {"filter": Filter(**said)})


def pause(connection: Connection, key: str, now: str, reason: str) -> bool:
    """Stops both directions; the cursors stay where they are. False when it is unknown or paused already."""
    done = connection.execute(update(upstreams).where(upstreams.c.key == key, upstreams.c.paused.is_(None)).values(paused=now))
    connection.execute(update(cursors).where(cursors.c.upstream == key).values(error=reason))
    return done.rowcount == 1


def resume(connection: Connection, key: str, now: str) -> bool:
    """Goes on where it stopped, at once. False when it is unknown."""
    done = connection.execute(update(upstreams).where(upstreams.c.key == key).values(paused=None))
    connection.execute(update(cursors).where(cursors.c.upstream == key).values(tries=0, not_before=now, error=None))
    return done.rowcount == 1


def remove(connection: Connection, key: str) -> bool:
    """Forgets it with its cursors and dead letters; statements that came from it stay."""
    connection.execute(delete(dead_letters).where(dead_letters.c.upstream == key))
    connection.execute(delete(cursors).where(cursors.c.upstream == key))
    return connection.execute(delete(upstreams).where(upstreams.c.key == key)).rowcount == 1


# --- cursors ------------------------------------------------------------------------------------


def cursor(connection: Connection, key: str, direction: str) -> Cursor | None:
    row = connection.execute(select(cursors).where(_is(key, direction))).first()
    return None if row is None else Cursor(**row._mapping)


def cursors_of(connection: Connection, key: str) -> list[Cursor]:
    rows = connection.execute(select(cursors).where(cursors.c.upstream == key).order_by(cursors.c.direction))
    return [Cursor(**row._mapping) for row in rows]


def due(connection: Connection, now: str) -> list[tuple[str, str]]:
    """Upstream and direction of every cursor whose time has come; those that waited longest first."""
    running = cursors.join(upstreams, and_(upstreams.c.key == cursors.c.upstream, upstreams.c.paused.is_(None)))
    query = select(cursors.c.upstream, cursors.c.direction).select_from(running).where(cursors.c.not_before <= now)
    rows = connection.execute(query.order_by(cursors.c.not_before, cursors.c.upstream, cursors.c.direction))
    return [(row.upstream, row.direction) for row in rows]


def claim(connection: Connection, key: str, direction: str, now: str, until: str) -> Cursor | None:
    """The cursor, which nobody else takes before `until`; None when somebody was faster."""
    taken = update(cursors).where(_is(key, direction), cursors.c.not_before <= now).values(not_before=until)
    return cursor(connection, key, direction) if connection.execute(taken).rowcount == 1 else None


def move(connection: Connection, was: Cursor, position: str, now: str, until: str) -> bool:
    """Sets the position after progress, and keeps the claim until then. False when somebody else has moved it meanwhile."""
    there = and_(_is(was.upstream, was.direction), cursors.c.position == was.position)
    values = {"position": position, "moved": now, "tries": 0, "error": None, "not_before": until}
    return connection.execute(update(cursors).where(there).values(**values)).rowcount == 1


def release(connection: Connection, key: str, direction: str, not_before: str) -> None:
    """Ends a turn that went well."""
    connection.execute(update(cursors).where(_is(key, direction)).values(not_before=not_before, tries=0, error=None))


def put_off(connection: Connection, key: str, direction: str, not_before: str, error: str) -> None:
    """Ends a turn that failed."""
    values = {"not_before": not_before, "error": error, "tries": cursors.c.tries + 1}
    connection.execute(update(cursors).where(_is(key, direction)).values(**values))


def hurry(connection: Connection, key: str, now: str) -> bool:
    """Makes both directions due at once."""
    return connection.execute(update(cursors).where(cursors.c.upstream == key).values(not_before=now)).rowcount > 0


def _is(key: str, direction: str) -> ColumnElement[bool]:
    return and_(cursors.c.upstream == key, cursors.c.direction == direction)


# --- the outbox ---------------------------------------------------------------------------------

_BY_LAUNCH = or_(sources.c.origin.startswith("launch:"), sources.c.origin.startswith("visit:"))
_LAUNCHED = and_(registrations.c.id == statements.c.registration, _BY_LAUNCH)
_OUTGOING = (statements.c.seq, statements.c.id, statements.c.text, statements.c.stored, sources.c.origin, statements.c.erased)


def after(connection: Connection, position: int, limit: int) -> list[Outgoing]:
    """The statements that came after a position, in the order of their coming."""
    query = select(*_OUTGOING, registrations.c.site).select_from(WITH_SOURCES.outerjoin(registrations, _LAUNCHED))
    rows = connection.execute(query.where(statements.c.seq > position).order_by(statements.c.seq).limit(limit))
    return [_outgoing(row) for row in rows]


def outgoing(connection: Connection, identity: str) -> Outgoing | None:
    query = select(*_OUTGOING, registrations.c.site).select_from(WITH_SOURCES.outerjoin(registrations, _LAUNCHED))
    row = connection.execute(query.where(statements.c.id == identity)).first()
    return None if row is None else _outgoing(row)


def _outgoing(row: Any) -> Outgoing:
    said = row._mapping
    site = said["site"] or site_of(str(said["origin"]))
    return Outgoing(
        **{name: said[name] for name in ("seq", "id", "text", "stored", "origin")}, site=site, erased=said["erased"] is not None
    )


def known_there(connection: Connection, seqs: Iterable[int], origin: str) -> frozenset[int]:
    """Those of the statements that also came from this origin."""
    query = select(statement_origins.c.seq).where(statement_origins.c.origin == origin, statement_origins.c.seq.in_(list(seqs)))
    return frozenset(connection.scalars(query))


def attachment_contents(connection: Connection, hashes: Iterable[str]) -> dict[str, bytes]:
    """The contents that are kept, by hash."""
    query = select(attachments.c.sha2, attachments.c.body).where(attachments.c.sha2.in_(sorted(hashes)))
    return {row.sha2: bytes(row.body) for row in connection.execute(query)}


def behind(connection: Connection, position: int) -> int:
    """How many statements came after a position."""
    return connection.scalar(select(func.count()).select_from(statements).where(statements.c.seq > position)) or 0


def oldest_unsent(connection: Connection) -> str | None:
    """Since when the oldest statement waits that some forwarding cursor has not reached; paused upstreams wait for nobody."""
    running = cursors.join(upstreams, and_(upstreams.c.key == cursors.c.upstream, upstreams.c.paused.is_(None)))
    query = select(cursors.c.position).select_from(running).where(cursors.c.direction == "forward")
    positions = [int(position or 0) for position in connection.scalars(query)]
    if not positions:
        return None
    following = select(statements.c.stored).where(statements.c.seq > min(positions)).order_by(statements.c.seq).limit(1)
    found: str | None = connection.scalar(following)
    return found


# --- dead letters -------------------------------------------------------------------------------


def add_letter(connection: Connection, key: str, direction: str, statement: str | None, text: str | None, reason: str, now: str) -> bool:
    """Keeps what could not be taken over; False when it is kept already, waiting or settled: a statement is met again after a crash,
    and at every pull while it is among the newest."""
    same = dead_letters.c.statement == statement if statement else and_(dead_letters.c.statement.is_(None), dead_letters.c.text == text)
    there = select(dead_letters.c.seq).where(dead_letters.c.upstream == key, dead_letters.c.direction == direction, same)
    if connection.execute(there.limit(1)).first() is not None:
        return False
    values = {"upstream": key, "direction": direction, "statement": statement, "text": text, "reason": reason, "at": now}
    connection.execute(insert(dead_letters).values(**values))
    return True


def letters(connection: Connection, *, key: str | None = None, settled: bool = False) -> list[Letter]:
    """Those that wait for somebody, or those that were settled; the oldest first."""
    query = select(dead_letters).where(dead_letters.c.settled.is_not(None) if settled else dead_letters.c.settled.is_(None))
    if key is not None:
        query = query.where(dead_letters.c.upstream == key)
    return [Letter(**row._mapping) for row in connection.execute(query.order_by(dead_letters.c.seq))]


def letter(connection: Connection, seq: int) -> Letter | None:
    row = connection.execute(select(dead_letters).where(dead_letters.c.seq == seq)).first()
    return None if row is None else Letter(**row._mapping)


def settle(connection: Connection, seq: int, now: str) -> bool:
    waiting = and_(dead_letters.c.seq == seq, dead_letters.c.settled.is_(None))
    return connection.execute(update(dead_letters).where(waiting).values(settled=now)).rowcount == 1


def note_reason(connection: Connection, seq: int, reason: str) -> None:
    """Why it was refused once more."""
    connection.execute(update(dead_letters).where(dead_letters.c.seq == seq).values(reason=reason))


def waiting_letters(connection: Connection) -> dict[tuple[str, str], int]:
    """How many dead letters wait for somebody, by upstream and direction."""
    query = select(dead_letters.c.upstream, dead_letters.c.direction, func.count()).where(dead_letters.c.settled.is_(None))
    rows = connection.execute(query.group_by(dead_letters.c.upstream, dead_letters.c.direction))
    return {(row[0], row[1]): row[2] for row in rows}
