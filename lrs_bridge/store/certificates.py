"""Certificates, and the files that must stay as they were when they were made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from lrs_bridge.store.tables import certificates, kept_files


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCertificate:
    """`id` and `verify` are 128 random bits each; `facts` is what the sheet says, encrypted; `file` the hash of its PDF."""

    id: str
    verify: str
    registration: str
    system: str
    title: str
    facts: bytes
    facts_hash: str
    file: str
    made: str
    superseded_by: str | None = None
    withdrawn: str | None = None


def add(connection: Connection, certificate: KeptCertificate) -> None:
    connection.execute(insert(certificates).values({name: getattr(certificate, name) for name in KeptCertificate.__dataclass_fields__}))


def get(connection: Connection, identity: str) -> KeptCertificate | None:
    row = connection.execute(select(certificates).where(certificates.c.id == identity)).first()
    return None if row is None else KeptCertificate(**row._mapping)


def by_verify(connection: Connection, verify: str) -> KeptCertificate | None:
    row = connection.execute(select(certificates).where(certificates.c.verify == verify)).first()
    return None if row is None else KeptCertificate(**row._mapping)


def of_registration(connection: Connection, registration: str) -> list[KeptCertificate]:
    """Those that stand: not superseded, not withdrawn; in the order of their systems."""
    table = certificates.c
    query = select(certificates).where(table.registration == registration, table.superseded_by.is_(None), table.withdrawn.is_(None))
    return [KeptCertificate(**row._mapping) for row in connection.execute(query.order_by(table.system, table.made))]


def supersede(connection: Connection, identity: str, by: str) -> None:
    connection.execute(update(certificates).where(certificates.c.id == identity).values(superseded_by=by))


def withdraw(connection: Connection, identity: str, now: str) -> None:
    connection.execute(update(certificates).where(certificates.c.id == identity).values(withdrawn=now))


# --- files --------------------------------------------------------------------------------------


def keep_file(connection: Connection, body: bytes, media_type: str, now: str) -> str:
    """Keeps a file once, under the SHA-256 of its bytes, which is returned."""
    name = hashlib.sha256(body).hexdigest()
    if connection.execute(select(kept_files.c.hash).where(kept_files.c.hash == name)).first() is None:
        connection.execute(insert(kept_files).values(hash=name, media_type=media_type, body=body, at=now))
    return name


def file(connection: Connection, name: str) -> bytes | None:
    return connection.scalar(select(kept_files.c.body).where(kept_files.c.hash == name))
