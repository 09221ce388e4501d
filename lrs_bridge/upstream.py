"""Other record stores: whose turn it is, for how long, and what follows when it went wrong.

Each upstream and direction has a cursor, which one process at a time holds. After trouble the wait doubles, up to an hour, and is spread
by chance, so that a store that comes back is not met by everybody at once. Credentials that are refused stop it until somebody resumes it.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from lrs_bridge.bridge import Bridge
from lrs_bridge.other_stores import forwarding, pulling
from lrs_bridge.other_stores.record_store import RecordStore, Stopped, Trouble
from lrs_bridge.refusals import NotFound, Refusal, one
from lrs_bridge.store import upstreams
from lrs_bridge.store.engine import DatabaseError, in_writing, reading
from lrs_bridge.store.upstreams import Cursor, Letter, Upstream
from lrs_bridge.times import text_of
from scorm_packager.activity.problems import ProblemsFound

Step = Callable[[Bridge, Upstream, RecordStore, Cursor], bool]
STEPS: dict[str, Step] = {"forward": forwarding.forward, "pull": pulling.pull}
# How long nothing is looked for after everything was found.
REST = {"forward": timedelta(seconds=1), "pull": timedelta(seconds=60)}

_STEPS_A_TURN = 20  # then the next upstream has its turn
_LEAST_WAIT, _LONGEST_WAIT = 2, 3600
_POLL_SECONDS = 1.0
_log = logging.getLogger(__name__)


# --- turns --------------------------------------------------------------------------------------


def turn(bridge: Bridge) -> int:
    """Every upstream that is due goes on for a while; says how many were."""
    with reading(bridge.engine) as connection:
        waiting = upstreams.due(connection, bridge.text_now())
    for key, direction in waiting:
        _take_turn(bridge, key, direction)
    return len(waiting)


def _take_turn(bridge: Bridge, key: str, direction: str) -> None:
    now, until = bridge.text_now(), text_of(bridge.now() + forwarding.LEASE)
    cursor = in_writing(bridge.engine, lambda connection: upstreams.claim(connection, key, direction, now, until))
    if cursor is None:
        return
    try:
        more = _steps(bridge, key, direction)
    except Stopped as trouble:
        _stop(bridge, key, direction, trouble.reason)
    except Trouble as trouble:
        _put_off(bridge, cursor, trouble.reason, trouble.retry_after)
    except DatabaseError:
        raise
    except Exception as error:  # whatever it is, the next upstream has its turn
        frame = traceback.extract_tb(error.__traceback__)[-1]
        _put_off(bridge, cursor, f"{type(error).__name__} at {frame.name}:{frame.lineno}", None)
    else:
        _rest(bridge, key, direction, timedelta(0) if more else REST[direction])


def _steps(bridge: Bridge, key: str, direction: str) -> bool:
    """True when there is more to do than fits into a turn."""
    for _ in range(_STEPS_A_TURN):
        with reading(bridge.engine) as connection:
            upstream, cursor = upstreams.get(connection, key), upstreams.cursor(connection, key, direction)
        if upstream is None or cursor is None or upstream.paused:
            return False
        if not STEPS[direction](bridge, upstream, store_of(bridge, upstream), cursor):
            return False
    return True


def store_of(bridge: Bridge, upstream: Upstream) -> RecordStore:
    name, secret = bridge.vault.unlock(upstream.credentials)
    return RecordStore(upstream.endpoint, upstream.version, name, secret)


def _rest(bridge: Bridge, key: str, direction: str, rest: timedelta) -> None:
    then = text_of(bridge.now() + rest)
    in_writing(bridge.engine, lambda connection: upstreams.release(connection, key, direction, then))


def _put_off(bridge: Bridge, cursor: Cursor, reason: str, retry_after: float | None) -> None:
    chance = int.from_bytes(bridge.random_bytes(2)) / 0xFFFF
    wait = max(wait_after(cursor.tries, chance), timedelta(seconds=retry_after or 0))
    then = text_of(bridge.now() + wait)
    _log.warning("upstream put off", extra={"upstream": cursor.upstream, "direction": cursor.direction, "tries": cursor.tries + 1})
    in_writing(bridge.engine, lambda connection: upstreams.put_off(connection, cursor.upstream, cursor.direction, then, reason))


def wait_after(tries: int, chance: float) -> timedelta:
    """Doubles with every try, to at most an hour; `chance` from 0 to 1 chooses between half of it and all of it."""
    longest = min(_LEAST_WAIT * 2 ** min(tries, 20), _LONGEST_WAIT)
    return timedelta(seconds=longest * (0.5 + chance / 2))


def _stop(bridge: Bridge, key: str, direction: str, reason: str) -> None:
    _log.error("upstream stopped", extra={"upstream": key, "direction": direction})
    in_writing(bridge.engine, lambda connection: upstreams.pause(connection, key, bridge.text_now(), reason))


# --- dead letters -------------------------------------------------------------------------------


def again(bridge: Bridge, seq: int) -> str | None:
    """Tries a dead letter once more; None when it is settled now, else why not. Raises `NotFound` and `Trouble`."""
    with reading(bridge.engine) as connection:
        letter = upstreams.letter(connection, seq)
        upstream = upstreams.get(connection, letter.upstream) if letter else None
    if letter is None or upstream is None or letter.settled:
        raise NotFound(one("letter-unknown", f"No dead letter {seq} is waiting.", "See `lrs-bridge upstream dead-letters`."))
    reason = _sent_again(bridge, upstream, letter) if letter.direction == "forward" else _taken_again(bridge, upstream, letter)
    _note(bridge, seq, reason)
    return reason


def _note(bridge: Bridge, seq: int, reason: str | None) -> None:
    with_reason = upstreams.note_reason
    if reason is None:
        in_writing(bridge.engine, lambda connection: upstreams.settle(connection, seq, bridge.text_now()))
    else:
        in_writing(bridge.engine, lambda connection: with_reason(connection, seq, reason))


def _sent_again(bridge: Bridge, upstream: Upstream, letter: Letter) -> str | None:
    with reading(bridge.engine) as connection:
        parcel = forwarding.parcel_of(connection, letter.statement or "")
    if parcel is None:
        return "the statement is not in the store any more"
    return forwarding.sent(store_of(bridge, upstream), [parcel], bridge)


def _taken_again(bridge: Bridge, upstream: Upstream, letter: Letter) -> str | None:
    try:
        one = pulling.slice_of(letter.text or "")
        pulling.accept(bridge, upstream, (one,), pulling.enclosed(store_of(bridge, upstream), one, bridge.now()))
    except Refusal as refusal:
        return pulling.reason_of(refusal)
    return None


# --- for as long as it is wanted ----------------------------------------------------------------


def until(bridge: Bridge, stopped: threading.Event) -> None:
    """Takes turns until `stopped` is set; an answer that is waited for is waited for."""
    while not stopped.is_set():
        try:
            turn(bridge)
        except (DatabaseError, ProblemsFound) as error:
            _log.error("upstreams not reached", extra={"kind": type(error).__name__})
        stopped.wait(_POLL_SECONDS)


@contextmanager
def in_a_thread(bridge: Bridge) -> Iterator[None]:
    """Beside the worker, which must not wait for anybody else's server."""
    stopped = threading.Event()
    thread = threading.Thread(target=until, args=(bridge, stopped), name="upstreams", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=5)
