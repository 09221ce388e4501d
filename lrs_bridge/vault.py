"""Identities are encrypted, the ledger's seals are signed: both with keys that are kept in files apart from the database."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from scorm_packager.activity.problems import Place, Problem, ProblemsFound

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Vault:
    """Encrypts with the first key of the file, decrypts with any: a new first line is how a key is rotated."""

    keys: MultiFernet

    def lock(self, value: Any) -> bytes:
        return self.keys.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def unlock(self, data: bytes) -> Any:
        """Raises `ProblemsFound` when no key of the file fits."""
        try:
            return json.loads(self.keys.decrypt(data))
        except InvalidToken:
            message = "What is encrypted in the database was encrypted with another key."
            raise ProblemsFound((Problem("vault-key-missing", Place("vault.keys"), message, "Restore the vault file."),)) from None


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs seals. `public` is the public key in hex digits, which is all that a check of a seal needs."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)


def make_vault_file(path: Path, random_bytes: RandomBytes) -> bool:
    """Writes a new key unless there is a file; True when one was written."""
    return _write_secret(path, urlsafe_b64encode(random_bytes(32)) + b"\n")


def make_seal_file(path: Path, random_bytes: RandomBytes) -> bool:
    return _write_secret(path, random_bytes(32).hex().encode() + b"\n")


def _write_secret(path: Path, data: bytes) -> bool:
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # Readable by nobody else from its first moment on; and never written over.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return True


def open_vault(path: Path) -> Vault:
    """Raises `ProblemsFound` when the file is missing or holds no key."""
    try:
        return Vault(MultiFernet([Fernet(line) for line in _read_secret(path).split()]))
    except ValueError:
        raise ProblemsFound((_unusable(path),)) from None


def open_signer(path: Path) -> Signer:
    try:
        return Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_read_secret(path).strip())))
    except ValueError:
        raise ProblemsFound((_unusable(path),)) from None


def _read_secret(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        message = "The key file is missing."
        raise ProblemsFound((Problem("key-file-missing", Place(str(path)), message, "Run `lrs-bridge init`, or restore it."),)) from None


def _unusable(path: Path) -> Problem:
    return Problem("key-file-unusable", Place(str(path)), "The file does not hold a key.", "Restore it from a backup.")
