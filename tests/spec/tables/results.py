"""Results and scores (xAPI 1.0.3 Data 2.4.5)."""

from __future__ import annotations

from typing import Any

from tests.spec.examples import statement, substatement
from tests.spec.rules import Rule
from tests.spec.values import (
    NO_BOOLEAN,
    NO_NUMBER,
    NO_OBJECT,
    NO_STRING,
)


def score(**values: Any) -> tuple[Any, ...]:
    return (statement(result={"score": values}), statement(object=substatement(result={"score": values})))


RULES = [
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
        refused=(
            *score(min=5, max=5),
            *score(min=5, max=4),
            *score(raw=4, min=5),
            *score(raw=6, max=5),
            *score(raw=2**53 + 1, min=0, max=2**53),
        ),
        taken=(
            *score(raw=-4),
            *score(min=5),
            *score(max=-5),
            *score(raw=5, min=5),
            *score(scaled=0.1, raw=90, min=0, max=100),
            *score(raw=2**60, min=2**60 - 1, max=2**60),
            *score(raw=10**30, max=10**31),
        ),
    ),
]
