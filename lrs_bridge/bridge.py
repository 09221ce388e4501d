"""A bridge that is open for work: its settings, its database, its keys, and where it takes time and chance from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from lrs_bridge import vault
from lrs_bridge.config import Config
from lrs_bridge.running.bell import Bell
from lrs_bridge.store.engine import Engine, is_up_to_date, migrate, open_database
from lrs_bridge.times import text_of
from lrs_bridge.vault import RandomBytes, Signer, Vault
from scorm_packager.activity.problems import Place, Problem, ProblemsFound


@dataclass(frozen=True, slots=True)
class Bridge:
    """`bell` is rung when there is something to decide. Times are aware; `text_now` is how they are kept."""

    config: Config
    engine: Engine
    vault: Vault
    signer: Signer
    now: Callable[[], datetime]
    random_bytes: RandomBytes
    bell: Bell = field(default_factory=threading.Event)

    def text_now(self) -> str:
        return text_of(self.now())

    def random_hex(self) -> str:
        """128 random bits: an id that nobody guesses."""
        return self.random_bytes(16).hex()

    def close(self) -> None:
        self.engine.dispose()


def initialise(config: Config, random_bytes: RandomBytes) -> None:
    """Creates the data folder, the key files and the tables; brings an older database up to date; keeps what is there."""
    config.data.mkdir(parents=True, exist_ok=True)
    vault.make_vault_file(config.vault_file, random_bytes)
    vault.make_seal_file(config.seal_file, random_bytes)
    engine = open_database(config.database_url)
    try:
        migrate(engine)
    finally:
        engine.dispose()


def open_bridge(config: Config, now: Callable[[], datetime], random_bytes: RandomBytes) -> Bridge:
    """Raises `ProblemsFound` when it was not initialised, or its database is of another version."""
    opened_vault, signer = vault.open_vault(config.vault_file), vault.open_signer(config.seal_file)
    engine = open_database(config.database_url)
    if not is_up_to_date(engine):
        engine.dispose()
        message = "The database is empty or of another version than this program."
        raise ProblemsFound((Problem("database-not-ready", Place("database"), message, "Run `lrs-bridge init`."),))
    return Bridge(config, engine, opened_vault, signer, now, random_bytes)
