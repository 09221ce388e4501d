"""Every IRI that CME Bridge utters or understands by heart, one constant each, with its source.

Our own terms stand under one base that customers cannot change: a verb must mean the same everywhere; only activity ids are a customer's.
"""

from __future__ import annotations

BASE = "https://w3id.org/cme-bridge"

# ADL vocabulary, http://adlnet.gov/expapi (ADL authored profiles)
INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
RESPONDED = "http://adlnet.gov/expapi/verbs/responded"
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
SCORED = "http://adlnet.gov/expapi/verbs/scored"
PASSED = "http://adlnet.gov/expapi/verbs/passed"
FAILED = "http://adlnet.gov/expapi/verbs/failed"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
# Activity Streams 1.0
ACKNOWLEDGED = "http://activitystrea.ms/schema/1.0/acknowledge"
# AcrossX profile
EVALUATED = "https://w3id.org/xapi/acrossx/verbs/evaluated"
# TinCan registry
EARNED = "http://id.tincanapi.com/verb/earned"
# Ours: no existing term was found (domain facts, "credit claim", "commitment")
COMMITTED = f"{BASE}/verbs/committed"
CLAIMED_CREDIT = f"{BASE}/verbs/claimed-credit"
DECLINED_CREDIT = f"{BASE}/verbs/declined-credit"

TYPE_COURSE = "http://adlnet.gov/expapi/activities/course"
TYPE_ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
TYPE_INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
TYPE_MODULE = "http://adlnet.gov/expapi/activities/module"
TYPE_PROFILE = "http://adlnet.gov/expapi/activities/profile"
TYPE_DOCUMENT = "http://id.tincanapi.com/activitytype/document"
TYPE_SURVEY = "http://id.tincanapi.com/activitytype/survey"
TYPE_GOAL = "http://id.tincanapi.com/activitytype/goal"
TYPE_CREDIT_CLAIM = f"{BASE}/activity-types/credit-claim"
TYPE_CREDIT = f"{BASE}/activity-types/credit"

PROFILE = f"{BASE}/profile"

EXT_SEQUENCE = f"{BASE}/extensions/sequence"
EXT_ATTEMPT = f"{BASE}/extensions/attempt"
EXT_TEXT_HASH = f"{BASE}/extensions/text-hash"
EXT_STRENGTH = f"{BASE}/extensions/strength"
EXT_AMOUNT = f"{BASE}/extensions/amount"
EXT_ATTESTATION = f"{BASE}/extensions/attestation"


def for_the_player() -> dict[str, str]:
    """Name → IRI, as `cme.package.vocabulary` gives them to the player."""
    return {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str)}
