"""Statements with attachments and signatures (xAPI 1.0.3 Communication 1.5, Data 2.4.11, 2.6; IEEE 4.1.3, 4.2.6)."""

from __future__ import annotations

import json
from typing import Any

from tests.spec.examples import ATTACHMENT, statement
from tests.spec.lrs import LRS, new_id
from tests.spec.parts import (
    BOUNDARY,
    Part,
    attachment,
    body,
    file_part,
    json_part,
    jws,
    sends,
    sha2,
    signed,
    taken_apart,
)
from tests.spec.requirements import asks, asks_each

ENGINES = ("sqlite", "postgresql")
NOTES = b"notes\r\nof \x00 a \xff ward round\r\n--" + BOUNDARY.encode()[:-2] + b"\r\n"


def with_notes(**more: Any) -> dict[str, Any]:
    return statement(attachments=[attachment(NOTES)], **more)


# --- content types ------------------------------------------------------------------------------


@asks("XAPI-00127", engines=ENGINES)
def test_takes_attachments_at_addresses_as_json_and_bytes_as_multipart(lrs: LRS) -> None:
    assert lrs.posts(statement(attachments=[ATTACHMENT])).status_code == 200
    assert sends(lrs, body(json_part(with_notes()), file_part(NOTES))).status_code == 200
    assert sends(lrs, body(json_part([with_notes(), statement()]), file_part(NOTES))).status_code == 200
    put = sends(lrs, body(json_part(with_notes()), file_part(NOTES)), method="PUT", statementId=new_id())
    assert put.status_code == 204


@asks("XAPI-00127")
def test_refuses_other_content_types(lrs: LRS) -> None:
    whole = body(json_part(with_notes()), file_part(NOTES))
    for kind in (
        f"multipart/form-data; boundary={BOUNDARY}",
        f"multipart/related; boundary={BOUNDARY}",
        "text/plain",
        "application/xml",
        "",
    ):
        assert sends(lrs, whole, kind).status_code == 400, kind
        assert sends(lrs, json.dumps(statement(attachments=[ATTACHMENT])).encode(), kind).status_code == 400, kind


@asks("XAPI-00127", engines=ENGINES)
def test_takes_a_body_without_attachments_as_multipart(lrs: LRS) -> None:
    assert sends(lrs, body(json_part(statement()))).status_code == 200


@asks("XAPI-00130", "XAPI-00131", engines=ENGINES)
def test_takes_odd_boundaries_and_a_line_before_the_first(lrs: LRS) -> None:
    parts = json_part(with_notes()), file_part(NOTES)
    for boundary in ("a", "'()+_,-./:=?", "-" * 60, "with blank inside"):
        assert sends(lrs, body(*parts, boundary=boundary), f'multipart/mixed; boundary="{boundary}"').status_code == 200, boundary
    assert sends(lrs, body(*parts, before=b"\r\n")).status_code == 200
    assert sends(lrs, body(*parts, before=b"what comes before is nothing\r\n"), f"Multipart/Mixed;  BOUNDARY={BOUNDARY}").status_code == 200


# --- parts --------------------------------------------------------------------------------------

JSON_AND_NOTES = (json_part(with_notes()), file_part(NOTES))
OTHER = b"somebody else's"
REFUSED: list[tuple[tuple[str, ...], bytes]] = [
    (("XAPI-00128",), body(*JSON_AND_NOTES, file_part(OTHER))),
    (("XAPI-00128",), body(json_part(statement()), file_part(NOTES))),
    (("XAPI-00129",), body(json_part(with_notes()))),
    (("XAPI-00129",), body(json_part([with_notes(), statement(attachments=[attachment(OTHER)])]), file_part(NOTES))),
    (("XAPI-00130",), body(*JSON_AND_NOTES).replace(b"--" + BOUNDARY.encode() + b"\r\n", b"", 1)),
    (("XAPI-00130",), body(*JSON_AND_NOTES, boundary="another")),
    (("XAPI-00130",), body(*JSON_AND_NOTES)[: -len(BOUNDARY) - 10]),
    (("XAPI-00130",), b""),
    (("XAPI-00132",), body(json_part(with_notes()), file_part(NOTES, X_Experience_API_Hash=None))),
    (("XAPI-00132",), body(json_part(with_notes()), file_part(NOTES, X_Experience_API_Hash="0" * 64))),
    (("XAPI-00132",), body(json_part(with_notes()), file_part(OTHER, X_Experience_API_Hash=sha2(NOTES)))),
    (("XAPI-00133",), body(json_part(with_notes()), json_part(statement()), file_part(NOTES))),
    (("XAPI-00134",), body(Part({"Content-Type": "text/plain"}, json.dumps(with_notes()).encode()), file_part(NOTES))),
    (("XAPI-00134",), body(file_part(NOTES), json_part(with_notes()))),
    (("XAPI-00135",), body(json_part(with_notes()), file_part(NOTES, Content_Transfer_Encoding=None))),
    (("XAPI-00135",), body(json_part(with_notes()), file_part(NOTES, Content_Transfer_Encoding="base64"))),
]


@asks_each(REFUSED)
def test_refuses_parts_that_are_not_as_they_should(lrs: LRS, row: bytes) -> None:
    assert sends(lrs, row).status_code == 400
    assert sends(lrs, row, method="PUT", statementId=new_id()).status_code == 400


@asks("XAPI-00131")
def test_refuses_multipart_without_a_boundary(lrs: LRS) -> None:
    whole = body(*JSON_AND_NOTES)
    for kind in ("multipart/mixed", "multipart/mixed; boundary=", 'multipart/mixed; boundary=""', "multipart/mixed; charset=utf-8"):
        assert sends(lrs, whole, kind).status_code == 400, kind


