"""multipart/mixed as attachments travel (RFC 2046 §5.1, xAPI 1.0.3 Communication 1.5.2): read strictly, written plainly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lrs_bridge.refusals import Malformed, one

_MOST_PARTS = 1_000
_MOST_HEADERS = 16_384
_LONGEST_TYPE = 1_000
_SOURCE = "xAPI 1.0.3 Communication 1.5.2"
_TYPE = re.compile(r"\s*multipart/mixed\s*;(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_PARAMETER = re.compile(r'\s*([!#$%&\'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*(?:;|$)', re.ASCII)
# RFC 2046 §5.1.1: up to 70 characters, and no blank at the end.
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]", re.ASCII)
_HEADER = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\x20-\x7e\t\x80-\xff]*)")


@dataclass(frozen=True, slots=True)
class Part:
    """Header names in lower case."""

    headers: Mapping[str, str]
    body: bytes


def is_mixed(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == "multipart/mixed"


def parts(content_type: str, body: bytes) -> tuple[Part, ...]:
    """At least one. Raises `Malformed` for anything that two readers might read differently."""
    delimiter = re.compile(rb"(?:\A|\r\n)--" + re.escape(_boundary(content_type)) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    starts: list[int] = []
    ends: list[int] = []
    for found in delimiter.finditer(body):
        if starts:
            ends.append(found.start())
        if found[1]:
            break
        starts.append(found.end() + 2)
        if len(starts) > _MOST_PARTS:
            raise _wrong(f"It has more than {_MOST_PARTS} parts.", "Send the statements in several requests.")
    if not starts or len(starts) != len(ends):
        raise _wrong("Its boundary does not open and close it.", "Send every part between lines of the boundary, ended by CRLF.")
    return tuple(_part(body[start:end]) for start, end in zip(starts, ends, strict=True))


def _boundary(content_type: str) -> bytes:
    kind = _TYPE.fullmatch(content_type) if len(content_type) <= _LONGEST_TYPE else None
    given = [found for found in _PARAMETER.finditer(kind[1] if kind else "") if found[1].lower() == "boundary"]
    boundary = re.sub(r"\\(.)", r"\1", given[0][2] or "") or given[0][3] if len(given) == 1 else ""
    if not _BOUNDARY.fullmatch(boundary or ""):
        raise _wrong("The content type names no boundary that can be used.", "Name one of up to 70 characters (RFC 2046 §5.1.1).")
    return boundary.encode("ascii")


def _part(text: bytes) -> Part:
    if text.startswith(b"\r\n"):
        return Part({}, text[2:])
    head, blank, body = text.partition(b"\r\n\r\n")
    if not blank or len(head) > _MOST_HEADERS:
        raise _wrong("A part has no end of its headers, or too long ones.", "Put an empty line between headers and content.")
    return Part(_headers(head), body)


def _headers(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in head.split(b"\r\n"):
        header = _HEADER.fullmatch(line)
        name = header[1].decode("ascii").lower() if header else ""
        if header is None or name in found:
            raise _wrong("A part has a header that is malformed or stands twice.", "Send each header once, on a line of its own.")
        found[name] = header[2].strip(b" \t").decode("latin-1")
    return found


def _wrong(message: str, remedy: str) -> Malformed:
    return Malformed(one("malformed-multipart", message, remedy, where="body", source=_SOURCE))


def written(written_parts: Iterable[Part], boundary: str) -> bytes:
    """The body; `boundary` is random, so that no part can hold it."""
    line = b"--" + boundary.encode("ascii")
    chunks = [line + b"\r\n" + _head(part) + b"\r\n" + part.body + b"\r\n" for part in written_parts]
    return b"".join(chunks) + line + b"--\r\n"


def _head(part: Part) -> bytes:
    return b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in part.headers.items())
