"""Keys for Basic authentication. Of a secret only its hash is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select, update

from lrs_bridge.store.tables import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    id: str
    role: str
    site: str | None
    secret: str  # SHA-256, hex digits
    previous: str | None = None  # the secret before the last rotation, good until `previous_until`
    previous_until: str | None = None
    created: str
    expires: str | None = None
    revoked: str | None = None
    last_used: str | None = None
    note: str = ""

    def is_good(self, now: str) -> bool:
        return self.revoked is None and (self.expires is None or now < self.expires)


def add(connection: Connection, key: Key) -> None:
    connection.execute(insert(keys).values({name: getattr(key, name) for name in Key.__dataclass_fields__}))


def get(connection: Connection, identity: str) -> Key | None:
    row = connection.execute(select(keys).where(keys.c.id == identity)).first()
    return None if row is None else Key(**row._mapping)


def listed(connection: Connection) -> list[Key]:
    return [Key(**row._mapping) for row in connection.execute(select(keys).order_by(keys.c.created, keys.c.id))]


def revoke(connection: Connection, identity: str, now: str) -> bool:
    """False when there is no such key, or it was revoked before."""
    query = update(keys).where(keys.c.id == identity, keys.c.revoked.is_(None)).values(revoked=now)
    return connection.execute(query).rowcount == 1


def put_secret(connection: Connection, key: Key) -> None:
    """After a rotation: the new secret, the one before it, and when each stops."""
    values = {name: getattr(key, name) for name in ("secret", "previous", "previous_until", "expires")}
    connection.execute(update(keys).where(keys.c.id == key.id).values(**values))


def note_uses(connection: Connection, uses: Mapping[str, str]) -> None:
    """When each key was last used; an earlier use never overwrites a later one of another process."""
    for identity, at in sorted(uses.items()):
        older = or_(keys.c.last_used.is_(None), keys.c.last_used < at)
        connection.execute(update(keys).where(keys.c.id == identity, older).values(last_used=at))
