"""What the database is told about disks, and that its tables are what the code says they are."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from lrs_bridge.store import migrations
from lrs_bridge.store.engine import is_up_to_date, migrate, open_database, reading, writing
from lrs_bridge.store.tables import metadata
from tests.bridge.builders import ABridge, a_statement
from tests.bridge.test_intake import ids

SETTINGS = {
    "sqlite": {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1},
    "postgresql": {"SHOW synchronous_commit": "on"},
}


def test_every_connection_waits_for_the_disk(here: ABridge) -> None:
    with reading(here.bridge.engine) as connection, writing(here.bridge.engine) as other:
        for command, value in SETTINGS[here.bridge.engine.dialect.name].items():
            assert connection.execute(text(command)).scalar() == value
            assert other.execute(text(command)).scalar() == value


def test_migrations_make_the_tables_that_the_code_uses(here: ABridge) -> None:
    with reading(here.bridge.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(here: ABridge) -> None:
    migrate(here.bridge.engine)
    assert is_up_to_date(here.bridge.engine)


def test_migrations_can_be_taken_back_and_made_again(here: ABridge) -> None:
    with writing(here.bridge.engine) as connection:
        config = AlembicConfig()
        config.set_main_option("script_location", str(Path(migrations.__path__[0])))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    migrate(here.bridge.engine)
    with reading(here.bridge.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


SETS_UP = "import sys; from lrs_bridge.store.engine import migrate, open_database; migrate(open_database(sys.argv[1]))"


def test_those_that_set_up_one_database_at_once_all_end_well(database_url: str, tmp_path: Path) -> None:
    """Several bridges of one release are started together."""
    url = emptied(database_url, tmp_path)
    processes = [subprocess.Popen([sys.executable, "-c", SETS_UP, url], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[1] for process in processes if process.wait() != 0] == []
    assert is_up_to_date(open_database(url))


def emptied(url: str, folder: Path) -> str:
    if url.startswith("sqlite"):
        return f"sqlite:///{folder / 'fresh.sqlite'}"
    with open_database(url).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return url


def test_an_empty_database_is_not_up_to_date(tmp_path: Path) -> None:
    assert not is_up_to_date(open_database(f"sqlite:///{tmp_path / 'new.sqlite'}"))


def test_keeps_nothing_of_a_transaction_that_failed(here: ABridge) -> None:
    def fail() -> None:
        with writing(here.bridge.engine) as connection:
            connection.execute(text("DELETE FROM sites"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert here.launch().status_code == 200


def test_takes_the_same_batch_from_many_at_once(here: ABridge) -> None:
    """Each is answered, and each statement is there once, whichever came first and in whatever order a batch names them."""
    batch = [a_statement(id=one) for one in ids(10)]
    headers = here.key("full")
    statuses: list[int] = []

    def send(statements: list[dict[str, object]]) -> None:
        client = here.client.application.test_client()
        statuses.append(client.post("/xapi/statements", json=statements, headers=headers).status_code)

    senders = [threading.Thread(target=send, args=(batch if n % 2 else batch[::-1],)) for n in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert statuses == [200] * 8
    with reading(here.bridge.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM statements")).scalar() == 10


def test_launches_of_one_learner_at_the_same_moment_give_one_registration(here: ABridge) -> None:
    found: list[str] = []

    def launch() -> None:
        found.append(ABridge(here.bridge, here.client.application.test_client(), here.clock).launched().answer["registration"])

    threads = [threading.Thread(target=launch) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
