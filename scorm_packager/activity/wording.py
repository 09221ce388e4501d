"""Filling the wordings that others laid down: templates in rule data, and the small pages under `templates/definition/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorm_packager.activity import resources

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY_FIRST = ("en-GB", "en-AU", "en-NZ", "en-IE", "en-ZA", "en-IN")


def filled_html(template: str, words: Mapping[str, object]) -> str:
    """A template of HTML with its words escaped; words whose name ends in `_html` are HTML already."""
    return " ".join(_environment(html=True).from_string(template).render(**_marked(words)).split())


def filled_text(template: str, words: Mapping[str, object]) -> str:
    """A template of plain text."""
    return " ".join(_environment(html=False).from_string(template).render(**words).split())


def page(name: str, **words: object) -> str:
    """A template of `templates/definition/`, filled; blank lines removed, so that its hash does not hang on layout."""
    text = _environment(html=True).get_template(name).render(**_marked(words))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def long_date(day: date | str, language: str = "en") -> str:
    """A date written out in English of the given kind; in another language as ISO 8601, which is read everywhere."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    if language.split("-")[0] != "en":
        return day.isoformat()
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month} {day.year}" if language in _DAY_FIRST else f"{month} {day.day}, {day.year}"


def listing(names: Iterable[object]) -> str:
    """Names as a sentence has them: A; A and B; A, B, and C."""
    parts = [str(name) for name in names]
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"


def the(name: str) -> str:
    """The wordings say "The [name]": a name that has the article already does not get it twice."""
    return name if name.lower().startswith("the ") else f"The {name}"


def percent(share: float) -> str:
    return f"{share * 100:.4g}%"


def _marked(words: Mapping[str, object]) -> dict[str, object]:
    return {key: Markup(value) if key.endswith("_html") and isinstance(value, str) else value for key, value in words.items()}


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader(resources.templates() / "definition"),
    )
    environment.filters |= {"long_date": long_date, "listing": listing, "the": the, "percent": percent}
    return environment
