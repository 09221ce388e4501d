"""Documents of the State, Activity Profile and Agent Profile resources: how each is addressed, and what becomes of it.

Rules: xAPI 1.0.3 Communication 2.2, 2.3, 2.6, 2.7 and 3.1; xAPI 2.0 (IEEE 9274.1.1) 4.1.4 and 4.1.6.2.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from lrs_bridge.refusals import Malformed, one
from lrs_bridge.xapi.actors import IDENTIFIERS, key_of
from lrs_bridge.xapi.etags import Conditions
from lrs_bridge.xapi.parse import value_of
from lrs_bridge.xapi.references import digest
from lrs_bridge.xapi.statement import Edition
from scorm_packager.activity.problems import Problem

Resource = Literal["state", "activity-profile", "agent-profile"]

_CONCURRENCY = "xAPI 1.0.3 Communication 3.1"
_MERGING = "xAPI 1.0.3 Communication 2.2"


@dataclass(frozen=True, slots=True)
class Context:
    """What documents belong to. `agent` is as it was sent; two spellings of one agent are one context.

    `tenant` is the site whose documents they are; empty for those of nobody in particular.
    """

    resource: Resource
    activity: str | None = None
    agent: dict[str, Any] | None = None
    registration: str | None = None
    tenant: str = ""

    @property
    def agent_key(self) -> bytes | None:
        """Digest of what the agent is known by, whatever its name."""
        return None if self.agent is None else digest(key_of(self.agent) or "")

    @property
    def agent_text(self) -> str | None:
        """The agent with its identifier alone."""
        if self.agent is None:
            return None
        identifier = {name: self.agent[name] for name in IDENTIFIERS if name in self.agent}
        return json.dumps({"objectType": "Agent"} | identifier, sort_keys=True, separators=(",", ":"))

    @property
    def key(self) -> bytes:
        """Stands for the context in the store. Documents without a registration are a context of their own."""
        agent = None if self.agent is None else key_of(self.agent)
        return digest(json.dumps([self.resource, self.activity, agent, self.registration, self.tenant]))


@dataclass(frozen=True, slots=True)
class Address:
    """One document: its context, and its stateId or profileId."""

    context: Context
    name: str

    @property
    def name_key(self) -> bytes:
        return digest(self.name)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a document and what they are, as they were sent."""

    content_type: str
    body: bytes

    @property
    def etag(self) -> str:
        """SHA-1 in hex digits (xAPI 1.0.3 Communication 3.1), without quotes."""
        return hashlib.sha1(self.body, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Stored:
    """A document in the store; `updated` is the moment of its last change."""

    content: Content
    etag: str
    updated: str


# --- what becomes of it -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Store:
    content: Content


@dataclass(frozen=True, slots=True)
class Remove:
    pass


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nothing is changed, and why."""

    kind: Literal["malformed", "conflict", "precondition"]
    problems: tuple[Problem, ...]


def put(resource: Resource, stored: Stored | None, sent: Content, conditions: Conditions, edition: Edition) -> Store | Refuse:
    """What a PUT does: a profile, and in 2.0 a state too, is never overwritten by who has not seen it."""
    if not conditions.hold(_etag(stored)):
        return _unmet(stored)
    if conditions.given or (resource == "state" and edition == "1.0.3"):
        return Store(sent)
    if stored is not None:
        return _unseen()
    return Store(sent) if edition == "2.0.0" else _unconditional()


def post(stored: Stored | None, sent: Content, conditions: Conditions) -> Store | Refuse:
    """What a POST does: the JSON object that is there gets the sent one's properties, or the document is new."""
    if not conditions.hold(_etag(stored)):
        return _unmet(stored)
    try:
        return Store(sent if stored is None else merged(stored.content, sent))
    except Malformed as error:
        return Refuse("malformed", error.problems)


def delete(stored: Stored | None, conditions: Conditions) -> Remove | Refuse:
    return Remove() if conditions.hold(_etag(stored)) else _unmet(stored)


def _etag(stored: Stored | None) -> str | None:
    return None if stored is None else stored.etag


# --- merging ------------------------------------------------------------------------------------


def is_json(content: Content) -> bool:
    return content.content_type.split(";")[0].strip().lower() == "application/json"


def check_json(content: Content) -> None:
    """Raises `Malformed` for what says that it is JSON and is not (xAPI 1.0.3 Communication 2.2)."""
    if is_json(content):
        value_of(content.body)


def merged(stored: Content, sent: Content) -> Content:
    """Property by property, the sent one's over the stored one's, one level deep; each value keeps its own characters.

    Raises `Malformed` unless both are JSON objects.
    """
    old, new = _properties(stored, "stored"), _properties(sent, "sent")
    return Content(sent.content_type, msgspec.json.encode(old | new))


def _properties(content: Content, which: str) -> dict[str, msgspec.Raw]:
    if not is_json(content):
        message = f"The {which} document is not application/json, so that the two cannot be merged."
        raise Malformed(one("not-mergeable", message, "PUT the whole document.", source=_MERGING))
    if not isinstance(value_of(content.body), dict):
        message = f"The {which} document is JSON, but not an object, so that the two cannot be merged."
        raise Malformed(one("not-mergeable", message, "PUT the whole document.", source=_MERGING))
    try:
        return msgspec.json.decode(content.body, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError as error:  # half a surrogate pair, which is no text
        raise Malformed(
            one("not-json", f"The {which} document is not JSON: {error}.", "PUT the whole document.", source=_MERGING)
        ) from None


# --- refusals -----------------------------------------------------------------------------------


def _unmet(stored: Stored | None) -> Refuse:
    there = "There is no such document" if stored is None else f'The document is there with the ETag "{stored.etag}"'
    message = f"{there}, which is not what If-Match or If-None-Match asks for. Nothing was changed."
    remedy = "Get the document again, and send your change with the ETag of that answer, not weakened (W/)."
    return Refuse("precondition", one("precondition-failed", message, remedy, source=_CONCURRENCY))


def _unseen() -> Refuse:
    message = "There is a document already, and the request does not say which version of it should be replaced. Nothing was changed."
    remedy = "Get the document and see what is in it; then send its ETag in If-Match."
    return Refuse("conflict", one("document-exists", message, remedy, source=_CONCURRENCY))


def _unconditional() -> Refuse:
    message = "A profile is put only with If-Match or If-None-Match, so that nobody's change is lost."
    remedy = "Send If-None-Match: * for a new profile, or If-Match with the ETag of the one to be replaced."
    return Refuse("malformed", one("condition-missing", message, remedy, source=_CONCURRENCY))
