"""A door that anybody can knock at lets each knock only so often."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from lrs_bridge.refusals import TooMany, one

_REMEMBERED = 10_000


class Throttle:
    """At most `per_minute` for each name in this process, counted by whole minutes."""

    def __init__(self, per_minute: int):
        self._most = per_minute
        self._counts: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._lock = threading.Lock()

    def require(self, name: str) -> None:
        """Counts, and raises `TooMany` beyond the number."""
        if self.count(name) > self._most:
            raise self._too_many()

    def count(self, name: str) -> int:
        """Counts; says how many there were this minute."""
        minute = int(time.monotonic() // 60)
        with self._lock:
            count = self._counts[name, minute] = self._counts.get((name, minute), 0) + 1
            if len(self._counts) > _REMEMBERED:
                self._counts.popitem(last=False)
        return count

    def require_few(self, name: str) -> None:
        """Raises `TooMany` when the number was reached this minute; does not count."""
        if self._counts.get((name, int(time.monotonic() // 60)), 0) >= self._most:
            raise self._too_many()

    def _too_many(self) -> TooMany:
        return TooMany(one("too-many", f"More than {self._most} a minute are not taken here.", "Wait a minute."))
