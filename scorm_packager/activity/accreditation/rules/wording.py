"""Wordings that are outdated, incomplete, or forbidden before credit is designated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorm_packager.activity.accreditation.passages import passages
from scorm_packager.activity.accreditation.rule import Finding, Given, error


@error("outdated-accreditation-wording", "accme/accreditation-statement")
def outdated_accreditation_wording(given: Given) -> Iterator[Finding]:
    """Nothing repeats the accreditation wordings of former years."""
    yield from _phrases(given)


@error("credit-phrase-wrong", "ama-pra-1/wording")
def credit_phrase_wrong(given: Given) -> Iterator[Finding]:
    """AMA credit is named in full, italic and with its mark, or not at all."""
    yield from _phrases(given)


@error("credit-announced-too-early", "ama-pra-1/before-certification")
def credit_announced_too_early(given: Given) -> Iterator[Finding]:
    """Nothing is said of credit that was applied for and not yet designated."""
    yield from _phrases(given)


def _phrases(given: Given) -> Iterator[Finding]:
    correct = [re.compile(pattern) for pattern in given.clause.data.get("correct", ())]
    for passage in passages(given.activity, given.facts):
        text = passage.text
        for phrase in correct:
            text = phrase.sub("", text)
        for phrase in given.clause["phrases"]:
            if hit := re.search(phrase["pattern"], text, re.IGNORECASE):
                yield Finding(passage.at, f"“{hit.group()}” stands here.", f"Write {phrase['instead']}.")
                break
