"""What a statement is made of: every rule of the Data part in every place where it holds (xAPI 1.0.3 Data 2.2-2.4, 4; IEEE 4.2).

Tables: a rule speaks of places in sound statements, says what must be refused there and what must be taken.
"""

from __future__ import annotations

from typing import Any

from tests.spec.examples import (
    ACTIVITY,
    AGENTS,
    ATTACHMENT,
    CONTEXT,
    GROUPS,
    INTERACTIONS,
    REFERENCE,
    VERB,
    examples,
    statement,
    substatement,
)
from tests.spec.kinds import (
    Duration,
    Enumerated,
    Extensions,
    Iri,
    Language,
    LanguageMap,
    Mailto,
    MediaType,
    Path,
    Sha1,
    Sha2,
    Text,
    Timestamp,
    Uuid,
    at,
    renamed,
    walk,
    with_at,
    without,
)
from tests.spec.lrs import LRS, new_id
from tests.spec.requirements import EDITIONS, asks, asks_each
from tests.spec.rules import Case, Rule, missing, wrongly_refused, wrongly_taken

NO_STRING = (5, True, ["x"], {})
NO_OBJECT = ("x", 5, True, [], [{}])
NO_ARRAY = ("x", 5, True, {})
NO_NUMBER = ("5", "0.5", True, [5], {})
NO_BOOLEAN = ("true", "false", 1, 0, [True], {})

# --- formats ------------------------------------------------------------------------------------

NO_IRI = ("", "activities.example/af", "/af", "//activities.example/af", "has no scheme", "https://has blanks.example/ x", ":x", "1a:b")
NO_MAILTO = ("", "ann@learners.example", "mailto:", "mailto:ann", "mailto:ann@", "http://ann@learners.example", "MAIL:ann@x.example")
NO_UUID = (
    "",
    "9d2b1c3e",
    "9d2b1c3e0f4a4b5c8d6e7f8091a2b3c4",
    "{9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4}",
    "9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c",
    "9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c44",
    "gd2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4",
    "9d2b1c3e-0f4a4-b5c-8d6e-7f8091a2b3c4",
    "urn:uuid:9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4",
)
# The variant's digit is one of 8, 9, a, b (RFC 4122 4.1.1).
NO_VARIANT = ("9d2b1c3e-0f4a-4b5c-0d6e-7f8091a2b3c4", "9d2b1c3e-0f4a-4b5c-cd6e-7f8091a2b3c4", "9d2b1c3e-0f4a-4b5c-fd6e-7f8091a2b3c4")
UUIDS = (
    "9D2B1C3E-0F4A-4B5C-8D6E-7F8091A2B3C4",
    "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    "9073926b-929f-51c2-abc9-fad77ae3e8eb",
)
NO_TIMESTAMP = (
    "",
    "yesterday",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "2026-11-20T08:61:00Z",
    "20 Nov 2026 08:15:30 GMT",
    "1763626530",
    "2026-11-20T08:15:30-00",
    "2026-11-20T08:15:30-0000",
    "2026-11-20T08:15:30-00:00",
    "2026-11-20T08:15:30Z+01:00",
)
TIMESTAMPS = (
    "2026-11-20T08:15:30Z",
    "2026-11-20T08:15:30.1Z",
    "2026-11-20T08:15:30.123456789Z",
    "2026-11-20T08:15:30+00:00",
    "2026-11-20T08:15:30+05:30",
    "2026-11-20T08:15:30-0600",
    "2026-11-20T08:15:30+01",
    "2028-02-29T23:59:59.999Z",
)
NO_DURATION = (
    "",
    "P",
    "PT",
    "P1",
    "1H",
    "PT1",
    "P1H",
    "PT1D",
    "P4W1D",
    "PT1S1M",
    "P1DT",
    "pt1h",
    "P0001-02-03T04:05:06",
    "PT1.H",
    "01:02:03",
)
DURATIONS = (
    "P3Y1M29DT4H35M59.14S",
    "PT16559.14S",
    "P3Y1M29DT4H35M59S",
    "P1Y",
    "PT4H35M",
    "P4W",
    "PT0S",
    "PT1H0.123456S",
    "P0.5Y",
    "PT1,5S",
)
NO_LANGUAGE = ("", "a12345678", "en_US", "-en", "en-", "e", "en--US", "zh-z-aaa-z-bbb-c-ccc", "en-US-toolongsubtag", "123", "en US")
LANGUAGES = (
    "en",
    "EN-us",
    "cmn",
    "sr-Latn-RS",
    "zh-Hant-TW",
    "es-419",
    "sl-rozaj-biske",
    "de-CH-1901",
    "en-x-ward",
    "x-own",
    "de-DE-u-co-phonebk",
)
NO_SHA1 = ("", "ann@learners.example", "0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8", "0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8g")
NO_SHA2 = ("", "abc", "0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8d", "g" * 64, "a" * 63)
NO_MEDIA_TYPE = ("", "pdf", "application/", "/pdf", "application pdf", "a/b/c")
OTHER_KEYS: dict[str, Any] = {"en": "fine"}


