"""What must hold for credit besides what the learner does: dates, profession, identifiers, consents, assurance, a rule in force."""

from __future__ import annotations

from datetime import date, datetime

from lrs_bridge.credit import clocks
from lrs_bridge.credit.context import Context, Finding, met, unmet, waiting
from lrs_bridge.credit.model import Assurance, Mark
from scorm_packager.activity.definition_model import CreditOffer


def conditions(context: Context, completed_at: datetime | None, moments: tuple[Mark, ...]) -> tuple[Finding, ...]:
    """`moments` are those at which requirements were met, whether or not all of them were."""
    on = clocks.on_date(completed_at, context.clock) if completed_at else None
    return (
        *_dates(context, on, moments),
        *_clock_not_believed(context, moments),
        *_approval(context, on),
        *_rule(context, on),
        *_profession(context),
        *_identifiers(context),
        *_assurance(context),
    )


# --- dates --------------------------------------------------------------------------------------


def _dates(context: Context, on: date | None, moments: tuple[Mark, ...]) -> tuple[Finding, ...]:
    clock = context.clock
    late = tuple(mark for mark in moments if clocks.arrived_too_late(mark, clock))
    counted = [clocks.done_at(mark, clock) for mark in moments if mark not in late]
    if any(clocks.after_termination(moment, clock) for moment in counted):
        return (_terminated(context),)
    if any(clocks.before_release(moment, clock) for moment in counted):
        return (_not_yet_released(context),)
    if late:
        return (_late(context, late),)
    return (_in_time(context, on),) if on else ()


def _terminated(context: Context) -> Finding:
    last_day = context.case.terms.dates.terminates
    return unmet(
        "after-termination",
        f"The activity was completed after its last day, {last_day} ({context.definition.zone}).",
        remedy="No credit can be claimed for it any more. The coordinator can name an activity in its place.",
        by="coordinator",
    )


def _not_yet_released(context: Context) -> Finding:
    return unmet(
        "before-release",
        f"The activity was taken before its release on {context.case.terms.dates.released} ({context.definition.zone}).",
        remedy="Take it again now that it is released, or ask the coordinator.",
        by="coordinator",
    )


def _late(context: Context, late: tuple[Mark, ...]) -> Finding:
    worst = max(late, key=lambda mark: (mark.stored - mark.timestamp, mark.id))
    days = (worst.stored - worst.timestamp).days
    return waiting(
        "arrived-late",
        f"By the device's clock this was done by the last day, {context.case.terms.dates.terminates}, but it arrived {days} days later; "
        f"up to {context.clock.late_days} days are accepted.",
        remedy="The coordinator checks with the learner's LMS when it was done, and accepts it as late or leaves it.",
        marks=late,
    )


def _in_time(context: Context, on: date) -> Finding:
    last_day = context.case.terms.dates.terminates
    until = f", not after the last day, {last_day}" if last_day else ""
    note = _accepted_late(context)
    return met("completed-in-time", f"Completed on {on} ({context.definition.zone}){until}.{note}")


def _accepted_late(context: Context) -> str:
    accepted = context.overrides("accept-late")
    return f" Late statements were accepted by {accepted[-1].who} on {accepted[-1].when}: {accepted[-1].why}" if accepted else ""


def _clock_not_believed(context: Context, moments: tuple[Mark, ...]) -> tuple[Finding, ...]:
    if all(clocks.believed(mark, context.clock) for mark in moments):
        return ()
    text = "A time given by the device was in the future or too long ago; the time at which the statement arrived counts instead."
    return (met("arrival-time-counts", text),)


def _approval(context: Context, on: date | None) -> tuple[Finding, ...]:
    offer = context.offer
    if offer is None or on is None or not (offer.approved_from or offer.approved_until):
        return ()
    day = on.isoformat()
    if (offer.approved_from or day) <= day <= (offer.approved_until or day):
        return (met("within-approval", f"Completed while the approval for {offer.name} held."),)
    window = f"{offer.approved_from or '…'} to {offer.approved_until or '…'}"
    remedy = "The coordinator can ask the approving organization, and correct the activity if the approval was longer."
    return (unmet("outside-approval", f"{offer.name} is approved from {window}; completed on {day}.", remedy=remedy, by="coordinator"),)


def _rule(context: Context, on: date | None) -> tuple[Finding, ...]:
    if on is None or context.rule is not None or context.offer is None:
        return ()
    text = f"No rule for {context.offer.name} was in force on {on}."
    return (waiting("no-rule-in-force", text, remedy="The author adds the rule in force on that day.", by="author"),)


# --- the learner --------------------------------------------------------------------------------


def allowed_professions(context: Context, offer: CreditOffer) -> frozenset[str]:
    """Those of the rule in force; of an offer whose number is for one profession only, that one (ACPE: P pharmacists, T technicians)."""
    of_rule = frozenset(context.rule.professions if context.rule else offer.professions)
    return of_rule & {*offer.professions} if offer.uan else of_rule


def _profession(context: Context) -> tuple[Finding, ...]:
    profession, offer = context.case.profile.profession, context.offer
    if profession is None:
        text = "The learner's profession is not known; it says which credit may be awarded."
        remedy = "Open the activity again and say your profession."
        return (waiting("profession-unknown", text, remedy=remedy, by="learner"),)
    if offer is None:
        return (met("participation-open", "None of the credits offered is open to the learner's profession: participation is recorded."),)
    if profession in allowed_professions(context, offer):
        return (met("profession-eligible", f"{offer.name} may be awarded to this profession ({profession})."),)
    remedy = "A participation record is kept. If the profession is wrong, say the right one in the activity."
    return (unmet("profession-not-eligible", f"{offer.name} may not be awarded to this profession ({profession}).", remedy=remedy),)


def _identifiers(context: Context) -> tuple[Finding, ...]:
    offer, profile = context.offer, context.case.profile
    if offer is None or profile.profession not in offer.professions:
        return ()
    ids = [ask for ask in offer.identifiers if ask.required and ask.key not in profile.identifiers]
    consents = [ask for ask in offer.consents if ask.required and ask.key not in profile.consents]
    remedy = "Open the activity again and give it on the claim screen."
    missing_ids = (
        waiting("identifier-missing", f"{offer.name} cannot be reported without: {ask.label}.", remedy=remedy, by="learner") for ask in ids
    )
    missing_consents = (
        waiting("consent-missing", f"{offer.name} needs the learner's consent to report to {ask.recipient}.", remedy=remedy, by="learner")
        for ask in consents
    )
    return (*missing_ids, *missing_consents)


def _assurance(context: Context) -> tuple[Finding, ...]:
    reached = context.case.terms.assurance
    wanted = {Assurance(context.definition.provider.assurance)} | ({Assurance(context.rule.assurance)} if context.rule else set())
    needed = max(wanted, key=lambda level: level.rank)
    if reached.rank >= needed.rank:
        return ()
    text = f"Identity is {reached.value}; {needed.value} is needed."
    remedy = "The coordinator confirms it with the LMS's list of completions: `lrs-bridge confirm FILE --site KEY`."
    return (waiting("assurance-too-low", text, remedy=remedy),)
