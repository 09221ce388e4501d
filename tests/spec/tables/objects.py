"""Verbs, activities, references and SubStatements (xAPI 1.0.3 Data 2.4.3-2.4.4)."""

from __future__ import annotations

from tests.spec.examples import ACTIVITY, AGENTS, GROUPS, INTERACTIONS, REFERENCE, statement, substatement
from tests.spec.kinds import (
    without,
)
from tests.spec.rules import Rule, missing
from tests.spec.values import (
    NO_ARRAY,
    NO_IRI,
    NO_OBJECT,
    NO_STRING,
    NO_UUID,
)

OBJECT_AT = r"object(\.object)?"
OBJECTS = [
    Rule(("XAPI-00044",), r"(.+\.)?verb\.id", bad=(*NO_IRI, *NO_STRING), changes=(missing,), good=("urn:verb:read",)),
    Rule(("XAPI-00044",), r"(.+\.)?verb", bad=(*NO_OBJECT, {})),
    Rule(("XAPI-00045",), r"(.+\.)?verb\.display", bad=(*NO_OBJECT, {"en": 5}, {"en": None}, {"a12345678": "x"}), good=({}, {"fr": "lu"})),
    Rule(("XAPI-00046",), OBJECT_AT, bad=tuple({**ACTIVITY, "objectType": kind} for kind in ("activity", "Person", "", *NO_STRING))),
    Rule(("XAPI-00046",), OBJECT_AT, bad=NO_OBJECT),
    Rule(
        ("XAPI-00046",),
        taken=tuple(statement(object=each) for each in (ACTIVITY, AGENTS["mbox"], GROUPS["mbox group"], REFERENCE, substatement())),
    ),
    Rule(("XAPI-00047",), OBJECT_AT, bad=({}, {"objectType": "Activity"}, *({"id": value} for value in (*NO_IRI, *NO_STRING)))),
    Rule(("XAPI-00047",), r".*contextActivities\.\w+(\.\d+)?\.id", bad=(*NO_IRI, *NO_STRING), changes=(missing,)),
    Rule(("XAPI-00048",), r".*definition", bad=NO_OBJECT, good=({},)),
    Rule(("XAPI-00056",), r".*definition\.name", bad=(*NO_OBJECT, {"en": 5}), good=({}, {"fr": "Cas"})),
    Rule(("XAPI-00059",), r".*definition\.description", bad=(*NO_OBJECT, {"en": 5}), good=({}, {"fr": "Cas"})),
    Rule(("XAPI-00060",), r".*definition\.type", bad=(*NO_IRI, *NO_STRING), good=("urn:type:case",)),
    Rule(("XAPI-00061",), r".*definition\.moreInfo", bad=(*NO_IRI, *NO_STRING), good=("https://activities.example/?q=1#top",)),
    Rule(("XAPI-00057",), r".*definition\.extensions", bad=(*NO_OBJECT, {"dose": 5})),
    Rule(
        ("XAPI-00049",),
        r".*definition\.interactionType",
        bad=("Choice", "TRUE-FALSE", "truefalse", "https://x.example/choice", "", *NO_STRING),
    ),
    Rule(("XAPI-00049",), r"object(\.object)?\.definition", good=tuple({"interactionType": kind} for kind in INTERACTIONS)),
    Rule(
        ("XAPI-00064",),
        r".*definition\.(correctResponsesPattern|choices|scale|source|target|steps)",
        bad=(*NO_ARRAY, [5], [None]),
        changes=(lambda whole, path: without(whole, (*path[:-1], "interactionType")),),
    ),
    Rule(("XAPI-00064",), r".*definition\.(choices|scale|source|target|steps)\.\d+", bad=(*NO_OBJECT, {}, {"id": "a", "more": 1})),
    Rule(("XAPI-00064",), r".*definition\.(choices|scale|source|target|steps)\.\d+\.id", bad=NO_STRING, changes=(missing,)),
    Rule(("XAPI-00064",), r".*definition\.(choices|scale|source|target|steps)", bad=([{"id": "a"}, {"id": "a"}],), good=([],)),
    Rule(
        ("XAPI-00065",),
        refused=tuple(
            put(without(someone, ("objectType",)))
            for someone in (*AGENTS.values(), *GROUPS.values())
            for put in (lambda someone: statement(object=someone), lambda someone: statement(object=substatement(object=someone)))
        ),
        taken=tuple(statement(object=someone) for someone in (*AGENTS.values(), *GROUPS.values())),
    ),
    Rule(("XAPI-00072",), r"(object|object\.object|(.+\.)?context\.statement)\.id", changes=(missing,), bad=("", 5)),
    Rule(
        ("XAPI-00072", "XAPI-00092"),
        r".*context\.statement",
        bad=(*NO_OBJECT, {}, {"objectType": "StatementRef", "id": "1"}, {"id": REFERENCE["id"]}, ACTIVITY),
    ),
    Rule(
        ("XAPI-00072",), OBJECT_AT, bad=(*tuple({**REFERENCE, "id": value} for value in (*NO_UUID, *NO_STRING)), {**REFERENCE, "more": 1})
    ),
    Rule(
        ("XAPI-00073",),
        refused=(
            statement(object={"id": REFERENCE["id"]}),
            statement(object=statement()),
            statement(object=substatement(object={"id": REFERENCE["id"]})),
        ),
    ),
]
SUBSTATEMENTS = [
    Rule(
        ("XAPI-00066",),
        refused=(
            *tuple(statement(object=without(substatement(), (name,))) for name in ("actor", "verb", "object")),
            statement(object=substatement(actor={"objectType": "Agent", "name": "Ann"})),
            statement(object=substatement(more=1)),
            statement(object=substatement(result={"success": "yes"})),
        ),
        taken=(statement(object=substatement()),),
    ),
    Rule(("XAPI-00067",), refused=(statement(object=substatement(authority=AGENTS["mbox"])),)),
    Rule(("XAPI-00068",), refused=(statement(object=substatement(version="1.0.0")),)),
    Rule(("XAPI-00069",), refused=(statement(object=substatement(stored="2026-11-20T08:15:30Z")),)),
    Rule(("XAPI-00070",), refused=(statement(object=substatement(id="9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4")),)),
    Rule(("XAPI-00071",), refused=(statement(object=substatement(object=substatement())),)),
]

RULES = [*OBJECTS, *SUBSTATEMENTS]
