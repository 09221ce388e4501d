"""The record store's doors: versions, parameters, headers (xAPI 1.0.3 Communication; 2.0 where it differs)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.builders import STATEMENT_ID, ABridge, a_statement, codes

THROUGH = "X-Experience-API-Consistent-Through"
VERSION = "X-Experience-API-Version"


def speaking(headers: dict[str, str], version: str | None) -> dict[str, str]:
    without = {name: value for name, value in headers.items() if name != VERSION}
    return without if version is None else without | {VERSION: version}


SPOKEN = [("1.0", "1.0.3"), ("1.0.0", "1.0.3"), ("1.0.9", "1.0.3"), ("2.0", "2.0.0"), ("2.0.0", "2.0.0")]


@pytest.mark.parametrize("mount", ["/xapi", "/xapi/2.0"])
@pytest.mark.parametrize(("spoken", "answered"), SPOKEN)
def test_answers_in_the_version_it_was_asked_in(on_sqlite: ABridge, mount: str, spoken: str, answered: str) -> None:
    answer = on_sqlite.client.post(f"{mount}/statements", json=a_statement(), headers=speaking(on_sqlite.key("full"), spoken))
    assert (answer.status_code, answer.headers[VERSION]) == (200, answered)


@pytest.mark.parametrize(("mount", "assumed"), [("/xapi", "1.0.3"), ("/xapi/2.0", "2.0.0")])
@pytest.mark.parametrize("spoken", [None, "", "0.95", "1", "1.1", "3.0.0", "1.0.3, 2.0.0", "1.0.3x"])
def test_refuses_other_versions_in_that_of_the_mount(on_sqlite: ABridge, mount: str, assumed: str, spoken: str | None) -> None:
    answer = on_sqlite.client.post(f"{mount}/statements", json=a_statement(), headers=speaking(on_sqlite.key("full"), spoken))
    assert (answer.status_code, codes(answer), answer.headers[VERSION]) == (400, ["version-header"], assumed)


def test_says_what_it_speaks_to_anybody(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.get("/xapi/about")
    assert answer.json == {"version": ["1.0.3", "2.0.0"], "extensions": {}}


def test_says_on_every_answer_until_when_all_can_be_seen(on_sqlite: ABridge) -> None:
    headers = on_sqlite.key("full")
    answers = [
        on_sqlite.posts(a_statement()),
        on_sqlite.gets(STATEMENT_ID),
        on_sqlite.posts(a_statement(verb={"id": "x"})),
        on_sqlite.client.get("/xapi/statements?colour=red", headers=headers),
        on_sqlite.client.delete("/xapi/statements", headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 400, 400, 405]
    assert {answer.headers[THROUGH] for answer in answers} == {
        "2026-12-04T15:59:59.999Z"
    }  # a statement stored in this millisecond may still come


def test_puts_a_statement_under_the_id_of_the_parameter(here: ABridge) -> None:
    headers = here.key("full")
    url = f"/xapi/statements?statementId={STATEMENT_ID.upper()}"
    assert here.client.put(url, json=a_statement(id=None), headers=headers).status_code == 204
    assert here.client.put(url, json=a_statement(), headers=headers).status_code == 204
    assert here.gets(STATEMENT_ID).json["id"] == STATEMENT_ID
    assert here.client.put(url, json=a_statement(result={"success": True}), headers=headers).status_code == 409


PUTS: list[tuple[str, str, Any, str]] = [
    ("list", f"?statementId={STATEMENT_ID}", [a_statement()], "one-statement"),
    ("another id", "?statementId=9d4b6b8a-2f0e-4a53-8a44-0d6a1f8f2a10", a_statement(), "wrong-id"),
    ("no id", "", a_statement(), "missing-parameter"),
    ("no UUID", "?statementId=1", a_statement(), "malformed-parameter"),
    ("unknown parameter", f"?statementId={STATEMENT_ID}&colour=red", a_statement(), "unknown-parameter"),
    ("case of a parameter", f"?StatementId={STATEMENT_ID}&statementId={STATEMENT_ID}", a_statement(), "unknown-parameter"),
    ("number for an id", f"?statementId={STATEMENT_ID}", a_statement(id=5), "wrong-id"),
]


@pytest.mark.parametrize(("query", "body", "code"), [row[1:] for row in PUTS], ids=[row[0] for row in PUTS])
def test_refuses_to_put(on_sqlite: ABridge, query: str, body: Any, code: str) -> None:
    answer = on_sqlite.client.put(f"/xapi/statements{query}", json=body, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, [code])


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_refuses_other_content_types(on_sqlite: ABridge, content_type: str) -> None:
    answer = on_sqlite.client.post("/xapi/statements", data=b"{}", content_type=content_type, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, ["content-type"])


@pytest.mark.parametrize(
    "query",
    [
        f"?statementId={STATEMENT_ID}&voidedStatementId={STATEMENT_ID}",
        "?statementId=1",
        "?colour=red",
        f"?statementId={STATEMENT_ID}&limit=1",
    ],
)
def test_refuses_to_get(on_sqlite: ABridge, query: str) -> None:
    assert on_sqlite.client.get(f"/xapi/statements{query}", headers=on_sqlite.key("full")).status_code == 400


def test_answers_head_as_get_without_the_body(here: ABridge) -> None:
    here.posts(a_statement())
    headers = here.key("full") | {"X-Request-Id": "one-for-both"}
    url = f"/xapi/statements?statementId={STATEMENT_ID}"
    got, headed = here.client.get(url, headers=headers), here.client.head(url, headers=headers)
    assert (headed.status_code, headed.data) == (200, b"")
    assert dict(headed.headers) == dict(got.headers)
    assert got.headers["Last-Modified"] == "Fri, 04 Dec 2026 16:00:00 GMT"


def test_keeps_what_only_2_0_knows_out_of_1_0_3(on_sqlite: ABridge) -> None:
    agents = {"contextAgents": [{"objectType": "contextAgent", "agent": {"mbox": "mailto:a@b.example"}}]}
    headers = on_sqlite.key("full")
    statuses = [
        on_sqlite.client.post("/xapi/statements", json=a_statement(context=agents), headers=speaking(headers, version)).status_code
        for version in ("1.0.3", "2.0.0")
    ]
    assert statuses == [400, 200]


@pytest.mark.parametrize(("version", "said"), [("1.0.3", "1.0.0"), ("2.0.0", "2.0.0")])
def test_adds_the_version_to_a_statement_without(on_sqlite: ABridge, version: str, said: str) -> None:
    headers = speaking(on_sqlite.key("full"), version)
    on_sqlite.posts(a_statement(), headers=headers)
    assert on_sqlite.gets(STATEMENT_ID, headers=headers).json["version"] == said


def test_refuses_more_than_it_takes_at_once(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.post(
        "/xapi/statements", data=b" " * (16 * 1024 * 1024 + 1), content_type="application/json", headers=on_sqlite.key("full")
    )
    assert (answer.status_code, codes(answer)) == (413, ["too-large"])
