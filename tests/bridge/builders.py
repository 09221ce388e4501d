"""A bridge to test, and those who call at its doors; a test states only what matters to it.

It is 4 December 2026, 16:00 UTC (10:00 in Chicago), until a test moves the clock. The site is `northfield`, the activity that of
`learning.a_definition`.
"""

from __future__ import annotations

import base64
import json
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lrs_bridge import access, vault, work
from lrs_bridge.bridge import Bridge
from lrs_bridge.config import Config
from lrs_bridge.launching import credit_answer
from lrs_bridge.store import keys, sites
from lrs_bridge.store.engine import open_database, reading, writing
from lrs_bridge.store.sites import Site
from lrs_bridge.web import app_of
from scorm_packager.activity.definition import canonical, definition_id
from scorm_packager.activity.definition_model import Definition
from tests.bridge.learning import ACTIVITY, TEN_IN_CHICAGO, Event, a_definition, raw_statement

PUBLIC = "https://bridge.northfield.example"
KEY_OF_ANN = "a" * 32
KEY_OF_BOB = "b" * 32
UNKNOWN = "d1-" + "0" * 40
STATEMENT_ID = "7d1f0e5c-63a4-4e0a-9d0f-3a8d2a6d3b11"


class Clock:
    """Stands still; a test moves it."""

    def __init__(self) -> None:
        self.moment = TEN_IN_CHICAGO

    def __call__(self) -> datetime:
        return self.moment

    def moves(self, **by: float) -> None:
        self.moment += timedelta(**by)

    def is_now(self, moment: datetime) -> None:
        self.moment = moment


