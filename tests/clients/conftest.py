"""A running bridge for clients that are not ours, and what they say of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scorm_packager.bridge_process import BridgeProcess

CLIENTS = Path(__file__).parent
NODE_MODULES = CLIENTS.parent / "node" / "node_modules"
SITE = "test-hospital"


@dataclass(frozen=True)
class Served:
    """A bridge as others see it: an address, and a key with its secret."""

    process: BridgeProcess
    key: str
    secret: str

    @property
    def endpoint(self) -> str:
        return f"{self.process.url}/xapi/"

    def new_key(self, role: str) -> tuple[str, str]:
        site = ["--site", SITE] if role == "lms" else []
        made = self.process.json("key", "create", "--role", role, *site)
        return made["key"], made["secret"]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with BridgeProcess(tmp_path_factory.mktemp("bridge")) as started:
        made = started.json("key", "create", "--role", "full")
        yield Served(started, made["key"], made["secret"])


def told_by(script: str, served: Served) -> dict[str, Any]:
    """What a Node script of this folder has to tell, after it has done all of its work against the bridge."""
    node = Path(sys.executable).parent / "node"
    call = [str(node), str(CLIENTS / script), str(NODE_MODULES), served.endpoint, served.key, served.secret]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
