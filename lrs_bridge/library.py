"""The definitions that the bridge was given, as values."""

from __future__ import annotations

from functools import lru_cache

from lrs_bridge.refusals import InConflict, Malformed, one
from lrs_bridge.store import definitions, pending
from lrs_bridge.store.definitions import KeptDefinition
from lrs_bridge.store.engine import Connection
from scorm_packager.activity.definition import canonical, definition_id, parse
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Problem


@lru_cache(maxsize=64)
def _parsed(text: str) -> Definition:
    return parse(text.encode())


def find(connection: Connection, identity: str) -> Definition | None:
    kept = definitions.get(connection, identity)
    return None if kept is None else _parsed(kept.text)


def latest(connection: Connection, activity: str) -> Definition | None:
    """The definition of the activity that came last."""
    kept = definitions.of_activity(connection, activity)
    return _parsed(kept[0].text) if kept else None


def take_in(connection: Connection, identity: str, data: bytes, now: str) -> bool:
    """Keeps a definition for ever, and asks for a decision of all that waited for it; False when it was kept before.

    Raises `ProblemsFound` for a text that is no definition, `Malformed` when it is not the canonical one of this id, `InConflict`
    when another content is kept under its activity and version.
    """
    found = parse(data)
    if canonical(found) != data or definition_id(found) != identity:
        message = "The id is not that of this text: it is the hash of the definition's canonical JSON."
        raise Malformed(one("wrong-definition-id", message, "Register with `scorm-packager register`, which sends both as they must be."))
    if definitions.get(connection, identity) is not None:
        return False
    taken = definitions.of_version(connection, found.activity, found.version)
    if taken is not None:
        raise InConflict(_taken(taken))
    kept = KeptDefinition(id=identity, activity=found.activity, version=found.version, text=data.decode(), received=now)
    definitions.add(connection, kept)
    pending.mark_activity(connection, found.activity, now)
    return True


def _taken(kept: KeptDefinition) -> tuple[Problem, ...]:
    message = f"Version {kept.version} of {kept.activity} is kept with another content, {kept.id}."
    return one("version-taken", message, "Raise `version` in activity.yaml: what learners were shown under the old one stays.")
