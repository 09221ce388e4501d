"""What is said of cases: their steps ask items that there are, each once, and no assessment takes a case apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scorm_packager.activity.banks import asking, bank_of, listed, practised
from scorm_packager.activity.draft import Draft
from scorm_packager.activity.model import Assessments, Case, CaseStudy, ItemBase, PostAssessment, PreAssessment
from scorm_packager.activity.places import Where
from scorm_packager.activity.shape import unknown

Found = tuple[Where, str, str, str]  # where, code, message, remedy


def faults(draft: Draft) -> Iterator[Found]:
    cases = list(draft.each("cases", Case))
    yield from _steps(draft, cases)
    yield from _contents(draft, draft.ids("cases"))
    assessments = draft.one("assessments", Assessments)
    for key in ("pre", "post"):
        assessment = getattr(assessments, key, None)
        if assessment is not None and not getattr(assessment, "from_", None):
            yield from _assessed(draft, key, assessment, [case for _, case in cases])


def _steps(draft: Draft, cases: Iterable[tuple[int, Case]]) -> Iterator[Found]:
    known, seen = draft.ids("items"), dict[str, str]()
    for position, case in cases:
        for number, step in enumerate(case.steps):
            for at, item in enumerate(step.items):
                where = ("cases", position, "steps", number, "items", at)
                if item not in known:
                    yield where, "unknown-item", *unknown("item", item, known)
                elif item in seen:
                    message = f"`{item}` is asked in a step of `{seen[item]}` already."
                    yield where, "item-in-two-steps", message, "Ask each item in one step of one case."
                seen.setdefault(item, case.id)


def _contents(draft: Draft, known: Mapping[str, int]) -> Iterator[Found]:
    for position, content in draft.contents():
        if isinstance(content, CaseStudy) and content.case not in known:
            yield ("contents", position, "case"), "unknown-case", *unknown("case", content.case, known)


def _assessed(draft: Draft, key: str, assessment: PreAssessment | PostAssessment, cases: list[Case]) -> Iterator[Found]:
    apart = practised(cases, [content for _, content in draft.contents()])
    items = [item for _, item in draft.items() if item.id not in apart]
    for position, name in enumerate(() if isinstance(assessment.items, str) else assessment.items):
        if name in apart:
            message = f"`{name}` is answered in the content, where its rationale is shown."
            yield ("assessments", key, "items", position), "item-practised", message, "Ask another item here."
    yield from _drawn(key, assessment, cases, items)
    asked = asking(assessment, items).items
    for case in cases:
        if _is_apart(case, asked) and not apart & _items(case):
            message = f"The items of the case `{case.id}` must be asked all, side by side, in the order of its steps."
            remedy = f"List them so: {', '.join(item for step in case.steps for item in step.items)}."
            yield ("assessments", key), "case-taken-apart", message, remedy


def _drawn(key: str, assessment: PreAssessment | PostAssessment, cases: list[Case], items: Sequence[ItemBase]) -> Iterator[Found]:
    always = listed(assessment, items)
    for position, draw in enumerate(assessment.draw):
        bank = set(bank_of(draw, items, always))
        for case in cases:
            if bank & _items(case):
                message = f"`{draw.from_}` holds items of the case `{case.id}`, which is asked as a whole."
                remedy = "List the items of the case in `items`, beside `draw`, or draw from a bank without them."
                yield ("assessments", key, "draw", position, "from"), "case-drawn", message, remedy


def _is_apart(case: Case, asked: tuple[str, ...]) -> bool:
    """Whether some items of a case are asked, and not all of them in its order; a case that asks an item twice has its own problem."""
    wanted = tuple(item for step in case.steps for item in step.items)
    found = [at for at, item in enumerate(asked) if item in wanted]
    if not found or len(set(wanted)) < len(wanted):
        return False
    return asked[found[0] : found[0] + len(wanted)] != wanted or len(found) != len(wanted)


def _items(case: Case) -> set[str]:
    return {item for step in case.steps for item in step.items}
