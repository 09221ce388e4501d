"""Planning: gaps, needs, objectives, audience, competencies (ACCME core criteria)."""

from __future__ import annotations

from collections.abc import Iterator

from scorm_packager.activity.accreditation.rule import CreditGiven, Finding, Given, credit_error, credit_warning, error, warning
from scorm_packager.activity.accreditation.team import professions_of


@error("no-needs", "accme/needs")
def no_needs(given: Given) -> Iterator[Finding]:
    """The activity rests on educational needs that underlie practice gaps."""
    if not given.activity.needs:
        yield Finding((), "No practice gap and need is given.", "Add `needs`: gap, need, desired change, evidence.")


@warning("need-without-evidence", "accme/needs")
def need_without_evidence(given: Given) -> Iterator[Finding]:
    """A practice gap is shown by evidence."""
    for index, need in enumerate(given.activity.needs):
        if not need.evidence:
            message = f"Nothing shows the gap `{need.id}`."
            yield Finding(("needs", index), message, "Add `evidence`: literature, registry, quality data, guideline.")


@error("no-objectives", "ama-pra-1/purpose")
def no_objectives(given: Given) -> Iterator[Finding]:
    """Learners are told the objectives."""
    if not given.activity.objectives:
        yield Finding((), "The activity has no objectives.", "Add `objectives`.")


@error("no-audience", "accme/needs")
def no_audience(given: Given) -> Iterator[Finding]:
    """The activity is for somebody: needs are those of its own learners."""
    if given.activity.audience is None:
        yield Finding((), "The activity names no audience.", "Add `audience` with `professions`.")


@error("objective-without-need", "accme/needs")
def objective_without_need(given: Given) -> Iterator[Finding]:
    """Every objective answers an educational need."""
    for index, objective in enumerate(given.activity.objectives):
        if objective.need is None and given.activity.needs:
            message = f"The objective `{objective.id}` answers no need."
            yield Finding(("objectives", index), message, "Add `need` with the id of one of `needs`.")


@warning("need-without-objective", "accme/needs")
def need_without_objective(given: Given) -> Iterator[Finding]:
    """Every need that was found is answered by an objective."""
    answered = {objective.need for objective in given.activity.objectives}
    for index, need in enumerate(given.activity.needs):
        if need.id not in answered:
            yield Finding(("needs", index), f"No objective answers the need `{need.id}`.", "Add an objective, or drop the need.")


@warning("knowledge-only", "accme/designed-to-change")
def knowledge_only(given: Given) -> Iterator[Finding]:
    """The activity is designed to change competence, performance or patient outcomes; knowledge alone is not enough."""
    objectives = given.activity.objectives
    if objectives and all(objective.level == "knowledge" for objective in objectives):
        message = "All objectives are about knowledge."
        yield Finding(("objectives",), message, "Let at least one reach competence: what learners would do with a patient.")


@warning("no-competencies", "accme/competencies")
def no_competencies(given: Given) -> Iterator[Finding]:
    """The activity is placed among desirable attributes of its professions."""
    if not given.activity.competencies:
        yield Finding((), "No competency is named.", "Add `competencies`, such as acgme/patient-care.")


@warning("objective-below-its-need", "accme/designed-to-change")
def objective_below_its_need(given: Given) -> Iterator[Finding]:
    """A need of competence or performance is answered by an objective of that level or above, not by knowledge alone."""
    levels = {need.id: need.need for need in given.activity.needs}
    for index, objective in enumerate(given.activity.objectives):
        if objective.level == "knowledge" and levels.get(objective.need or "") in {"competence", "performance"}:
            message = f"The need `{objective.need}` is one of {levels[objective.need or '']}, and its objective only of knowledge."
            yield Finding(("objectives", index), message, "Raise the objective's `level` and text, or correct the need.")


@credit_error("no-nurse-planner", "nurse-planner")
def no_nurse_planner(given: CreditGiven) -> Iterator[Finding]:
    """A nurse planner stands on record where contact hours are offered to nurses."""
    if not any(role.role == "nurse planner" for person in given.activity.people for role in person.roles):
        message = f"{given.rule.name} is offered, and nobody is the nurse planner."
        yield Finding(("people",), message, "Give one person the role `nurse planner`.")


@credit_warning("nurse-planner-no-nurse", "nurse-planner-licence")
def nurse_planner_no_nurse(given: CreditGiven) -> Iterator[Finding]:
    """The nurse planner is a registered nurse."""
    nurses = set(given.clause["professions"])
    for index, person in enumerate(given.activity.people):
        if any(role.role == "nurse planner" for role in person.roles) and not professions_of(person) & nurses:
            message = f"{person.name} is nurse planner, and the credentials `{person.credentials}` show no nursing licence."
            yield Finding(("people", index), message, "Complete `credentials`, or name a registered nurse.")
