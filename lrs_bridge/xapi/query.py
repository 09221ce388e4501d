"""What a reader asks the statements resource for (xAPI 1.0.3 Communication 2.1.3, 2.0 4.1.6.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lrs_bridge.refusals import Malformed, one
from lrs_bridge.xapi import parameters
from lrs_bridge.xapi.actors import key_of
from lrs_bridge.xapi.parameters import Reader
from lrs_bridge.xapi.references import ACTIVITY, ACTIVITY_RELATED, AGENT, AGENT_RELATED, ORIGIN, REGISTRATION, VERB, term

_SOURCE = "xAPI 1.0.3 Communication 2.1.3"
MOST = 200

ONE: Mapping[str, Reader] = {"statementId": parameters.uuid, "voidedStatementId": parameters.uuid}
SHOWN: Mapping[str, Reader] = {"format": parameters.one_of("exact", "ids", "canonical"), "attachments": parameters.boolean}
MANY: Mapping[str, Reader] = {
    "agent": parameters.agent_or_group,
    "verb": parameters.iri,
    "activity": parameters.iri,
    "registration": parameters.uuid,
    "related_activities": parameters.boolean,
    "related_agents": parameters.boolean,
    "since": parameters.moment,
    "until": parameters.moment,
    "limit": parameters.whole_number,
    "ascending": parameters.boolean,
}


@dataclass(frozen=True, slots=True)
class Query:
    """`terms` must all be met. Stored after `since` and no later than `until`; `after` is where the page before ended."""

    terms: tuple[bytes, ...]
    since: str | None
    until: str | None
    limit: int
    ascending: bool
    after: int | None


def named(args: Mapping[str, Any]) -> str | None:
    """The parameter that names one statement; None when many are asked for. Raises `Malformed` when both is asked."""
    given = [name for name in ONE if name in args]
    others = sorted(name for name in args if name in MANY)
    if len(given) > 1:
        raise Malformed(one("one-id", "Both statementId and voidedStatementId are given.", "Send one of them.", source=_SOURCE))
    if given and others:
        message = f"{given[0]} does not go with {', '.join(others)}."
        raise Malformed(one("one-id", message, "Ask for one statement, or filter many.", source=_SOURCE))
    return given[0] if given else None


def of(args: Mapping[str, Any], origin: str | None, after: int | None) -> Query:
    """Of parameters that were read with `MANY`; with `origin`, only of what came that way.

    A limit of 0, or none, is as many as the store gives at once.
    """
    own = () if origin is None else (term(ORIGIN, origin),)
    return Query(
        terms=(*_terms(args), *own),
        since=args.get("since"),
        until=args.get("until"),
        limit=min(args.get("limit") or MOST, MOST),
        ascending=args.get("ascending", False),
        after=after,
    )


def _terms(args: Mapping[str, Any]) -> list[bytes]:
    agents = AGENT_RELATED if args.get("related_agents") else AGENT
    activities = ACTIVITY_RELATED if args.get("related_activities") else ACTIVITY
    # The rarest comes first where nothing else is known.
    wanted = [
        (REGISTRATION, args.get("registration")),
        (agents, key_of(args.get("agent"))),
        (activities, args.get("activity")),
        (VERB, args.get("verb")),
    ]
    return [term(kind, key) for kind, key in wanted if key is not None]
