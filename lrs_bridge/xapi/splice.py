"""A statement as it is given back: what was received, with what the LRS sets in its place."""

from __future__ import annotations

import msgspec


def spliced(text: str, identity: str, stored: str, authority: str, version: str) -> bytes:
    """`authority` is JSON text. Every value that was received keeps its own characters; id, version and timestamp are only added."""
    received = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    added = {"id": _text(identity), "timestamp": _text(stored), "version": _text(version)}
    ours = {"stored": _text(stored), "authority": msgspec.Raw(authority.encode())}
    return msgspec.json.encode(added | received | ours)


def _text(value: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))
