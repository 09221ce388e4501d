"""What a statement needs, voiding, version (xAPI 1.0.3 Data 2.3.2, 2.4)."""

from __future__ import annotations

from tests.spec.examples import ACTIVITY, AGENTS, GROUPS, REFERENCE, statement, substatement
from tests.spec.rules import Rule, missing
from tests.spec.values import (
    NO_STRING,
)

TARGETS = (ACTIVITY, AGENTS["mbox"], GROUPS["anonymous group"], substatement(), {"id": REFERENCE["id"]})
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en": "voided"}}
RULES = [
    Rule(("XAPI-00003",), "actor", changes=(missing,)),
    Rule(("XAPI-00004",), "verb", changes=(missing,)),
    Rule(("XAPI-00005",), "object", changes=(missing,)),
    Rule(("XAPI-00017",), refused=tuple(statement(verb=VOIDED, object=target) for target in TARGETS)),
    Rule(("XAPI-00019", "XAPI-00020", "IEEE-unknown-target"), taken=(statement(verb=VOIDED, object=REFERENCE),)),
    Rule(("XAPI-00101",), "version", bad=("", "0.9", "0.95", "1.1.0", "1", "3.0.0", "one", *NO_STRING), good=("1.0.0", "1.0.9", "1.0")),
    Rule(("IEEE-future-timestamp",), "timestamp", good=("2041-01-01T00:00:00Z",)),
]
