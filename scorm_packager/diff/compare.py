"""What becomes of learners in progress when one package takes another's place in an LMS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scorm_packager.diff.model import Effect, Finding, Released
from scorm_packager.diff.rules import RULES

VERDICTS = {
    Effect.BREAKS: "Do not put the new package in the old one's place: learners would lose what they did.",
    Effect.AGAIN: "Learners in progress keep what they did, and do some of it again, as said above.",
    Effect.CHANGES: "Safe to replace: nobody in progress has to do anything again.",
}
SAME = "Nothing that learners see, or that credit depends on, differs."


@dataclass(frozen=True, slots=True)
class Difference:
    """All findings, the gravest first."""

    findings: tuple[Finding, ...]

    @property
    def effect(self) -> Effect:
        return self.findings[0].effect if self.findings else Effect.CHANGES

    @property
    def verdict(self) -> str:
        return VERDICTS[self.effect] if self.findings else SAME

    def as_json(self) -> dict[str, Any]:
        return {"effect": str(self.effect), "verdict": self.verdict, "findings": [finding.as_json() for finding in self.findings]}


def diff(old: Released, new: Released) -> Difference:
    """Pure. Says what the player does (`templates/player`) with state that was saved under `old` and is read under `new`."""
    found = [finding for rule in RULES for finding in rule(old, new)]
    return Difference(tuple(sorted(found, key=lambda finding: list(Effect).index(finding.effect))))
