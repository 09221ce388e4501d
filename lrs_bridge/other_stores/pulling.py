"""Fetching the statements of another record store, oldest first, and keeping them as they were received.

Everything it says is judged as if a stranger had sent it. A statement that cannot be kept becomes a dead letter with its text and the
reason; the rest goes on. The cursor moves only after what lies before it is on disk, and every new look begins a little before it,
for what becomes visible late.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from lrs_bridge import access, intake
from lrs_bridge.bridge import Bridge
from lrs_bridge.other_stores.forwarding import LEASE
from lrs_bridge.other_stores.record_store import Answer, RecordStore, TooLong, Trouble, raise_for_trouble
from lrs_bridge.refusals import Refusal
from lrs_bridge.store import upstreams
from lrs_bridge.store.engine import in_writing
from lrs_bridge.store.upstreams import Cursor, Upstream
from lrs_bridge.times import text_of
from lrs_bridge.xapi import multipart
from lrs_bridge.xapi.attachments import Bytes, bytes_of
from lrs_bridge.xapi.formats import is_uuid, moment
from lrs_bridge.xapi.parse import Slice, value_of
from lrs_bridge.xapi.relay import hashes_named
from lrs_bridge.xapi.statement import Edition

_AT_ONCE = "200"
# Statements of one moment become visible out of order, by as long as their store's slowest transaction.
OVERLAP = timedelta(seconds=60)
_LARGEST_LETTER = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """How far pulling has come: `stored` of the newest statement that is kept, and the link to those that follow it."""

    since: str | None = None
    more: str | None = None

    @classmethod
    def of(cls, position: str) -> Place:
        return cls(**json.loads(position)) if position else cls()

    def text(self) -> str:
        return json.dumps({"since": self.since, "more": self.more}, separators=(",", ":"))


class _Page(msgspec.Struct):
    statements: list[msgspec.Raw]
    more: str | None = None


def pull(bridge: Bridge, upstream: Upstream, store: RecordStore, cursor: Cursor) -> bool:
    """One page; True when there are more. Raises `Trouble`, the cursor being where it was."""
    place = Place.of(cursor.position)
    answer = _ask(store, place, bridge.now())
    page = _page(answer)
    slices = tuple(_slice(raw) for raw in page.statements)
    for group in _groups(slices):
        take(bridge, upstream, group, enclosed(store, group[0], bridge.now()))
    following = _following(place, page, slices, answer, bridge.now())
    until = text_of(bridge.now() + LEASE)
    in_writing(bridge.engine, lambda connection: upstreams.move(connection, cursor, following.text(), bridge.text_now(), until))
    return following.more is not None


# --- asking -------------------------------------------------------------------------------------


def _ask(store: RecordStore, place: Place, now: datetime) -> Answer:
    answer = store.more(place.more) if place.more else store.statements(_parameters(place))
    if place.more and 400 <= answer.status < 500 and answer.status not in (401, 403, 429):
        answer = store.statements(_parameters(place))  # links are good for a while only: from the newest that is kept, then
    raise_for_trouble(answer, now)
    if answer.status != 200:
        raise Trouble(f"it does not give its statements: {answer.status} {answer.said()}")
    return answer


def _parameters(place: Place) -> dict[str, str]:
    plain = {"ascending": "true", "limit": _AT_ONCE}
    since = moment(place.since) if place.since else None
    return plain if since is None else plain | {"since": text_of(since - OVERLAP)}


def _page(answer: Answer) -> _Page:
    try:
        return msgspec.json.decode(answer.body, type=_Page)
    except (ValueError, RecursionError) as error:
        raise Trouble(f"its answer is no list of statements ({str(error)[:100]})") from None


def _following(place: Place, page: _Page, slices: Sequence[Slice], answer: Answer, now: datetime) -> Place:
    """Where to go on. A moment in the future moves nothing, or one clock that is wrong there would hide all that comes later."""
    newest = [found for one in slices if (found := _stored(one)) is not None and found <= now]
    known = moment(place.since) if place.since else None
    reached = max([*newest, *([known] if known else [])], default=None)
    # Without anything on the page, or with a link to itself, there is nothing that could follow.
    more = page.more if page.more and slices and page.more != place.more else None
    consistent = moment(answer.headers.get("X-Experience-API-Consistent-Through", ""))
    if reached is not None and consistent is not None and known is not None:
        reached = max(known, min(reached, consistent))
    return Place(text_of(reached) if reached else place.since, more)


def _stored(one: Slice) -> datetime | None:
    said = one.value.get("stored") if isinstance(one.value, dict) else None
    return moment(said) if isinstance(said, str) else None


# --- attachments --------------------------------------------------------------------------------


def _groups(slices: Sequence[Slice]) -> list[list[Slice]]:
    """In order; a statement with attachments stands alone, so that no answer has to hold those of a whole page."""
    groups: list[list[Slice]] = []
    for one in slices:
        if groups and not _needs(one) and not _needs(groups[-1][0]):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _needs(one: Slice) -> frozenset[str]:
    """The hashes of attachments that come with the statement; none of one that is not sound enough to say."""
    try:
        return frozenset(sha2 for sha2, _ in hashes_named(one.value))
    except (AttributeError, KeyError, TypeError):
        return frozenset()


def enclosed(store: RecordStore, one: Slice, now: datetime) -> Bytes:
    """The contents that belong to a statement, fetched by its id; those that are not given are missing. Raises `Trouble`."""
    needed = _needs(one)
    if not needed:
        return {}
    try:
        answer = store.statements({"statementId": str(one.value.get("id")), "attachments": "true"})
        if answer.status != 404:  # voided meanwhile
            raise_for_trouble(answer, now)
        _, *others = multipart.parts(answer.headers.get("Content-Type", ""), answer.body)
        return {sha2: content for sha2, content in bytes_of(others).items() if sha2 in needed}
    except (Refusal, TooLong):
        return {}


# --- keeping ------------------------------------------------------------------------------------


def _slice(raw: msgspec.Raw) -> Slice:
    """What cannot be read has no value; its text still goes to the dead letters."""
    data = bytes(raw)
    try:
        value = value_of(data)  # says what is wrong with it, UTF-8 included
        return Slice(data.decode(), value)
    except Refusal as refusal:
        return Slice(data.decode("utf-8", "replace"), _Unreadable(refusal))


@dataclass(frozen=True, slots=True)
class _Unreadable:
    refusal: Refusal


def take(bridge: Bridge, upstream: Upstream, slices: Sequence[Slice], attachments: Bytes) -> None:
    """Keeps all of them that can be kept, halving a batch that is refused until the bad statement stands alone."""
    try:
        accept(bridge, upstream, slices, attachments)
    except Refusal as refusal:
        if len(slices) == 1:
            _give_up(bridge, upstream, slices[0], reason_of(refusal))
            return
        middle = len(slices) // 2
        take(bridge, upstream, slices[:middle], attachments)
        take(bridge, upstream, slices[middle:], attachments)


def accept(bridge: Bridge, upstream: Upstream, slices: Sequence[Slice], attachments: Bytes) -> None:
    for one in slices:
        if isinstance(one.value, _Unreadable):
            raise one.value.refusal
    intake.accept(bridge, slices, caller(upstream), edition(upstream), attachments=attachments)


def caller(upstream: Upstream) -> access.Upstream:
    return access.Upstream(upstream.key, upstream.site, upstream.filter.homepages)


def edition(upstream: Upstream) -> Edition:
    return "2.0.0" if upstream.version.startswith("2.") else "1.0.3"


def reason_of(refusal: Refusal) -> str:
    return "; ".join(f"{problem.where.file}: {problem.message}" for problem in refusal.problems)[:2000]


def _give_up(bridge: Bridge, upstream: Upstream, one: Slice, reason: str) -> None:
    identity = one.value.get("id") if isinstance(one.value, Mapping) else None
    named = identity.lower() if isinstance(identity, str) and is_uuid(identity) else None
    text = one.text[:_LARGEST_LETTER].replace("\x00", "\ufffd")
    now = bridge.text_now()
    in_writing(bridge.engine, lambda connection: upstreams.add_letter(connection, upstream.key, "pull", named, text, reason, now))


def slice_of(text: str) -> Slice:
    """The text of a dead letter, to be tried once more. Raises `Malformed`."""
    value: Any = value_of(text.encode())
    return Slice(text, value)
