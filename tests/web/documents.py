"""Callers of the document resources; a test states only what matters to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge

ANN = {"mbox": "mailto:ann@northfield.example"}
BOB = {"mbox": "mailto:bob@northfield.example"}
THING = "https://cme.northfield.example/things/1"
OTHER_THING = "https://cme.northfield.example/things/2"
REGISTRATION = "8c3b9d1e-2f60-4f1b-9a55-0d6c1c2f7a01"
OTHER_REGISTRATION = "8c3b9d1e-2f60-4f1b-9a55-0d6c1c2f7a02"

STATE, ACTIVITY_PROFILE, AGENT_PROFILE = "/activities/state", "/activities/profile", "/agents/profile"
NAMED_BY = {STATE: "stateId", ACTIVITY_PROFILE: "profileId", AGENT_PROFILE: "profileId"}
IN = {
    STATE: {"activityId": THING, "agent": json.dumps(ANN)},
    ACTIVITY_PROFILE: {"activityId": THING},
    AGENT_PROFILE: {"agent": json.dumps(ANN)},
}
PROFILES = [ACTIVITY_PROFILE, AGENT_PROFILE]
RESOURCES = [STATE, *PROFILES]
NEW = {"If-None-Match": "*"}


def etag(body: bytes) -> str:
    return f'"{hashlib.sha1(body).hexdigest()}"'


@dataclass(frozen=True)
class Documents:
    """One of the three resources, asked by the holder of a key; `where` are the parameters of its context."""

    here: ABridge
    headers: dict[str, str]
    path: str
    where: dict[str, str]
    mount: str = "/xapi"

    def of(self, **parameters: str | None) -> Documents:
        changed = self.where | parameters
        return replace(self, where={name: value for name, value in changed.items() if value is not None})

    def calls(
        self, method: str, name: str | None = "bookmark", body: bytes | None = None, more: dict[str, str] | None = None, **headers: str
    ) -> TestResponse:
        named = {} if name is None else {NAMED_BY[self.path]: name}
        sent = self.headers | {key.replace("_", "-"): value for key, value in headers.items()}
        return self.here.client.open(
            self.mount + self.path, method=method, query_string=self.where | named | (more or {}), data=body, headers=sent
        )

    def puts(self, body: bytes = b"{}", name: str = "bookmark", kind: str | None = "application/json", **headers: str) -> TestResponse:
        return self.calls("PUT", name, body, **({"Content_Type": kind} if kind else {}), **headers)

    def posts(self, body: bytes = b"{}", name: str = "bookmark", kind: str = "application/json", **headers: str) -> TestResponse:
        return self.calls("POST", name, body, Content_Type=kind, **headers)

    def has(self, body: bytes, name: str = "bookmark", kind: str = "application/json") -> Documents:
        """It is stored, as a new document."""
        answer = self.puts(body, name, kind, If_None_Match="*")
        assert answer.status_code == 204, answer.text
        return self

    def body(self, name: str = "bookmark") -> bytes | None:
        answer = self.calls("GET", name)
        return answer.data if answer.status_code == 200 else None

    def names(self, **more: str) -> list[str]:
        answer = self.calls("GET", None, more=more)
        assert answer.status_code == 200, answer.text
        found: list[str] = answer.json
        return found


def documents(here: ABridge, path: str, version: str = "1.0.3", role: Any = "full") -> Documents:
    return Documents(here, here.key(role) | {"X-Experience-API-Version": version}, path, IN[path])
