"""Sites: one LMS tenant each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from lrs_bridge.refusals import Malformed, one
from lrs_bridge.store.tables import sites
from scorm_packager.activity.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`origins` are those that its packages are served from; none listed means that any may launch."""

    key: str
    name: str
    origins: tuple[str, ...] = ()

    def admits(self, origin: str | None) -> bool:
        return origin is None or not self.origins or origin in self.origins


def put(connection: Connection, site: Site, now: str) -> bool:
    """Adds the site, or changes its name and origins; True when it is new."""
    values = {"name": site.name, "origins": json.dumps(site.origins)}
    if get(connection, site.key) is None:
        connection.execute(insert(sites).values(key=site.key, created=now, **values))
        return True
    connection.execute(update(sites).where(sites.c.key == site.key).values(**values))
    return False


def get(connection: Connection, key: str) -> Site | None:
    row = connection.execute(select(sites).where(sites.c.key == key)).first()
    return None if row is None else Site(key=row.key, name=row.name, origins=tuple(json.loads(row.origins)))


def listed(connection: Connection) -> list[Site]:
    rows = connection.execute(select(sites).order_by(sites.c.key))
    return [Site(key=row.key, name=row.name, origins=tuple(json.loads(row.origins))) for row in rows]


_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+|null", re.ASCII)


def require_sound(site: Site) -> None:
    """Raises `Malformed` with everything that is wrong with the key and the origins."""
    remedy = "Use small letters, digits and hyphens, at most 60."
    problems: tuple[Problem, ...] = ()
    if not _KEY.fullmatch(site.key) or len(site.key) > 60:
        problems += one("site-key", f"{site.key!r} cannot be a site's key.", remedy)
    for origin in site.origins:
        if _ORIGIN.fullmatch(origin) is None:
            problems += one("origin", f"{origin!r} is not an origin.", "Give scheme and host, and the port if it is not the usual one.")
    if problems:
        raise Malformed(problems)
