"""Who was let in lately: the same credentials are not looked up again for two seconds.

Kept in memory, by the hash of what was sent, in every process for itself. A key that is revoked, or a site whose origins change, is
so everywhere after at most `SECONDS`; what expires stops on time, for that is looked at on every use.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

SECONDS = 2
_FRESH = timedelta(seconds=SECONDS)
_MOST = 10_000

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class _Remembered(Generic[_Found]):
    value: _Found
    looked_up: datetime
    until: datetime | None


class Acquaintances(Generic[_Found]):
    """At most ten thousand; whoever came first is forgotten first."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Remembered[_Found]] = {}
        self._lock = threading.Lock()

    def fresh(self, name: Hashable, now: datetime) -> _Found | None:
        """What was found under this name less than two seconds ago and has not ended since; None: look it up."""
        found = self._known.get(name)
        if found is None or not timedelta(0) <= now - found.looked_up < _FRESH:
            return None
        return found.value if found.until is None or now < found.until else None

    def has_met(self, name: Hashable) -> bool:
        """Whether this was ever found to be good, however long ago."""
        return name in self._known

    def remember(self, name: Hashable, value: _Found, now: datetime, until: datetime | None = None) -> _Found:
        with self._lock:
            self._known.pop(name, None)
            self._known[name] = _Remembered(value, now, until)
            if len(self._known) > _MOST:
                del self._known[next(iter(self._known))]
        return value

    def forget(self, name: Hashable) -> None:
        with self._lock:
            self._known.pop(name, None)


def name_of(credentials: str) -> bytes:
    """What credentials are remembered by: nobody reads them out of memory."""
    return hashlib.sha256(credentials.encode("utf-8", "surrogatepass")).digest()


class LastUses:
    """When keys were last used, told to `write` at most once a minute for each key, away from the request that used it."""

    def __init__(self, write: Callable[[dict[str, datetime]], None]) -> None:
        self._write = write
        self._told: dict[str, datetime] = {}
        self._untold: dict[str, datetime] = {}
        self._lock = threading.Lock()
        self._telling = threading.Lock()

    def note(self, key: str, now: datetime) -> None:
        with self._lock:
            self._untold[key] = now
            last = self._told.get(key)
            is_due = last is None or now - last >= timedelta(minutes=1)
            if is_due:
                self._told[key] = now
        if is_due:
            threading.Thread(target=self.tell, name="last-uses", daemon=True).start()

    def tell(self) -> None:
        """Tells what is not told yet; when it returns, all that was noted before is told."""
        with self._telling:
            with self._lock:
                untold, self._untold = self._untold, {}
            if untold:
                self._write(untold)
