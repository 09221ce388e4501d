"""Statements posted to a bridge as `serve` runs it, beside the database's own durable inserts of the same texts."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from scorm_packager.activity import vocabulary
from scorm_packager.bridge_process import BridgeProcess

COUNT = 400
BATCH = 50


def measure(folder: Path) -> Iterator[str]:
    with BridgeProcess(folder / "bridge") as bridge:
        made = bridge.json("key", "create", "--role", "full")
        key = (made["key"], made["secret"])
        one, many = _floor(folder / "floor.sqlite", 1), _floor(folder / "floor.sqlite", BATCH)
        idle = _rate(lambda session, _: session.get(f"{bridge.url}/healthz").raise_for_status(), 1)
        yield f"floor: {one:.0f} durable inserts a second one by one, {many:.0f} in batches of {BATCH}; {idle:.0f} GET /healthz a second"
        for connections in (1, 8):
            rate = _rate(lambda session, n: _post(session, bridge.url, key, 1), connections)
            yield f"POST one, {connections} connection(s): {rate:.0f} a second, {rate / one:.2f} of the floor"
        rate = BATCH * _rate(lambda session, n: _post(session, bridge.url, key, BATCH), 1, COUNT // 10)
        yield f"POST {BATCH}, 1 connection: {rate:.0f} statements a second, {rate / many:.2f} of the floor"


def _statement() -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": "https://bridge.example/sites/bench", "name": uuid.uuid4().hex}},
        "verb": {"id": vocabulary.ANSWERED, "display": {"en": "answered"}},
        "object": {"id": "https://cme.northfield.example/activities/bench/items/q1", "definition": {"type": vocabulary.TYPE_INTERACTION}},
        "result": {"response": "b", "success": True},
        "context": {"registration": str(uuid.uuid4())},
        "timestamp": "2026-11-22T10:00:00.000Z",
    }


def _post(session: requests.Session, url: str, key: tuple[str, str], count: int) -> None:
    body = json.dumps([_statement() for _ in range(count)])
    headers = {"Content-Type": "application/json", "X-Experience-API-Version": "1.0.3"}
    session.post(f"{url}/xapi/statements", data=body, headers=headers, auth=key).raise_for_status()


def _rate(call, connections: int, count: int = COUNT) -> float:  # type: ignore[no-untyped-def]
    """Calls a second over so many connections, each with a session of its own."""

    def work(share: int) -> None:
        with requests.Session() as session:
            for n in range(share):
                call(session, n)

    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(work, [count // connections] * connections))
    return count / (time.perf_counter() - started)


def _floor(path: Path, batch: int) -> float:
    """Rows a second that SQLite itself commits with the durability that the bridge asks for."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE statements (id TEXT PRIMARY KEY, text TEXT, registration TEXT)")
    started = time.perf_counter()
    for _ in range(COUNT // batch):
        database.execute("BEGIN IMMEDIATE")
        rows = [(str(uuid.uuid4()), json.dumps(_statement()), str(uuid.uuid4())) for _ in range(batch)]
        database.executemany("INSERT INTO statements VALUES (?, ?, ?)", rows)
        database.execute("COMMIT")
    rate = COUNT / (time.perf_counter() - started)
    database.close()
    return rate
