"""How long the saved state can get: an upper bound by the same rules as `templates/player/suspend.js` writes it.

The bound is for one learner who uses every attempt, answers everything at its longest, commits to every change and claims every credit,
under at most two versions of the package. Two things are not bounded by the definition, and said apart: free texts, and numbers
of more than `NUMBER` characters.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from scorm_packager.activity.definition_model import DefinedEvaluationItem, DefinedItem, Definition, Option, PostDefinition, PreDefinition
from scorm_packager.activity.problems import Place, Problem, Severity

TEXT = 80  # of a short answer of 60 letters: in another writing than Latin, of 20
NUMBER = 12  # characters of a number as a learner writes it
_OPENINGS = 2
_MOST_WRAPPED = 4096  # CMIString4096: what exports for SCORM 1.2 keep to
_SHARE = 3  # ten-thousandths in base 36
_LEFT_OUT = 1  # `+` stands for a text that did not fit

_SECONDS = 4  # base 36: 19 days between two events
_SKIPPED = 3  # `+` and two digits: numbers of answers that were given again
_EVENT = 1 + _SECONDS + _SKIPPED + 1 + 1  # letter, seconds, skipped; check digit; separator
_TIME = 1 + 7  # `t0`, after a colon
_COUNT = 1 + 3  # a number of events, after a colon
_KEY = 23  # 128 bits as base64, and its sign
_HEAD = 3 + 7 + _KEY + _TIME + _COUNT + 2 + 3 + _COUNT  # mark, check, launch key, start, sent, flags, progress, last
_SECTIONS = 3
_SECONDS_IN_CONTENT = 1 + 5

_HEX = re.compile(r"(?:[0-9a-f]{2}){4,}")
_JOINTS = re.compile(r"\[[.,]\]")


@dataclass(frozen=True, slots=True)
class Budget:
    """Characters of saved state. `worst` holds all but free texts; `room` is left for those, in all.

    `texts` name what learners may write freely; what does not fit stays on the learner's device, and goes to the bridge.
    `answers_leaving` of `answers` are those of submitted attempts that must leave in the worst case; scores stay.
    `fits` is False when even what may not leave is too long. `wrapped` are the exports whose own saved state has `room` as well.
    """

    limit: int
    worst: int
    room: int
    texts: tuple[str, ...]
    answers: int
    answers_leaving: int
    fits: bool
    wrapped: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def budget(definition: Definition, limit: int) -> Budget:
    """The worst case of a definition against a format's limit on saved state, in characters."""
    answers = _answers(definition)
    fixed = _fixed(definition)
    worst = fixed + sum(answers)
    leaving = _leaving(worst, answers, limit)
    return Budget(
        limit=limit,
        worst=worst,
        room=max(0, limit - worst),
        texts=_texts(definition),
        answers=len(answers),
        answers_leaving=leaving,
        fits=max(fixed, _while_answering(definition)) - packed(_place(definition)) <= limit,
        wrapped=tuple(content.package for content in definition.contents if content.package),
    )


def sentence(budget: Budget) -> str:
    """The budget in words, for the one who builds."""
    if not budget.fits:
        return f"Saved state may need more than {budget.limit:,} characters even after everything that may leave has left it."
    if budget.answers_leaving:
        words = f"{budget.answers_leaving} of {budget.answers} answers of submitted attempts leave it (their scores stay)"
        return f"Saved state: {budget.worst:,} of {budget.limit:,} characters at worst; {words}. {_of_texts(budget)}"
    return f"Saved state: {budget.worst:,} of {budget.limit:,} characters at worst. {_of_texts(budget)}"


def doubts(budget: Budget, name: str) -> tuple[Problem, ...]:
    """Warnings for a format, by its name, whose saved state may not hold everything."""
    if budget.fits and not budget.answers_leaving:
        return tuple(_of_wrapped(budget, name))
    code = "saved-state-tight" if budget.fits else "saved-state-too-small"
    remedy = "Build for a format that keeps more (SCORM 2004), or ask for fewer items or attempts; with a bridge nothing is lost."
    return (Problem(code, Place(name), sentence(budget), remedy, Severity.WARNING), *_of_wrapped(budget, name))


