"""LMSs that nobody here wrote, each from its own PyPI package in an environment of their own: how one is started and stopped.

`scripts/setup.py hosts` makes the environment (the extra `hosts` of pyproject.toml); `make test-all` does so.
"""

from __future__ import annotations

import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import requests

from scorm_packager.bridge_process import free_port

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-hosts" / "bin" / "python"
_START_SECONDS = 180  # wagtail-lms makes its database first, for half a minute where others work too


class NotThere(Exception):
    """The LMS could not be started; the message says why, and what to do."""


class ForeignLms(ABC):
    """One LMS as a process of its own with its data in `folder`; `site` is the file beside this one that sets it up as a school would."""

    site: str

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"

    def start(self) -> ForeignLms:
        if not PYTHON.exists():
            raise NotThere(f"{PYTHON} is not there. `python3 scripts/setup.py hosts` installs the LMSs that the journeys play in.")
        with self._log.open("wb") as said:
            self._process = subprocess.Popen(
                [PYTHON, Path(__file__).parent / self.site, self.folder, str(self.port)], cwd=self.folder, stdout=said, stderr=said
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise NotThere(f"{self.site} did not start: {self._log.read_text()[-2000:]}")
            time.sleep(0.1)
        return self

    def __enter__(self) -> ForeignLms:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @abstractmethod
    def upload(self, package: Path) -> None:
        """Through the LMS's own upload, as its staff would."""

    @abstractmethod
    def known_as(self, learner_id: str) -> str:
        """The learner's id as the LMS tells it to the package: a number of its own."""

    @abstractmethod
    def data(self, learner_id: str) -> dict[str, Any]:
        """The data model as the LMS holds it of a learner, by element."""

    def url(self, learner_id: str, learner_name: str) -> str:
        return f"{self.origin}/enter?" + urlencode({"learner": learner_id, "name": learner_name})

    def get(self, path: str, **query: str) -> Any:
        answer = requests.get(f"{self.origin}{path}", params=query, timeout=20)
        answer.raise_for_status()
        return answer.json()

    @property
    def _log(self) -> Path:
        return self.folder / "lms.log"

    def _answers(self) -> bool:
        try:
            return requests.get(self.origin, timeout=2).status_code < 500
        except requests.RequestException:
            return False
