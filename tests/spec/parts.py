"""Bodies of multipart/mixed as a client makes them, and as the standard library's own parser takes them apart; signatures likewise."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from werkzeug.test import TestResponse

from tests.spec.lrs import LRS

BOUNDARY = "part-of-a-whole"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"


@dataclass(frozen=True)
class Part:
    headers: dict[str, str]
    data: bytes


def json_part(value: Any) -> Part:
    return Part({"Content-Type": "application/json"}, json.dumps(value).encode())


def sha2(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def file_part(data: bytes, kind: str = "text/plain", **changes: str | None) -> Part:
    """An attachment's bytes with the headers of xAPI 1.0.3 Communication 1.5.2; one that is None is left out."""
    plain: dict[str, str | None] = {"Content_Type": kind, "Content_Transfer_Encoding": "binary", "X_Experience_API_Hash": sha2(data)}
    return Part({name.replace("_", "-"): value for name, value in (plain | changes).items() if value is not None}, data)


def attachment(data: bytes, kind: str = "text/plain", **more: Any) -> dict[str, Any]:
    """An attachment that says nothing of an address."""
    about = {"usageType": "https://attachments.example/notes", "display": {"en": "Notes"}}
    return about | {"contentType": kind, "length": len(data), "sha2": sha2(data)} | more


def body(*parts: Part, boundary: str = BOUNDARY, before: bytes = b"") -> bytes:
    lines = [before]
    for part in parts:
        head = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items()).encode()
        lines.append(b"--" + boundary.encode() + b"\r\n" + head + b"\r\n" + part.data + b"\r\n")
    return b"".join(lines) + b"--" + boundary.encode() + b"--\r\n"


def sends(lrs: LRS, data: bytes, kind: str = f"multipart/mixed; boundary={BOUNDARY}", method: str = "POST", **query: str) -> TestResponse:
    return lrs.asks(method, "/statements", data=data, query_string=query, headers={"Content-Type": kind})


def taken_apart(answer: TestResponse) -> list[Part]:
    """The parts of an answer."""
    head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
    message = message_from_bytes(head + answer.data, policy=policy.HTTP)
    assert message.is_multipart(), answer.headers["Content-Type"]
    return [Part(dict(part.items()), part.get_payload(decode=True)) for part in message.iter_parts()]  # type: ignore[attr-defined]


# --- signatures ---------------------------------------------------------------------------------

_HASHES = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jws(payload: bytes, algorithm: str = "RS256", **header: Any) -> bytes:
    """The compact serialization of RFC 7515; with an algorithm that is not ours the signature is of RS256."""
    head = _base64url(json.dumps({"alg": algorithm, **header}).encode())
    signed = f"{head}.{_base64url(payload)}"
    signature = _key().sign(signed.encode(), padding.PKCS1v15(), _HASHES.get(algorithm, hashes.SHA256()))
    return f"{signed}.{_base64url(signature)}".encode()


def signed(statement: dict[str, Any], signature: bytes, kind: str = "application/octet-stream") -> bytes:
    """The body of a statement with its signature."""
    with_it = {**statement, "attachments": [*statement.get("attachments", []), attachment(signature, kind, usageType=SIGNATURE)]}
    return body(json_part(with_it), file_part(signature, kind))
