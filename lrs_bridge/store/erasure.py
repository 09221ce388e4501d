"""Taking personal data out of the store: what belongs to a person is found and removed, and what must stay keeps its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Engine, Select, Table, delete, func, select, text, update

from lrs_bridge.store.tables import (
    attachments,
    certificates,
    dead_letters,
    diagnostics,
    documents,
    identifiers,
    kept_files,
    launches,
    person_links,
    profiles,
    registrations,
    statement_attachments,
    statement_refs,
    statements,
    terms,
)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that speaks of somebody. `erased` says when personal data was taken out of it before."""

    seq: int
    id: str
    text: str
    erased: str | None


def _in_parts(values: Collection[str] | Collection[bytes] | Collection[int]) -> Iterator[list[object]]:
    ordered: list[object] = sorted(set(values))  # type: ignore[type-var]
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


# --- statements ---------------------------------------------------------------------------------


def statements_of_registrations(connection: Connection, wanted: Collection[str]) -> list[Found]:
    """In the order of their coming; voided ones too."""
    queries = (statements.c.registration.in_(part) for part in _in_parts(wanted))
    return _found(connection, [select(statements.c.seq).where(condition) for condition in queries])


def statements_by_digests(connection: Connection, digests: Collection[bytes]) -> list[Found]:
    """Those that the index finds by one of the digests of `xapi.references`."""
    joined = select(statement_refs.c.seq).join(terms, terms.c.id == statement_refs.c.term)
    return _found(connection, [joined.where(terms.c.digest.in_(part)) for part in _in_parts(digests)])


def _found(connection: Connection, queries: Iterable[Select[tuple[int]]]) -> list[Found]:
    columns = select(statements.c.seq, statements.c.id, statements.c.text, statements.c.erased)
    rows = {row.seq: Found(*row) for query in queries for row in connection.execute(columns.where(statements.c.seq.in_(query)))}
    return [rows[seq] for seq in sorted(rows)]


def rewrite(connection: Connection, found: Found, new: str, fingerprint: str, at: str) -> None:
    """Another text under the same id; the fingerprint of what was received is kept from the first time on."""
    first = func.coalesce(statements.c.erased_hash, fingerprint)
    connection.execute(update(statements).where(statements.c.seq == found.seq).values(text=new, erased=at, erased_hash=first))


def unlist(connection: Connection, seqs: Collection[int], digests: Collection[bytes]) -> None:
    """These statements are not found by these digests any more."""
    for part in _in_parts(digests):
        ids = select(terms.c.id).where(terms.c.digest.in_(part))
        for some in _in_parts(seqs):
            connection.execute(delete(statement_refs).where(statement_refs.c.seq.in_(some), statement_refs.c.term.in_(ids)))


def drop_attachments(connection: Connection, ids: Collection[str]) -> int:
    """The bytes that came with these statements and with no other; says how many there were."""
    gone = 0
    for part in _in_parts(ids):
        theirs = statement_attachments.c.statement.in_(part)
        candidates = list(connection.scalars(select(statement_attachments.c.sha2).where(theirs).distinct()))
        connection.execute(delete(statement_attachments).where(theirs))
        named = select(statement_attachments.c.sha2)
        unnamed = attachments.c.sha2.in_(candidates) & ~attachments.c.sha2.in_(named)
        gone += connection.execute(delete(attachments).where(unnamed)).rowcount
    return gone


# --- what else there is -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """A registration: who took which activity, under which pseudonym. The last two as of `launches.Registration`."""

    id: str
    activity: str
    site: str
    pseudonym: str
    known_as: str | None
    agent: str | None


def registrations_of(connection: Connection, people: Collection[str]) -> list[Taken]:
    """Every registration of these people."""
    columns = (registrations.c[name] for name in Taken.__dataclass_fields__)
    query = select(*columns).where(registrations.c.person.in_(sorted(people))).order_by(registrations.c.id)
    return [Taken(*row) for row in connection.execute(query)]


def rename_agents(connection: Connection, wanted: Collection[str], agent: str) -> None:
    """What is kept of the actor whom an LMS named, where it named one."""
    for part in _in_parts(wanted):
        named = registrations.c.id.in_(part), registrations.c.agent.is_not(None)
        connection.execute(update(registrations).where(*named).values(agent=agent))


def drop_profiles(connection: Connection, wanted: Collection[str]) -> int:
    return _deleted(connection, profiles, profiles.c.registration, wanted)


def drop_identifiers(connection: Connection, people: Collection[str]) -> int:
    return _deleted(connection, identifiers, identifiers.c.person, people)


def drop_documents(connection: Connection, wanted: Collection[str], agent_keys: Collection[bytes]) -> int:
    of_registrations = _deleted(connection, documents, documents.c.registration, wanted)
    return of_registrations + _deleted(connection, documents, documents.c.agent_key, agent_keys)


def drop_diagnostics(connection: Connection, wanted: Collection[str]) -> int:
    gone = 0
    for part in _in_parts(wanted):
        theirs = select(launches.c.id).where(launches.c.registration.in_(part))
        gone += connection.execute(delete(diagnostics).where(diagnostics.c.launch.in_(theirs))).rowcount
    return gone


def end_tokens(connection: Connection, wanted: Collection[str], now: str) -> int:
    ended = 0
    for part in _in_parts(wanted):
        good = launches.c.registration.in_(part), launches.c.expires > now
        ended += connection.execute(update(launches).where(*good).values(expires=now)).rowcount
    return ended


def empty_certificates(connection: Connection, wanted: Collection[str], facts: bytes, now: str) -> int:
    """Withdraws them; of what they said, and of their files, only the hashes stay."""
    gone = 0
    for part in _in_parts(wanted):
        full = select(kept_files.c.hash).where(func.length(kept_files.c.body) > 0)
        theirs = certificates.c.registration.in_(part) & certificates.c.file.in_(full)
        files = list(connection.scalars(select(certificates.c.file).where(theirs)))
        values = {"facts": facts, "withdrawn": func.coalesce(certificates.c.withdrawn, now)}
        gone += connection.execute(update(certificates).where(theirs).values(**values)).rowcount
        connection.execute(update(kept_files).where(kept_files.c.hash.in_(files)).values(body=b""))
    return gone


def drop_dead_letters(connection: Connection, words: Sequence[str], erased: str) -> int:
    """Takes the text out of those that carry one of the words."""
    gone = 0
    for word in words:
        carries = func.instr(dead_letters.c.text, word) if connection.dialect.name == "sqlite" else func.strpos(dead_letters.c.text, word)
        gone += connection.execute(update(dead_letters).where(carries > 0).values(text=None, reason=erased)).rowcount
    return gone


def rewrite_links(connection: Connection, people: Collection[str], erased: str) -> int:
    """Why two were said to be the same person: the words may name them."""
    among = sorted(people)
    theirs = (person_links.c.first.in_(among) | person_links.c.second.in_(among)) & (person_links.c.why != erased)
    return connection.execute(update(person_links).where(theirs).values(why=erased)).rowcount


def _deleted(connection: Connection, table: Table, column: Column[Any], values: Collection[str] | Collection[bytes]) -> int:
    return sum(connection.execute(delete(table).where(column.in_(part))).rowcount for part in _in_parts(values))


# --- in the file --------------------------------------------------------------------------------


def overwrite_what_is_deleted(connection: Connection) -> None:
    """SQLite fills what this connection deletes with zeros. PostgreSQL reuses the room after its next vacuum."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def empty_journal(engine: Engine) -> None:
    """What was erased does not stay behind in SQLite's write-ahead log. Whoever reads just then keeps it alive for a while."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
