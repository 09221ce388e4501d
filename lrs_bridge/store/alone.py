"""A queue of those who want to write to one SQLite file, threads and processes alike."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import ModuleType
from typing import IO

try:
    import fcntl as _found
except ImportError:  # Windows: processes sleep and look again, as SQLite has them do
    _found = None  # type: ignore[assignment]

_fcntl: ModuleType | None = _found


class Alone:
    """Within it nobody else is who uses it for the same file. `None` and `:memory:` are a file of nobody else's."""

    def __init__(self, database: str | None) -> None:
        self._thread = threading.Lock()
        self._path = Path(f"{database}-turn") if database and database != ":memory:" and _fcntl is not None else None
        self._opened: tuple[int, IO[bytes]] | None = None

    def __enter__(self) -> None:
        self._thread.acquire()
        try:
            if _fcntl is not None and self._path is not None:
                _fcntl.flock(self._file(self._path), _fcntl.LOCK_EX)
        except BaseException:
            self._thread.release()
            raise

    def is_free(self) -> bool:
        """Whether nobody wants to write at this moment, in this process or another."""
        if not self._thread.acquire(blocking=False):
            return False
        try:
            return self._path is None or self._free_among_processes(self._path)
        finally:
            self._thread.release()

    def _free_among_processes(self, path: Path) -> bool:
        assert _fcntl is not None
        try:
            _fcntl.flock(self._file(path), _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _fcntl.flock(self._file(path), _fcntl.LOCK_UN)
        return True

    def __exit__(self, *_: object) -> None:
        try:
            if _fcntl is not None and self._path is not None:
                _fcntl.flock(self._file(self._path), _fcntl.LOCK_UN)
        finally:
            self._thread.release()

    def _file(self, path: Path) -> IO[bytes]:
        """Opened once in each process: a lock is shared by all who inherited the opened file."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), path.open("ab"))
        return self._opened[1]
