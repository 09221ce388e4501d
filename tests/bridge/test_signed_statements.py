"""A signed statement is taken when its signature is of that statement and fits the certificate that came with it."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from lrs_bridge.xapi.signed import SIGNATURE, problems
from tests.bridge.builders import a_statement

HASHES: dict[str, hashes.HashAlgorithm] = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


@cache
def key(number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(signer: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "northfield.example")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(signer.public_key()).serial_number(1)
    signed = made.not_valid_before(start).not_valid_after(start + timedelta(days=900)).sign(signer, hashes.SHA256())
    return base64.b64encode(signed.public_bytes(Encoding.DER)).decode()


def encoded(value: Any) -> bytes:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def jws(payload: Any, algorithm: str = "RS256", signer: int = 1, **header: Any) -> bytes:
    signed = encoded({"alg": algorithm, **header}) + b"." + encoded(payload)
    hashed = HASHES.get(algorithm, hashes.SHA256())
    return signed + b"." + encoded(key(signer).sign(signed, padding.PKCS1v15(), hashed))


def found(signature: bytes, statement: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    """The messages about a statement with this signature."""
    sha2 = hashlib.sha256(signature).hexdigest()
    attachment = {
        "usageType": SIGNATURE, "display": {"en": "Signature"}, "contentType": "application/octet-stream",
        "length": len(signature), "sha2": sha2,
    }  # fmt: skip
    signed = (statement or a_statement()) | {"attachments": [attachment | changes]}
    return [problem.message for problem in problems(signed, {sha2: signature}, "2.0.0")]


@pytest.mark.parametrize("algorithm", HASHES)
def test_it_works(algorithm: str) -> None:
    assert found(jws(a_statement(), algorithm)) == []
    assert found(jws(a_statement(), algorithm, x5c=[certificate(key(1))])) == []


@pytest.mark.parametrize(
    "told",
    [
        a_statement(id=None),
        a_statement(result={"duration": "PT1.239S"}),
        a_statement(verb={"id": "http://adlnet.gov/expapi/verbs/experienced"}),
    ],
)
def test_takes_a_signature_of_the_same_statement_told_otherwise(told: dict[str, Any]) -> None:
    statement = a_statement(result={"duration": "PT1.23S"}) if "result" in told else a_statement()
    assert found(jws(told), statement) == []


def test_looks_past_the_signature_in_what_was_signed() -> None:
    other = {"usageType": "https://x.example/u", "display": {}, "contentType": "text/plain", "length": 1, "sha2": "0" * 64}
    signature = jws(a_statement(attachments=[other | {"fileUrl": "https://x.example/f"}]))
    assert found(signature) == ["What was signed is not this statement."]


def test_refuses_a_signature_that_the_certificates_key_did_not_make() -> None:
    signature = jws(a_statement(), signer=2, x5c=[certificate(key(1)), certificate(key(2))])
    assert found(signature) == ["The signature does not fit the certificate that came with it."]


def test_refuses_a_signature_that_was_changed() -> None:
    head, _, proof = jws(a_statement(result={"success": False}), x5c=[certificate(key(1))]).split(b".")
    forged = head + b"." + encoded(a_statement(result={"success": True})) + b"." + proof
    assert found(forged, a_statement(result={"success": True})) == ["The signature does not fit the certificate that came with it."]


def elliptic() -> str:
    return certificate(ec.generate_private_key(ec.SECP256R1()))


REFUSED: list[tuple[bytes, str]] = [
    (b"", "not a JWS in compact form"),
    (b"a.b", "not a JWS in compact form"),
    (b"{}.{}.{}", "not encoded in base64url"),
    (b"A.A.A", "not encoded in base64url"),
    (encoded(b"x") + b"." + encoded(b"x") + b".", "not JSON"),
    (encoded([]) + b"." + encoded({}) + b".", "another algorithm"),
    (encoded({"alg": ["RS256"]}) + b"." + encoded({}) + b".", "another algorithm"),
    (encoded({"alg": "none"}) + b"." + encoded(a_statement()) + b".", "another algorithm"),
    (encoded({"alg": "RS256"}) + b"." + encoded(b'{"a": 1, "a": 2}') + b".", "not JSON"),
    (jws([]), "not this statement"),
    (jws({}), "not this statement"),
    (jws(a_statement(result={"success": True})), "not this statement"),
    (jws(a_statement(), x5c=[]), "no certificate"),
    (jws(a_statement(), x5c="x"), "no certificate"),
    (jws(a_statement(), x5c={"0": "x"}), "no certificate"),
    (jws(a_statement(), x5c=[5]), "no certificate"),
    (jws(a_statement(), x5c=[base64.b64encode(b"x").decode()]), "no certificate"),
    (jws(a_statement(), x5c=[elliptic()]), "no RSA key"),
]


@pytest.mark.parametrize(("signature", "fragment"), REFUSED)
def test_refuses(signature: bytes, fragment: str) -> None:
    (message,) = found(signature)
    assert fragment in message


def test_refuses_another_content_type() -> None:
    assert found(jws(a_statement()), contentType="application/jose") != []


def test_says_nothing_of_other_attachments() -> None:
    assert found(b"anything", usageType="https://cme.northfield.example/usage/paper") == []


def test_refuses_a_signature_that_is_only_named() -> None:
    other = hashlib.sha256(b"elsewhere").hexdigest()
    assert found(jws(a_statement()), sha2=other, fileUrl="https://x.example/s") == [
        "The signature's bytes did not come, so that nobody can check it."
    ]
