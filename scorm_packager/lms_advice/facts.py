"""What must be known of an activity and its package before anybody can say what to set in an LMS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, StrictUndefined

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.wording import long_date, percent
from scorm_packager.formats import PackageFormat
from scorm_packager.presets import Condition, Settings, Step

# Until an activity is named, its facts are spoken of in general.
_IN_GENERAL = {
    "title": "the activity",
    "passing": "the activity's passing score",
    "passing_number": "the activity's passing score in per cent",
    "attempts": "attempts",
    "own_attempts": "The package counts the attempts at its post-activity assessment itself.",
    "minutes": "the activity's estimated time to complete",
    "terminates": "the activity's termination date",
    "completes": "all was done that the activity's `lms_completion` asks for",
    "passes": "the post-activity assessment was passed and all was done that the activity's `lms_completion` asks for",
    "fails": "all attempts were used up",
}

# By the stage with which the LMS is told: what the learner has done then, and how it reads where that waited for a pass, or none came.
_COMPLETES = {
    "content": "the whole content was gone through",
    "assessment": "the post-activity assessment was passed, or its attempts were used up",
    "evaluation": "the evaluation was submitted",
    "claim": "credit was claimed or declined",
}
_PASSES = {
    "content": "the whole content was gone through and the post-activity assessment in it passed",
    "assessment": "the post-activity assessment was passed",
    "evaluation": "the evaluation was submitted after a pass",
    "claim": "credit was claimed or declined after a pass",
}
_FAILS = {
    "content": "all attempts were used up without a pass",
    "assessment": "all attempts were used up without a pass",
    "evaluation": "the evaluation was submitted after all attempts were used up without a pass",
    "claim": "credit was claimed or declined after all attempts were used up without a pass",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """`conditions` are those of presets' steps that hold, or None where no activity is known and all of them are told.

    `words` are what the texts of presets and formats may use.
    """

    form: PackageFormat
    conditions: frozenset[Condition] | None
    words: Mapping[str, str]

    def concerns(self, step: Step) -> bool:
        fits = not step.formats or self.form.key in step.formats
        return fits and (self.conditions is None or set(step.when) <= self.conditions)

    def filled(self, text: str) -> str:
        """The text with these words in it. Raises jinja2's `UndefinedError` for a word that there is not."""
        return " ".join(_texts().from_string(text).render(**self.words).split())


def in_general(form: PackageFormat, settings: Settings) -> Facts:
    return Facts(form, None, {**_IN_GENERAL, "passed_status": settings.passed_status})


def facts(definition: Definition, form: PackageFormat, settings: Settings) -> Facts:
    return Facts(form, conditions(definition), {**_words(definition), "passed_status": settings.passed_status})


def conditions(definition: Definition) -> frozenset[Condition]:
    """`scored`: there is a post-activity assessment. `assessed`: completion waits for it. `wrapped`: there is somebody else's export."""
    scored: Condition = "scored" if definition.post else "unscored"
    assessed: Condition = "assessed" if _waits_for_assessment(definition) else "unassessed"
    found: set[Condition] = {scored, assessed}
    if any(content.package for content in definition.contents):
        found.add("wrapped")
    return frozenset(found)


def completion_stage(definition: Definition) -> str:
    """What the learner has done when the LMS is told of completion: `lms_completion`, or what comes before it where that is left out."""
    stages = ("content", "assessment", "evaluation", "claim")
    wanted = stages.index(definition.lms_completion)
    has = {
        "content": True,
        "assessment": definition.post is not None and definition.post.from_ is None,
        "evaluation": bool(definition.evaluation or definition.commitments),
        "claim": True,
    }
    return next(stage for stage in reversed(stages[: wanted + 1]) if has[stage])


def _waits_for_assessment(definition: Definition) -> bool:
    post = definition.post
    return post is not None and (definition.lms_completion != "content" or post.from_ is not None)


def _words(definition: Definition) -> dict[str, str]:
    post = definition.post
    attempts = _counted(post.attempts, "attempt") if post else "attempts"
    minutes = definition.estimated_minutes
    stage = completion_stage(definition)
    return {
        "title": definition.title,
        "passing": percent(post.passing_score) if post else _IN_GENERAL["passing"],
        "passing_number": percent(post.passing_score).rstrip("%") if post else _IN_GENERAL["passing_number"],
        "attempts": attempts,
        "own_attempts": f"The package counts the {attempts} at its post-activity assessment itself." if post else "",
        "minutes": _counted(minutes, "minute") if minutes else _IN_GENERAL["minutes"],
        "terminates": long_date(definition.terminates, definition.language) if definition.terminates else _IN_GENERAL["terminates"],
        "completes": _COMPLETES[stage],
        "passes": _PASSES[stage],
        "fails": _FAILS[stage],
    }


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@cache
def _texts() -> Environment:
    return Environment(autoescape=False, undefined=StrictUndefined)  # what comes out is plain text; whoever writes HTML escapes it
