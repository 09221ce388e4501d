"""Processes that belong to one: they end when it does, however it ends, and one that works beside it is started again when it dies."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType

_AGAIN_SECONDS = 1.0
_END_SECONDS = 30
_log = logging.getLogger(__name__)


def end_with_parent() -> Callable[[], None]:
    """Called in a forked process, the function that is given back ends that process as soon as this one is gone, even if it was killed."""
    held, holding = os.pipe()

    def watch() -> None:
        os.close(holding)  # this process's copy: now only the parent holds the end that says it lives
        threading.Thread(target=_end_when_closed, args=(held,), name="parent", daemon=True).start()

    return watch


def _end_when_closed(held: int) -> None:
    os.read(held, 1)
    os._exit(1)


class Beside:
    """Work in a forked process. `work` is given an event that is set when it should come to its end."""

    def __init__(self, work: Callable[[threading.Event], None], alive: Callable[[], None]) -> None:
        self._work = work
        self._alive = alive
        self._stopping = threading.Event()
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Forks before this process has other threads, then watches."""
        self._process = self._fork()
        threading.Thread(target=self._watch, name="beside", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
            self._process.join(_END_SECONDS)

    def _fork(self) -> BaseProcess:
        process = multiprocessing.get_context("fork").Process(target=self._run, name="work", daemon=True)
        process.start()
        return process

    def _watch(self) -> None:
        while self._process is not None:
            self._process.join()
            if self._stopping.is_set():
                return
            _log.error("worker ended", extra={"fault": f"exit code {self._process.exitcode}"})
            time.sleep(_AGAIN_SECONDS)
            self._process = self._fork()

    def _run(self) -> None:
        stopped = threading.Event()

        def stop(_signal: int, _frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self._alive()
        self._work(stopped)
