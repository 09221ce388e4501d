"""Asking the statements resource, for tests: a test states who asks and for what."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge, a_statement

ANN = {"mbox": "mailto:ann@northfield.example"}
BOB = {"account": {"homePage": "https://lms.northfield.example", "name": "bob"}}
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"


def id_of(n: int) -> str:
    """The id of the n-th statement of a test."""
    return str(UUID(int=(4 << 76) | (8 << 60) | n))


def numbered(n: int, **changes: Any) -> dict[str, Any]:
    return a_statement(id=id_of(n), **changes)


def about(n: int) -> dict[str, Any]:
    """An object: the n-th statement."""
    return {"objectType": "StatementRef", "id": id_of(n)}


def asked(here: ABridge, headers: dict[str, str] | None = None, mount: str = "/xapi", **query: Any) -> TestResponse:
    """Values that are no texts go as JSON."""
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()}
    return here.client.get(f"{mount}/statements", query_string=texts, headers=headers or here.key("full"))


def numbers(answer: TestResponse) -> list[int]:
    """Which of the test's statements were given, in their order."""
    assert answer.status_code == 200, answer.text
    return [UUID(one["id"]).int & 0xFFFF for one in answer.json["statements"]]


def found(here: ABridge, headers: dict[str, str] | None = None, **query: Any) -> list[int]:
    return numbers(asked(here, headers, **query))


def followed(here: ABridge, link: str, headers: dict[str, str]) -> TestResponse:
    parts = urlsplit(link)
    return here.client.get(f"{parts.path}?{parts.query}", headers=headers)