def under(*keys: str) -> tuple[Any, ...]:
    """Language maps under such keys."""
    return tuple({key: "text"} for key in keys)


FORMATS = [
    Rule(("XAPI-00038",), r".*mbox", bad=(*NO_MAILTO, *NO_STRING), good=("mailto:o'neill+cme@ward-3.hospital.example",)),
    Rule(("XAPI-00039",), Sha1, bad=(*NO_SHA1, *NO_STRING), good=("0C5B9E1F7D2A4B6C8E0F1A3B5C7D9E1F2A4B6C8D",)),
    Rule(("XAPI-00040",), r".*openid", bad=(*NO_IRI, *NO_STRING), good=("https://ann.openid.example/", "xri:=ann")),
    Rule(("XAPI-00041",), r".*account", bad=(*NO_OBJECT, {}, {"homePage": "https://lms.example", "name": "a", "more": 1})),
    Rule(("XAPI-00042",), r".*account\.homePage", bad=(*NO_IRI, *NO_STRING), changes=(missing,), good=("http://lms.example:8080/a?b=c",)),
    Rule(("XAPI-00043",), r".*account\.name", bad=NO_STRING, changes=(missing,), good=("ann", "Ünïcödé 案例", "17")),
    Rule(("XAPI-00027", "XAPI-00029"), Uuid, bad=NO_UUID),
    Rule(("XAPI-00028",), "id", bad=NO_STRING),
    Rule(("XAPI-00030",), Uuid, bad=NO_VARIANT),
    Rule(("XAPI-00022", "XAPI-00123"), Timestamp, bad=(*NO_TIMESTAMP, *NO_STRING), good=TIMESTAMPS),
    Rule(("XAPI-00077", "XAPI-00124", "IEEE-duration-precision"), Duration, bad=(*NO_DURATION, *NO_STRING), good=DURATIONS),
    Rule(("XAPI-00091",), Language, bad=(*NO_LANGUAGE, *NO_STRING), good=LANGUAGES),
    Rule(("XAPI-00013", "XAPI-00121"), LanguageMap, bad=under(*NO_LANGUAGE), good=(*under(*LANGUAGES), {})),
    Rule(("XAPI-00011",), Iri, bad=("activities.example/af", "//activities.example/af", "af")),
    Rule(("XAPI-00007",), Iri, bad=("",)),
    Rule(("XAPI-00007",), Timestamp, bad=("",)),
    Rule(("XAPI-00118", "XAPI-00120"), Extensions, bad=({"dose": 5}, {"": 5}, {"//x.example/dose": 1}, *NO_OBJECT)),
    Rule(
        ("XAPI-00119",),
        Extensions,
        good=(*tuple({"urn:x": value} for value in (None, "", {}, [], 0, False, {"deep": [None, {"er": ""}]})), {}),
    ),
]

