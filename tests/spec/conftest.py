"""One bridge and one key for all of these tests on an engine: they share the store, and each brings its own ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests import databases
from tests.bridge.builders import ABridge, open_for_test
from tests.spec.lrs import LRS


@pytest.fixture(scope="session")
def bridge_on(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ABridge]]:
    """A bridge on the engine, opened when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def opened(engine: str) -> ABridge:
            folder = tmp_path_factory.mktemp(engine)
            template = request.getfixturevalue("sqlite_template") if engine == "sqlite" else None
            url = databases.copy_of(template, folder) if template else request.getfixturevalue("new_postgresql")()
            return stack.enter_context(open_for_test(url, folder))

        yield opened


@pytest.fixture(scope="session")
def credentials_on(bridge_on: Callable[[str], ABridge]) -> Callable[[str], dict[str, str]]:
    return cache(lambda engine: {"Authorization": bridge_on(engine).key("full")["Authorization"]})


@pytest.fixture
def lrs(request: pytest.FixtureRequest, bridge_on: Callable[[str], ABridge], credentials_on: Callable[[str], dict[str, str]]) -> LRS:
    """The record store in the edition and on the engine that `asks` names."""
    edition, engine = request.param
    return LRS(bridge_on(engine), edition, credentials_on(engine))
