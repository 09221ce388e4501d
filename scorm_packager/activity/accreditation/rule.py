"""What a rule is: a pure function that says what an accreditor would object to, and the clause that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scorm_packager.activity.accreditation.facts import Facts
from scorm_packager.activity.accreditation.rulebook import Clause
from scorm_packager.activity.credit_rule import CreditRule
from scorm_packager.activity.credits import wording_date
from scorm_packager.activity.model import Activity, Credit
from scorm_packager.activity.problems import Place, Severity

OF_THE_SYSTEM = "credit-system"  # a topic: what the credit system's own file says
ModelPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: where in the activity (a path of keys, or a place in another file), what, and what to do."""

    at: ModelPath | Place
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Given:
    """All that a rule may look at."""

    activity: Activity
    facts: Facts
    clause: Clause


@dataclass(frozen=True, slots=True)
class CreditGiven:
    """All that a rule on one designated credit may look at; the clause is that credit system's own, as is `rule`."""

    activity: Activity
    facts: Facts
    clause: Clause
    rule: CreditRule
    credit: Credit
    at: ModelPath


@dataclass(frozen=True, slots=True)
class Rule:
    """`clause` names a clause; with `each_credit` it names a topic, looked up at each designated credit's system."""

    code: str
    clause: str
    severity: Severity
    what: str
    find: Callable[[Activity, Facts], Iterator[tuple[Finding, Clause]]]
    reach: Literal["activity", "each credit"]


Finder = Callable[[Given], Iterable[Finding]]
CreditFinder = Callable[[CreditGiven], Iterable[Finding]]


def error(code: str, clause: str) -> Callable[[Finder], Rule]:
    """Declares a rule whose breach stops a build."""
    return lambda find: _rule(code, clause, Severity.ERROR, find)


def warning(code: str, clause: str) -> Callable[[Finder], Rule]:
    """Declares a rule whose breach is shown and stops nothing."""
    return lambda find: _rule(code, clause, Severity.WARNING, find)


def credit_error(code: str, topic: str) -> Callable[[CreditFinder], Rule]:
    """Declares a rule for every designated credit whose system has a clause on the topic; its breach stops a build."""
    return lambda find: _credit_rule(code, topic, Severity.ERROR, find)


def credit_warning(code: str, topic: str) -> Callable[[CreditFinder], Rule]:
    return lambda find: _credit_rule(code, topic, Severity.WARNING, find)


def _rule(code: str, clause: str, severity: Severity, find: Finder) -> Rule:
    def found(activity: Activity, facts: Facts) -> Iterator[tuple[Finding, Clause]]:
        block = facts.rulebook.in_force(clause, wording_date(activity))
        if block is None:
            return
        for finding in find(Given(activity, facts, block)):
            yield finding, block

    return Rule(code, clause, severity, _promise(find), found, "activity")


def _credit_rule(code: str, topic: str, severity: Severity, find: CreditFinder) -> Rule:
    def found(activity: Activity, facts: Facts) -> Iterator[tuple[Finding, Clause]]:
        on = wording_date(activity)
        for index, credit in enumerate(activity.credits):
            system = facts.systems.get(credit.system)
            block = system and _block(topic, system, facts, on)
            if not system or not block:
                continue
            for finding in find(CreditGiven(activity, facts, block, system, credit, ("credits", index))):
                yield finding, block

    return Rule(code, topic, severity, _promise(find), found, "each credit")


def _block(topic: str, system: CreditRule, facts: Facts, on: date) -> Clause | None:
    if topic == OF_THE_SYSTEM:
        return Clause(f"{system.id}/{topic}", system.from_, system.source, system.verified, {})
    return facts.rulebook.in_force(f"{system.id}/{topic}", on)


def _promise(find: Callable[..., object]) -> str:
    text = (find.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(text.split())