# --- actors, verbs, objects ---------------------------------------------------------------------

AGENT_AT = r"(.+\.)?(actor|authority|instructor|agent)|.*member\.\d+"
IDENTIFIED = r"(.+\.)?(mbox|mbox_sha1sum|openid|account)"


def also(name: str, value: Any) -> Any:
    """The change that adds a property beside the place."""
    return lambda whole, path: with_at(whole, (*path[:-1], name), value)


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
ACTORS = [
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

# --- SubStatements ------------------------------------------------------------------------------

SUBSTATEMENTS = [
    Rule(
        ("XAPI-00066",),
        refused=(
            *tuple(statement(object=without(substatement(), (name,))) for name in ("actor", "verb", "object")),
            statement(object=substatement(actor=NO_IDENTIFIER)),
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

# --- results ------------------------------------------------------------------------------------


def score(**values: Any) -> tuple[Any, ...]:
    return (statement(result={"score": values}), statement(object=substatement(result={"score": values})))


RESULTS = [
    Rule(("XAPI-00074",), r"(.+\.)?result\.success", bad=NO_BOOLEAN, good=(True, False)),
    Rule(("XAPI-00075",), r"(.+\.)?result\.completion", bad=NO_BOOLEAN, good=(True, False)),
    Rule(("XAPI-00076",), r"(.+\.)?result\.response", bad=NO_STRING, good=("", "4.5")),
    Rule(("XAPI-00077",), r"(.+\.)?result", bad=(*NO_OBJECT, {"more": 1}), good=({},)),
    Rule(("XAPI-00078",), r"(.+\.)?result\.extensions", bad=(*NO_OBJECT, {"dose": 5})),
    Rule(("XAPI-00079",), r"(.+\.)?score", bad=(*NO_OBJECT, {"more": 1}), good=({}, {"raw": 3})),
    Rule(("XAPI-00080",), r"(.+\.)?score\.max", bad=(*NO_NUMBER, 0, -1, 10), good=(15, 20.5, 1e6)),
    Rule(("XAPI-00081",), r"(.+\.)?score\.min", bad=(*NO_NUMBER, 20, 21, 16), good=(15, -3.5, 0.0)),
    Rule(("XAPI-00082",), r"(.+\.)?score\.raw", bad=(*NO_NUMBER, -0.01, 20.01), good=(0, 20, 7.25)),
    Rule(("XAPI-00083",), r"(.+\.)?score\.scaled", bad=(*NO_NUMBER, 1.01, -1.01, 5, -2), good=(-1, -1.0, 0, 0.3333, 1)),
    Rule(
        ("XAPI-00080", "XAPI-00081", "XAPI-00082"),
        refused=(*score(min=5, max=5), *score(min=5, max=4), *score(raw=4, min=5), *score(raw=6, max=5)),
        taken=(*score(raw=-4), *score(min=5), *score(max=-5), *score(raw=5, min=5), *score(scaled=0.1, raw=90, min=0, max=100)),
    ),
]

# --- context and attachments --------------------------------------------------------------------

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
ATTACHMENTS = [
    Rule(("XAPI-00025",), r"(.+\.)?attachments", bad=(*NO_ARRAY, [5], [{}], ATTACHMENT), good=([], [ATTACHMENT, ATTACHMENT])),
    Rule(("XAPI-00102",), r".*attachments\.\d+\.length", bad=(*NO_NUMBER, 1.5, -1), changes=(missing,), good=(0, 4_000_000_000)),
    Rule(
        ("XAPI-00103",),
        Sha2,
        bad=(*NO_SHA2, *NO_STRING),
        changes=(missing,),
        good=tuple("aB" * (bits // 8) for bits in (224, 256, 384, 512)),
    ),
    Rule(("XAPI-00104",), r".*attachments\.\d+\.fileUrl", bad=(*NO_IRI, *NO_STRING), good=("http://x.example/a%20b.pdf",)),
    Rule(
        ("XAPI-00105",),
        MediaType,
        bad=(*NO_MEDIA_TYPE, *NO_STRING),
        changes=(missing,),
        good=("text/plain; charset=utf-8", "image/svg+xml"),
    ),
    Rule(("XAPI-00106",), r".*attachments\.\d+\.display", bad=(*NO_OBJECT, {"en": 5}, {"a12345678": "x"}), changes=(missing,), good=({},)),
    Rule(("XAPI-00106",), r".*attachments\.\d+\.description", bad=(*NO_OBJECT, {"en": 5}, {"a12345678": "x"}), good=({},)),
    Rule(("XAPI-00107",), r".*attachments\.\d+\.usageType", bad=(*NO_IRI, *NO_STRING), changes=(missing,), good=("urn:usage",)),
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

# --- whole statements ---------------------------------------------------------------------------

TARGETS = (ACTIVITY, AGENTS["mbox"], GROUPS["anonymous group"], substatement(), {"id": REFERENCE["id"]})
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en": "voided"}}
WHOLE = [
    Rule(("XAPI-00003",), "actor", changes=(missing,)),
    Rule(("XAPI-00004",), "verb", changes=(missing,)),
    Rule(("XAPI-00005",), "object", changes=(missing,)),
    Rule(("XAPI-00017",), refused=tuple(statement(verb=VOIDED, object=target) for target in TARGETS)),
    Rule(("XAPI-00019", "XAPI-00020", "IEEE-unknown-target"), taken=(statement(verb=VOIDED, object=REFERENCE),)),
    Rule(("XAPI-00101",), "version", bad=("", "0.9", "0.95", "1.1.0", "1", "3.0.0", "one", *NO_STRING), good=("1.0.0", "1.0.9", "1.0")),
    Rule(("IEEE-future-timestamp",), "timestamp", good=("2041-01-01T00:00:00Z",)),
]

TABLES = [*FORMATS, *ACTORS, *OBJECTS, *SUBSTATEMENTS, *RESULTS, *CONTEXTS, *ATTACHMENTS, *ONLY_2_0, *ONLY_1_0_3, *WHOLE]


@asks_each([(rule.ids, rule) for rule in TABLES])
def test_refuses_what_breaks_the_rule_and_takes_what_keeps_it(lrs: LRS, row: Rule) -> None:
    refused, taken = row.cases_refused(lrs.edition), row.cases_taken(lrs.edition)
    assert refused or taken, "the rule speaks of no place"
    assert (wrongly_taken(lrs, refused), wrongly_refused(lrs, taken)) == ([], [])


@asks_each([(rule.ids, rule) for rule in TABLES], engines=("sqlite",))
def test_refuses_one_alone_by_post_and_by_put(lrs: LRS, row: Rule) -> None:
    for case in row.cases_refused(lrs.edition)[:1]:
        assert lrs.asks("POST", "/statements", json=case.statement).status_code == 400, case.label
        assert lrs.puts(case.statement, identity=REFERENCE["id"]).status_code == 400, case.label


@asks("XAPI-00014")
def test_takes_every_kind_of_sound_statement(lrs: LRS) -> None:
    assert wrongly_refused(lrs, [Case(str(each), each) for each in examples(lrs.edition)]) == []


@asks("XAPI-00027", "XAPI-00030")
def test_takes_ids_of_every_version_in_either_case(lrs: LRS) -> None:
    plain = [new_id() for _ in range(32)]
    kinds = [version + variant for version in "12345678" for variant in "89ab"]
    ids = [f"{one[:14]}{kind[0]}{one[15:19]}{kind[1]}{one[20:]}" for one, kind in zip(plain, kinds, strict=True)]
    sent = [identity.upper() if index % 2 else identity for index, identity in enumerate(ids)]
    assert [kept.lower() for kept in lrs.keeps(*(statement(id=identity) for identity in sent))] == ids


# --- rules that hold everywhere -----------------------------------------------------------------


def everywhere(edition: str) -> list[tuple[Any, Path, Any]]:
    """(statement, path, value) of every place outside maps, each sort of place once."""
    found: dict[Any, tuple[Any, Path, Any]] = {}
    for each in examples(edition):
        for path, value in walk(each):
            found.setdefault((path, type(value)), (each, path, value))
    return list(found.values())


@asks("XAPI-00001")
def test_refuses_null_everywhere_outside_extensions(lrs: LRS) -> None:
    cases = [Case(str(path), with_at(whole, path, None)) for whole, path, _ in everywhere(lrs.edition)]
    assert wrongly_taken(lrs, cases) == []
    empty = [Case(name, statement(**{name: {}})) for name in ("actor", "verb", "object")]
    assert wrongly_taken(lrs, empty) == []


OTHER_TYPES: dict[type, tuple[Any, ...]] = {
    str: (5, True, [], {}),
    bool: ("true", 1, [], {}),
    int: ("5", True, [], {}),
    float: ("0.5", True, [], {}),
    list: ("x", 5, True),
    dict: ("x", 5, True),
}


@asks("XAPI-00006")
def test_refuses_the_wrong_type_everywhere(lrs: LRS) -> None:
    cases = [
        Case(f"{path}: {other!r}", with_at(whole, path, other))
        for whole, path, value in everywhere(lrs.edition)
        for other in OTHER_TYPES[
            next(kind for kind in OTHER_TYPES if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
        ]
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00008")
def test_refuses_every_property_in_another_case(lrs: LRS) -> None:
    cases = [
        Case(f"{path} as {name}", renamed(whole, path, name))
        for whole, path, _ in everywhere(lrs.edition)
        if isinstance(path[-1], str)
        for name in (path[-1].upper(), path[-1].capitalize())
        if name != path[-1]
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00009")
def test_refuses_every_enumerated_value_in_another_case(lrs: LRS) -> None:
    cases = [
        Case(f"{path}: {other}", with_at(whole, path, other))
        for whole, path, value in everywhere(lrs.edition)
        if isinstance(value, Enumerated)
        for other in (value.upper(), value.swapcase(), f"{value} ")
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00010")
def test_refuses_an_unknown_property_in_every_object(lrs: LRS) -> None:
    maps = (LanguageMap, Extensions)
    objects = [(whole, path) for whole, path, value in everywhere(lrs.edition) if isinstance(value, dict) and not isinstance(value, maps)]
    cases = [
        Case(f"{path}.{name}", with_at(whole, (*path, name), "x"))
        for whole, path in [*objects, (statement(), ())]
        for name in ("iD", "note", "")
    ]
    assert wrongly_taken(lrs, cases) == []


@asks("XAPI-00007")
def test_refuses_the_empty_string_wherever_there_is_a_format(lrs: LRS) -> None:
    formats = (Iri, Mailto, Uuid, Timestamp, Duration, Language, Sha1, Sha2, MediaType, Enumerated)
    cases = [Case(str(path), with_at(whole, path, "")) for whole, path, value in everywhere(lrs.edition) if isinstance(value, formats)]
    assert wrongly_taken(lrs, cases) == []


def test_the_examples_hold_every_property_of_the_standard() -> None:
    named = {str(path[-1]) for edition in EDITIONS for _, path, _ in everywhere(edition)}
    assert named >= {*CONTEXT, *ATTACHMENT, *VERB, "account", "homePage", "member", "interactionType", "correctResponsesPattern"}
    assert {type(value) for _, _, value in everywhere("2.0.0")} >= {
        Text,
        Iri,
        Mailto,
        Uuid,
        Sha1,
        Sha2,
        MediaType,
        Timestamp,
        Duration,
        Language,
    }
    assert at(examples("1.0.3")[1], ("result", "score", "raw")) == 15
