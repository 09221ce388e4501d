"""Agents and groups, wherever they stand (xAPI 1.0.3 Data 2.4.2, 2.4.9)."""

from __future__ import annotations

from typing import Any

from tests.spec.examples import ACTIVITY, AGENTS, GROUPS, statement, substatement
from tests.spec.kinds import (
    Path,
    with_at,
)
from tests.spec.rules import Rule
from tests.spec.values import (
    NO_ARRAY,
    NO_OBJECT,
    NO_STRING,
)

AGENT_AT = r"(.+\.)?(actor|authority|instructor|agent)|.*member\.\d+"
IDENTIFIED = r"(.+\.)?(mbox|mbox_sha1sum|openid|account)"


def with_another_identifier(whole: Any, path: Path) -> Any:
    kind, value = ("openid", AGENTS["openid"]["openid"]) if path[-1] != "openid" else ("mbox", AGENTS["mbox"]["mbox"])
    return with_at(whole, (*path[:-1], kind), value)


def as_group(whole: Any, path: Path) -> Any:
    return with_at(whole, path, GROUPS["mbox group"])


def anywhere_in(name: str, value: Any) -> tuple[Any, ...]:
    """Statements of every place of an actor, with that property added to an agent there."""
    agent = {**AGENTS["mbox"], name: value}
    return (
        statement(actor=agent),
        statement(object=agent),
        statement(authority=agent),
        statement(context={"instructor": agent}),
        statement(context={"team": {"objectType": "Group", "member": [agent]}}),
        statement(object=substatement(actor=agent)),
        statement(object=substatement(object=agent)),
    )


NO_IDENTIFIER: dict[str, Any] = {"objectType": "Agent", "name": "Ann"}
RULES = [
    Rule(("XAPI-00031",), r"(.+\.)?(actor|instructor|authority)\.objectType", bad=("Person", "agent", "GROUP", "Activity", "", *NO_STRING)),
    Rule(("XAPI-00032",), r".*member\.\d+\.objectType", bad=(*NO_STRING, "Group", "agent", "")),
    Rule(
        ("XAPI-00033",), r"(.+\.)?(actor|instructor|authority|agent|team|group|object|member\.\d+)\.name", bad=NO_STRING, good=("", "案例")
    ),
    Rule(("XAPI-00034",), AGENT_AT, bad=(NO_IDENTIFIER, {}, {"objectType": "Agent"}, *NO_OBJECT)),
    Rule(("XAPI-00034", "XAPI-00037"), IDENTIFIED, changes=(with_another_identifier,)),
    Rule(("XAPI-00035",), refused=anywhere_in("member", [AGENTS["mbox"]])),
    Rule(("XAPI-00036",), r".*member", bad=(*NO_ARRAY, [5], ["mailto:ann@learners.example"], [{}], [GROUPS["mbox group"]])),
    Rule(("XAPI-00036",), r".*member\.\d+", changes=(as_group,)),
    Rule(
        ("XAPI-00037",),
        r"(.+\.)?(actor|instructor|team|group)",
        bad=({"objectType": "Group"}, {"objectType": "Group", "name": "Ward round"}),
        good=tuple(GROUPS.values()),
    ),
    Rule(("XAPI-00088",), r"(.+\.)?team", bad=(*AGENTS.values(), *NO_OBJECT, {}), good=tuple(GROUPS.values())),
    Rule(("XAPI-00024",), "authority", bad=(*NO_OBJECT, {}, ACTIVITY, GROUPS["mbox group"]), good=tuple(AGENTS.values())),
    Rule(
        ("XAPI-00098", "XAPI-00100"),
        "authority",
        bad=(
            *tuple({"objectType": "Group", "member": [*AGENTS.values()][:count]} for count in (0, 1, 3, 4)),
            {**AGENTS["mbox"], "objectType": "Group", "member": [AGENTS["openid"], AGENTS["account"]]},
        ),
        good=({"objectType": "Group", "member": [AGENTS["openid"], AGENTS["account"]]},),
    ),
]
