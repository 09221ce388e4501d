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
        """Raises `TooMany`."""
        minute = int(time.monotonic() // 60)
        with self._lock:
            count = self._counts[name, minute] = self._counts.get((name, minute), 0) + 1
            if len(self._counts) > _REMEMBERED:
                self._counts.popitem(last=False)
        if count > self._most:
            raise TooMany(one("too-many", f"More than {self._most} a minute are not taken here.", "Wait a minute."))
