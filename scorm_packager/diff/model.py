"""What one package's taking the place of another means for learners in progress, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

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
