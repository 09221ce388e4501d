"""Documents of xAPI's State, Activity Profile and Agent Profile resources."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from lrs_bridge.store.prepared import Prepared, Row
from lrs_bridge.store.tables import documents
from lrs_bridge.xapi.documents import Address, Content, Context, Stored

# Each command's values stand in the order of the table's columns, those that it looks for at the end.
_HERE = (documents.c.context == bindparam("at_context"), documents.c.name_key == bindparam("at_name"))
_SELECT = select(documents.c.content_type, documents.c.body, documents.c.etag, documents.c.updated).where(*_HERE)
_NEW: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("content_type", "body", "etag", "updated")}

_GET = Prepared(lambda _: _SELECT)
_HOLD = Prepared(lambda _: _SELECT.with_for_update())
_ADD = Prepared(lambda _: insert(documents))
_REPLACE = Prepared(lambda _: update(documents).where(*_HERE).values(_NEW))
_REMOVE = Prepared(lambda _: delete(documents).where(*_HERE))


def get(connection: Connection, address: Address) -> Stored | None:
    return _stored(_GET.rows(connection, _at(address)))


def hold(connection: Connection, address: Address) -> Stored | None:
    """The same, and nobody else changes it before the transaction ends."""
    # SQLite has one writer at a time anyhow, and leaves FOR UPDATE out.
    return _stored(_HOLD.rows(connection, _at(address)))


def add(connection: Connection, address: Address, content: Content, now: str) -> None:
    """A document that is not there yet."""
    context = address.context
    of_whom = (context.resource, context.activity, context.agent_text, context.agent_key, context.registration, address.name)
    _ADD.run(connection, (*_at(address), *of_whom, *_written(content, now)))


def replace(connection: Connection, address: Address, content: Content, now: str) -> None:
    _REPLACE.run(connection, (*_written(content, now), *_at(address)))


def remove(connection: Connection, address: Address) -> None:
    _REMOVE.run(connection, _at(address))


def remove_all(connection: Connection, context: Context) -> None:
    connection.execute(delete(documents).where(documents.c.context == context.key))


def names(connection: Connection, context: Context, since: str) -> list[str]:
    """Of all documents of the context that were changed after `since`, sorted."""
    query = select(documents.c.name).where(documents.c.context == context.key, documents.c.updated > since)
    return sorted(connection.scalars(query))


def _at(address: Address) -> tuple[bytes, bytes]:
    return address.context.key, address.name_key


def _written(content: Content, now: str) -> tuple[Any, ...]:
    return content.content_type, content.body, content.etag, now


def _stored(rows: list[Row]) -> Stored | None:
    if not rows:
        return None
    content_type, body, etag, updated = rows[0]
    return Stored(Content(content_type, bytes(body)), etag, updated)
