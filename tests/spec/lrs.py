"""A record store as its clients see it: one edition, one credential, what they send and what comes back."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from werkzeug.test import TestResponse

from tests.bridge.builders import ABridge

MOUNTS = {"1.0.3": "/xapi", "2.0.0": "/xapi/2.0"}
VERSION = "X-Experience-API-Version"


@dataclass(frozen=True)
class LRS:
    """Speaks one edition with a key that may do everything."""

    here: ABridge
    edition: str
    credentials: dict[str, str]

    def asks(self, method: str, path: str, *, headers: dict[str, str | None] | None = None, **request: Any) -> TestResponse:
        """`headers` are added to credentials and version; one that is None is left out."""
        wanted = {**self.credentials, VERSION: self.edition, **(headers or {})}
        kept = {name: value for name, value in wanted.items() if value is not None}
        return self.here.client.open(MOUNTS[self.edition] + path, method=method, headers=kept, **request)

    # --- statements -----------------------------------------------------------------------------

    def posts(self, *statements: Any) -> TestResponse:
        return self.asks("POST", "/statements", json=list(statements))

    def puts(self, statement: Any, identity: str | None = None) -> TestResponse:
        named = identity or (statement.get("id") if isinstance(statement, dict) else None) or new_id()
        return self.asks("PUT", "/statements", query_string={"statementId": named}, json=statement)

    def keeps(self, *statements: Any) -> list[str]:
        """Posts what must be taken, and gives the ids."""
        answer = self.posts(*statements)
        assert answer.status_code == 200, answer.text
        ids: list[str] = answer.json
        return ids

    def gets(self, **parameters: Any) -> TestResponse:
        return self.asks("GET", "/statements", query_string=in_query(parameters))

    def statement(self, identity: str, **parameters: Any) -> dict[str, Any]:
        answer = self.gets(statementId=identity, **parameters)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def finds(self, **parameters: Any) -> list[dict[str, Any]]:
        """The statements of a query's first page."""
        answer = self.gets(**parameters)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json["statements"]
        return found

    def ids(self, **parameters: Any) -> list[str]:
        return [found["id"] for found in self.finds(**parameters)]

    # --- time -----------------------------------------------------------------------------------

    def waits(self, seconds: float = 1.0) -> str:
        """Some time later; gives what the clock says then."""
        self.here.clock.moves(seconds=seconds)
        return self.here.bridge.text_now()


def in_query(parameters: dict[str, Any]) -> dict[str, str]:
    """Objects as JSON, booleans as the standard writes them; what is None is left out."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items() if value is not None}


def new_id() -> str:
    return str(uuid.uuid4())


def new_agent() -> dict[str, Any]:
    return {"objectType": "Agent", "mbox": f"mailto:{uuid.uuid4().hex}@learners.example"}


def new_activity() -> str:
    return f"https://activities.example/{uuid.uuid4().hex}"


# --- what is the same ---------------------------------------------------------------------------


def essence(statement: dict[str, Any]) -> dict[str, Any]:
    """With single context activities in arrays (Data 2.4.6.2) and timestamps as moments; without what a store sets."""
    told = json.loads(json.dumps(statement))
    for part in (told, told["object"]):
        lists = part.get("context", {}).get("contextActivities", {})
        lists.update({name: [value] for name, value in lists.items() if isinstance(value, dict)})
        if "timestamp" in part:
            part["timestamp"] = moment(part["timestamp"])
    return {name: value for name, value in told.items() if name not in ("authority", "stored", "version")}


def moment(text: str) -> datetime:
    """In UTC where no zone is named."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
