"""Adding, changing and showing other record stores. What is done to them is in the audit log; their secrets are nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lrs_bridge.bridge import Bridge
from lrs_bridge.refusals import InConflict, Malformed, NotFound, one
from lrs_bridge.store import audit, sites, upstreams
from lrs_bridge.store.audit import Entry
from lrs_bridge.store.engine import Connection
from lrs_bridge.store.upstreams import Cursor, Filter, Letter, Upstream
from scorm_packager.activity.problems import Problem

Change = Callable[[Bridge, Connection], bool]

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_KEY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A record store as somebody wants it added."""

    key: str
    endpoint: str
    name: str
    secret: str
    site: str | None
    forwards: bool
    pulls: bool
    version: str
    filter: Filter


def add(bridge: Bridge, connection: Connection, asked: Asked) -> Upstream:
    """Raises `Malformed` with everything that is wrong, `NotFound` for an unknown site, `InConflict` for a key in use."""
    problems = (*_wrong_key(asked), *_wrong_endpoint(asked), *_wrong_ways(asked))
    if problems:
        raise Malformed(problems)
    if asked.site is not None and sites.get(connection, asked.site) is None:
        raise NotFound(one("site-unknown", f"There is no site {asked.site!r}.", "Add it with `lrs-bridge site add`."))
    if upstreams.get(connection, asked.key) is not None:
        raise InConflict(one("upstream-exists", f"There is an upstream {asked.key!r}.", "Choose another key, or remove it first."))
    made = _made(bridge, asked)
    upstreams.add(connection, made)
    _note(bridge, connection, "upstream added", asked.key, shown(made))
    return made


def _made(bridge: Bridge, asked: Asked) -> Upstream:
    return Upstream(
        key=asked.key,
        endpoint=asked.endpoint.rstrip("/").removesuffix("/statements"),
        version=asked.version,
        credentials=bridge.vault.lock([asked.name, asked.secret]),
        site=asked.site,
        forwards=asked.forwards,
        pulls=asked.pulls,
        filter=asked.filter,
        created=bridge.text_now(),
    )


def _wrong_key(asked: Asked) -> tuple[Problem, ...]:
    if _KEY.fullmatch(asked.key) and len(asked.key) <= _LONGEST_KEY:
        return ()
    return one("upstream-key", f"{asked.key!r} cannot be a key.", f"Use small letters, digits and hyphens, at most {_LONGEST_KEY}.")


def _wrong_endpoint(asked: Asked) -> tuple[Problem, ...]:
    parts = urlsplit(asked.endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return one(
            "endpoint", f"{asked.endpoint!r} is not the address of a record store.", "Give one such as https://lrs.example.org/xapi."
        )
    if parts.username or parts.password:
        return one("endpoint", "The address holds a name or a password.", "Give them with --name and --secret-file.")
    return ()


def _wrong_ways(asked: Asked) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = ()
    if not (asked.forwards or asked.pulls):
        problems += one("no-direction", "It is neither forwarded to nor pulled from.", "Say --forward, --pull or both.")
    if asked.pulls and asked.site is None:
        problems += one("site-missing", "Nobody says whose learners the pulled statements speak of.", "Name the site with --site.")
    if not asked.secret:
        problems += one("secret-missing", "There is no secret.", "Give the secret that belongs to the name.")
    return problems


def change(bridge: Bridge, connection: Connection, key: str, work: Change, said: str) -> None:
    """Does it and notes it. Raises `NotFound` when there is no such record store in that state."""
    if not work(bridge, connection):
        raise NotFound(one("upstream-unknown", f"There is no upstream {key!r} to do that to.", "See `lrs-bridge upstream list`."))
    _note(bridge, connection, f"upstream {said.lower()}", key, {})


def give_up(bridge: Bridge, connection: Connection, number: int) -> None:
    """Raises `NotFound` when it does not wait."""
    if not upstreams.settle(connection, number, bridge.text_now()):
        raise NotFound(one("letter-unknown", f"No dead letter {number} is waiting.", "See `lrs-bridge upstream dead-letters`."))
    _note(bridge, connection, "dead letter given up", str(number), {})


def _note(bridge: Bridge, connection: Connection, action: str, subject: str, facts: dict[str, Any]) -> None:
    audit.add(connection, Entry(at=bridge.text_now(), who="command line", action=action, subject=subject, facts=facts))


# --- as JSON ------------------------------------------------------------------------------------


def shown(found: Upstream) -> dict[str, Any]:
    """Without its credentials."""
    plain = {name: getattr(found, name) for name in ("key", "endpoint", "version", "site", "forwards", "pulls", "created", "paused")}
    return plain | {"filter": found.filter.as_json()}


def listed(connection: Connection) -> list[dict[str, Any]]:
    """Every record store with how far each direction is and how many dead letters wait."""
    letters = upstreams.waiting_letters(connection)
    return [
        shown(found) | {"directions": [_way(connection, cursor, letters) for cursor in upstreams.cursors_of(connection, found.key)]}
        for found in upstreams.listed(connection)
    ]


def _way(connection: Connection, cursor: Cursor, letters: dict[tuple[str, str], int]) -> dict[str, Any]:
    plain = {name: getattr(cursor, name) for name in ("direction", "position", "tries", "not_before", "error", "moved")}
    behind = upstreams.behind(connection, int(cursor.position or 0)) if cursor.direction == "forward" else None
    return plain | {"behind": behind, "dead_letters": letters.get((cursor.upstream, cursor.direction), 0)}


def letter(found: Letter) -> dict[str, Any]:
    plain = {name: getattr(found, name) for name in ("upstream", "direction", "statement", "reason", "at", "text")}
    return {"number": found.seq} | plain