def _of_wrapped(budget: Budget, name: str) -> Iterable[Problem]:
    """What an export saves is its own affair, and can be as long as SCORM 1.2 lets a whole package save."""
    if budget.wrapped and budget.room < _MOST_WRAPPED * len(budget.wrapped):
        packages = ", ".join(budget.wrapped)
        message = (
            f"{budget.room:,} characters are left at worst for what {packages} may save, which can be {_MOST_WRAPPED:,} each. "
            "What does not fit stays on the learner's device; on another one that part begins anew, with its completion and score kept."
        )
        remedy = "Build for a format that keeps more (SCORM 2004) where the LMS can."
        yield Problem("wrapped-state-tight", Place(name), message, remedy, Severity.WARNING)


def packed(text: str) -> int:
    """How long a text is as `packText` writes it."""
    if _HEX.fullmatch(text):
        return 1 + _base64(len(text) // 2)
    plain = quote(_JOINTS.sub("_", text).replace(" ", "_"), safe="-_.,", encoding="utf-8").replace("~", "%7E")
    if "_" in text:
        plain += "  " * text.count("_")  # a character of its own is written in three
    return min(len(plain), 1 + _base64(len(text.encode())))


def _base64(count: int) -> int:
    return len(base64.urlsafe_b64encode(bytes(count)).rstrip(b"="))


def _fixed(definition: Definition) -> int:
    """All but the answers to assessments."""
    return _HEAD + _SECTIONS + _table(definition) + packed(_place(definition)) + sum(_events(definition))


def _events(definition: Definition) -> Iterable[int]:
    yield from [_event(1, packed("0" * 40))] * _OPENINGS
    yield _event()
    yield _event(packed("0" * 64))
    submissions = int(definition.pre is not None) + _attempts(definition)
    yield from [_event(1, _digits(len(definition.items)), _digits(len(definition.items)))] * submissions
    yield from [_event(1, _SHARE, _row(definition))] * _attempts_at_package(definition)
    yield from [_event(_row(definition), _SECONDS_IN_CONTENT - 1)] * len(definition.contents)
    yield from [_event(_row(definition), _SHARE, 1) for content in definition.contents if content.package]
    yield from [_event(1, 1, _row(definition), 1)] * _closings(definition)
    yield from (_event(_row(definition), _rating(item)) for item in definition.evaluation)
    yield _event()
    yield from [_event(1, _LEFT_OUT, 1)] * definition.commitments
    yield from (_event(_row(definition), _row(definition), _LEFT_OUT) for content in definition.contents for _ in content.reflections)
    yield from (_event(_row(definition), packed(offer.maximum)) for offer in definition.credits)


def _event(*fields: int) -> int:
    return _EVENT + sum(1 + field for field in fields)


def _answers(definition: Definition) -> list[int]:
    """Each answer to an assessment that a learner may give, the earliest first."""
    pre = _answers_to(definition, definition.pre)
    post = _answers_to(definition, definition.post)
    return [*pre, *_practice(definition), *(post * _attempts(definition))]


def _practice(definition: Definition) -> list[int]:
    """The answers in cases that are contents; each names its content."""
    shown = {content.case for content in definition.contents if content.case}
    asked = {item for case in definition.cases if case.id in shown for step in case.steps for item in step.items}
    return [_event(1, _row(definition), _longest(item), _row(definition)) for item in definition.items if item.id in asked]


def _closings(definition: Definition) -> int:
    """How many events say how far a case was told: one for each case, wherever it is worked at."""
    asked = (definition.pre, *[definition.post] * _attempts(definition))
    worked = sum(case.steps[0].items[0] in each.items for case in definition.cases for each in asked if each)
    return worked + sum(bool(content.case) for content in definition.contents)


def _answers_to(definition: Definition, assessment: PreDefinition | PostDefinition | None) -> list[int]:
    """The answers of one attempt; of a bank, those that take most room."""
    if assessment is None:
        return []
    length = {item.id: _event(1, _row(definition), _longest(item)) for item in definition.items}
    banked = {item for draw in assessment.draws for item in draw.items}
    drawn = (sorted((length[item] for item in draw.items), reverse=True)[: draw.n] for draw in assessment.draws)
    return [*(length[item] for item in assessment.items if item not in banked), *(answer for draw in drawn for answer in draw)]


def _while_answering(definition: Definition) -> int:
    """Before the last attempt is submitted its answers may not leave; evaluation and claim are still to come."""
    last = sum(_answers_to(definition, definition.post))
    later = len(definition.evaluation) + 1 + definition.commitments + len(definition.credits)
    return _fixed(definition) + last - later * _EVENT


def _leaving(worst: int, answers: list[int], limit: int) -> int:
    """How many answers, the earliest first, must leave until the rest fits."""
    length = worst
    for count, answer in enumerate(answers):
        if length <= limit:
            return count
        length -= answer
    return len(answers)


def _table(definition: Definition) -> int:
    rows = [packed(item.id) + 1 + packed(item.version) for item in definition.items]
    rows += [packed(content.id) for content in definition.contents]
    rows += [packed(case.id) for case in definition.cases]
    rows += [packed(name) for name in _reflections(definition)]
    rows += [packed(asked.id) for asked in definition.evaluation]
    rows += [packed(offer.system) for offer in definition.credits]
    return sum(1 + row for row in rows)


def _place(definition: Definition) -> str:
    """The longest place: every page read for long, every video seen in part."""
    contents = [content.id for content in definition.contents]
    films = [content.id for content in definition.contents if content.kind == "video"]
    screens = [*(f"content:{content}" for content in contents), "post-assessment"]
    place = {
        "screen": max(screens, key=len),
        "item": len(definition.items),
        "scroll": 99999,
        "t": _attempts(definition),
        "p": 1,
        "d": dict.fromkeys(contents, 99999),
        "w": dict.fromkeys(films, "f" * 15),
        "v": dict.fromkeys(films, 99999),
    }
    return json.dumps(place, separators=(",", ":"))


def _row(definition: Definition) -> int:
    """Digits of a row of the table."""
    named = (definition.items, definition.contents, definition.cases, definition.evaluation, definition.credits)
    return _digits(sum(map(len, named)) + len(_reflections(definition)))


def _reflections(definition: Definition) -> list[str]:
    return [name for content in definition.contents for name in content.reflections]


def _digits(number: int) -> int:
    return 1 if number < 36 else 2


def _attempts(definition: Definition) -> int:
    return definition.post.attempts if definition.post and definition.post.items else 0


def _attempts_at_package(definition: Definition) -> int:
    return definition.post.attempts if definition.post and definition.post.from_ else 0


def _longest(item: DefinedItem) -> int:
    if item.kind == "matching":
        longest = max(packed(option.id) for option in item.targets)
        return sum(packed(source.id) + 1 + longest + 1 for source in item.sources)
    return _longest_of(item.kind, item.choices)


def _rating(item: DefinedEvaluationItem) -> int:
    return _LEFT_OUT if item.kind == "text" else _longest_of(item.kind, item.choices)


def _longest_of(kind: str, choices: tuple[Option, ...]) -> int:
    sizes = [packed(option.id) for option in choices] or [0]
    longest = {"choice": max(sizes), "true-false": len("false"), "numeric": NUMBER, "rating": 1, "text": TEXT}
    return longest.get(kind, sum(sizes) + len(sizes))


def _texts(definition: Definition) -> tuple[str, ...]:
    asked = [item.id for item in definition.evaluation if item.kind == "text"]
    asked += [f"reflection {name}" for name in _reflections(definition)]
    return (*asked, *(f"commitment {number}" for number in range(1, definition.commitments + 1)))


def _of_texts(budget: Budget) -> str:
    if not budget.texts:
        return "Learners write no free text."
    names = ", ".join(budget.texts)
    if budget.room:
        return f"{budget.room:,} are left for what learners write ({names}); longer texts stay on their device and go to the bridge."
    return f"What learners write ({names}) may not fit: it then stays on their device and goes to the bridge."
