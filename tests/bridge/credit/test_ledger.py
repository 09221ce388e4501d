"""The ledger: nobody can alter, drop or add an award afterwards without its showing."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lrs_bridge.credit import ledger, record
from lrs_bridge.credit.ledger import FIRST, Entry, Seal
from scorm_packager.activity.problems import Problem
from tests.bridge.learning import a_case, decided, disclosed, everything

NOON = "2026-12-05T12:00:00.000Z"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGN, CHECK = ledger.signer(KEY), ledger.checker(KEY.public_key())
ENTRIES = [ledger.entry({"kind": "awarded", "record": {"id": name}}, at=NOON) for name in "abcd"]


def chain(*groups: list[Entry]) -> list[Seal]:
    seals: list[Seal] = []
    for group in groups:
        seals.append(ledger.seal(seals[-1].hash if seals else FIRST, [one.hash for one in group], SIGN))
    return seals


SEALS = chain(ENTRIES[:1], ENTRIES[1:3])


def found(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_it_works() -> None:
    assert ledger.verify(ENTRIES, SEALS, CHECK) == ()


def test_an_entry_is_the_hash_of_its_canonical_payload() -> None:
    entry = ledger.entry({"b": 1, "a": "é"}, at="t")

    assert entry.payload == '{"a":"é","at":"t","b":1}'.encode()
    assert entry.hash == hashlib.sha256(entry.payload).hexdigest()


def test_a_seal_is_the_hash_of_the_one_before_and_the_sorted_new_ones() -> None:
    one, two = sorted(["11" * 32, "ee" * 32])

    assert ledger.seal(FIRST, [two, one], SIGN).hash == hashlib.sha256(bytes(32) + b"\x11" * 32 + b"\xee" * 32).hexdigest()


def test_an_erased_payload_keeps_its_proof() -> None:
    erased = [replace(ENTRIES[0], payload=None), *ENTRIES[1:]]

    assert ledger.verify(erased, SEALS, CHECK) == ()


ALTERED = replace(ENTRIES[0], payload=b'{"kind":"awarded","record":{"id":"z"}}')
FORGED = ledger.entry({"kind": "awarded", "record": {"id": "z"}}, at=NOON)


@pytest.mark.parametrize(
    ("entries", "seals", "code"),
    [
        ([ALTERED, *ENTRIES[1:]], SEALS, "ledger-entry-altered"),
        ([FORGED, *ENTRIES[1:]], SEALS, "ledger-entry-missing"),
        (ENTRIES[1:], SEALS, "ledger-entry-missing"),
        (ENTRIES, SEALS[1:], "ledger-chain-broken"),
        (ENTRIES, SEALS[::-1], "ledger-chain-broken"),
        (ENTRIES, [SEALS[0], replace(SEALS[1], entries=SEALS[1].entries[:1])], "ledger-seal-altered"),
        (ENTRIES, [SEALS[0], replace(SEALS[1], signature=SEALS[0].signature)], "ledger-signature-false"),
        (ENTRIES, chain(ENTRIES[:2], ENTRIES[1:3]), "ledger-entry-sealed-twice"),
    ],
)
def test_shows(entries: list[Entry], seals: list[Seal], code: str) -> None:
    assert code in found(ledger.verify(entries, seals, CHECK))


def test_a_ledger_rewritten_with_another_key_shows() -> None:
    stranger = ledger.signer(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    rewritten = ledger.seal(FIRST, [one.hash for one in ENTRIES], stranger)

    assert found(ledger.verify(ENTRIES, [rewritten], CHECK)) == ["ledger-signature-false"]


# --- what is entered ------------------------------------------------------------------------------


def records(*events: Any) -> list[dict[str, Any]]:
    return [record.record(settled) for settled in decided(a_case(*events))]


AWARDED, MORE, SHORT = records(*everything()), records(*everything(amount="1.25")), records(disclosed())


def kinds(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(payload["kind"], payload.get("supersedes", "")) for payload in ledger.changes(before, after)]


def test_enters_awards_changes_and_withdrawals_and_nothing_else() -> None:
    (award,) = (one for one in AWARDED if one["outcome"] == "award")
    of_award = hashlib.sha256(record.canonical(award)).hexdigest()

    assert kinds([], AWARDED) == [("awarded", "")]
    assert kinds(AWARDED, AWARDED) == []
    assert kinds(AWARDED, MORE) == [("changed", of_award)]
    assert kinds(AWARDED, SHORT) == [("withdrawn", of_award)]
    assert kinds([], SHORT) == []


def test_the_same_award_entered_twice_is_two_entries() -> None:
    (payload,) = ledger.changes([], AWARDED)

    assert ledger.entry(payload, at=NOON).hash != ledger.entry(payload, at="2026-12-06T12:00:00.000Z").hash
