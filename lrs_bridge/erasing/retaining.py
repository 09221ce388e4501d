"""Letting go of what was kept long enough, by the rules of `retention.py`: counted beforehand, and noted in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from lrs_bridge.bridge import Bridge
from lrs_bridge.erasing import erasure, retention
from lrs_bridge.erasing.erasure import Wanted
from lrs_bridge.store import audit
from lrs_bridge.store import retention as store
from lrs_bridge.store.engine import Connection, in_writing, reading, writing
from lrs_bridge.times import text_of

_WHY = "kept long enough"


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule would remove, or removed."""

    key: str
    days: int | None
    count: int
    why: str
    source: str


# What goes row by row. The other rules speak of people, who are erased one by one.
_ROWS: dict[str, Callable[[Connection, str], int]] = {
    "documents": store.drop_documents,
    "diagnostics": store.drop_diagnostics,
    "launch-tokens": store.drop_tokens,
    "dead-letters": store.drop_dead_letters,
}
_AWARDED = {"credit-records": True, "people-without-credit": False}


def rehearsed(bridge: Bridge) -> tuple[Due, ...]:
    """What would go; nothing is changed."""
    return _each(
        bridge, lambda key, before: _count_rows(bridge, key, before), lambda people: sum(1 for one in people if _has_data(bridge, one))
    )


def carried_out(bridge: Bridge, who: str) -> tuple[Due, ...]:
    def rows(key: str, before: str) -> int:
        return in_writing(bridge.engine, lambda connection: _ROWS[key](connection, before))

    def people(found: Iterable[str]) -> int:
        return sum(_erase(bridge, one, who) for one in found)

    done = _each(bridge, rows, people)
    with writing(bridge.engine) as connection:
        facts = {due.key: due.count for due in done}
        audit.add(
            connection, audit.Entry(at=bridge.text_now(), who=who, action="retention applied", subject="bridge", why=_WHY, facts=facts)
        )
    return done


def _each(bridge: Bridge, rows: Callable[[str, str], int], people: Callable[[Iterable[str]], int]) -> tuple[Due, ...]:
    rules = retention.rules(bridge.config.retention_file).values()
    return tuple(Due(rule.key, rule.days, _of(bridge, rule, rows, people), rule.why, rule.source) for rule in rules)


def _of(bridge: Bridge, rule: retention.Rule, rows: Callable[[str, str], int], people: Callable[[Iterable[str]], int]) -> int:
    before = rule.until(bridge.now())
    if before is None:
        return 0
    return rows(rule.key, text_of(before)) if rule.key in _ROWS else people(_people(bridge, rule.key, before))


def _people(bridge: Bridge, key: str, before: datetime) -> list[str]:
    with reading(bridge.engine) as connection:
        return store.people_last_seen(connection, text_of(before), awarded=_AWARDED[key])


def _count_rows(bridge: Bridge, key: str, before: str) -> int:
    """By removing them in a transaction that is taken back."""

    def work(connection: Connection) -> None:
        raise _Counted(_ROWS[key](connection, before))

    try:
        in_writing(bridge.engine, work)
    except _Counted as found:
        return found.count
    raise AssertionError("a rehearsal is always taken back")


class _Counted(Exception):
    def __init__(self, count: int) -> None:
        self.count = count


def _wanted(person: str, who: str) -> Wanted:
    return Wanted(person=person, who=who, why=_WHY)


def _has_data(bridge: Bridge, person: str) -> bool:
    return bool(erasure.rehearsed(bridge, _wanted(person, "")).goes)


def _erase(bridge: Bridge, person: str, who: str) -> bool:
    """False when nothing of theirs was left, or an award of theirs must be kept for longer."""
    if not _has_data(bridge, person):
        return False
    erasure.carried_out(bridge, _wanted(person, who))
    return True