@dataclass(frozen=True)
class Launched:
    """A package that was launched: it knows what the launch answered, and sends on from there."""

    here: ABridge
    key: str
    answer: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.answer['token']}", "X-Experience-API-Version": "1.0.3"}

    def says(self, n: int, event: Event) -> dict[str, Any]:
        """The statement of the n-th event, a minute after the one before, as the player would send it."""
        moment = event.at or TEN_IN_CHICAGO + timedelta(minutes=n)
        raw = raw_statement(n, replace(event, at=moment, revision=event.revision or self.here.definition), self.answer["registration"])
        return raw | {"id": str(uuid.uuid5(uuid.UUID(hex=self.key), str(n))), "actor": self.answer["actor"]}

    def statements(self, *events: Event) -> list[dict[str, Any]]:
        return [self.says(n, event) for n, event in enumerate(events, start=1)]

    def sends(self, *statements: dict[str, Any], **headers: str) -> TestResponse:
        return self.here.client.post("/xapi/statements", json=list(statements), headers=self.headers | headers)

    def takes(self, *events: Event) -> None:
        """All of these, sent in one batch and stored after the last."""
        self.here.clock.is_now(max(self.here.clock.moment, TEN_IN_CHICAGO + timedelta(minutes=len(events), seconds=2)))
        answer = self.sends(*self.statements(*events))
        assert answer.status_code == 200, answer.text

    def profile(self, **said: Any) -> TestResponse:
        plain = {"name": "Ann Example", "profession": "physician", "identifiers": {}, "consents": {}}
        return self.here.client.put("/launch/profile", json=plain | said, headers=self.headers)

    def credit(self) -> dict[str, Any]:
        answer = self.here.client.get("/launch/credit", headers=self.headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found


@dataclass(frozen=True)
class ABridge:
    """A bridge, its doors, and the id of the definition that `registers` gave it last."""

    bridge: Bridge
    client: FlaskClient
    clock: Clock
    definition: str = definition_id(a_definition())

    def registers(self, definition: Definition | None = None) -> ABridge:
        """Gives it a definition; what is launched from here on is launched under that."""
        chosen = definition or a_definition()
        answer = self.puts_definition(chosen)
        assert answer.status_code in (200, 201), answer.text
        return replace(self, definition=definition_id(chosen))

    def puts_definition(self, definition: Definition, identity: str | None = None, role: access.Role = "author") -> TestResponse:
        url = f"/definitions/{identity or definition_id(definition)}"
        return self.client.put(url, data=canonical(definition), headers=self.key(role))

    def launch(self, learner: Any = "ann", key: str = KEY_OF_ANN, origin: str | None = None, **changes: Any) -> TestResponse:
        who = {"id": learner, "name": "As The LMS Says"} if isinstance(learner, str) else learner
        body = {
            "site": "northfield", "activity": ACTIVITY, "definition": self.definition, "build": "b1", "format": "scorm-1.2",
            "launch_key": key, "learner": who, "mode": "normal", "credit": True,
        }  # fmt: skip
        return self.client.post("/launch", json=body | changes, headers={"Origin": origin} if origin else {})

    def launched(self, learner: str = "ann", key: str = KEY_OF_ANN, **changes: Any) -> Launched:
        answer = self.launch(learner, key, **changes)
        assert answer.status_code == 200, answer.text
        return Launched(self, key, answer.json)

    def adds_site(self, key: str, *origins: str) -> None:
        with writing(self.bridge.engine) as connection:
            sites.put(connection, Site(key=key, name=key.title(), origins=origins), self.bridge.text_now())

    def new_key(self, role: access.Role, site: str | None = None, days: int | None = None) -> access.NewKey:
        made = access.new_key(role, self.bridge.random_bytes, self.bridge.now(), site=site, days=days)
        with writing(self.bridge.engine) as connection:
            keys.add(connection, made.kept)
        return made

    def key(self, role: access.Role, site: str | None = None) -> dict[str, str]:
        """Headers of a new key's holder."""
        return basic(self.new_key(role, site or ("northfield" if role == "lms" else None)))

    def posts(self, *statements: dict[str, Any], headers: dict[str, str] | None = None) -> TestResponse:
        return self.client.post("/xapi/statements", json=list(statements), headers=headers or self.key("full"))

    def gets(self, identity: str, headers: dict[str, str] | None = None, parameter: str = "statementId") -> TestResponse:
        return self.client.get("/xapi/statements", query_string={parameter: identity}, headers=headers or self.key("full"))

    def works(self) -> int:
        """The worker, until nothing is due."""
        return work.decide_all(self.bridge)

    def records(self) -> list[dict[str, Any]]:
        self.works()
        with reading(self.bridge.engine) as connection:
            return credit_answer.listed(self.bridge, connection)

    def record(self, system: str = "ama-pra-1") -> dict[str, Any]:
        """The only record of the credit."""
        (found,) = [one for one in self.records() if one["system"] == system]
        return found


def basic(key: access.NewKey) -> dict[str, str]:
    token = base64.b64encode(f"{key.kept.id}:{key.secret}".encode()).decode()
    return {"Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3"}


def a_statement(**changes: Any) -> dict[str, Any]:
    """A plain statement of another tool: nobody's registration."""
    plain = {
        "id": STATEMENT_ID,
        "actor": {"mbox": "mailto:ann@northfield.example"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced", "display": {"en": "experienced"}},
        "object": {"id": "https://cme.northfield.example/things/1"},
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def codes(answer: TestResponse) -> list[str]:
    """The codes of a refusal's problems."""
    return [problem["code"] for problem in json.loads(answer.text)["problems"]]


def a_config(database_url: str, folder: Path) -> Config:
    return Config(
        data=folder, database_url=database_url, public_url=PUBLIC, vault_file=folder / "vault.keys", seal_file=folder / "seal.key"
    )


@contextmanager
def open_for_test(database_url: str, folder: Path) -> Iterator[ABridge]:
    config, clock, chance = a_config(database_url, folder), Clock(), random.Random(1)
    vault.make_vault_file(config.vault_file, chance.randbytes)
    vault.make_seal_file(config.seal_file, chance.randbytes)
    opened = Bridge(
        config=config,
        engine=open_database(database_url),
        vault=vault.open_vault(config.vault_file),
        signer=vault.open_signer(config.seal_file),
        now=clock,
        random_bytes=chance.randbytes,
    )
    here = ABridge(opened, app_of(opened).test_client(), clock)
    here.adds_site("northfield")
    try:
        yield here
    finally:
        opened.close()
