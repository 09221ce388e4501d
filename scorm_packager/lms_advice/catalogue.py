"""What an LMS's catalogue may say of an activity: in short, and in full with all that must stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import escape

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, Severity
from scorm_packager.activity.wording import long_date
from scorm_packager.lms_advice.plain_text import plain_text

# In this order; the accreditation statement stands with faculty and objectives, the designation statement by itself after it.
_BLOCKS = ("audience", "objectives", "faculty", "accreditation", "designation", "passing", "time", "dates", "contact")
_NEED_ACCREDITATION = {"objectives", "faculty"}
_DISCLOSURE = (
    "Relevant financial relationships of all in control of content, how they were mitigated, and any commercial support are disclosed "
    "to learners inside the activity, before it begins."
)
_SOURCE = "ACCME, accreditation statement: on all activity materials that name more than title, date and place"


@dataclass(frozen=True, slots=True)
class Text:
    """One text, plain and as a fragment of HTML."""

    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`short` names neither faculty nor objectives nor credit, and may stand without an accreditation statement.

    `full` is None where the activity has no accreditation statement to stand beside them; `problems` say so.
    """

    short: Text
    full: Text | None
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, object]:
        texts = {"short": self.short, "full": self.full}
        return {name: {"plain": text.plain, "html": text.html} if text else None for name, text in texts.items()}


def catalogue(definition: Definition, today: date) -> Catalogue:
    """`today` in the activity's zone."""
    blocks = {block.kind for block in definition.front_matter}
    short = _text(definition, _heading(definition), *_offered(definition))
    over = () if definition.terminates is None or today.isoformat() <= definition.terminates else (_over(definition),)
    if "accreditation" not in blocks and _NEED_ACCREDITATION & blocks:
        return Catalogue(short, None, (*over, _no_statement()))
    description = f"<p>{escape(definition.description)}</p>"
    full = _text(definition, _heading(definition), description, *_sections(definition, _BLOCKS), _disclosure())
    return Catalogue(short, full, over)


def _offered(definition: Definition) -> list[str]:
    """When it can be taken, in a sentence that says nothing of credit."""
    words = (("from", definition.released), ("until", definition.terminates))
    dates = " ".join(f"{word} {long_date(day, definition.language)}" for word, day in words if day)
    return [f"<p>Available {dates}</p>"] if dates else []


def _sections(definition: Definition, kinds: tuple[str, ...]) -> list[str]:
    blocks = {block.kind: block for block in definition.front_matter}
    return [f"<h3>{escape(blocks[kind].heading)}</h3>\n{blocks[kind].html}" for kind in kinds if kind in blocks]


def _heading(definition: Definition) -> str:
    providers = ", ".join((definition.provider.name, *definition.joint_providers))
    return f"<h2>{escape(definition.title)}</h2>\n<p>{escape(providers)}</p>"


def _disclosure() -> str:
    return f"<h3>Disclosure</h3>\n<p>{_DISCLOSURE}</p>"


def _text(definition: Definition, *parts: str) -> Text:
    html = "\n".join(parts)  # the catalogue's page may be in another language (WCAG 2.2, 3.1.2)
    return Text(plain_text(html) + "\n", f'<div lang="{escape(definition.language)}">\n{html}\n</div>\n')


def _over(definition: Definition) -> Problem:
    message = f"The activity terminated on {definition.terminates}; nobody who starts it now can be given credit."
    remedy = "Take it out of the catalogue, or review it and write its new dates."
    return Problem("catalogue-terminated", Place("activity.yaml"), message, remedy, Severity.WARNING)


def _no_statement() -> Problem:
    message = "There is no accreditation statement, so neither faculty nor objectives may stand in a catalogue."
    remedy = "Use the short text, or name the provider's accreditations in provider.yaml."
    return Problem("catalogue-without-accreditation", Place("activity.yaml"), message, remedy, Severity.WARNING, _SOURCE)
