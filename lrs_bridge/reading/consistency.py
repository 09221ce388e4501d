"""Until when every statement that was stored can be seen (xAPI 1.0.3 Communication 2.1.3, X-Experience-API-Consistent-Through)."""

from __future__ import annotations

from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from lrs_bridge.bridge import Bridge
from lrs_bridge.store import statements
from lrs_bridge.store.engine import Engine, looking, nobody_adds
from lrs_bridge.times import moment_of, text_of

# What was true once stays true: it is only looked up again when it is older than this.
_FRESH = timedelta(milliseconds=50)
# A statement's `stored` is cut to milliseconds, and the next one may have the same.
_STEP = timedelta(milliseconds=1)
_told: WeakKeyDictionary[Engine, tuple[datetime, str]] = WeakKeyDictionary()


def consistent_through(bridge: Bridge) -> str:
    """No statement whose `stored` is this or earlier comes to light after this call; near now while nobody writes.

    To be asked before the statements are. The clocks of machines that share a database have to agree.
    """
    now = bridge.now()
    asked, answer = _told.get(bridge.engine, (None, ""))
    if asked is not None and timedelta(0) <= now - asked < _FRESH:
        return answer
    answer = _looked_up(bridge, now)
    _told[bridge.engine] = (now, answer)
    return answer


def _looked_up(bridge: Bridge, now: datetime) -> str:
    with looking(bridge.engine) as connection:
        # `now` was read before: who adds from here on reads a later clock.
        if nobody_adds(connection):
            return text_of(now - _STEP)
        last = statements.last(connection).stored
    # Whoever is adding now does not go behind the last that is there.
    return text_of(moment_of(last) - _STEP) if last else text_of(now - timedelta(days=1))
