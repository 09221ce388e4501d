"""From what each registration deserves to what its person gets: every credit of an activity once, however often it was launched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby

from lrs_bridge.credit.decide import decide
from lrs_bridge.credit.judgement import turned
from lrs_bridge.credit.model import AttemptElsewhere, Award, Case, Eligible, Reason, Settled, Shortfall
from scorm_packager.activity.credits import amount_text

_NEVER = datetime.max.replace(tzinfo=UTC)


def settle(cases: Iterable[Case]) -> tuple[Settled, ...]:
    """The current decisions of all these registrations, in an order of their own.

    Give it every registration of a person at an activity: attempts are counted, and credit is allotted, over all of them.
    """
    decided = (eligible for case in _with_elsewhere(cases) for eligible in decide(case))
    return allot(decided)


def allot(per_registration: Iterable[Eligible]) -> tuple[Settled, ...]:
    """Once per person, activity and credit: the earliest completion counts, ties by registration; the others say `already-awarded`."""
    eligible = sorted(per_registration, key=_place)
    counting = {_credit(award): award for award in reversed(eligible) if isinstance(award.decision, Award)}
    settled = (_settled(one, counting) for one in eligible)
    return tuple(sorted(settled, key=lambda s: (s.person, s.decision.activity, s.decision.system, s.decision.registration)))


def _place(eligible: Eligible) -> tuple[datetime, str]:
    return (eligible.completed_at or _NEVER, eligible.decision.registration)


def _credit(eligible: Eligible) -> tuple[str, str, str]:
    return (eligible.person, eligible.decision.activity, eligible.decision.system)


def _settled(eligible: Eligible, counting: Mapping[tuple[str, str, str], Eligible]) -> Settled:
    decision = eligible.decision
    counts = counting.get(_credit(eligible))
    if isinstance(decision, Award) and counts is not None:
        decision = _capped(decision, eligible, counting) if counts is eligible else _already(decision, counts)
    return Settled(person=eligible.person, site=eligible.site, decision=decision)


def _already(award: Award, counts: Eligible) -> Shortfall:
    first = counts.decision
    text = f"This credit was already awarded for the activity as completed on {first.completed_on} (registration {first.registration})."
    remedy = "Nothing needs to be done: a credit is awarded once for an activity."
    return turned(Shortfall, award, awarded="0.00" if award.awarded else "", reasons=(Reason("already-awarded", text, remedy, "learner"),))


def _capped(award: Award, eligible: Eligible, counting: Mapping[tuple[str, str, str], Eligible]) -> Award:
    """A credit that equals another may rest on another registration than the one that other credit was awarded for."""
    other = counting.get((eligible.person, award.activity, eligible.equal_to or ""))
    if other is None or Decimal(other.decision.awarded) >= Decimal(award.awarded):
        return award
    amount = amount_text(Decimal(other.decision.awarded))
    text = f"Of {eligible.equal_to}, which this credit equals, {amount} is awarded (registration {other.decision.registration})."
    return replace(award, computed=amount, awarded=amount, reasons=(*award.reasons, Reason("equal-to-credit-awarded", text)))


# --- attempts are a person's, not a launch's; so is what they are --------------------------------------


def _with_elsewhere(cases: Iterable[Case]) -> Iterator[Case]:
    together = sorted(cases, key=lambda case: (case.person, case.activity, case.registration))
    for _, group in groupby(together, key=lambda case: (case.person, case.activity)):
        of_person = list(group)
        for case in of_person:
            others = [other for other in of_person if other.registration != case.registration]
            attempts, said = _attempts(others), frozenset(other.profile.profession for other in others if other.profile.profession)
            yield replace(case, terms=replace(case.terms, attempts_elsewhere=attempts, professions_elsewhere=said))


def _attempts(others: list[Case]) -> tuple[AttemptElsewhere, ...]:
    return tuple(
        AttemptElsewhere(
            registration=other.registration,
            number=attempt.number,
            timestamp=attempt.submitted.timestamp,
            stored=attempt.submitted.stored,
        )
        for other in others
        for attempt in other.evidence.post
    )
