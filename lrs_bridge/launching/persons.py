"""Who is the same person as who. The history of joins and parts is kept; what stands follows from it, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable

from lrs_bridge.bridge import Bridge
from lrs_bridge.refusals import InConflict, one
from lrs_bridge.store import pending, people
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.people import Link


def join(bridge: Bridge, connection: Connection, one_person: str, other: str, who: str, why: str) -> int:
    """Says that two are the same person; how many registrations will be decided again. Joining them again changes nothing."""
    return _change(bridge, connection, "join", one_person, other, who, why)


def part(bridge: Bridge, connection: Connection, one_person: str, other: str, who: str, why: str) -> int:
    """Takes back a join. Raises `InConflict` when the two were not joined with each other."""
    pair = tuple(sorted((one_person, other)))
    if pair not in joined(people.links(connection)):
        raise InConflict(one("not-joined", "These two were not joined with each other.", "See `lrs-bridge person list`.", where="person"))
    return _change(bridge, connection, "part", one_person, other, who, why)


def _change(bridge: Bridge, connection: Connection, action: str, one_person: str, other: str, who: str, why: str) -> int:
    if one_person == other:
        raise InConflict(one("same-person", "This is one person already.", "Name two.", where="person"))
    touched = {*people.same_as(connection, one_person), *people.same_as(connection, other)}
    first, second = sorted((one_person, other))
    people.add_link(connection, Link(first=first, second=second, action=action, who=who, why=why, at=bridge.text_now()))
    pairs = joined(people.links(connection))
    for person in sorted(touched):
        people.set_current(connection, person, min(together(person, pairs)))
    return pending.mark_people(connection, touched, bridge.text_now())


def joined(links: Iterable[Link]) -> frozenset[tuple[str, ...]]:
    """The pairs whose last word is a join."""
    last = {(link.first, link.second): link.action for link in links}
    return frozenset(pair for pair, action in last.items() if action == "join")


def together(person: str, pairs: frozenset[tuple[str, ...]]) -> frozenset[str]:
    """All who are the same person, by one pair or by a chain of pairs."""
    found, reached = {person}, {person}
    while reached:
        reached = {one for pair in pairs if reached & set(pair) for one in pair} - found
        found |= reached
    return frozenset(found)
