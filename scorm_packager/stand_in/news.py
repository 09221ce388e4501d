"""What the stand-in LMS has to tell its page, numbered, so that a page asks for what it does not know yet and gets it at once."""

from __future__ import annotations

import threading
from typing import Any


class News:
    """The latest of each kind of news; every change counts one up and wakes whoever waits."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._latest: dict[str, Any] = {}

    def tell(self, **latest: Any) -> None:
        """Replaces what is known under these names (JSON values)."""
        with self._changed:
            self._latest.update(latest)
            self._number += 1
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> dict[str, Any]:
        """All there is, with its `number`: at once when it is not `number`, else as soon as it changes, or after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, timeout=seconds)
            return {"number": self._number, **self._latest}
