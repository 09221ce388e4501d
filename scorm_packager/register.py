"""Giving a definition to a bridge, which keeps it for ever and scores responses with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import requests

from scorm_packager.activity.definition import canonical, definition_id
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound

_SECONDS = 30
_NEW, _SAME = 201, 200


@dataclass(frozen=True, slots=True)
class Key:
    """A key of role `author`, as `lrs-bridge key create` printed it."""

    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class Registered:
    definition_id: str
    outcome: Literal["new", "known"]


def register(definition: Definition, bridge: str, key: Key) -> Registered:
    """Registers it; doing so again changes nothing. Raises `ProblemsFound` with what the bridge, or the network, objects to."""
    identity = definition_id(definition)
    try:
        answer = requests.put(
            f"{bridge}/definitions/{identity}",
            data=canonical(definition),
            auth=(key.name, key.secret),
            headers={"Content-Type": "application/json"},
            timeout=_SECONDS,
            allow_redirects=False,  # a redirect would carry the key, or the definition, to somebody else
        )
    except requests.RequestException as error:
        raise ProblemsFound((_unreachable(bridge, error),)) from error
    if answer.status_code in (_NEW, _SAME):
        return Registered(identity, "new" if answer.status_code == _NEW else "known")
    raise ProblemsFound(_objections(bridge, answer))


def _unreachable(bridge: str, error: requests.RequestException) -> Problem:
    reason = _REASONS.get(type(error), "the connection failed")
    return Problem("bridge-unreachable", Place(bridge), f"The bridge cannot be reached: {reason}.", "Check the address, and that it runs.")


_REASONS: dict[type[requests.RequestException], str] = {
    requests.exceptions.SSLError: "its certificate is not trusted",
    requests.exceptions.ConnectTimeout: "it did not answer in time",
    requests.exceptions.ReadTimeout: "it did not answer in time",
    requests.exceptions.ConnectionError: "nothing answers there",
}

_STATUSES = {
    301: ("bridge-moved", "The bridge sends us elsewhere.", "Give the address it has now."),
    302: ("bridge-moved", "The bridge sends us elsewhere.", "Give the address it has now."),
    307: ("bridge-moved", "The bridge sends us elsewhere.", "Give the address it has now."),
    308: ("bridge-moved", "The bridge sends us elsewhere.", "Give the address it has now."),
    401: (
        "key-refused",
        "The bridge does not know this key.",
        "Check key and secret; make one with `lrs-bridge key create --role author`.",
    ),
    403: ("key-without-right", "This key may not register activities.", "Use a key of role author."),
    404: ("bridge-not-found", "There is no bridge at this address.", "Give the address that `lrs-bridge serve` is reached under."),
    409: (
        "version-taken",
        "The bridge has another content under this activity and version.",
        "Raise `version` in activity.yaml: what learners were shown under the old one stays as it was.",
    ),
    413: ("definition-too-large", "The definition is larger than the bridge takes.", "Raise the limit of the proxy before the bridge."),
    429: ("bridge-busy", "The bridge asks us to wait.", "Try again in a minute."),
}


def _objections(bridge: str, answer: requests.Response) -> tuple[Problem, ...]:
    """The bridge's own problems where it states some, else what its status means."""
    stated = _stated(bridge, answer)
    if stated:
        return stated
    unexpected = ("bridge-answer-unexpected", f"The bridge answered {answer.status_code}.", "See the bridge's log.")
    code, message, remedy = _STATUSES.get(answer.status_code, unexpected)
    return (Problem(code, Place(bridge), message, remedy),)


def _stated(bridge: str, answer: requests.Response) -> tuple[Problem, ...]:
    try:
        problems = answer.json()["problems"]
        return tuple(Problem(str(each["code"]), Place(bridge), str(each["message"]), str(each["remedy"])) for each in problems)
    except (ValueError, KeyError, TypeError):
        return ()
