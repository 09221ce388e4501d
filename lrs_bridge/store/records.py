"""What was decided: the current decisions, the scored responses, the ledger of awards, and its seals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from lrs_bridge.store.tables import decisions, ledger, responses, seals


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDecision:
    """`record` is canonical JSON: the same evidence gives the same text."""

    registration: str
    system: str
    person: str
    activity: str
    outcome: str
    record: str
    decided: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResponse:
    registration: str
    assessment: str
    attempt: int
    item: str
    activity: str
    item_version: str
    response: str
    correct: bool | None
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """`entry` is canonical JSON, None once erased; `seal` the number of the seal that covers its hash."""

    hash: str
    registration: str
    system: str
    entry: str | None
    at: str
    seal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSeal:
    previous: str
    hash: str
    entries: int
    signature: str
    key: str
    at: str


def _values(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


# --- decisions ----------------------------------------------------------------------------------


def of_registration(connection: Connection, registration: str) -> list[KeptDecision]:
    query = select(decisions).where(decisions.c.registration == registration).order_by(decisions.c.system)
    return [KeptDecision(**row._mapping) for row in connection.execute(query)]


def listed(connection: Connection, activity: str | None = None) -> list[KeptDecision]:
    """All current decisions, or an activity's, in a fixed order."""
    query = select(decisions).order_by(decisions.c.activity, decisions.c.registration, decisions.c.system)
    found = query if activity is None else query.where(decisions.c.activity == activity)
    return [KeptDecision(**row._mapping) for row in connection.execute(found)]


def page(connection: Connection, *, activity: str | None, outcome: str | None, first: int, most: int) -> list[KeptDecision]:
    """Some of them, in the order of `listed`, counted from 0."""
    query = select(decisions).order_by(decisions.c.activity, decisions.c.registration, decisions.c.system)
    query = query.where(*_chosen(activity, outcome)).offset(first).limit(most)
    return [KeptDecision(**row._mapping) for row in connection.execute(query)]


def counts(connection: Connection, activity: str | None) -> dict[str, int]:
    """How many there are of each outcome."""
    query = select(decisions.c.outcome, func.count()).where(*_chosen(activity, None)).group_by(decisions.c.outcome)
    return {row[0]: row[1] for row in connection.execute(query)}


def _chosen(activity: str | None, outcome: str | None) -> list[ColumnElement[bool]]:
    wanted = ((decisions.c.activity, activity), (decisions.c.outcome, outcome))
    return [column == value for column, value in wanted if value is not None]


def by_record_id(connection: Connection, identity: str) -> KeptDecision | None:
    """By the id that stands in the record."""
    found = connection.execute(select(decisions).where(decisions.c.record.contains(f'"id":"{identity}"', autoescape=True))).first()
    return None if found is None else KeptDecision(**found._mapping)


def replace(connection: Connection, registration: str, current: Sequence[KeptDecision]) -> None:
    """Makes these the registration's current decisions."""
    connection.execute(delete(decisions).where(decisions.c.registration == registration))
    if current:
        connection.execute(insert(decisions), [_values(decision) for decision in current])


# --- responses ----------------------------------------------------------------------------------


def replace_responses(connection: Connection, registration: str, current: Sequence[KeptResponse]) -> None:
    connection.execute(delete(responses).where(responses.c.registration == registration))
    if current:
        connection.execute(insert(responses), [_values(response) for response in current])


def responses_of_activity(connection: Connection, activity: str) -> list[KeptResponse]:
    table = responses.c
    query = select(responses).where(table.activity == activity)
    rows = connection.execute(query.order_by(table.registration, table.assessment, table.attempt, table.item))
    return [KeptResponse(**row._mapping) for row in rows]


# --- the ledger ---------------------------------------------------------------------------------


def entries(connection: Connection) -> list[LedgerEntry]:
    return [_entry(row._mapping) for row in connection.execute(select(ledger).order_by(ledger.c.seq))]


def entries_of(connection: Connection, registration: str, system: str) -> list[LedgerEntry]:
    query = select(ledger).where(ledger.c.registration == registration, ledger.c.system == system)
    return [_entry(row._mapping) for row in connection.execute(query.order_by(ledger.c.seq))]


def _entry(mapping: object) -> LedgerEntry:
    return LedgerEntry(**{name: mapping[name] for name in LedgerEntry.__dataclass_fields__})  # type: ignore[index]


def has_entry(connection: Connection, entry_hash: str) -> bool:
    return connection.execute(select(ledger.c.seq).where(ledger.c.hash == entry_hash)).first() is not None


def append(connection: Connection, entry: LedgerEntry) -> None:
    connection.execute(insert(ledger).values(_values(entry)))


def unsealed(connection: Connection) -> list[str]:
    """The hashes that no seal covers yet, sorted."""
    return list(connection.scalars(select(ledger.c.hash).where(ledger.c.seal.is_(None)).order_by(ledger.c.hash)))


def last_seal(connection: Connection) -> KeptSeal | None:
    row = connection.execute(select(seals).order_by(seals.c.seq.desc()).limit(1)).first()
    return None if row is None else KeptSeal(**{name: row._mapping[name] for name in KeptSeal.__dataclass_fields__})


def add_seal(connection: Connection, seal: KeptSeal, hashes: Iterable[str]) -> None:
    number = connection.execute(insert(seals).values(_values(seal)).returning(seals.c.seq)).scalar_one()
    connection.execute(update(ledger).where(ledger.c.hash.in_(list(hashes))).values(seal=number))


def sealed(connection: Connection) -> list[tuple[KeptSeal, list[str]]]:
    """Every seal, first to last, with the hashes it covers."""
    found = []
    for row in connection.execute(select(seals).order_by(seals.c.seq)):
        hashes = connection.scalars(select(ledger.c.hash).where(ledger.c.seal == row.seq).order_by(ledger.c.hash))
        found.append((KeptSeal(**{name: row._mapping[name] for name in KeptSeal.__dataclass_fields__}), list(hashes)))
    return found
