"""What was sent is taken whole or not at all: a document that broke off on its way would be kept in place of the good one."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge
from tests.web.documents import IN, NAMED_BY, NEW, RESOURCES, STATE

WORK = b"nine pages of work"
MOST = 16 * 1024 * 1024


def puts(here: ABridge, path: str, came: bytes, **environ: Any) -> TestResponse:
    """As a server hands it on that takes what comes until it ends, whatever length was announced."""
    query = IN[path] | {NAMED_BY[path]: "bookmark"}
    headers = here.key("full") | {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/octet-stream"} | NEW
    given = {"wsgi.input": BytesIO(came), "wsgi.input_terminated": True} | environ
    return here.client.put(f"/xapi{path}", query_string=query, headers=headers, environ_overrides=given)


def kept(here: ABridge, path: str) -> TestResponse:
    headers = here.key("full") | {"X-Experience-API-Version": "1.0.3"}
    return here.client.get(f"/xapi{path}", query_string=IN[path] | {NAMED_BY[path]: "bookmark"}, headers=headers)


def unannounced(here: ABridge, path: str, came: bytes) -> TestResponse:
    return puts(here, path, came, HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")


@pytest.mark.parametrize("path", RESOURCES)
def test_a_document_that_broke_off_is_refused(on_sqlite: ABridge, path: str) -> None:
    """RFC 9112 §8: shorter than its Content-Length, a message is incomplete."""
    assert puts(on_sqlite, path, WORK[:4], CONTENT_LENGTH=str(len(WORK))).status_code == 400
    assert kept(on_sqlite, path).status_code == 404


def test_it_says_how_much_was_missing(on_sqlite: ABridge) -> None:
    (problem,) = puts(on_sqlite, STATE, WORK[:4], CONTENT_LENGTH=str(len(WORK))).json["problems"]
    assert (problem["code"], problem["message"]) == (
        "broken-off",
        "18 bytes were announced and 4 came: the request broke off on its way.",
    )


@pytest.mark.parametrize("path", RESOURCES)
def test_a_document_whose_length_nobody_says_is_refused(on_sqlite: ABridge, path: str) -> None:
    """RFC 9112 §6.3: a server that wants a length answers 411."""
    assert unannounced(on_sqlite, path, WORK).status_code == 411
    assert kept(on_sqlite, path).status_code == 404


def test_a_document_of_nothing_needs_no_length(on_sqlite: ABridge) -> None:
    """RFC 9112 §6.3: a request that says nothing of a body has none."""
    assert puts(on_sqlite, STATE, b"", CONTENT_LENGTH="").status_code == 204


def test_a_document_that_came_whole_is_kept(on_sqlite: ABridge) -> None:
    assert puts(on_sqlite, STATE, WORK, CONTENT_LENGTH=str(len(WORK))).status_code == 204
    assert kept(on_sqlite, STATE).data == WORK


def test_statements_may_come_without_a_length(on_sqlite: ABridge) -> None:
    """JSON shows where it ends."""
    said = {"actor": {"mbox": "mailto:ann@northfield.example"}, "verb": {"id": "urn:v"}, "object": {"id": "urn:o"}}
    answer = posts_unannounced(on_sqlite, json.dumps(said).encode())
    assert answer.status_code == 200


def test_what_is_too_large_is_refused_though_nobody_said_so(on_sqlite: ABridge) -> None:
    """What is beyond the maximum is not cut off and the rest taken for the whole."""
    assert posts_unannounced(on_sqlite, b"[" + b" " * MOST + b"]").status_code == 413


def posts_unannounced(here: ABridge, came: bytes) -> TestResponse:
    headers = here.key("full") | {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
    given = {"wsgi.input": BytesIO(came), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    return here.client.post("/xapi/statements", headers=headers, environ_overrides=given)
