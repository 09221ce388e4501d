"""Sealing what was entered into the ledger, and checking that all of it still stands."""

from __future__ import annotations

from lrs_bridge.bridge import Bridge
from lrs_bridge.credit import ledger
from lrs_bridge.store import records
from lrs_bridge.store.engine import Connection, in_writing
from lrs_bridge.store.records import KeptSeal
from scorm_packager.activity.problems import Problem


def seal(bridge: Bridge) -> int:
    """Seals every entry that no seal covers yet; says how many."""
    return in_writing(bridge.engine, lambda connection: _seal(bridge, connection))


def _seal(bridge: Bridge, connection: Connection) -> int:
    hashes = records.unsealed(connection)
    if not hashes:
        return 0
    last = records.last_seal(connection)
    made = ledger.seal(last.hash if last else ledger.FIRST, hashes, bridge.signer.sign)
    kept = KeptSeal(
        previous=made.previous,
        hash=made.hash,
        entries=len(made.entries),
        signature=made.signature.hex(),
        key=bridge.signer.public,
        at=bridge.text_now(),
    )
    records.add_seal(connection, kept, made.entries)
    return len(hashes)


def problems(bridge: Bridge, connection: Connection) -> tuple[Problem, ...]:
    """Everything in the ledger that does not fit its seals."""
    entries = [ledger.Entry(one.hash, one.entry.encode() if one.entry is not None else None) for one in records.entries(connection)]
    seals = [_seal_of(kept, hashes) for kept, hashes in records.sealed(connection)]
    return ledger.verify(entries, seals, ledger.checker(bridge.signer.private.public_key()))


def _seal_of(kept: KeptSeal, hashes: list[str]) -> ledger.Seal:
    return ledger.Seal(kept.previous, tuple(hashes), kept.hash, bytes.fromhex(kept.signature))
