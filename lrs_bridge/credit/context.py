"""One credit looked at for one registration: what every check is given, and what a check may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lrs_bridge.credit.clocks import Clock
from lrs_bridge.credit.model import Case, Evidence, Mark, Override, OverrideKind, Reason
from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.definition_model import CreditOffer, Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`offer` is None for participation; `rule` is the rule in force on the day of completion, None while there is no such day or rule."""

    case: Case
    definition: Definition
    system: str
    offer: CreditOffer | None
    rule: CreditRule | None = None

    @property
    def evidence(self) -> Evidence:
        return self.case.evidence

    @property
    def clock(self) -> Clock:
        return Clock(
            zone=self.definition.zone,
            late_days=self.definition.provider.late_days,
            dates=self.case.terms.dates,
            late_accepted=bool(self.overrides("accept-late")),
        )

    def overrides(self, kind: OverrideKind) -> tuple[Override, ...]:
        found = (override for override in self.case.terms.overrides if override.kind == kind)
        return tuple(sorted(found, key=lambda override: (override.when, override.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """met: speaks for the award; unmet: the learner falls short; waiting: somebody must do something first.

    `completing` are the moments at which this was done, `marks` all statements that it rests on besides.
    """

    kind: Literal["met", "unmet", "waiting"]
    reason: Reason
    completing: tuple[Mark, ...] = ()
    marks: tuple[Mark, ...] = ()


def met(code: str, text: str, *, completing: tuple[Mark, ...] = (), marks: tuple[Mark, ...] = ()) -> Finding:
    return Finding(kind="met", reason=Reason(code, text), completing=completing, marks=marks)


def unmet(code: str, text: str, *, remedy: str, by: str = "learner", marks: tuple[Mark, ...] = ()) -> Finding:
    return Finding(kind="unmet", reason=Reason(code, text, remedy, by), marks=marks)


def waiting(code: str, text: str, *, remedy: str, by: str = "coordinator", marks: tuple[Mark, ...] = ()) -> Finding:
    return Finding(kind="waiting", reason=Reason(code, text, remedy, by), marks=marks)
