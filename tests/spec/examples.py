"""Statements that together hold every property of the standard in every place where it may stand, each value with its kind."""

from __future__ import annotations

from typing import Any

from tests.spec.kinds import (
    Duration,
    Enumerated,
    Extensions,
    Iri,
    Language,
    LanguageMap,
    Mailto,
    MediaType,
    Sha1,
    Sha2,
    Text,
    Timestamp,
    Uuid,
    Version,
)

Values = dict[str, Any]

# --- parts --------------------------------------------------------------------------------------

AGENTS: dict[str, Values] = {
    "mbox": {"objectType": Enumerated("Agent"), "name": Text("Ann"), "mbox": Mailto("mailto:ann@learners.example")},
    "mbox_sha1sum": {"objectType": Enumerated("Agent"), "mbox_sha1sum": Sha1("0c5b9e1f7d2a4b6c8e0f1a3b5c7d9e1f2a4b6c8d")},
    "openid": {"objectType": Enumerated("Agent"), "openid": Iri("https://openid.learners.example/ann")},
    "account": {
        "objectType": Enumerated("Agent"),
        "account": {"homePage": Iri("https://lms.learners.example"), "name": Text("ann-17")},
    },
}
_MEMBERS = [AGENTS["openid"], AGENTS["account"]]
GROUPS: dict[str, Values] = {
    f"{kind} group": {**agent, "objectType": Enumerated("Group"), "member": _MEMBERS} for kind, agent in AGENTS.items()
} | {
    "anonymous group": {"objectType": Enumerated("Group"), "name": Text("Ward round"), "member": _MEMBERS},
    "group without members": {**AGENTS["account"], "objectType": Enumerated("Group")},
}
VERB: Values = {"id": Iri("https://verbs.example/reviewed"), "display": LanguageMap({"en": "reviewed", "sr-Latn-RS": "pregledano"})}
REFERENCE: Values = {"objectType": Enumerated("StatementRef"), "id": Uuid("5f0c3c1e-0d59-4a3c-9f5b-7b8f4f5e0c11")}
_NAMES = LanguageMap({"en-GB": "Anticoagulation", "de": "Gerinnungshemmung"})
_ABOUT = LanguageMap({"en-US": "A case", "cmn": "案例"})
_MORE = Extensions({"https://extensions.example/dose": {"mg": 5, "note": None}, "urn:extension:empty": {}})


def component(identity: str) -> Values:
    return {"id": Text(identity), "description": LanguageMap({"en": f"Option {identity}"})}


_PAIR = [component("a"), component("b")]
INTERACTIONS: dict[str, Values] = {
    "true-false": {"correctResponsesPattern": [Text("true")]},
    "choice": {"choices": _PAIR, "correctResponsesPattern": [Text("a[,]b")]},
    "fill-in": {"correctResponsesPattern": [Text("Bob's your uncle")]},
    "long-fill-in": {"correctResponsesPattern": [Text("{case_matters=false}{lang=en}To keep")]},
    "matching": {"source": _PAIR, "target": _PAIR, "correctResponsesPattern": [Text("a[.]b")]},
    "performance": {"steps": _PAIR, "correctResponsesPattern": [Text("a[.]1:[,]b[.]x")]},
    "sequencing": {"choices": _PAIR, "correctResponsesPattern": [Text("b[,]a")]},
    "likert": {"scale": _PAIR, "correctResponsesPattern": [Text("a")]},
    "numeric": {"correctResponsesPattern": [Text("4[:]")]},
    "other": {"correctResponsesPattern": [Text("(35.937,-86.867)")]},
}


def interaction(kind: str) -> Values:
    return {
        "objectType": Enumerated("Activity"),
        "id": Iri(f"https://activities.example/items/{kind}"),
        "definition": {"interactionType": Enumerated(kind), **INTERACTIONS[kind]},
    }


