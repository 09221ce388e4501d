"""Reading statements: what a caller may see, in the format they ask for, with the attachments and the link to what comes next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lrs_bridge.access import READ_OWN, READ_STATEMENTS, Caller, require
from lrs_bridge.bridge import Bridge
from lrs_bridge.reading import more
from lrs_bridge.refusals import NotFound, one
from lrs_bridge.store import activities, attachments, queries, statements
from lrs_bridge.store.engine import Connection, looking
from lrs_bridge.store.queries import Page
from lrs_bridge.store.statements import Kept
from lrs_bridge.xapi import attachments as attached
from lrs_bridge.xapi import query, shapes
from lrs_bridge.xapi.multipart import Part
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.splice import spliced

_MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: parameters, where the page before ended, where this resource is, and the languages of the reader."""

    args: Mapping[str, Any]
    after: int | None
    path: str
    languages: tuple[str, ...]

    @property
    def with_attachments(self) -> bool:
        return bool(self.args.get("attachments"))


@dataclass(frozen=True, slots=True)
class Answer:
    """JSON; the parts that follow it, None when attachments were not asked for; when a single statement was stored."""

    json: bytes
    parts: tuple[Part, ...] | None
    stored: str | None


def single(bridge: Bridge, caller: Caller, wanted: Wanted, name: str) -> Answer:
    """The statement that the parameter `name` names: a voided one only as `voidedStatementId` (xAPI 1.0.3 Communication 2.1.3).

    Raises `NotFound`, which does not say whether there is one that somebody else may read.
    """
    require(caller, READ_OWN)
    with looking(bridge.engine) as connection:
        kept = statements.by_id(connection, wanted.args[name])
        if kept is None or kept.voided != (name == "voidedStatementId") or not _may_read(caller, kept):
            message, remedy = "There is no such statement for you to read.", "Check the id, and whether it was voided."
            raise NotFound(one("statement-unknown", message, remedy, where=name))
        (text,) = _texts(connection, (kept,), wanted)
        return Answer(text, _parts(connection, (kept,)) if wanted.with_attachments else None, kept.stored)


def many(bridge: Bridge, caller: Caller, wanted: Wanted) -> Answer:
    """A page of the statements that are asked for and that the caller may read."""
    require(caller, READ_OWN)
    origin = None if READ_STATEMENTS in caller.scopes else caller.origin
    with looking(bridge.engine) as connection:
        page = queries.page(connection, query.of(wanted.args, origin, wanted.after))
        page = _with_room_for_attachments(connection, page) if wanted.with_attachments else page
        texts = _texts(connection, page.found, wanted)
        parts = _parts(connection, page.found) if wanted.with_attachments else None
    link = "" if page.last is None else more.link(bridge.vault, wanted.path, wanted.args, page.last)
    return Answer(b'{"statements":[' + b",".join(texts) + b'],"more":' + json.dumps(link).encode() + b"}", parts, None)


def _may_read(caller: Caller, kept: Kept) -> bool:
    """Everything, or only what the same credential sent."""
    return READ_STATEMENTS in caller.scopes or kept.origin == caller.origin


# --- formats ------------------------------------------------------------------------------------


def _exact(kept: Kept) -> bytes:
    return spliced(kept.text, kept.id, kept.stored, kept.authority, kept.version)


def _texts(connection: Connection, found: Sequence[Kept], wanted: Wanted) -> list[bytes]:
    return _FORMATS[wanted.args.get("format", "exact")](connection, [_exact(kept) for kept in found], wanted)


def _ids(_connection: Connection, texts: list[bytes], _wanted: Wanted) -> list[bytes]:
    return [_json(shapes.ids(value_of(text))) for text in texts]


def _canonical(connection: Connection, texts: list[bytes], wanted: Wanted) -> list[bytes]:
    values = [value_of(text) for text in texts]
    definitions = activities.merged(connection, {iri for value in values for iri in shapes.activities(value)})
    return [_json(shapes.canonical(value, definitions, wanted.languages)) for value in values]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


_FORMATS: Mapping[str, Callable[[Connection, list[bytes], Wanted], list[bytes]]] = {
    "exact": lambda _connection, texts, _wanted: texts,
    "ids": _ids,
    "canonical": _canonical,
}


# --- attachments --------------------------------------------------------------------------------


def _with_room_for_attachments(connection: Connection, page: Page) -> Page:
    """As many of the page's statements as an answer can carry the attachments of; at least one."""
    brought = attachments.named_by(connection, (kept.id for kept in page.found))
    sizes = attachments.sizes(connection, frozenset[str]().union(*brought.values()))
    carried: set[str] = set()
    for count, kept in enumerate(page.found):
        carried |= brought.get(kept.id, frozenset())
        if count > 0 and sum(sizes[sha2] for sha2 in carried) > _MOST_BYTES:
            return page.first(count)
    return page


def _parts(connection: Connection, found: Sequence[Kept]) -> tuple[Part, ...]:
    """The bytes that came with these statements, each content once."""
    brought = attachments.named_by(connection, (kept.id for kept in found))
    listed = {
        each["sha2"].lower(): each
        for kept in found
        if kept.id in brought
        for _, each in attached.listed(value_of(kept.text.encode()))
        if each["sha2"].lower() in brought[kept.id]
    }
    bodies = ((each, attachments.body(connection, sha2)) for sha2, each in listed.items())
    return tuple(attached.part_of(each, body) for each, body in bodies if body is not None)
