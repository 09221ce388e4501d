"""Bytes that come with statements: given back with those statements, and to nobody who only knows their hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from lrs_bridge.xapi.multipart import Part, parts, written
from tests.bridge.builders import ABridge, codes
from tests.web.asking import about, asked, id_of, numbered, numbers

PAPER = b"%PDF-1.7\r\n--b--\r\n\x00\xff"
ADDRESS = "https://files.northfield.example/paper.pdf"


def sha2(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def attachment(content: bytes = PAPER, **changes: Any) -> dict[str, Any]:
    plain = {
        "usageType": "https://cme.northfield.example/usage/paper",
        "display": {"en": "A paper"},
        "contentType": "application/pdf",
        "length": len(content),
        "sha2": sha2(content),
    }
    return plain | changes


def part(content: bytes, **headers: str) -> Part:
    plain = {"Content-Type": "application/pdf", "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha2(content)}
    return Part({name: value for name, value in (plain | headers).items() if value}, content)


def sends(here: ABridge, statements: Any, *following: Part, headers: dict[str, str] | None = None) -> TestResponse:
    body = written((Part({"Content-Type": "application/json"}, json.dumps(statements).encode()), *following), "b0undary")
    kind = "multipart/mixed; boundary=b0undary"
    return here.client.post("/xapi/statements", data=body, content_type=kind, headers=headers or here.key("full"))


def bytes_of(answer: TestResponse) -> list[bytes]:
    """Of the parts after the first."""
    assert answer.status_code == 200, answer.text
    return [one.body for one in parts(answer.headers["Content-Type"], answer.data)[1:]]


def test_it_works(here: ABridge) -> None:
    assert sends(here, numbered(1, attachments=[attachment()]), part(PAPER)).json == [id_of(1)]
    answer = asked(here, statementId=id_of(1), attachments=True)
    first, second = parts(answer.headers["Content-Type"], answer.data)
    assert (first.headers["content-type"], json.loads(first.body)["attachments"]) == ("application/json", [attachment()])
    assert second == Part(
        {"content-type": "application/pdf", "content-transfer-encoding": "binary", "x-experience-api-hash": sha2(PAPER)}, PAPER
    )


def test_gives_the_bytes_of_a_page_each_once(here: ABridge) -> None:
    sends(here, [numbered(1, attachments=[attachment()]), numbered(2, attachments=[attachment()])], part(PAPER))
    sends(here, numbered(3, attachments=[attachment(b"other")]), part(b"other"))
    assert sorted(bytes_of(asked(here, attachments=True))) == sorted([PAPER, b"other"])
    assert bytes_of(asked(here, attachments=True, limit=1)) == [b"other"]


def test_gives_bytes_to_nobody_who_only_knows_their_hash(here: ABridge) -> None:
    sends(here, numbered(1, attachments=[attachment()]), part(PAPER))
    curious = here.key("lms")
    here.posts(numbered(2, attachments=[attachment(fileUrl=ADDRESS)]), headers=curious)
    assert bytes_of(asked(here, curious, attachments=True)) == []


def test_gives_no_bytes_beside_those_that_a_statement_brought(here: ABridge) -> None:
    sends(here, numbered(1, attachments=[attachment()]), part(PAPER))
    curious = here.key("lms")
    named = [attachment(b"other"), attachment(fileUrl=ADDRESS)]
    assert sends(here, numbered(2, attachments=named), part(b"other"), headers=curious).status_code == 200
    assert bytes_of(asked(here, curious, attachments=True)) == [b"other"]


def test_gives_the_bytes_to_who_has_sent_them_too(here: ABridge) -> None:
    sends(here, numbered(1, attachments=[attachment()]), part(PAPER))
    lms = here.key("lms")
    sends(here, numbered(2, attachments=[attachment()]), part(PAPER), headers=lms)
    assert bytes_of(asked(here, lms, attachments=True)) == [PAPER]


def test_gives_the_attachments_of_a_substatement(here: ABridge) -> None:
    inner = {"objectType": "SubStatement", **{name: numbered(1)[name] for name in ("actor", "verb", "object")}}
    assert sends(here, numbered(1, object=inner | {"attachments": [attachment()]}), part(PAPER)).status_code == 200
    assert bytes_of(asked(here, statementId=id_of(1), attachments=True)) == [PAPER]


@pytest.mark.parametrize("algorithm", ["sha224", "sha256", "sha384", "sha512"])
def test_takes_every_sha2_in_either_case(on_sqlite: ABridge, algorithm: str) -> None:
    digest = hashlib.new(algorithm, PAPER).hexdigest()
    sent = sends(on_sqlite, numbered(1, attachments=[attachment(sha2=digest.upper())]), part(PAPER, **{"X-Experience-API-Hash": digest}))
    assert sent.status_code == 200
    assert bytes_of(asked(on_sqlite, attachments=True)) == [PAPER]


def test_keeps_no_statement_and_no_bytes_of_a_refused_batch(here: ABridge) -> None:
    here.posts(numbered(1))
    batch = [numbered(2, attachments=[attachment()]), numbered(1, object=about(2))]
    assert sends(here, batch, part(PAPER)).status_code == 409
    here.posts(numbered(3, attachments=[attachment(fileUrl=ADDRESS)]))
    assert bytes_of(asked(here, attachments=True)) == []
    assert here.gets(id_of(2)).status_code == 404


REFUSED: dict[str, tuple[list[dict[str, Any]], list[Part], list[str]]] = {
    "no bytes": ([attachment()], [], ["attachment-without-bytes"]),
    "bytes that nothing names": ([], [part(PAPER)], ["bytes-without-attachment"]),
    "both": ([attachment(b"other")], [part(PAPER)], ["attachment-without-bytes", "bytes-without-attachment"]),
    "another hash": ([attachment()], [part(PAPER + b"x", **{"X-Experience-API-Hash": sha2(PAPER)})], ["hash-differs"]),
    "no hash": ([attachment()], [part(PAPER, **{"X-Experience-API-Hash": ""})], ["hash-missing"]),
    "SHA-1": ([attachment()], [part(PAPER, **{"X-Experience-API-Hash": hashlib.sha1(PAPER).hexdigest()})], ["hash-missing"]),
    "no encoding": ([attachment()], [part(PAPER, **{"Content-Transfer-Encoding": ""})], ["transfer-encoding"]),
    "base64": ([attachment()], [part(PAPER, **{"Content-Transfer-Encoding": "base64"})], ["transfer-encoding"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(on_sqlite: ABridge, name: str) -> None:
    attachments, following, expected = REFUSED[name]
    answer = sends(on_sqlite, numbered(1, attachments=attachments), *following)
    assert (answer.status_code, codes(answer)) == (400, expected)


def test_names_the_statement_whose_bytes_are_missing(on_sqlite: ABridge) -> None:
    answer = on_sqlite.posts(numbered(1), numbered(2, attachments=[attachment(fileUrl=ADDRESS), attachment(b"other")]))
    assert [problem["where"] for problem in answer.json["problems"]] == [f"statements[1] ({id_of(2)}): attachments[1]"]


@pytest.mark.parametrize("kind", ["text/plain", "application/jsonp", ""])
def test_refuses_a_first_part_that_is_not_json(on_sqlite: ABridge, kind: str) -> None:
    first = Part({"Content-Type": kind} if kind else {}, json.dumps(numbered(1)).encode())
    answer = on_sqlite.client.post(
        "/xapi/statements", data=written([first], "b"), content_type="multipart/mixed; boundary=b", headers=on_sqlite.key("full")
    )
    assert (answer.status_code, codes(answer)) == (400, ["content-type"])


def test_cuts_a_page_whose_attachments_are_too_much_for_one_answer(here: ABridge) -> None:
    headers = here.key("full")
    contents = [bytes([n]) * 7_000_000 for n in range(3)]
    for n, content in enumerate(contents):
        assert sends(here, numbered(n, attachments=[attachment(content)]), part(content), headers=headers).status_code == 200
    first = asked(here, headers, attachments=True, ascending=True)
    assert bytes_of(first) == contents[:2]
    link = json.loads(parts(first.headers["Content-Type"], first.data)[0].body)["more"]
    assert bytes_of(here.client.get(link, headers=headers)) == contents[2:]
    assert numbers(asked(here, headers)) == [2, 1, 0]


@pytest.mark.parametrize("kind", ['text/plain; a="\r\nX-Forged: 1"', 'text/plain; a="\u00e9"'])
def test_lets_no_content_type_write_headers(on_sqlite: ABridge, kind: str) -> None:
    sends(on_sqlite, numbered(1, attachments=[attachment(contentType=kind)]), part(PAPER))
    answer = asked(on_sqlite, statementId=id_of(1), attachments=True)
    headers = parts(answer.headers["Content-Type"], answer.data)[1].headers
    assert (headers["content-type"], len(headers)) == ("application/octet-stream", 3)
