"""Patients in cases cannot be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.activity.accreditation.passages import passages
from scorm_packager.activity.accreditation.rule import Finding, Given, warning


@warning("patient-recognisable", "hipaa/safe-harbor")
def patient_recognisable(given: Given) -> Iterator[Finding]:
    """Cases have no dates but years, no ages over 89, no record numbers. A warning, for cases may be invented."""
    for passage in passages(given.activity, given.facts):
        if not passage.case:
            continue
        for mark in given.clause["patterns"]:
            if hit := re.search(mark["pattern"], passage.text, re.IGNORECASE):
                message = f"“{hit.group()}” in a case: {mark['name']}."
                yield Finding(passage.at, message, "Say how long before or after, or “90 or older”, or leave it out.")