@asks("XAPI-00128", "XAPI-00129", engines=ENGINES)
def test_takes_one_part_for_several_attachments_and_one_at_an_address_beside(lrs: LRS) -> None:
    several = [with_notes(), with_notes(), statement(attachments=[attachment(NOTES), ATTACHMENT])]
    assert sends(lrs, body(json_part(several), file_part(NOTES))).status_code == 200


@asks("XAPI-00102", "XAPI-00129")
def test_does_not_measure_a_part_by_the_length_that_is_told(lrs: LRS) -> None:
    told = statement(attachments=[attachment(NOTES, length=5)])
    assert sends(lrs, body(json_part(told), file_part(NOTES))).status_code == 200


# --- reading ------------------------------------------------------------------------------------


@asks("XAPI-00167", engines=ENGINES)
def test_gives_the_bytes_of_attachments_when_asked(lrs: LRS) -> None:
    registration = new_id()
    (identity,) = sends(lrs, body(json_part(with_notes(context={"registration": registration})), file_part(NOTES))).json
    for query in ({"registration": registration}, {"statementId": identity}):
        answer = lrs.gets(**query, attachments=True)
        assert (answer.status_code, answer.mimetype) == (200, "multipart/mixed")
        told, notes = taken_apart(answer)
        found = json.loads(told.data)
        assert (found if "statementId" in query else found["statements"][0])["id"] == identity
        assert told.headers["Content-Type"].startswith("application/json")
        assert notes.data == NOTES
        expected = {"Content-Type": "text/plain", "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha2(NOTES)}
        assert {name: notes.headers[name] for name in expected} == expected


@asks("XAPI-00167", engines=ENGINES)
def test_gives_the_same_bytes_once_in_an_answer(lrs: LRS) -> None:
    registration = new_id()
    said = {"context": {"registration": registration}}
    assert sends(lrs, body(json_part([with_notes(**said), with_notes(**said)]), file_part(NOTES))).status_code == 200
    told, *files = taken_apart(lrs.gets(registration=registration, attachments=True))
    assert (len(json.loads(told.data)["statements"]), [part.data for part in files]) == (2, [NOTES])


@asks("XAPI-00167")
def test_answers_multipart_also_where_nothing_is_attached(lrs: LRS) -> None:
    registration = new_id()
    lrs.keeps(statement(context={"registration": registration}))
    (told,) = taken_apart(lrs.gets(registration=registration, attachments=True))
    assert len(json.loads(told.data)["statements"]) == 1


@asks("XAPI-00161", engines=ENGINES)
def test_keeps_the_bytes_to_itself_unless_asked(lrs: LRS) -> None:
    (identity,) = sends(lrs, body(*JSON_AND_NOTES)).json
    for query in ({}, {"attachments": False}):
        answer = lrs.gets(statementId=identity, **query)
        assert (answer.mimetype, answer.json["attachments"]) == ("application/json", [attachment(NOTES)])


# --- signatures ---------------------------------------------------------------------------------


def plain() -> dict[str, Any]:
    return statement(id=new_id(), result={"score": {"scaled": 0.8}, "duration": "PT1.5S"}, timestamp="2026-11-20T08:15:30.125Z")


def payload(value: Any) -> bytes:
    return json.dumps(value).encode()


@asks_each([(("XAPI-00117", "XAPI-00115"), algorithm) for algorithm in ("RS256", "RS384", "RS512")])
def test_takes_a_statement_that_is_signed(lrs: LRS, row: str) -> None:
    said = plain()
    assert sends(lrs, signed(said, jws(payload(said), row))).status_code == 200


@asks("XAPI-00116", "IEEE-duration-precision")
def test_takes_a_signature_of_the_same_statement_told_otherwise(lrs: LRS) -> None:
    said, other = plain(), plain()
    elsewhere = {name: said[name] for name in reversed(said)} | {"timestamp": "2026-11-20T09:15:30.125+01:00"}
    finer = other | {"result": other["result"] | {"duration": "PT1.502S"}}
    assert sends(lrs, signed(said, jws(payload(elsewhere)))).status_code == 200
    assert sends(lrs, signed(other, jws(payload(finer)))).status_code == 200


@asks("XAPI-00115")
def test_refuses_a_signature_that_is_no_jws(lrs: LRS) -> None:
    said = plain()
    good = jws(payload(said))
    head, middle, end = good.split(b".")
    for bad in (
        b"",
        b"signature",
        b"..",
        b"a.b.c",
        head + b"." + middle,
        good + b".more",
        b"!" + good,
        head + b"." + middle + b"." + b"*" * 20,
    ):
        assert sends(lrs, signed(said, bad)).status_code == 400, bad[:40]
    assert end
    assert sends(lrs, signed(said, good, kind="text/plain")).status_code == 400
    assert sends(lrs, signed(said, good, kind="application/jose")).status_code == 400


@asks("XAPI-00116")
def test_refuses_a_signature_of_something_else(lrs: LRS) -> None:
    said = plain()
    others = [said | {"id": new_id()}, said | {"result": {"score": {"scaled": 0.9}}}, [said], "text", {}]
    for other in others:
        assert sends(lrs, signed(said, jws(payload(other)))).status_code == 400, other
    assert sends(lrs, signed(said, jws(b"{no json"))).status_code == 400


@asks("XAPI-00117")
def test_refuses_other_algorithms(lrs: LRS) -> None:
    for algorithm in ("HS256", "none", "ES256", "PS256", "rs256", ""):
        said = plain()
        assert sends(lrs, signed(said, jws(payload(said), algorithm))).status_code == 400, algorithm
