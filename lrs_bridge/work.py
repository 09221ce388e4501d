"""The worker: decides the registrations that wait, one after the other, and seals the ledger.

It may run beside the doors or in processes of its own, as many as wanted. A registration that cannot be decided is put off, longer
every time, and does not keep the others waiting.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from lrs_bridge.bridge import Bridge
from lrs_bridge.deciding import sealing, settling
from lrs_bridge.deciding.settling import Outcome
from lrs_bridge.store import launches, pending
from lrs_bridge.store.engine import Connection, DatabaseError, in_writing, reading, writing
from lrs_bridge.store.pending import Claimed
from lrs_bridge.times import text_of

# What is done with an outcome after it was written down: certificates. May raise; it is then called again later.
AfterDeciding = Callable[[Bridge, Outcome], None]

_POLL_SECONDS = 0.2  # marks made by other processes do not ring our bell
_LEASE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=1)
_log = logging.getLogger(__name__)


def nothing_more(_bridge: Bridge, _outcome: Outcome) -> None:
    """For those who only want decisions."""


# --- one registration ---------------------------------------------------------------------------


def decide_next(bridge: Bridge, after: AfterDeciding) -> bool:
    """Decides the registration that has waited longest; False when none is due."""
    claimed = in_writing(bridge.engine, lambda connection: claim(bridge, connection)) if _is_any_due(bridge) else None
    if claimed is None:
        return False
    try:
        _decide(bridge, claimed, after)
    except Exception as error:  # whatever it is, the next registration has its turn
        _put_off(bridge, claimed, error)
    return True


def _is_any_due(bridge: Bridge) -> bool:
    """A look that takes no lock: most of the time nothing is due."""
    with reading(bridge.engine) as connection:
        return pending.is_any_due(connection, bridge.text_now())


def claim(bridge: Bridge, connection: Connection) -> Claimed | None:
    """The registration to decide next, which no other worker touches for two minutes."""
    claimed = pending.claim(connection, bridge.text_now())
    if claimed is not None:
        pending.lease(connection, claimed, text_of(bridge.now() + _LEASE))
    return claimed


def _decide(bridge: Bridge, claimed: Claimed, after: AfterDeciding) -> None:
    outcome = in_writing(bridge.engine, lambda connection: _settle(bridge, connection, claimed.registration))
    after(bridge, outcome)
    with writing(bridge.engine) as connection:
        pending.done(connection, claimed)


def _settle(bridge: Bridge, connection: Connection, registration: str) -> Outcome:
    found = launches.registration(connection, registration)
    assert found is not None, "only registrations of ours are ever marked"
    return settling.settle_now(bridge, connection, found.person, found.activity)


def _put_off(bridge: Bridge, claimed: Claimed, error: Exception) -> None:
    wait = min(timedelta(seconds=2**claimed.tries), _LONGEST_WAIT)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    # The error's own text may quote what a learner sent.
    told = f"{type(error).__name__} at {frame.name}:{frame.lineno}"
    _log.error("registration not decided", extra={"registration": claimed.registration, "kind": told, "tries": claimed.tries + 1})
    with writing(bridge.engine) as connection:
        pending.put_off(connection, claimed, text_of(bridge.now() + wait), told)


def decide_all(bridge: Bridge, after: AfterDeciding = nothing_more) -> int:
    """Decides until nothing is due; says how many."""
    count = 0
    while decide_next(bridge, after):
        count += 1
    return count


# --- for as long as it is wanted ----------------------------------------------------------------


def until(bridge: Bridge, stopped: threading.Event, after: AfterDeciding = nothing_more) -> None:
    """Works until `stopped` is set; what it is busy with is finished first."""
    sealed = time.monotonic()
    while not stopped.is_set():
        bridge.bell.clear()
        try:
            busy = decide_next(bridge, after)
            if time.monotonic() - sealed >= bridge.config.seal_seconds:
                sealed = time.monotonic()
                sealing.seal(bridge)
        except DatabaseError as error:
            _log.error("database not reached", extra={"kind": type(error).__name__})
            stopped.wait(1)
            continue
        if not busy:
            bridge.bell.wait(_POLL_SECONDS)
    sealing.seal(bridge)


@contextmanager
def in_a_thread(bridge: Bridge, after: AfterDeciding = nothing_more) -> Iterator[None]:
    stopped = threading.Event()
    thread = threading.Thread(target=until, args=(bridge, stopped, after), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        bridge.bell.set()
        thread.join(timeout=30)
