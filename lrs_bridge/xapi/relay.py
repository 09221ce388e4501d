"""A statement as it is handed on: every character that was received, and what the sender left to the record store put before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec


def completed(text: str, identity: str, stored: str) -> str:
    """The text itself when it names id and timestamp; else the same with them put before its first property.

    A statement without an id would be another one at every sending, and one without a timestamp would happen when it arrives
    (xAPI 1.0.3 Data 2.4.1, 2.4.7: the record store sets them, once).
    """
    received = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    missing = [(name, value) for name, value in (("id", identity), ("timestamp", stored)) if name not in received]
    if not missing:
        return text
    opened = text.index("{") + 1
    return text[:opened] + "".join(f'"{name}":"{value}",' for name, value in missing) + text[opened:]


def hashes_named(statement: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Hash and content type of every attachment that comes with the statement or its SubStatement, and is not only linked to."""
    inner = statement.get("object")
    for holder in (statement, inner if isinstance(inner, dict) else {}):
        for attachment in holder.get("attachments", ()):
            if "fileUrl" not in attachment:
                yield str(attachment["sha2"]).lower(), str(attachment["contentType"])


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An attachment's content. `sha2` are hex digits in lower case."""

    sha2: str
    content_type: str
    content: bytes


def body(texts: Sequence[str], enclosed: Sequence[Enclosed]) -> tuple[bytes, str]:
    """The body that carries the statements, and its content type (xAPI 1.0.3 Communication 1.5)."""
    listed = f"[{','.join(texts)}]".encode()
    if not enclosed:
        return listed, "application/json"
    boundary = hashlib.sha256(listed + b"".join(one.sha2.encode() for one in enclosed)).hexdigest()
    parts = [_part(boundary, {"Content-Type": "application/json"}, listed)]
    for one in enclosed:
        headers = {"Content-Type": one.content_type, "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": one.sha2}
        parts.append(_part(boundary, headers, one.content))
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/mixed; boundary={boundary}"


def _part(boundary: str, headers: Mapping[str, str], content: bytes) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"--{boundary}\r\n{lines}\r\n".encode() + content + b"\r\n"
