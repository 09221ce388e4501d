"""What one part of an activity file says of another: every name must lead somewhere, and say something that can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo

from scorm_packager.activity import accreditors, case_references, credits, evaluations, professions
from scorm_packager.activity.banks import bank_of, listed, practised
from scorm_packager.activity.defined_contents import ids_of, path_of
from scorm_packager.activity.draft import Draft
from scorm_packager.activity.model import (
    Assessments,
    Audience,
    Case,
    ChoiceItem,
    Credit,
    ElsewhereEvidence,
    Evaluation,
    EvaluationItem,
    FollowUp,
    Item,
    MatchingItem,
    MultipleItem,
    Need,
    NumericItem,
    Objective,
    OrderingItem,
    PostAssessment,
    PreAssessment,
    Provider,
    Providership,
    WrappedPackage,
)
from scorm_packager.activity.places import Places, Where
from scorm_packager.activity.problems import Problem
from scorm_packager.activity.shape import unknown

Found = tuple[Where, str, str, str]  # where, code, message, remedy
Fault = tuple[str, str, str, str]  # key, code, message, remedy
Check = Callable[[Draft], Iterator[Found]]


def dangling(draft: Draft, places: Places) -> tuple[Problem, ...]:
    """Every name in a draft that leads nowhere, every id that stands twice, every answer that cannot be."""
    found = (finding for check in _CHECKS for finding in check(draft))
    return tuple(Problem(code, places.at(*where), message, remedy) for where, code, message, remedy in found)


def _doubled_ids(draft: Draft) -> Iterator[Found]:
    yield from _doubled("items", [(position, item.id) for position, item in draft.items()])
    yield from _doubled("objectives", [(position, objective.id) for position, objective in draft.each("objectives", Objective)])
    yield from _doubled("needs", [(position, need.id) for position, need in draft.each("needs", Need)])
    yield from _doubled("cases", [(position, case.id) for position, case in draft.each("cases", Case)])
    yield from _doubled("contents", [(position, content.id) for position, content in draft.contents() if content.id])


def _doubled_questions(draft: Draft) -> Iterator[Found]:
    evaluation = draft.one("evaluation", Evaluation)
    form = evaluations.forms().get(evaluation.extends or "") if evaluation else None
    asked = [item.id for item in form.items] if form else []
    for position, item in enumerate(evaluation.items if evaluation else ()):
        if item.id in asked:
            where = ("evaluation", "items", position, "id")
            yield where, "id-said-twice", f"The evaluation has another question `{item.id}`.", "Give this one another id."
        asked.append(item.id)


def _doubled(key: str, ids: list[tuple[int, str]]) -> Iterator[Found]:
    first: dict[str, int] = {}
    for position, name in ids:
        if name in first:
            message = f"`{name}` is also the id of number {first[name] + 1} in `{key}`."
            yield (key, position, "id"), "id-said-twice", message, "Give this one another id."
        first.setdefault(name, position)


def _objectives(draft: Draft) -> Iterator[Found]:
    known = draft.ids("objectives")
    for position, item in draft.items():
        if item.objective and item.objective not in known:
            yield ("items", position, "objective"), "unknown-objective", *unknown("objective", item.objective, known)


def _needs(draft: Draft) -> Iterator[Found]:
    known = draft.ids("needs")
    for position, objective in draft.each("objectives", Objective):
        if objective.need and objective.need not in known:
            yield ("objectives", position, "need"), "unknown-need", *unknown("need", objective.need, known)


def _answers(draft: Draft) -> Iterator[Found]:
    for position, item in draft.items():
        for code, message, remedy in _wrong_answer(item):
            yield ("items", position, "answer"), code, message, remedy


def _wrong_answer(item: Item) -> Iterator[tuple[str, str, str]]:
    if isinstance(item, NumericItem):
        if item.answer.from_ > item.answer.to:
            message = f"The range goes from {item.answer.from_} down to {item.answer.to}."
            yield "range-reversed", message, "Put the smaller number into `from`."
    elif isinstance(item, MatchingItem):
        yield from _wrong_matching(item)
    elif isinstance(item, OrderingItem):
        if sorted(item.answer) != sorted(item.choices):
            message = "The order must name every choice once."
            yield "ordering-incomplete", message, f"List each of {', '.join(item.choices)} once, in the right order."
    elif isinstance(item, ChoiceItem | MultipleItem):
        yield from _wrong_choice(item.choices, item.answer)
        if isinstance(item, MultipleItem) and len(set(item.answer)) < len(item.answer):
            yield "answer-said-twice", "The answer names a choice twice.", "Name each right choice once."


def _wrong_choice(choices: Iterable[str], answer: str | tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for key in dict.fromkeys([answer] if isinstance(answer, str) else answer):
        if key not in choices:
            yield "answer-not-a-choice", f"The answer `{key}` is none of the choices.", f"Use one of: {', '.join(choices)}."


def _wrong_matching(item: MatchingItem) -> Iterator[tuple[str, str, str]]:
    missing = [key for key in item.sources if key not in item.answer]
    if missing:
        message = f"The answer leaves out {', '.join(missing)}."
        yield "matching-incomplete", message, "Give every source its target: `answer: {s1: t1, …}`."
    for source, target in item.answer.items():
        if source not in item.sources:
            yield "answer-not-a-choice", f"`{source}` is none of the sources.", f"Use: {', '.join(item.sources)}."
        if target not in item.targets:
            yield "answer-not-a-choice", f"`{target}` is none of the targets.", f"Use: {', '.join(item.targets)}."


def _credits(draft: Draft) -> Iterator[Found]:
    known = [key for key in credits.systems() if key != credits.PARTICIPATION]
    offered: dict[str, int] = {}
    for position, credit in draft.each("credits", Credit):
        where = ("credits", position, "system")
        if credit.system not in known:
            yield where, "unknown-credit-system", *unknown("credit system", credit.system, known)
        if credit.system in offered:
            message = f"`{credit.system}` is designated twice."
            yield where, "credit-said-twice", message, "Keep one of the two."
        offered.setdefault(credit.system, position)
    yield from _equal_credits(offered)


def _equal_credits(offered: dict[str, int]) -> Iterator[Found]:
    for system, position in offered.items():
        found = credits.systems().get(system)
        like = found.rules[-1].equal_to if found else None
        if like and like not in offered:
            message = f"`{system}` equals what is claimed of `{like}`, which this activity does not designate."
            yield ("credits", position, "system"), "equal-credit-missing", message, f"Designate `{like}` too, or remove `{system}`."


def _accreditors(draft: Draft) -> Iterator[Found]:
    provider = draft.one("provider", Provider)
    known = accreditors.accreditors()
    for position, accreditation in enumerate(provider.accreditations if provider else ()):
        if accreditation.accreditor not in known:
            where = ("provider", "accreditations", position, "accreditor")
            yield where, "unknown-accreditor", *unknown("accreditor", accreditation.accreditor, known)


def _professions(draft: Draft) -> Iterator[Found]:
    audience = draft.one("audience", Audience)
    for position, name in enumerate(audience.professions if audience else ()):
        if professions.find(name) is None:
            known = [profession.key for profession in professions.professions()]
            yield ("audience", "professions", position), "unknown-profession", *unknown("profession", name, known)


def _forms(draft: Draft) -> Iterator[Found]:
    evaluation, known = draft.one("evaluation", Evaluation), evaluations.forms()
    if evaluation and evaluation.extends and evaluation.extends not in known:
        yield ("evaluation", "extends"), "unknown-evaluation-form", *unknown("evaluation form", evaluation.extends, known)
    for position, follow_up in draft.each("follow_up", FollowUp):
        if follow_up.form not in known:
            where = ("follow_up", position, "form")
            yield where, "unknown-evaluation-form", *unknown("evaluation form", follow_up.form, known)


def _evaluation_choices(draft: Draft) -> Iterator[Found]:
    evaluation = draft.one("evaluation", Evaluation)
    for position, item in enumerate(evaluation.items if evaluation else ()):
        if _lacks_choices(item):
            message = f"The question `{item.id}` has no choices to choose from."
            yield ("evaluation", "items", position, "kind"), "choices-missing", message, "Add `choices:` with two or more."


def _lacks_choices(item: EvaluationItem) -> bool:
    return item.kind in {"choice", "multiple"} and len(item.choices) < 2


def _assessments(draft: Draft) -> Iterator[Found]:
    assessments = draft.one("assessments", Assessments)
    for key in ("pre", "post"):
        assessment = getattr(assessments, key, None)
        if assessment:
            yield from _asked(draft, key, assessment.items)
            yield from _draws(draft, key, assessment)
    if assessments and assessments.post:
        yield from _post(draft, assessments.post)


def _asked(draft: Draft, key: str, items: str | tuple[str, ...]) -> Iterator[Found]:
    known, seen = draft.ids("items"), set[str]()
    for position, name in enumerate(() if isinstance(items, str) else items):
        where = ("assessments", key, "items", position)
        if name not in known:
            yield where, "unknown-item", *unknown("item", name, known)
        if name in seen:
            yield where, "item-said-twice", f"`{name}` is asked twice in one assessment.", "Name each item once."
        seen.add(name)


def _draws(draft: Draft, key: str, assessment: PreAssessment | PostAssessment) -> Iterator[Found]:
    """Each draw has a bank that is large enough, and no item is in two."""
    apart = practised(_cases(draft), [content for _, content in draft.contents()])
    items = [item for _, item in draft.items() if item.id not in apart]
    always, taken = listed(assessment, items), dict[str, int]()
    for position, draw in enumerate(assessment.draw):
        where = ("assessments", key, "draw", position)
        bank = bank_of(draw, items, always)
        if not bank_of(draw, items):
            known = sorted({name for item in items for name in (item.bank, item.objective) if name})
            yield (*where, "from"), "unknown-bank", *unknown("bank or objective with items", draw.from_, known)
        elif draw.n > len(bank):
            message = f"{draw.n} items are to be drawn from `{draw.from_}`, which has {len(bank)} that are not asked in any case."
            yield (*where, "n"), "bank-too-small", message, f"Draw {len(bank)} at most, or write more items for it."
        both = sorted({taken[item] + 1 for item in bank if item in taken})
        if both:
            message = f"An item of `{draw.from_}` can be drawn by number {both[0]} of `draw`, too."
            yield (*where, "from"), "item-in-two-draws", message, "Draw from banks that share no item: give the items a `bank` each."
        taken.update(dict.fromkeys(bank, position))


def _cases(draft: Draft) -> list[Case]:
    return [case for _, case in draft.each("cases", Case)]


def _post(draft: Draft, post: PostAssessment) -> Iterator[Found]:
    packages = [content.package for _, content in draft.contents() if isinstance(content, WrappedPackage)]
    if post.from_ and post.from_ not in packages:
        yield ("assessments", "post", "from"), "unknown-package", *unknown("package in `contents`", post.from_, packages)
    apart = practised(_cases(draft), [content for _, content in draft.contents()])
    if not post.from_ and not post.draw and not (draft.ids("items").keys() - apart if isinstance(post.items, str) else post.items):
        message = "The post-activity assessment has no items."
        remedy = "Write `items:`, or name the package that keeps the score in `from:`."
        yield ("assessments", "post"), "assessment-without-items", message, remedy


def _zones(draft: Draft) -> Iterator[Found]:
    provider = draft.one("provider", Provider)
    of_provider = provider.zone if provider else None
    own = draft.one("zone", str)
    for where, zone in ((("provider", "zone"), of_provider), (("zone",), own if own != of_provider else None)):
        if zone and not _is_zone(zone):
            message = f"There is no time zone `{zone}`."
            yield where, "unknown-zone", message, "Use a name of the IANA list, such as America/Chicago or Europe/Berlin."


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _partners(draft: Draft) -> Iterator[Found]:
    providership = draft.one("providership", Providership)
    if providership and providership.kind == "direct" and providership.with_:
        message = "Partners are named, but the providership is direct."
        yield ("providership", "with"), "partners-of-direct", message, "Write `kind: joint`, or remove `with`."


def _contents_twice(draft: Draft) -> Iterator[Found]:
    seen: dict[str, int] = {}
    for position, content in draft.contents():
        path = path_of(content)
        if path in seen:
            message = f"{path} is also number {seen[path] + 1} of the contents."
            yield ("contents", position), "content-said-twice", message, "Name each file once."
        seen.setdefault(path, position)


def _evidence(draft: Draft) -> Iterator[Found]:
    seen: dict[tuple[str, str], int] = {}
    for position, one in draft.each("evidence", ElsewhereEvidence):
        for key, code, message, remedy in (*_unmet_evidence(draft, one), *_idle_evidence(one)):
            yield ("evidence", position, key), code, message, remedy
        pair = (one.object, one.satisfies)
        if pair in seen:
            message = f"Number {seen[pair] + 1} of `evidence` says the same of this object."
            yield ("evidence", position, "object"), "evidence-said-twice", message, "Keep one of the two."
        seen.setdefault(pair, position)


def _unmet_evidence(draft: Draft, one: ElsewhereEvidence) -> Iterator[Fault]:
    """What it satisfies must be asked for in this activity."""
    requirement, _, name = one.satisfies.partition(":")
    if requirement == "content":
        known = ids_of([content for _, content in draft.contents()]).values()
        if name not in known:
            yield "satisfies", "unknown-content", *unknown("content", name, known)
    elif requirement == "post" and not getattr(draft.one("assessments", Assessments), "post", None):
        message = "The activity has no post-activity assessment that it could satisfy."
        yield "satisfies", "evidence-for-nothing", message, "Write `assessments: {post: …}` with its `passing_score`, or name a content."
    elif requirement == "evaluation" and draft.one("evaluation", Evaluation) is None:
        message = "The activity has no evaluation that it could satisfy."
        yield "satisfies", "evidence-for-nothing", message, "Write `evaluation:`, or name a content."


def _idle_evidence(one: ElsewhereEvidence) -> Iterator[Fault]:
    """What is said of contents alone, said of something else."""
    if one.satisfies.startswith("content:"):
        return
    if one.needed:
        message = "Only of a content can the report of another tool be needed: the package itself asks for the rest."
        yield "needed", "evidence-cannot-be-needed", message, "Remove `needed`."
    if one.passing_score is not None:
        message = "The passing score of the post-activity assessment stands there."
        yield "passing_score", "passing-score-said-twice", message, "Remove it here; see `assessments: post: passing_score`."


_CHECKS: tuple[Check, ...] = (
    _doubled_ids,
    _doubled_questions,
    _objectives,
    _needs,
    _answers,
    _credits,
    _accreditors,
    _professions,
    _forms,
    _evaluation_choices,
    _assessments,
    case_references.faults,
    _zones,
    _partners,
    _contents_twice,
    _evidence,
)
