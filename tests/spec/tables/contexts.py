"""Contexts, with what 2.0 adds (xAPI 1.0.3 Data 2.4.6; IEEE 4.2.2.5)."""

from __future__ import annotations

from typing import Any

from tests.spec.examples import ACTIVITY, AGENTS, GROUPS, REFERENCE, statement, substatement
from tests.spec.rules import Rule, missing
from tests.spec.values import (
    LANGUAGES,
    NO_ARRAY,
    NO_LANGUAGE,
    NO_OBJECT,
    NO_STRING,
    NO_UUID,
    UUIDS,
)

OTHER_OBJECTS = (AGENTS["mbox"], GROUPS["anonymous group"], REFERENCE, substatement())


def only_of_activities(name: str) -> Rule:
    said = {name: "2026.1"}
    ids = ("XAPI-00084",) if name == "revision" else ("XAPI-00085",)
    return Rule(
        ids,
        refused=(
            *(statement(object=other, context=said) for other in OTHER_OBJECTS),
            *(statement(object=substatement(object=other, context=said)) for other in OTHER_OBJECTS[:-1]),
        ),
        taken=(
            statement(context=said),
            statement(object=ACTIVITY, context=said),
            statement(object=substatement(context=said)),
        ),
    )


CONTEXTS = [
    only_of_activities("revision"),
    only_of_activities("platform"),
    Rule(("XAPI-00086",), r"(.+\.)?contextActivities", bad=NO_OBJECT, good=({},)),
    Rule(("XAPI-00087",), r"(.+\.)?context", bad=(*NO_OBJECT, {"more": 1}), good=({},)),
    Rule(("XAPI-00087",), r"(.+\.)?context\.registration", bad=(*NO_UUID, *NO_STRING), good=UUIDS),
    Rule(("XAPI-00087",), r"(.+\.)?context\.instructor", bad=(*NO_OBJECT, {}, ACTIVITY), good=(*AGENTS.values(), *GROUPS.values())),
    Rule(("XAPI-00089",), r"(.+\.)?context\.revision", bad=NO_STRING, good=("",)),
    Rule(("XAPI-00090",), r"(.+\.)?context\.platform", bad=NO_STRING, good=("",)),
    Rule(("XAPI-00091",), r"(.+\.)?context\.language", bad=(*NO_STRING, *NO_LANGUAGE), good=LANGUAGES),
    Rule(
        ("XAPI-00093",), r"(.+\.)?contextActivities", bad=tuple({name: [ACTIVITY]} for name in ("Parent", "parents", "group", "others", ""))
    ),
    Rule(
        ("XAPI-00093",), r"(.+\.)?contextActivities", good=tuple({name: [ACTIVITY]} for name in ("parent", "grouping", "category", "other"))
    ),
    Rule(
        ("XAPI-00094",),
        r"(.+\.)?contextActivities\.\w+",
        bad=("x", 5, True, {}, [{}], [5], AGENTS["mbox"], [AGENTS["mbox"]], [REFERENCE], [[ACTIVITY]]),
        good=(ACTIVITY, [ACTIVITY], [], [ACTIVITY, {"id": "urn:x"}]),
    ),
]

# --- what 2.0 adds ------------------------------------------------------------------------------

CONTEXTUAL_AGENT: dict[str, Any] = {"objectType": "contextAgent", "agent": AGENTS["mbox"]}
CONTEXTUAL_GROUP: dict[str, Any] = {"objectType": "contextGroup", "group": GROUPS["mbox group"]}


def contextual(
    ids: tuple[str, ...], places: str, whole: dict[str, Any], member: str, others: tuple[Any, ...], those: tuple[Any, ...]
) -> list[Rule]:
    types = ("x", 5, {}, [], [5], ["type"], [""])
    return [
        Rule(ids, rf"(.+\.)?{places}", bad=(*NO_ARRAY, [5], [{}], whole), good=([], [whole, whole])),
        Rule(ids, rf"(.+\.)?{places}\.\d+", bad=({**whole, "more": 1},), good=tuple({**whole, member: each} for each in those)),
        Rule(ids, rf"(.+\.)?{places}\.\d+\.objectType", bad=("Agent", "Group", places, "", *NO_STRING), changes=(missing,)),
        Rule(ids, rf"(.+\.)?{places}\.\d+\.{member}", bad=(*NO_OBJECT, {}, *others), changes=(missing,)),
        Rule(ids, rf"(.+\.)?{places}\.\d+\.relevantTypes", bad=types, good=(["urn:type"],), changes=()),
    ]


ONLY_2_0 = [
    *contextual(("IEEE-context-agents",), "contextAgents", CONTEXTUAL_AGENT, "agent", tuple(GROUPS.values()), tuple(AGENTS.values())),
    *contextual(("IEEE-context-groups",), "contextGroups", CONTEXTUAL_GROUP, "group", tuple(AGENTS.values()), tuple(GROUPS.values())),
]
ONLY_1_0_3 = [
    Rule(
        ("IEEE-context-in-1.0.3",),
        refused=(
            statement(context={"contextAgents": [CONTEXTUAL_AGENT]}),
            statement(context={"contextGroups": [CONTEXTUAL_GROUP]}),
            statement(object=substatement(context={"contextAgents": [CONTEXTUAL_AGENT]})),
        ),
    ),
]

RULES = [*CONTEXTS, *ONLY_2_0, *ONLY_1_0_3]
