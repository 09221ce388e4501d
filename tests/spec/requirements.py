"""The standard's requirements, and which tests ask for them: `asks` names them on a test, test_coverage.py counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

EDITIONS = ("1.0.3", "2.0.0")


@dataclass(frozen=True)
class Requirement:
    id: str
    clause: str
    says: str
    editions: tuple[str, ...] = EDITIONS


def _read() -> dict[str, Requirement]:
    rows = YAML(typ="safe").load(Path(__file__).with_name("requirements.yaml"))
    return {
        identity: Requirement(identity, row["clause"], row["says"], tuple(row.get("editions", EDITIONS))) for identity, row in rows.items()
    }


REQUIREMENTS = _read()
# (requirement, edition) of every test that was read in.
ASKED: set[tuple[str, str]] = set()


def asks(*ids: str, engines: tuple[str, ...] = ("sqlite",)) -> pytest.MarkDecorator:
    """The test asks for these requirements, in every edition that has one of them. It is given a record store as `lrs`."""
    return pytest.mark.parametrize("lrs", [_param(ids, edition, engine) for edition in _editions(ids) for engine in engines], indirect=True)


def asks_each(rows: list[tuple[tuple[str, ...], Any]], *, engines: tuple[str, ...] = ("sqlite",)) -> pytest.MarkDecorator:
    """The same for a table: each row has its requirements, and what the test is given as `row`."""
    params = [_param(ids, edition, engine, row) for ids, row in rows for edition in _editions(ids) for engine in engines]
    return pytest.mark.parametrize(("lrs", "row"), params, indirect=["lrs"])


def _editions(ids: tuple[str, ...]) -> list[str]:
    wanted = {edition for identity in ids for edition in REQUIREMENTS[identity].editions}
    return [edition for edition in EDITIONS if edition in wanted]


def _param(ids: tuple[str, ...], edition: str, engine: str, *row: Any) -> Any:
    ASKED.update((identity, edition) for identity in ids if edition in REQUIREMENTS[identity].editions)
    return pytest.param((edition, engine), *row, id=f"{edition}-{engine}-{'+'.join(ids)}")
