"""The shape of a credit system's rules: what `credit_systems/*.yaml` may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scorm_packager.activity.dated import RuleBlock
from scorm_packager.activity.definition_model import ConsentAsk, IdentifierAsk, RequirementKey
from scorm_packager.activity.model import Day, Part, Quantity, Slug, Text


class ReportingDeadline(Part):
    to: Text  # PARS, CPE Monitor
    within_days: Annotated[int, Field(gt=0)]


class CreditRule(RuleBlock):
    """The rules of one credit system from `from_` on, until a later block.

    Wording holds for definitions reviewed from that day on, award rules for completions from that day on.
    `designation` is a template of HTML, `attestation` a template of text; both may use `provider`, `format`, `amount`, `unit_html`,
    `credit_type`, `uan`, `kind`, `ceu`, `valid_until`, `number`.
    """

    id: Slug
    owner: Text
    from_: Day = Field(alias="from")
    name: Text  # singular, plain text
    name_html: Text  # singular
    names_html: Text  # plural
    unit: str  # singular; "MOC point"; empty where there is no amount
    units: str
    step: Quantity
    minimum: Quantity
    claim: Literal["choice", "fixed", "equal", "none"]
    equal_to: Slug | None = None
    professions: tuple[Slug, ...]  # who may be awarded it: keys of professions.yaml
    uan_professions: dict[str, Slug] = Field(default_factory=dict)  # last letter of a Universal Activity Number -> for whom it is
    designated_by: tuple[Slug, ...] = ()  # the accreditations (accreditors/) of which a provider needs one to designate it
    requires: tuple[RequirementKey, ...]
    passing_required: bool
    identifiers: tuple[IdentifierAsk, ...] = ()
    consents: tuple[ConsentAsk, ...] = ()
    designation: str = ""
    attestation: Text
    official_record: str | None = None
    package_scores: Literal["allow", "hold", "refuse"] = "allow"
    rounding: Literal["nearest quarter", "whole", "none"] = "none"
    assurance: Literal["asserted", "linked", "confirmed"] = "asserted"
    once_per: Literal["person"] = "person"
    report: ReportingDeadline | None = None

    @model_validator(mode="after")
    def _equal_names_its_like(self) -> CreditRule:
        if (self.claim == "equal") != (self.equal_to is not None):
            raise ValueError("`equal_to` goes with `claim: equal`, and only with it")
        return self

    @property
    def report_within_days(self) -> int | None:
        return self.report.within_days if self.report else None


class CreditSystem(Part):
    """One file of `credit_systems/`: what never changes, and the dated rules."""

    id: Slug
    rules: tuple[CreditRule, ...] = Field(min_length=1)
