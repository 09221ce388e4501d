"""Finding the person that somebody names on the command line."""

from __future__ import annotations

from lrs_bridge.refusals import NotFound, one
from lrs_bridge.store import people
from lrs_bridge.store.engine import Connection


def person(connection: Connection, name: str) -> str:
    """By a person's id, or by `SITE/learner-id`. Raises `NotFound`."""
    site, slash, learner_id = name.partition("/")
    if not slash and people.exists(connection, name):
        return name
    learner = people.learner(connection, site, learner_id) if slash else None
    if learner is None:
        remedy = "Give a person's id, or SITE/learner-id as the LMS knows the learner."
        raise NotFound(one("learner-unknown", f"Nobody is known as {name!r}.", remedy, where="LEARNER"))
    return learner.person
