"""Sending statements on to another record store: as they were received, in the order of their coming, each at least once.

A batch that is refused is halved until the bad statement stands alone; that one becomes a dead letter with the reason, the rest goes on.
Ids make sending again harmless, so that a crash between answer and cursor costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lrs_bridge.bridge import Bridge
from lrs_bridge.origins import of_upstream
from lrs_bridge.other_stores.record_store import RecordStore, raise_for_trouble
from lrs_bridge.store import upstreams
from lrs_bridge.store.engine import Connection, in_writing, reading
from lrs_bridge.store.upstreams import Cursor, Filter, Outgoing, Upstream
from lrs_bridge.times import text_of
from lrs_bridge.xapi import relay
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.relay import Enclosed

_AT_ONCE = 50
_BYTES_AT_ONCE = 4 * 2**20
_LOOKED_AT = 500
# While a turn makes progress nobody else takes the cursor; when this process dies, another may after that time.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A statement ready to be sent."""

    seq: int
    id: str
    text: str
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def size(self) -> int:
        return len(self.text) + sum(len(one.content) for one in self.enclosed)


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent next, and the statement that is reached when it has been: those between that are not for this store are passed over."""

    parcels: tuple[Parcel, ...]
    reaches: int


def forward(bridge: Bridge, upstream: Upstream, store: RecordStore, cursor: Cursor) -> bool:
    """One batch; False when there was nothing left to look at. Raises `Trouble`; what was sent before it counts."""
    with reading(bridge.engine) as connection:
        batch = _next_batch(connection, upstream, number(cursor))
    if batch is None:
        return False
    run = _Run(bridge, store, cursor)
    run.send(batch.parcels)
    run.reach(batch.reaches)
    return True


def number(cursor: Cursor) -> int:
    return int(cursor.position or 0)


# --- what is sent -------------------------------------------------------------------------------


def _next_batch(connection: Connection, upstream: Upstream, position: int) -> Batch | None:
    looked_at = upstreams.after(connection, position, _LOOKED_AT)
    if not looked_at:
        return None
    there = upstreams.known_there(connection, (one.seq for one in looked_at), of_upstream(upstream.site, upstream.key))
    parcels: list[Parcel] = []
    size = 0
    for one in looked_at:
        if one.seq in there or not is_for(upstream, one, value_of(one.text.encode())):
            continue
        parcel = _parcel(connection, one)
        size += parcel.size
        if parcels and size > _BYTES_AT_ONCE:
            return Batch(tuple(parcels), parcels[-1].seq)
        parcels.append(parcel)
        if len(parcels) == _AT_ONCE:
            return Batch(tuple(parcels), one.seq)
    return Batch(tuple(parcels), looked_at[-1].seq)


def is_for(upstream: Upstream, one: Outgoing, statement: Mapping[str, Any]) -> bool:
    """Whether a statement is sent to this store: not what came from there, nor what was erased, and what its filter admits."""
    if one.erased or one.origin == of_upstream(upstream.site, upstream.key):
        return False
    return admits(upstream.filter, statement, one.site)


def admits(wanted: Filter, statement: Mapping[str, Any], site: str | None) -> bool:
    if wanted.sites and site not in wanted.sites:
        return False
    if wanted.verbs and statement["verb"]["id"] not in wanted.verbs:
        return False
    return not wanted.activities or any(iri.startswith(wanted.activities) for iri in _activities(statement))


def _activities(statement: Mapping[str, Any]) -> Iterator[str]:
    """The object and what the statement says it belongs to."""
    yield str(statement["object"].get("id", ""))
    within = statement.get("context", {}).get("contextActivities", {})
    for kind in ("parent", "grouping"):
        listed = within.get(kind, [])
        yield from (activity["id"] for activity in (listed if isinstance(listed, list) else [listed]))


def _parcel(connection: Connection, one: Outgoing) -> Parcel:
    named = dict(relay.hashes_named(value_of(one.text.encode())))
    contents = upstreams.attachment_contents(connection, named) if named else {}
    enclosed = tuple(Enclosed(sha2, named[sha2], content) for sha2, content in sorted(contents.items()))
    return Parcel(one.seq, one.id, relay.completed(one.text, one.id, one.stored), enclosed)


# --- sending it ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    bridge: Bridge
    store: RecordStore
    cursor: Cursor

    def send(self, parcels: Sequence[Parcel]) -> None:
        """In order, so that the cursor never passes a statement of which nothing is known."""
        if not parcels:
            return
        refused = sent(self.store, parcels, self.bridge)
        if refused is None:
            self.reach(parcels[-1].seq)
        elif len(parcels) > 1:
            middle = len(parcels) // 2
            self.send(parcels[:middle])
            self.send(parcels[middle:])
        else:
            self._give_up(parcels[0], refused)

    def reach(self, seq: int) -> None:
        if seq > number(self.cursor):
            in_writing(self.bridge.engine, lambda connection: self._move(connection, seq))

    def _give_up(self, parcel: Parcel, reason: str) -> None:
        def work(connection: Connection) -> None:
            upstreams.add_letter(connection, self.cursor.upstream, "forward", parcel.id, None, reason, self.bridge.text_now())
            self._move(connection, parcel.seq)

        in_writing(self.bridge.engine, work)

    def _move(self, connection: Connection, seq: int) -> None:
        now, until = self.bridge.text_now(), text_of(self.bridge.now() + LEASE)
        if upstreams.move(connection, self.cursor, str(seq), now, until):
            moved = upstreams.cursor(connection, self.cursor.upstream, self.cursor.direction)
            self.cursor = moved or self.cursor


def sent(store: RecordStore, parcels: Sequence[Parcel], bridge: Bridge) -> str | None:
    """None when all of them are there now; else why they are refused. Raises `Trouble` when that says nothing about the statements."""
    body, content_type = relay.body([one.text for one in parcels], _once_each(parcels))
    answer = store.post(body, content_type)
    raise_for_trouble(answer, bridge.now())
    if answer.status < 300:
        return None
    # Another content under this id, or the same: in either case the store has the statement, and statements never change.
    if answer.status == 409 and len(parcels) == 1:
        return None
    return f"{answer.status} {answer.said()}".strip()


def _once_each(parcels: Iterable[Parcel]) -> tuple[Enclosed, ...]:
    return tuple({one.sha2: one for parcel in parcels for one in parcel.enclosed}.values())


def parcel_of(connection: Connection, identity: str) -> Parcel | None:
    """A statement alone, as it is sent again."""
    found = upstreams.outgoing(connection, identity)
    return None if found is None else _parcel(connection, found)
