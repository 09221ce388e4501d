"""Bytes of what a package makes itself: the one Jinja environment, and scripts that carry values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorm_packager.plan import Assigned, Plan, Rendered


def environment(templates: Path) -> Environment:
    """Everything is escaped unless a template says `| safe`; a name that does not exist is an error."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["href"] = href
    return made


def href(path: str) -> str:
    """A path inside the package as a relative URL: percent-encoded, slashes kept."""
    return quote(path, safe="/-._~!$'()*+,;=@")


def rendered(source: Rendered, plan: Plan, templates: Environment) -> bytes:
    """The page or manifest. Raises jinja2's errors for a template that is wrong."""
    return templates.get_template(source.template).render(words(plan, templates)).encode()


def assigned(source: Assigned) -> bytes:
    """A classic script that puts a value on `cme`; nothing in it can end a script element or a line of source."""
    text = source.json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"var cme = globalThis.cme || (globalThis.cme = {{}});\ncme.{source.name} = {text};\n".encode()


def words(plan: Plan, templates: Environment) -> dict[str, Any]:
    """All that a template may speak of. A screen is rendered with the same words, when the page asks for its `html`."""
    common = {
        "definition": plan.definition,
        "package": plan.package,
        "settings": plan.package.settings,
        "format": plan.format,
        "identifier": plan.identifier,
        "files": plan.files,
        "schema_locations": plan.schema_locations,
        "scripts": plan.scripts,
        "styles": plan.styles,
    }
    return {**common, "screens": tuple(Screen(kind, common, templates) for kind in plan.screens)}


@dataclass(frozen=True, slots=True)
class Screen:
    """A learner screen of the package; `html` is safe to write into the page as it is."""

    kind: str
    words: Mapping[str, Any]
    templates: Environment

    @property
    def html(self) -> Markup:
        # Escaping has happened inside the screen's own template.
        return Markup(self.templates.get_template(f"screens/{self.kind}/screen.html").render(self.words))
