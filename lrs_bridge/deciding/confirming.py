"""Confirming who took an activity: the LMS's own list of completions, held against the registrations of its site."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from lrs_bridge.bridge import Bridge
from lrs_bridge.credit import completions
from lrs_bridge.credit.completions import Completions
from lrs_bridge.reading import own_statements
from lrs_bridge.refusals import Malformed, NotFound, one
from lrs_bridge.store import audit, launches, pending, people, records, sites
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.launches import Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Learners by the id that the LMS knows them by, each list sorted.

    `doubtful` completed by the LMS's word and have several registrations here, of which nothing says which one is theirs.
    """

    activity: str
    column: str
    decided_by: tuple[str, ...]
    confirmed: tuple[str, ...]
    confirmed_before: tuple[str, ...]
    doubtful: tuple[str, ...]
    only_in_lms: tuple[str, ...]
    only_here: tuple[str, ...]


def confirm(bridge: Bridge, connection: Connection, data: bytes, *, site: str, activity: str | None, column: str | None) -> Compared:
    """Confirms what the list bears out, and asks for new decisions.

    `only_here` were awarded something and are not among those who completed. Raises `NotFound`, `Malformed` or `ProblemsFound`.
    """
    if sites.get(connection, site) is None:
        raise NotFound(one("site-unknown", f"There is no site {site!r} here.", "See `lrs-bridge site list`.", where="--site"))
    registered = launches.of_site(connection, site)
    chosen = activity or _only_activity(registered)
    taken = _by_learner(connection, (each for each in registered if each.activity == chosen))
    found = completions.read(data, taken.keys(), column)
    theirs = {name: _theirs(connection, taken[name]) for name in found.completed & taken.keys()}
    news = [each for each in theirs.values() if each is not None and each.confirmed is None]
    launches.confirm(connection, (each.id for each in news), bridge.text_now())
    pending.mark(connection, (each.id for each in news), bridge.text_now())
    compared = _compared(connection, chosen, found, taken, theirs)
    audit.add(connection, _entry(bridge, site, data, compared))
    return compared


def _only_activity(registered: Iterable[Registration]) -> str:
    activities = sorted({each.activity for each in registered})
    if len(activities) == 1:
        return activities[0]
    message = "Packages of several activities were launched from this site." if activities else "No package was launched from this site."
    raise Malformed(
        one("activity-not-named", message, f"Name one with --activity: {', '.join(activities) or 'none yet'}.", where="--activity")
    )


def _by_learner(connection: Connection, registered: Iterable[Registration]) -> dict[str, list[Registration]]:
    taken = defaultdict(list)
    for each in registered:
        learner = people.learner_of(connection, each.pseudonym)
        if learner is not None:
            taken[learner.learner_id].append(each)
    return dict(taken)


def _theirs(connection: Connection, registered: list[Registration]) -> Registration | None:
    """The registration that the LMS's word is about. Anybody can launch under anybody's id: of several, the one whose key came again."""
    worked_in = [each for each in registered if any(own_statements.of(connection, each))] if len(registered) > 1 else registered
    candidates = worked_in if len(worked_in) == 1 else [each for each in worked_in if each.linked]
    return candidates[0] if len(candidates) == 1 else None


def _compared(
    connection: Connection, activity: str, found: Completions, taken: dict[str, list[Registration]], theirs: dict[str, Registration | None]
) -> Compared:
    awarded = {name for name, registered in taken.items() if any(_awarded(connection, each) for each in registered)}
    return Compared(
        activity=activity,
        column=found.column,
        decided_by=found.decided_by,
        confirmed=tuple(sorted(name for name, each in theirs.items() if each is not None and each.confirmed is None)),
        confirmed_before=tuple(sorted(name for name, each in theirs.items() if each is not None and each.confirmed is not None)),
        doubtful=tuple(sorted(name for name, each in theirs.items() if each is None)),
        only_in_lms=tuple(sorted(found.completed - taken.keys())),
        only_here=tuple(sorted(awarded - found.completed)),
    )


def _awarded(connection: Connection, registered: Registration) -> bool:
    return any(kept.outcome == "award" for kept in records.of_registration(connection, registered.id))


def _entry(bridge: Bridge, site: str, data: bytes, compared: Compared) -> audit.Entry:
    """Counts and the file's hash: the log names no learner."""
    lists = {name: value for name, value in asdict(compared).items() if name not in ("activity", "column", "decided_by")}
    facts: dict[str, Any] = {name: len(value) for name, value in lists.items()}
    facts |= {"activity": compared.activity, "sha256": hashlib.sha256(data).hexdigest()}
    return audit.Entry(at=bridge.text_now(), who="command line", action="completions confirmed", subject=f"site {site}", facts=facts)
