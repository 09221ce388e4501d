"""The link to the next page of statements: all that is needed to go on, readable by the bridge alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lrs_bridge.refusals import Malformed, one
from lrs_bridge.vault import Vault
from scorm_packager.activity.problems import ProblemsFound


@dataclass(frozen=True, slots=True)
class Continuation:
    """The parameters of the first page, and the number of the last statement that was given."""

    args: dict[str, Any]
    after: int


def link(vault: Vault, path: str, args: Mapping[str, Any], after: int) -> str:
    """A path from the host's root. It holds no rights: who follows it sees what they may see then. It does not expire."""
    token = vault.lock({"args": dict(args), "after": after}).decode("ascii")
    return f"{path}?more={token.rstrip('=')}"


def read(vault: Vault, token: str) -> Continuation:
    """Raises `Malformed` for what no bridge with this vault has made."""
    try:
        padded = token + "=" * (-len(token) % 4)
        found = vault.unlock(padded.encode("ascii"))
        return Continuation(found["args"], found["after"])
    except (ProblemsFound, UnicodeError, KeyError, TypeError):
        message = "This is not a continuation that was given here."
        raise Malformed(one("malformed-more", message, "Follow `more` as it was given, or ask anew.", where="more")) from None
