"""A bridge run as a process of its own: for rehearsals, previews and the demo. It is spoken to by its commands and by HTTP alone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from scorm_packager.activity.problems import Place, Problem, ProblemsFound
from scorm_packager.register import Key

_START_SECONDS = 30
_STOP_SECONDS = 15


class BridgeProcess:
    """A bridge on SQLite in `data`, reached at `url` while it runs. Stopping and starting again keeps all it knows."""

    def __init__(self, data: Path, port: int | None = None, settings: Mapping[str, str] | None = None):
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> BridgeProcess:
        self.command("init")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Raises ProblemsFound when it does not answer; what it said is in `bridge.log` in its data folder."""
        with (self.data / "bridge.log").open("ab") as said:
            self._process = subprocess.Popen(
                self._call("serve", "--host", "127.0.0.1", "--port", str(self.port)), env=self._environment(), stdout=said, stderr=said
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise ProblemsFound((self._silent(),))
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def processes(self) -> list[int]:
        """The first process and those it started (Linux)."""
        if self._process is None:
            return []
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [self._process.pid, *map(int, children)]

    def command(self, *words: str) -> str:
        """What an `lrs-bridge` command prints. Raises ProblemsFound with what it objects to."""
        done = subprocess.run(self._call(*words), env=self._environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            said = done.stderr.strip() or done.stdout.strip()
            raise ProblemsFound((Problem("bridge-command-failed", Place(" ".join(("lrs-bridge", *words))), said, "Mend what it says."),))
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.command(*words, "--json"))

    def author_key(self) -> Key:
        made = self.json("key", "create", "--role", "author")
        return Key(made["key"], made["secret"])

    def _call(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "lrs_bridge", *words]

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("LRS_BRIDGE_")}
        return {**ours, "LRS_BRIDGE_DATA": str(self.data), "LRS_BRIDGE_PUBLIC_URL": self.url, **self._settings}

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/healthz", timeout=1).ok
        except requests.RequestException:
            return False

    def _silent(self) -> Problem:
        log = self.data / "bridge.log"
        return Problem("bridge-does-not-start", Place(str(log)), "The bridge did not start.", f"Its last words are in {log}.")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
