"""What a statement says of its attachments (xAPI 1.0.3 Data 2.4.11)."""

from __future__ import annotations

from tests.spec.examples import ATTACHMENT
from tests.spec.kinds import (
    MediaType,
    Sha2,
)
from tests.spec.rules import Rule, missing
from tests.spec.values import (
    NO_ARRAY,
    NO_IRI,
    NO_MEDIA_TYPE,
    NO_NUMBER,
    NO_OBJECT,
    NO_SHA2,
    NO_STRING,
)

RULES = [
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
