"""A bridge as a process of its own that can be killed, and those who send it statements until it is."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text

from lrs_bridge import access, config
from lrs_bridge import bridge as bridges
from lrs_bridge.store import keys
from lrs_bridge.store.engine import open_database, reading, writing
from scorm_packager.bridge_process import free_port
from tests.bridge.builders import a_statement, basic

_START_SECONDS = 60
_ROOT = Path(__file__).parent.parent.parent


@dataclass
class Served:
    """`database` is its URL, None for the SQLite file in `data`. `kind` names one of `variants`; empty: the command `serve`."""

    data: Path
    database: str | None = None
    kind: str = ""
    before: Sequence[str] = ()  # what runs the command, such as a tracer
    workers: int = 1
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    authorization: str = ""

    @property
    def url(self) -> str:
        return self.database or f"sqlite:///{self.data / 'bridge.sqlite'}"

    def start(self) -> None:
        self.authorization = self._authorized()
        serve = ["lrs_bridge", "serve", "--port", str(self.port), "--workers", str(self.workers)]
        named = ["tests.durability.variants", self.kind, str(self.port)] if self.kind else serve
        with (self.data / "bridge.log").open("ab") as said:
            self.process = subprocess.Popen(
                [*self.before, sys.executable, "-m", *named], env=self._environment(), cwd=_ROOT, stdout=said, stderr=said
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, (self.data / "bridge.log").read_text()
            assert time.monotonic() < deadline, "it does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        """All its processes at once, as a power cut would, its first one first."""
        assert self.process is not None
        family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):  # a tracer takes those it traces with it
                one.kill()
        psutil.wait_procs(family, timeout=30)
        self.process.wait(30)

    def stop(self) -> int:
        """SIGTERM, and what it ends with."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)

    def post(self, connection: http.client.HTTPConnection, statements: Sequence[dict[str, Any]]) -> list[str]:
        """The ids that were acknowledged."""
        headers = {"Authorization": self.authorization, "Content-Type": "application/json", "X-Experience-API-Version": "1.0.3"}
        connection.request("POST", "/xapi/statements", json.dumps(statements), headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        acknowledged: list[str] = json.loads(body)
        return acknowledged

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def stored(self) -> list[str]:
        """The ids in the database, as often as they are there."""
        engine = open_database(self.url)
        try:
            with reading(engine) as connection:
                return list(connection.execute(text("SELECT id FROM statements")).scalars())
        finally:
            engine.dispose()

    def _answers(self) -> bool:
        connection = self.connection()
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def _authorized(self) -> str:
        """What `init` and `key create` do, without processes of their own."""
        settings = config.from_environment(self._settings())
        bridges.initialise(settings, os.urandom)
        made = access.new_key("full", os.urandom, datetime.now(UTC))
        engine = open_database(settings.database_url)
        with writing(engine) as connection:
            keys.add(connection, made.kept)
        engine.dispose()
        return basic(made)["Authorization"]

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(config.PREFIX)}
        return ours | self._settings()

    def _settings(self) -> dict[str, str]:
        given = {} if self.database is None else {"LRS_BRIDGE_DATABASE_URL": self.database}
        return given | {"LRS_BRIDGE_DATA": str(self.data), "LRS_BRIDGE_PUBLIC_URL": f"http://127.0.0.1:{self.port}"}


@contextmanager
def serving(data: Path, database: str | None = None, *, kind: str = "", before: Sequence[str] = (), workers: int = 1) -> Iterator[Served]:
    bridge = Served(data, database, kind, before, workers)
    bridge.start()
    try:
        yield bridge
    finally:
        if bridge.process is not None and bridge.process.poll() is None:
            bridge.kill()


def plain(identity: str) -> dict[str, Any]:
    return a_statement(id=identity)


def entangled(identity: str) -> dict[str, Any]:
    """Of a few actors, activities and definitions in ever another order: what makes batches that wait for each other wait in a circle."""
    number = uuid.UUID(identity).int
    places = [number >> (8 * n) for n in range(8)]
    return a_statement(
        id=identity,
        actor=_agent(places[0]),
        object=_activity(places[1], places[2]),
        context={
            "instructor": _agent(places[3]),
            "contextActivities": {"grouping": [_activity(places[4], places[5]), _activity(places[6], places[7])]},
        },
    )


def _agent(number: int) -> dict[str, Any]:
    return {"objectType": "Agent", "mbox": f"mailto:learner{number % 5}@northfield.example"}


def _activity(number: int, name: int) -> dict[str, Any]:
    return {"id": f"https://cme.northfield.example/things/{number % 5}", "definition": {"name": {"en": f"Called {name % 50}"}}}


@dataclass
class Senders:
    """Eight who send batches until they cannot any more; `acknowledged` are the ids that were answered."""

    bridge: Served
    count: int = 8
    batch: int = 3
    make: Callable[[str], dict[str, Any]] = plain
    acknowledged: list[str] = field(default_factory=list)
    surprises: list[BaseException] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._send, daemon=True) for _ in range(self.count)]
        for thread in self._threads:
            thread.start()

    def until(self, acknowledged: int) -> None:
        """Waits until so many were acknowledged."""
        while len(self.acknowledged) < acknowledged:
            assert any(thread.is_alive() for thread in self._threads), self.surprises
            time.sleep(0.005)

    def join(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(60)

    def _send(self) -> None:
        connection = self.bridge.connection()
        try:
            while not self._stopping.is_set():
                self.acknowledged += self.bridge.post(connection, [self.make(str(uuid.uuid4())) for _ in range(self.batch)])
        except (OSError, http.client.HTTPException):
            return  # it was killed
        except BaseException as surprise:
            self.surprises.append(surprise)


def lost(acknowledged: Sequence[str], stored: Sequence[str]) -> set[str]:
    """Acknowledged ids that are not there exactly once."""
    counts: dict[str, int] = {}
    for one in stored:
        counts[one] = counts.get(one, 0) + 1
    return {one for one in acknowledged if counts.get(one) != 1}
