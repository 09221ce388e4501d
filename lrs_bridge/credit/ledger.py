"""The ledger of awards: what was awarded and changed, kept so that nobody can alter it afterwards unseen.

An entry is a canonical payload with its own hash. A seal closes the hashes that came since the last one:
`sha256(previous seal ‖ sorted new hashes)`, signed. Entries need no order among themselves, so many processes can append at once,
and an entry whose payload was erased keeps its place and its proof.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lrs_bridge.credit.record import canonical
from scorm_packager.activity.problems import Place, Problem

FIRST = "0" * 64  # what stands before the first seal

Sign = Callable[[bytes], bytes]
Check = Callable[[bytes, bytes], bool]  # (signature, data) -> whether it is the bridge's


@dataclass(frozen=True, slots=True)
class Entry:
    """`payload` is None once it was erased."""

    hash: str
    payload: bytes | None


@dataclass(frozen=True, slots=True)
class Seal:
    previous: str
    entries: tuple[str, ...]  # sorted
    hash: str
    signature: bytes


# --- what is written ----------------------------------------------------------------------------


def changes(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The payloads that take a ledger from one set of current records to another: awards, changes of awards, withdrawals.

    Each names the superseded record by the hash of its canonical bytes.
    """
    old, new = _awards(before), _awards(after)
    payloads = (_change(old.get(key), new.get(key)) for key in sorted(old | new))
    return tuple(payload for payload in payloads if payload is not None)


def _awards(records: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {record["id"]: record for record in records if record["outcome"] == "award"}


def _change(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if old == new:
        return None
    if old is None:
        return {"kind": "awarded", "record": new}
    supersedes = digest(canonical(old))
    if new is None:
        return {"kind": "withdrawn", "record": {"id": old["id"]}, "supersedes": supersedes}
    return {"kind": "changed", "record": new, "supersedes": supersedes}


def entry(payload: Mapping[str, Any], *, at: str) -> Entry:
    """`at` is when it is entered (UTC): what is awarded, withdrawn and awarded again are three entries."""
    data = canonical({**payload, "at": at})
    return Entry(hash=digest(data), payload=data)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def seal(previous: str, hashes: Iterable[str], sign: Sign) -> Seal:
    """Closes `hashes` after the seal `previous` (`FIRST` for the first)."""
    entries = tuple(sorted(hashes))
    found = _seal_hash(previous, entries)
    return Seal(previous=previous, entries=entries, hash=found, signature=sign(bytes.fromhex(found)))


def _seal_hash(previous: str, entries: Iterable[str]) -> str:
    return digest(b"".join(bytes.fromhex(part) for part in (previous, *entries)))


def signer(key: Ed25519PrivateKey) -> Sign:
    return key.sign


def checker(key: Ed25519PublicKey) -> Check:
    def check(signature: bytes, data: bytes) -> bool:
        try:
            key.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    return check


# --- whether it still stands --------------------------------------------------------------------


def verify(entries: Iterable[Entry], seals: Sequence[Seal], check: Check) -> tuple[Problem, ...]:
    """Everything in the ledger that does not fit: altered payloads, missing or foreign entries, a broken chain, a false signature.

    Entries not sealed yet are no problem, and neither are erased payloads.
    """
    kept = list(entries)
    hashes = {one.hash for one in kept}
    return (*_altered(kept), *_chain(seals, check), *_unaccounted(seals, hashes))


def _altered(entries: Iterable[Entry]) -> Iterator[Problem]:
    for one in entries:
        if one.payload is not None and digest(one.payload) != one.hash:
            yield _problem("ledger-entry-altered", one.hash, "The payload of this entry is not the one that was entered.")


def _chain(seals: Sequence[Seal], check: Check) -> Iterator[Problem]:
    previous = FIRST
    for one in seals:
        if one.previous != previous:
            yield _problem("ledger-chain-broken", one.hash, "This seal does not follow the one before it.")
        if _seal_hash(one.previous, sorted(one.entries)) != one.hash:
            yield _problem("ledger-seal-altered", one.hash, "This seal does not close the entries that it names.")
        if not check(one.signature, bytes.fromhex(one.hash)):
            yield _problem("ledger-signature-false", one.hash, "This seal was not signed with the bridge's key.")
        previous = one.hash


def _unaccounted(seals: Sequence[Seal], hashes: set[str]) -> Iterator[Problem]:
    sealed = Counter(found for one in seals for found in one.entries)
    for found in sorted(sealed.keys() - hashes):
        yield _problem("ledger-entry-missing", found, "This entry was sealed and is not in the ledger any more.")
    for found in sorted(found for found, count in sealed.items() if count > 1):
        yield _problem("ledger-entry-sealed-twice", found, "This entry is named by more than one seal.")


def _problem(code: str, found: str, message: str) -> Problem:
    remedy = "Compare it with the last backup in which `lrs-bridge doctor` finds nothing wrong with the ledger."
    return Problem(code, Place(f"ledger {found[:16]}"), message, remedy)
