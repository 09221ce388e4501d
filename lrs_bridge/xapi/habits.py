"""What clients in the field are known to send and the standard refuses or advises against: read as meant when the setting `lenient` is on.

Nothing here changes a statement or a document: only how parameters are read, and what is said of it in the log.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from typing import Any

from lrs_bridge.refusals import Malformed
from lrs_bridge.xapi import formats
from lrs_bridge.xapi.parse import value_of

UNKNOWN_PARAMETER, OLD_AGENT = "unknown-parameter", "agent-of-xapi-0.9"
NO_ZONE = "timestamp-without-zone"

Pairs = list[tuple[str, str]]


def forgiven(pairs: Pairs, known: Container[str]) -> tuple[Pairs, tuple[str, ...]]:
    """The parameters that are known here, agents in today's spelling; and the habits that were met."""
    kept = [(name, _modern(text) if name == "agent" else text) for name, text in pairs if name in known]
    habits = (UNKNOWN_PARAMETER,) if len(kept) < len(pairs) else ()
    changed = any(pair not in pairs for pair in kept)
    return kept, (*habits, OLD_AGENT) if changed else habits


def met_in(statements: Iterable[Any]) -> tuple[str, ...]:
    """The habits of statements without problems: a time without a zone is read as UTC (xAPI 1.0.3 Data 4.5 only advises to name one)."""
    times = (statement.get("timestamp") for statement in statements)
    return (NO_ZONE,) if any(time is not None and not formats.names_zone(time) for time in times) else ()


def _modern(text: str) -> str:
    """TinCan 0.9's agent, each property a list of one, as Articulate's launchers still send it; any other text unchanged."""
    try:
        value = value_of(text.encode("utf-8", "surrogatepass"))
    except Malformed:
        return text
    if not isinstance(value, dict) or not any(
        isinstance(value.get(name), list) for name in ("name", "mbox", "mbox_sha1sum", "openid", "account")
    ):
        return text
    single = {name: _only(part) if name != "member" else part for name, part in value.items()}
    if isinstance(single.get("account"), dict):
        single["account"] = _account(single["account"])
    return json.dumps(single)


def _only(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _account(value: dict[str, Any]) -> dict[str, Any]:
    names = {"accountServiceHomePage": "homePage", "accountName": "name"}
    return {names.get(name, name): part for name, part in value.items()}
