"""What tests of several floors share: a browser, and a bridge on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from scorm_packager.rehearsal import chromium
from tests import databases
from tests.bridge.builders import ABridge, open_for_test

ENGINES = ("sqlite", "postgresql")

# A busy machine is no fault of the code: no example is timed, and a failing one prints what reproduces it.
_COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
# `make test` tries the same examples every time, so that what it says depends on the code alone; `make test-all` searches for new ones.
settings.register_profile("repeated", parent=_COMMON, derandomize=True, database=None)
settings.register_profile("searching", parent=_COMMON)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("repeated" if config.getoption("markexpr") == "not long" else "searching")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright can be started only once in it."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.migrated_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[Callable[[], str]]:
    with databases.postgresql() as new:
        yield new


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated database of each engine in turn."""
    if request.param == "sqlite":
        return databases.copy_of(request.getfixturevalue("sqlite_template"), tmp_path)
    url: str = request.getfixturevalue("new_postgresql")()
    return url


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[ABridge]:
    """A bridge with the site `northfield`, on each engine in turn; its clock stands until a test moves it."""
    with open_for_test(database_url, tmp_path) as bridge:
        yield bridge


@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[ABridge]:
    """The same on SQLite alone, for what does not touch the store."""
    with open_for_test(databases.copy_of(sqlite_template, tmp_path), tmp_path) as bridge:
        yield bridge
