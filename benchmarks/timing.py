"""Times work several times over and keeps the median."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of `rounds` runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
