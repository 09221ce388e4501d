"""Whether one registration deserves credit: from its evidence, its definition, the learner's profession and what is in force.

Nothing here knows what time it is: the same evidence and terms give the same decision for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lrs_bridge.credit import judgement
from lrs_bridge.credit.clocks import done_at, on_date
from lrs_bridge.credit.conditions import conditions
from lrs_bridge.credit.context import Context, Finding
from lrs_bridge.credit.model import PARTICIPATION, Case, Eligible, Evidence, Held, Mark, Reason
from lrs_bridge.credit.requirements import REQUIREMENTS
from lrs_bridge.evidence import order
from scorm_packager.activity.definition_model import CreditOffer, Definition


def decide(case: Case) -> tuple[Eligible, ...]:
    """One per credit that concerns the learner, in the definition's order; none while nothing at all has happened."""
    revision = governing(case.evidence) or _launched_and_awarded_by_hand(case)
    if revision is None:
        return ()
    unknown = _unknown(case, revision)
    if unknown:
        return tuple(_held_for_definition(case, revision, system, unknown) for system in _systems_spoken_of(case))
    definition = case.definitions[revision]
    decided: dict[str, Eligible] = {}
    for offer in _concerned(case, definition):
        context = Context(case=case, definition=definition, system=offer.system if offer else PARTICIPATION, offer=offer)
        decided[context.system] = _decided(context, revision, decided)
    return tuple(decided.values())


# --- which definition, which credits --------------------------------------------------------------


def governing(evidence: Evidence) -> str | None:
    """The definition that this registration is decided on: that of the learner's last claim or decline, else of the last thing done."""
    words = [claim.mark for claim in evidence.claims]
    done = [evidence.last] if evidence.last else []
    last: Iterable[Mark] = words or done or evidence.opened
    return max(last, key=order).revision if last else None


def _launched_and_awarded_by_hand(case: Case) -> str | None:
    """Where no statement ever arrived, the LMS may still know better: an award by hand is one of the activity as it was launched."""
    by_hand = any(override.kind == "manual-award" for override in case.terms.overrides)
    return case.launched_under if by_hand else None


def _unknown(case: Case, revision: str) -> tuple[str, ...]:
    """The definitions named by the evidence that are not known, or are another activity's."""
    known = {key for key, definition in case.definitions.items() if definition.activity == case.activity}
    return tuple(sorted((case.evidence.revisions | {revision}) - known))


def _systems_spoken_of(case: Case) -> tuple[str, ...]:
    return tuple(sorted({claim.system for claim in case.evidence.claims if claim.system})) or (PARTICIPATION,)


def _concerned(case: Case, definition: Definition) -> tuple[CreditOffer | None, ...]:
    """The offers open to the learner's profession and those spoken of besides; None, for participation, when none is open."""
    profession = case.profile.profession
    opened = [offer for offer in definition.credits if profession is None or profession in offer.professions]
    claimed = {claim.system for claim in case.evidence.claims if claim.amount is not None}
    awarded = {override.system for override in case.terms.overrides if override.kind == "manual-award"}
    besides = [offer for offer in definition.credits if offer not in opened and offer.system in claimed | awarded]
    # A credit that equals another is decided after it.
    offers = sorted([*opened, *besides], key=lambda offer: offer.claim == "equal")
    return (*offers,) if opened else (*offers, None)


def _held_for_definition(case: Case, revision: str, system: str, unknown: tuple[str, ...]) -> Eligible:
    names = ", ".join(name[:60] or "(none named)" for name in unknown)
    reason = Reason(
        "definition-unknown",
        f"The statements name a definition of the activity that is not registered here: {names}.",
        "Register the activity as it was packaged: `scorm-packager register PATH --bridge URL`.",
        "author",
    )
    decision = Held(
        registration=case.registration, activity=case.activity, version="", definition=revision[:60], system=system, reasons=(reason,)
    )
    return Eligible(person=case.person, site=case.site, decision=decision)


# --- one credit -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Completion:
    """When the last requirement was met; `at` is None while one is missing."""

    findings: tuple[Finding, ...]
    at: datetime | None
    latest: datetime | None


def _decided(context: Context, revision: str, decided: Mapping[str, Eligible]) -> Eligible:
    first = _completion(context, context.definition.requires)
    context = _with_rule(context, first.latest)
    completion = _completion(context, _required(context))
    context = _with_rule(context, completion.at or completion.latest)
    equal = judgement.equal_to(context, decided)
    findings = (*completion.findings, *equal.findings, *conditions(context, completion.at, _moments(completion.findings)))
    return judgement.judge(context, revision, findings, completion.at, equal)


def _with_rule(context: Context, moment: datetime | None) -> Context:
    """The award rule in force on the day of completion; while there is none, on the day of the last thing that counts."""
    if moment is None:
        return context
    return replace(context, rule=context.case.terms.rules(context.system, on_date(moment, context.clock)))


def _required(context: Context) -> tuple[str, ...]:
    """What the activity asks of everybody and what the credit's rule asks besides, in the order of the table."""
    of_rule = {key for key in (context.rule.requires if context.rule else ()) if _has(key, context)}
    if context.offer is None:
        wanted = (of_rule if context.rule else set(context.definition.requires)) - {"claim"}
    else:
        wanted = of_rule | {*context.definition.requires}
    return tuple(key for key in REQUIREMENTS if key in wanted)


def _has(key: str, context: Context) -> bool:
    """An activity without an assessment or evaluation cannot be asked for it, unless the credit may only be given for passing one."""
    if key == "post-assessment":
        return context.definition.post is not None or bool(context.rule and context.rule.passing_required)
    return key != "evaluation" or bool(context.definition.evaluation)


def _completion(context: Context, required: Iterable[str]) -> _Completion:
    wanted = [key for key in required if key != "claim" or context.offer]
    findings = tuple(REQUIREMENTS[key](context) for key in wanted)
    moments = [done_at(mark, context.clock) for mark in _moments(findings)]
    latest = max(moments, default=None)
    complete = all(finding.kind == "met" for finding in findings)
    if context.offer and "claim" not in wanted:  # no credit without an amount, even where claiming is not part of completing
        findings = (*findings, replace(REQUIREMENTS["claim"](context), completing=()))
    return _Completion(findings=findings, at=latest if complete else None, latest=latest)


def _moments(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    return tuple(mark for finding in findings for mark in finding.completing)
