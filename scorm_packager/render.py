"""Bytes of what a package makes itself: the one Jinja environment, and scripts that carry values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scorm_packager import catalogues
from scorm_packager.plan import Assigned, Plan, Rendered, Worded

RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")


@cache
def environment(templates: Path) -> Environment:
    """Everything is escaped unless a template says `| safe`; a name that does not exist is an error.

    One for each folder, so that a template is compiled once; it is compiled again when its file has changed.
    """
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


def worded(source: Worded, templates: Path) -> bytes:
    """The catalogues of a package as a script. Raises ProblemsFound for one that cannot be read."""
    return assigned(Assigned("messages", catalogues.joined({PurePosixPath(name).stem: templates / name for name in source.catalogues})))


def words(plan: Plan, templates: Environment) -> dict[str, Any]:
    """All that a template may speak of. A screen is rendered with the same words, when the page asks for its `html`."""
    folder = _folder(templates)
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
        "languages": tuple(Language(tag, catalogues.spoken(folder, tag)) for tag in plan.definition.languages),
    }
    return {**common, "screens": tuple(Screen(kind, common, templates) for kind in plan.screens)}


def _folder(templates: Environment) -> Path:
    if not isinstance(templates.loader, FileSystemLoader):
        raise TypeError("templates come from a folder")
    return Path(templates.loader.searchpath[0])


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the package, and what its catalogue says before any script runs."""

    tag: str
    messages: catalogues.Catalogue

    @property
    def name(self) -> str:
        """Its name in itself; the tag where another language speaks for it."""
        found = self.messages if self._is_own else {}
        return str(found.get("language.name", self.tag))

    @property
    def direction(self) -> str:
        return "rtl" if self.tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    @property
    def _is_own(self) -> bool:
        return self.tag.split("-")[0] == str(self.messages.get("language.tag", "")).split("-")[0]


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
