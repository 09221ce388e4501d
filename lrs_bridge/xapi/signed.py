"""Signed statements: the signature must be of this statement (xAPI 1.0.3 Data 2.6, 2.0 4.3)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_der_x509_certificate

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi.attachments import Bytes
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.same import same
from lrs_bridge.xapi.statement import Edition
from lrs_bridge.xapi.statement import problems as problems_of
from scorm_packager.activity.problems import Place, Problem

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
_SOURCE = "xAPI 1.0.3 Data 2.6"
_ALGORITHMS: dict[str, hashes.HashAlgorithm] = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


class _Unusable(ValueError):
    """The signature is not what the standard asks for; the text says why."""


def problems(statement: Mapping[str, Any], came: Bytes, edition: Edition) -> Iterator[Problem]:
    """Of a statement without other problems. One without a signature has none."""
    for index, each in enumerate(statement.get("attachments", ())):
        if each["usageType"] == SIGNATURE:
            yield from _of(statement, each, came, edition, f"attachments[{index}]")


def _of(statement: Mapping[str, Any], each: Mapping[str, Any], came: Bytes, edition: Edition, where: str) -> Iterator[Problem]:
    if each["contentType"] != "application/octet-stream":
        yield _problem(where, "A signature has the content type application/octet-stream.")
        return
    if each["sha2"].lower() not in came:
        yield _problem(where, "The signature's bytes did not come, so that nobody can check it.")
        return
    try:
        payload = _verified(came[each["sha2"].lower()])
        if not _says(payload, statement, edition):
            raise _Unusable("What was signed is not this statement.")
    except _Unusable as error:
        yield _problem(where, str(error))


def _problem(where: str, message: str) -> Problem:
    return Problem(
        "signature", Place(where), message, "Sign the statement as it is sent, as JWS with RS256, RS384 or RS512.", source=_SOURCE
    )


def _says(payload: Any, statement: Mapping[str, Any], edition: Edition) -> bool:
    if not isinstance(payload, dict) or problems_of(payload, edition):
        return False
    return same(_unsigned(payload), _unsigned(statement))


def _unsigned(statement: Mapping[str, Any]) -> dict[str, Any]:
    """Without the signature, which cannot be in what it signs."""
    others = [each for each in statement.get("attachments", ()) if each["usageType"] != SIGNATURE]
    kept = {name: value for name, value in statement.items() if name != "attachments"}
    return kept | {"attachments": others} if others else kept


# --- JSON Web Signature -------------------------------------------------------------------------


def _verified(signature: bytes) -> Any:
    """The payload of a compact JWS (RFC 7515 §3.1). Raises `_Unusable`; a signature without certificate is taken as it is."""
    pieces = signature.strip().split(b".")
    if len(pieces) != 3:
        raise _Unusable("The signature is not a JWS in compact form.")
    head, payload, proof = (_decoded(piece) for piece in pieces)
    header = _json(head)
    algorithm = _ALGORITHMS.get(header["alg"]) if isinstance(header, dict) and isinstance(header.get("alg"), str) else None
    if algorithm is None:
        raise _Unusable("The signature is made with another algorithm than RS256, RS384 or RS512.")
    if "x5c" in header:
        _check(_leaf(header["x5c"]), proof, pieces[0] + b"." + pieces[1], algorithm)
    return _json(payload)


def _decoded(piece: bytes) -> bytes:
    try:
        return base64.b64decode(piece + b"=" * (-len(piece) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _Unusable("The signature is not encoded in base64url.") from None


def _json(data: bytes) -> Any:
    try:
        return value_of(data)
    except Malformed:
        raise _Unusable("The signature's header or payload is not JSON.") from None


def _leaf(chain: Any) -> RSAPublicKey:
    """The key of the certificate that signed (RFC 7515 §4.1.6: the first)."""
    try:
        key = load_der_x509_certificate(base64.b64decode(chain[0], validate=True)).public_key()
    except (LookupError, TypeError, ValueError):
        raise _Unusable("Its x5c holds no certificate.") from None
    if not isinstance(key, RSAPublicKey):
        raise _Unusable("Its certificate has no RSA key.")
    return key


def _check(key: RSAPublicKey, proof: bytes, signed: bytes, algorithm: hashes.HashAlgorithm) -> None:
    try:
        key.verify(proof, signed, PKCS1v15(), algorithm)
    except InvalidSignature:
        raise _Unusable("The signature does not fit the certificate that came with it.") from None
