"""Identities stay readable when keys are rotated, and unreadable without them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from lrs_bridge import vault
from scorm_packager.activity.problems import ProblemsFound

ANN = {"name": "Ann Ångström", "identifiers": {"npi": "1234567893"}}


def a_file(folder: Path, seed: int = 1) -> Path:
    path = folder / f"vault-{seed}.keys"
    vault.make_vault_file(path, random.Random(seed).randbytes)
    return path


def problem(path: Path, data: bytes | None = None) -> str:
    with pytest.raises(ProblemsFound) as found:
        vault.open_vault(path).unlock(data or b"")
    return found.value.problems[0].code


def test_it_works(tmp_path: Path) -> None:
    opened = vault.open_vault(a_file(tmp_path))
    locked = opened.lock(ANN)
    assert b"Ann" not in locked
    assert opened.unlock(locked) == ANN


def test_reads_what_was_locked_before_a_new_key_was_put_first(tmp_path: Path) -> None:
    old, new = a_file(tmp_path, 1), a_file(tmp_path, 2)
    locked = vault.open_vault(old).lock(ANN)
    both = tmp_path / "both.keys"
    both.write_bytes(new.read_bytes() + old.read_bytes())
    assert vault.open_vault(both).unlock(locked) == ANN
    assert vault.open_vault(new).unlock(vault.open_vault(both).lock(ANN)) == ANN


def test_says_that_another_key_is_needed(tmp_path: Path) -> None:
    locked = vault.open_vault(a_file(tmp_path, 1)).lock(ANN)
    assert problem(a_file(tmp_path, 2), locked) == "vault-key-missing"


def test_says_that_the_file_is_missing(tmp_path: Path) -> None:
    assert problem(tmp_path / "none.keys") == "key-file-missing"


@pytest.mark.parametrize("text", ["", "not a key", "é"])
def test_says_that_the_file_holds_no_key(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vault.keys"
    path.write_text(text, encoding="utf-8")
    assert problem(path) == "key-file-unusable"


def test_never_writes_over_a_key(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    before = path.read_bytes()
    assert vault.make_vault_file(path, random.Random(9).randbytes) is False
    assert path.read_bytes() == before
