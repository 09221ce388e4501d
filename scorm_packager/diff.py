"""What becomes of learners in progress when one package takes another's place in an LMS."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scorm_packager.activity.definition_model import Definition


class Effect(StrEnum):
    """How much a difference means for somebody who has begun: work is lost, something has to be done again, or it is merely different."""

    BREAKS = "breaks"
    AGAIN = "again"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: `what` differs, and what that means for `learners` who have begun."""

    code: str
    effect: Effect
    what: str
    learners: str

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "effect": str(self.effect), "what": self.what, "learners": self.learners}


@dataclass(frozen=True, slots=True)
class Released:
    """A finished package, as far as learners in progress depend on it.

    `identifiers` are those by which an LMS knows the package again: place in the manifest → value.
    """

    definition: Definition
    definition_id: str
    format: str
    bridge: str | None = None
    site: str | None = None
    identifiers: dict[str, str] = field(default_factory=dict)


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
    from scorm_packager.diff_rules import RULES

    found = [finding for rule in RULES for finding in rule(old, new)]
    return Difference(tuple(sorted(found, key=lambda finding: list(Effect).index(finding.effect))))
