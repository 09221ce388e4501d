"""Formats of strings, wherever they stand (xAPI 1.0.3 Data 2.2, 2.4.2.3-4, 4)."""

from __future__ import annotations

from typing import Any

from tests.spec.kinds import (
    Duration,
    Extensions,
    Iri,
    Language,
    LanguageMap,
    Sha1,
    Timestamp,
    Uuid,
)
from tests.spec.rules import Rule, missing
from tests.spec.values import (
    DURATIONS,
    LANGUAGES,
    NO_DURATION,
    NO_IRI,
    NO_LANGUAGE,
    NO_MAILTO,
    NO_OBJECT,
    NO_SHA1,
    NO_STRING,
    NO_TIMESTAMP,
    NO_UUID,
    NO_VARIANT,
    TIMESTAMPS,
)


def under(*keys: str) -> tuple[Any, ...]:
    """Language maps under such keys."""
    return tuple({key: "text"} for key in keys)


RULES = [
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
