"""A request inside a form, as clients of xAPI 1.0.3 send it from where they cannot set headers (Communication 1.3)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge, codes
from tests.web.asking import BOB, found, id_of, numbered, numbers

FORM = "application/x-www-form-urlencoded"


def carried(here: ABridge, method: str, headers: dict[str, str] | None = None, mount: str = "/xapi", **fields: str) -> TestResponse:
    """A form that holds the request's headers too: its own carry nothing."""
    given = (here.key("full") if headers is None else headers) | fields
    return here.client.post(f"{mount}/statements?method={method}", data=given)


def test_it_works(here: ABridge) -> None:
    statement = numbered(1, actor=BOB, result={"response": "a=b&c+d\u00e9%\U0001f600"})
    put = carried(here, "PUT", statementId=id_of(1), content=json.dumps(statement, ensure_ascii=False))
    assert put.status_code == 204
    assert carried(here, "GET", statementId=id_of(1)).json["result"] == statement["result"]
    assert numbers(carried(here, "GET", agent=json.dumps(BOB))) == [1]


def test_takes_a_post_inside_a_post(here: ABridge) -> None:
    answer = carried(here, "POST", content=json.dumps([numbered(1), numbered(2)]), **{"Content-Type": "application/json"})
    assert (answer.status_code, answer.json) == (200, [id_of(1), id_of(2)])


def test_takes_the_forms_headers_in_any_case_and_before_the_requests_own(here: ABridge) -> None:
    lower = {name.lower(): value for name, value in here.key("full").items()}
    wrong = {"Authorization": "Basic eDp5", "X-Experience-API-Version": "0.9"}
    answer = here.client.post("/xapi/statements?method=GET", data=lower, headers=wrong)
    assert (answer.status_code, answer.headers["X-Experience-API-Version"]) == (200, "1.0.3")


def test_takes_what_stands_in_the_requests_own_headers(on_sqlite: ABridge) -> None:
    assert on_sqlite.client.post("/xapi/statements?method=GET", data={"limit": "1"}, headers=on_sqlite.key("full")).status_code == 200


def test_chooses_the_language_that_the_form_asks_for(on_sqlite: ABridge) -> None:
    verb = {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered", "de": "beantwortete"}}
    on_sqlite.posts(numbered(1, verb=verb))
    answer = carried(on_sqlite, "GET", statementId=id_of(1), format="canonical", **{"Accept-Language": "de"})
    assert answer.json["verb"]["display"] == {"de": "beantwortete"}


def test_gives_more_that_is_fetched_plainly(on_sqlite: ABridge) -> None:
    on_sqlite.posts(numbered(1), numbered(2))
    link = carried(on_sqlite, "GET", limit="1").json["more"]
    assert numbers(on_sqlite.client.get(link, headers=on_sqlite.key("full"))) == [1]


@pytest.mark.parametrize("method", ["", "get", "HEAD", "PATCH", "OPTIONS", "TRACE"])
def test_refuses_methods_that_a_form_does_not_carry(on_sqlite: ABridge, method: str) -> None:
    answer = carried(on_sqlite, method)
    assert (answer.status_code, codes(answer)) == (400, ["alternate-syntax"])


def test_refuses_a_method_that_the_resource_has_not(on_sqlite: ABridge) -> None:
    assert carried(on_sqlite, "DELETE").status_code == 405


BAD: list[tuple[str, Any, str, str]] = [
    ("further parameters in the address", {"limit": "1"}, "&limit=1", "alternate-syntax"),
    ("the method twice", {}, "&method=PUT", "alternate-syntax"),
    ("unknown field", {"colour": "red"}, "", "unknown-parameter"),
    ("field in another case", {"Limit": "1"}, "", "unknown-parameter"),
    ("field twice", {"limit": ["1", "2"]}, "", "repeated-parameter"),
    ("very many fields", {f"f{n}": "1" for n in range(200)}, "", "alternate-syntax"),
    ("another charset", "limit=%FF", "", "alternate-syntax"),
]


@pytest.mark.parametrize(("fields", "address", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_refuses_a_form(on_sqlite: ABridge, fields: Any, address: str, code: str) -> None:
    answer = on_sqlite.client.post(f"/xapi/statements?method=GET{address}", data=fields, content_type=FORM, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, [code])


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x", "multipart/mixed; boundary=x", ""])
def test_refuses_what_is_no_form(on_sqlite: ABridge, content_type: str) -> None:
    answer = on_sqlite.client.post("/xapi/statements?method=GET", data=b"limit=1", content_type=content_type, headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, ["alternate-syntax"])


def test_is_for_post_alone(on_sqlite: ABridge) -> None:
    answer = on_sqlite.client.get("/xapi/statements?method=GET", headers=on_sqlite.key("full"))
    assert (answer.status_code, codes(answer)) == (400, ["unknown-parameter"])


@pytest.mark.parametrize("where", ["form", "header"])
def test_is_gone_in_2_0(on_sqlite: ABridge, where: str) -> None:
    named = {"X-Experience-API-Version": "2.0.0"}
    fields = on_sqlite.key("full") | (named if where == "form" else {"X-Experience-API-Version": "1.0.3"})
    answer = on_sqlite.client.post("/xapi/statements?method=GET", data=fields, headers=named if where == "header" else {})
    assert (answer.status_code, codes(answer)) == (400, ["alternate-syntax"])


def test_asks_for_credentials_like_any_request(on_sqlite: ABridge) -> None:
    named = {"X-Experience-API-Version": "1.0.3"}
    assert carried(on_sqlite, "PUT", named, statementId=id_of(1), content=json.dumps(numbered(1))).status_code == 401
    assert found(on_sqlite) == []
