"""Which bytes belong to which statement (xAPI 1.0.3 Communication 1.5.2, Data 2.4.11)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi.multipart import Part
from scorm_packager.activity.problems import Place, Problem

HASH = "x-experience-api-hash"
_ENCODING = "content-transfer-encoding"
_SOURCE = "xAPI 1.0.3 Communication 1.5.2"
# SHA-2 by the number of its hex digits.
_ALGORITHMS = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}

# The bytes that came, by their hash in lower case.
Bytes = Mapping[str, bytes]


def listed(statement: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each attachment of a statement without problems, its SubStatement's too, with its place."""
    for index, each in enumerate(statement.get("attachments", ())):
        yield f"attachments[{index}]", each
    if statement["object"].get("objectType") == "SubStatement":
        yield from ((f"object.{where}", each) for where, each in listed(statement["object"]))


def hashes(statement: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(each["sha2"].lower() for _, each in listed(statement))


# --- what came ----------------------------------------------------------------------------------


def bytes_of(parts: Sequence[Part]) -> dict[str, bytes]:
    """Of the parts after the first. Raises `Malformed` for those that are not what their headers say."""
    problems = [problem for index, part in enumerate(parts, start=1) for problem in _problems(part, f"parts[{index}]")]
    if problems:
        raise Malformed(tuple(problems))
    return {part.headers[HASH].lower(): part.body for part in parts}


def _problems(part: Part, where: str) -> Iterator[Problem]:
    if part.headers.get(_ENCODING, "").lower() != "binary":
        yield _problem("transfer-encoding", f"{where}: Content-Transfer-Encoding", "It is not binary.", "Send the bytes as they are.")
    given = part.headers.get(HASH, "").lower()
    if len(given) not in _ALGORITHMS:
        yield _problem("hash-missing", f"{where}: X-Experience-API-Hash", "It is no SHA-2 in hex digits.", "Send the attachment's sha2.")
    elif hashlib.new(_ALGORITHMS[len(given)], part.body).hexdigest() != given:
        yield _problem("hash-differs", f"{where}: X-Experience-API-Hash", "The content has another hash.", "Send what was hashed.")


def unmatched(statements: Sequence[tuple[str, Mapping[str, Any]]], came: Bytes) -> tuple[Problem, ...]:
    """Attachments without bytes and bytes without attachment; each statement with the name it has in problems."""
    wanted = {each["sha2"].lower() for _, statement in statements for _, each in listed(statement)}
    without = (
        _problem("attachment-without-bytes", f"{name}: {where}", "Neither its bytes nor an address came.", "Send a part, or name fileUrl.")
        for name, statement in statements
        for where, each in listed(statement)
        if each["sha2"].lower() not in came and "fileUrl" not in each
    )
    message, remedy = "No attachment has this hash.", "Send only what a statement names."
    alone = (_problem("bytes-without-attachment", f"part {sha2}", message, remedy) for sha2 in came if sha2 not in wanted)
    return (*without, *alone)


def _problem(code: str, where: str, message: str, remedy: str) -> Problem:
    return Problem(code, Place(where), message, remedy, source=_SOURCE)


# --- what goes back -----------------------------------------------------------------------------


def part_of(each: Mapping[str, Any], body: bytes) -> Part:
    """The part that carries an attachment's bytes. A content type that no header can carry is told in the statement alone."""
    given = each["contentType"]
    kind = given if given.isascii() and given.isprintable() else "application/octet-stream"
    return Part({"Content-Type": kind, "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": each["sha2"]}, body)
