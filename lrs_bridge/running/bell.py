"""A bell that is rung in one process and heard in another, made before the second is."""

from __future__ import annotations

import os
import select
from typing import Protocol


class Bell(Protocol):
    """What `threading.Event` is among threads."""

    def set(self) -> None: ...

    def clear(self) -> None: ...

    def wait(self, timeout: float | None = None) -> bool: ...


class BellAmongProcesses:
    """Rung as often as one likes: one listener wakes, once. Needs processes that are forked."""

    def __init__(self) -> None:
        self._heard, self._rung = os.pipe()
        os.set_blocking(self._heard, False)
        os.set_blocking(self._rung, False)

    def set(self) -> None:
        try:
            os.write(self._rung, b".")
        except BlockingIOError:  # so often already that the pipe is full
            return

    def clear(self) -> None:
        try:
            while os.read(self._heard, 65_536):
                pass
        except BlockingIOError:
            return

    def wait(self, timeout: float | None = None) -> bool:
        return bool(select.select([self._heard], [], [], timeout)[0])
