"""Documents of xAPI's State, Activity Profile and Agent Profile resources."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from lrs_bridge.store.tables import documents
from lrs_bridge.xapi.documents import Address, Content, Context, Stored

_HERE = (documents.c.context == bindparam("at_context"), documents.c.name_key == bindparam("at_name"))
# Written once, so that a request does not build its command anew.
_GET = select(documents.c.content_type, documents.c.body, documents.c.etag, documents.c.updated).where(*_HERE)
_GET_FOR_UPDATE = _GET.with_for_update()
_INSERT = insert(documents)
_UPDATE = (
    update(documents)
    .where(*_HERE)
    .values(content_type=bindparam("type"), body=bindparam("bytes"), etag=bindparam("tag"), updated=bindparam("now"))
)
_DELETE = delete(documents).where(*_HERE)
_NAMES = select(documents.c.name).where(documents.c.context == bindparam("at_context"), documents.c.updated > bindparam("since"))


def get(connection: Connection, address: Address) -> Stored | None:
    return _stored(connection.execute(_GET, _at(address)).first())


def hold(connection: Connection, address: Address) -> Stored | None:
    """The same, and nobody else changes it before the transaction ends."""
    # SQLite has one writer at a time anyhow, and leaves FOR UPDATE out.
    return _stored(connection.execute(_GET_FOR_UPDATE, _at(address)).first())


def add(connection: Connection, address: Address, content: Content, now: str) -> None:
    """A document that is not there yet."""
    context = address.context
    row = {
        "context": context.key, "name_key": address.name_key, "resource": context.resource, "activity": context.activity,
        "agent": context.agent_text, "agent_key": context.agent_key, "registration": context.registration, "name": address.name,
        "content_type": content.content_type, "body": content.body, "etag": content.etag, "updated": now,
    }  # fmt: skip
    connection.execute(_INSERT, row)


def replace(connection: Connection, address: Address, content: Content, now: str) -> None:
    new = {"type": content.content_type, "bytes": content.body, "tag": content.etag, "now": now}
    connection.execute(_UPDATE, _at(address) | new)


def remove(connection: Connection, address: Address) -> None:
    connection.execute(_DELETE, _at(address))


def remove_all(connection: Connection, context: Context) -> None:
    connection.execute(delete(documents).where(documents.c.context == context.key))


def names(connection: Connection, context: Context, since: str) -> list[str]:
    """Of all documents of the context that were changed after `since`, sorted."""
    found = connection.scalars(_NAMES, {"at_context": context.key, "since": since})
    return sorted(found)


def _at(address: Address) -> dict[str, object]:
    return {"at_context": address.context.key, "at_name": address.name_key}


def _stored(row: Any) -> Stored | None:
    return None if row is None else Stored(Content(row.content_type, bytes(row.body)), row.etag, row.updated)
