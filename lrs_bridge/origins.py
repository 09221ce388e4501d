"""In which ways a statement can come in, and which of them make it evidence.

An origin is a text: `launch:<launch>`, `visit:<launch>` (a launch that leaves no evidence), `site:<site>:<key>` (an LMS's key),
`upstream:<site>:<key>` (pulled from another record store that belongs to the site), `key:<key>`.
"""

from __future__ import annotations

from collections.abc import Iterable

from lrs_bridge.credit.model import Origin

_RANK = (Origin.UPSTREAM, Origin.KEY, Origin.LAUNCH, Origin.OTHER)


def meaning(origin: str, site: str) -> Origin:
    """What the origin is to a registration of `site`: another site's LMS and record store cannot speak for its learners."""
    kind, _, rest = origin.partition(":")
    if kind == "launch":
        return Origin.LAUNCH
    if rest.partition(":")[0] != site:
        return Origin.OTHER
    return {"site": Origin.KEY, "upstream": Origin.UPSTREAM}.get(kind, Origin.OTHER)


def of_upstream(site: str | None, key: str) -> str:
    """The origin of what is pulled from there."""
    return f"upstream:{site or ''}:{key}"


def site_of(origin: str) -> str | None:
    """The site for whose learners the sender may speak: an LMS's key and an upstream name it."""
    kind, _, rest = origin.partition(":")
    return rest.partition(":")[0] or None if kind in ("site", "upstream") else None


def best(origins: Iterable[str], site: str) -> Origin:
    """The strongest of the ways in which one statement came; none is no evidence."""
    return min((meaning(origin, site) for origin in origins), key=_RANK.index, default=Origin.OTHER)


def may_void(origin: str, target: str) -> bool:
    """Whether what came by `origin` may take back what came by `target`: a site's LMS its own, a bridge's own key anything."""
    return origin.startswith("key:") or (origin == target and origin.startswith(("site:", "upstream:")))
