"""A bridge for as long as a preview lasts: it decides credit as any bridge does, and is thrown away with all it knows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.bridge_process import BridgeProcess
from scorm_packager.package_data import Destination
from scorm_packager.register import Key, register
from scorm_packager.stand_in.news import News
from scorm_packager.stand_in.record_store import RecordStore

SITE = "preview"


class PreviewBridge:
    """Started in the background: packages may name it before it answers. `news` hears how it stands under `bridge`."""

    def __init__(self, data: Path, news: News):
        self._process = BridgeProcess(data)
        self._news = news
        self._key: Key | None = None
        self._waiting: list[Definition] = []
        self._lock = threading.Lock()
        self._stopped = False
        self._then: Callable[[RecordStore], None] = lambda store: None
        self._news.tell(bridge={"state": "starting"})

    @property
    def destination(self) -> Destination:
        return Destination(self._process.url, SITE)

    def start(self, then: Callable[[RecordStore], None]) -> None:
        """`then` is given the bridge as an LMS's record store, once it answers."""
        self._then = then
        threading.Thread(target=self._start, name="bridge of the preview", daemon=True).start()

    def register(self, definition: Definition) -> None:
        """Now, or as soon as the bridge answers."""
        with self._lock:
            self._waiting.append(definition)
            if self._key is not None:
                self._give(self._key)

    def stop(self) -> None:
        self._stopped = True
        with self._lock:
            self._process.stop()

    def _start(self) -> None:
        try:
            self._prepare()
        except ProblemsFound as found:
            if not self._stopped:
                self._tell("failed", found)

    def _prepare(self) -> None:
        self._process.data.mkdir(parents=True, exist_ok=True)
        self._process.command("init")
        self._process.command("site", "add", SITE, "--name", "Preview")
        key = self._process.author_key()
        with self._lock:
            if self._stopped:
                return
            self._process.start()
            self._key = key
            self._give(key)
        made = self._process.json("key", "create", "--role", "full")
        self._then(RecordStore(self._process.url, Key(made["key"], made["secret"])))
        self._news.tell(bridge={"state": "ready", "url": self._process.url})

    def _give(self, key: Key) -> None:
        try:
            while self._waiting:
                register(self._waiting[0], self._process.url, key)
                self._waiting.pop(0)
        except ProblemsFound as found:
            self._tell("failed", found)

    def _tell(self, state: str, found: ProblemsFound) -> None:
        self._news.tell(bridge={"state": state, "problems": [problem.as_json() for problem in found.problems]})