ACTIVITY: Values = {
    "objectType": Enumerated("Activity"),
    "id": Iri("https://activities.example/af"),
    "definition": {
        "name": _NAMES,
        "description": _ABOUT,
        "type": Iri("http://adlnet.gov/expapi/activities/course"),
        "moreInfo": Iri("https://activities.example/af/about"),
        "extensions": _MORE,
    },
}
RESULT: Values = {
    "score": {"scaled": 0.75, "raw": 15, "min": 0, "max": 20.0},
    "success": True,
    "completion": False,
    "response": Text("a[,]b"),
    "duration": Duration("PT1H2M3.45S"),
    "extensions": _MORE,
}
CONTEXT: Values = {
    "registration": Uuid("0b0f6f3e-6a0e-4c0b-8d8d-0e7f0b9b2a77"),
    "instructor": AGENTS["account"],
    "team": GROUPS["mbox group"],
    "contextActivities": {
        "parent": [ACTIVITY],
        "grouping": [ACTIVITY, interaction("choice")],
        "category": ACTIVITY,
        "other": [{"id": Iri("urn:uuid:7d1f0e5c-63a4-4e0a-9d0f-3a8d2a6d3b11")}],
    },
    "revision": Text("2026.1"),
    "platform": Text("Northfield LMS"),
    "language": Language("en-US"),
    "statement": REFERENCE,
    "extensions": _MORE,
}
# What may stand where the object is no activity.
CONTEXT_OF_OTHERS = {name: value for name, value in CONTEXT.items() if name not in ("revision", "platform")}
ATTACHMENT: Values = {
    "usageType": Iri("https://attachments.example/certificate"),
    "display": LanguageMap({"en": "Certificate"}),
    "description": LanguageMap({"en": "Of completion"}),
    "contentType": MediaType("application/pdf"),
    "length": 2048,
    "sha2": Sha2("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
    "fileUrl": Iri("https://attachments.example/certificate.pdf"),
}
CONTEXTUAL: Values = {
    "contextAgents": [
        {
            "objectType": Enumerated("contextAgent"),
            "agent": AGENTS["mbox"],
            "relevantTypes": [Iri("https://types.example/preceptor"), Iri("https://types.example/author")],
        },
        {"objectType": Enumerated("contextAgent"), "agent": AGENTS["openid"]},
    ],
    "contextGroups": [
        {
            "objectType": Enumerated("contextGroup"),
            "group": GROUPS["anonymous group"],
            "relevantTypes": [Iri("https://types.example/team")],
        },
    ],
}

# --- statements ---------------------------------------------------------------------------------

# The id of the one example that has one.
OWN_ID = Uuid("9d2b1c3e-0f4a-4b5c-8d6e-7f8091a2b3c4")


def statement(**changes: Any) -> Values:
    """The least that is a statement, with something else or more."""
    return {"actor": AGENTS["mbox"], "verb": VERB, "object": {"id": Iri("https://activities.example/af")}} | changes


def substatement(**changes: Any) -> Values:
    return {"objectType": Enumerated("SubStatement"), **statement(**changes)}


def _said(context: Values) -> list[Values]:
    """What a statement and a SubStatement may both hold."""
    told: Values = {"result": RESULT, "timestamp": Timestamp("2026-11-20T08:15:30.125Z"), "attachments": [ATTACHMENT]}
    others = {name: value for name, value in context.items() if name not in ("revision", "platform")}
    return [
        {"object": ACTIVITY, "context": context, **told},
        {"object": REFERENCE, "context": others, **told},
        *({"object": interaction(kind)} for kind in INTERACTIONS),
        *({"actor": someone} for someone in (*AGENTS.values(), *GROUPS.values())),
        *({"object": someone} for someone in (*AGENTS.values(), *GROUPS.values())),
        *({"context": {"instructor": someone}} for someone in (*AGENTS.values(), *GROUPS.values())),
        *({"context": {"team": group}} for group in GROUPS.values()),
    ]


def examples(edition: str) -> list[Values]:
    """Statements that are sound in that edition."""
    context = CONTEXT | (CONTEXTUAL if edition == "2.0.0" else {})
    said = _said(context)
    pair = {"objectType": Enumerated("Group"), "member": [AGENTS["account"], AGENTS["mbox"]]}
    own: Values = {"id": OWN_ID, "stored": Timestamp("2026-11-20T08:15:31Z")}
    return [
        statement(),
        statement(**said[0], **own, authority=AGENTS["mbox"], version=Version("1.0.0" if edition == "1.0.3" else "2.0.0")),
        *(statement(**parts) for parts in said),
        *(statement(object=substatement(**parts)) for parts in said),
        *(statement(authority=someone) for someone in (*AGENTS.values(), pair)),
        statement(verb={"id": Iri("http://adlnet.gov/expapi/verbs/voided")}, object=REFERENCE),
    ]
