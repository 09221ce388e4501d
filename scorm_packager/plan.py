"""What goes into a package, and where from: decided from values alone, before a byte is written."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from scorm_packager import catalogues
from scorm_packager.activity import vocabulary
from scorm_packager.activity.definition import canonical
from scorm_packager.activity.definition_model import Definition
from scorm_packager.formats import PackageFormat
from scorm_packager.package_data import PackageData
from scorm_packager.schemas import Schemas
from scorm_packager.wrap.embed import Exports, home

LAUNCH = "index.html"
PLAYER = "player/player.js"  # the screens, and what starts everything
PARTS = "player/parts.js"  # what these need
STYLES = "player/player.css"
WORDS = "player/messages.js"  # of the package's languages only

_MANIFESTS = uuid.uuid5(uuid.NAMESPACE_URL, f"{vocabulary.BASE}/manifests")
_SHIPPED = (".js", ".css", ".html", ".svg", ".png", ".woff2")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Bytes that `render` makes from the template of this name."""

    template: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file of `templates/`, as it stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Scripts of `templates/`, one after the other in one file."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authored:
    """A file of the activity's folder, which must still be the one that the definition was made from."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A member of a zip in the activity's folder, byte for byte."""

    zip: str
    member: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """A script that assigns a JSON text to `cme.<name>`."""

    name: str
    json: str


@dataclass(frozen=True, slots=True)
class Given:
    """A file from anywhere, which must still be the one that was read."""

    file: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Worded:
    """A script that assigns catalogues of messages, by language."""

    catalogues: tuple[str, ...]


Source = Rendered | Shipped | Joined | Given | Authored | Unpacked | Assigned | Worded


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    source: Source


@dataclass(frozen=True, slots=True)
class Plan:
    """Every entry of a package, the manifest among them, sorted by path.

    `files` are those that the manifest lists: all but itself and schema files, the launch page first.
    `scripts` stand in the order in which the page runs them; `screens` are kinds in the order in which learners meet them.
    """

    definition: Definition
    package: PackageData
    format: PackageFormat
    identifier: str
    entries: tuple[Entry, ...]
    files: tuple[str, ...]
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    screens: tuple[str, ...]
    schema_locations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What there is to plan from: the paths of all files under `templates/`, the kinds of screen in order, wrapped exports, and the
    standard's own schema files."""

    templates: tuple[str, ...]
    screens: tuple[str, ...]
    exports: Exports = field(default_factory=dict)
    schemas: Schemas = field(default_factory=Schemas)


def plan(definition: Definition, package_format: PackageFormat, package: PackageData, parts: Parts) -> Plan:
    """The plan of one package; nothing is read."""
    entries = (
        *_made(definition, package_format, package),
        Entry(WORDS, Worded(catalogues.chosen(parts.templates, definition.languages))),
        *_shipped(_wanted(parts, definition), package_format),
        *_authored(definition),
        *_wrapped(definition, parts.exports),
    )
    paths = sorted(entry.path for entry in entries)
    given = (Entry(each.path, Given(str(each.file), each.sha256, each.bytes)) for each in parts.schemas.files)
    return Plan(
        definition=definition,
        package=package,
        format=package_format,
        identifier=identifier(definition.activity),
        entries=tuple(sorted((*entries, *given), key=lambda entry: entry.path)),
        files=(LAUNCH, *(path for path in paths if path not in (LAUNCH, package_format.manifest))),
        scripts=_in_running_order(paths, package_format),
        styles=_styles(paths),
        screens=parts.screens,
        schema_locations=parts.schemas.locations,
    )


def identifier(activity: str) -> str:
    """What the manifest's ids end in: the same in every version, so that an LMS given a newer package keeps its learners' records."""
    return uuid.uuid5(_MANIFESTS, activity).hex[:16]


def _made(definition: Definition, package_format: PackageFormat, package: PackageData) -> tuple[Entry, ...]:
    return (
        *_manifest(package_format),
        Entry(LAUNCH, Rendered("player/index.html")),
        Entry("data/definition.js", Assigned("definition", canonical(definition).decode())),
        Entry("data/package.js", Assigned("package", json.dumps(package.as_json(), sort_keys=True, separators=(",", ":")))),
    )


def _manifest(package_format: PackageFormat) -> tuple[Entry, ...]:
    template = package_format.manifest_template
    return (Entry(package_format.manifest, Rendered(template)),) if package_format.manifest and template else ()


def _shipped(templates: Iterable[str], package_format: PackageFormat) -> tuple[Entry, ...]:
    runtime = Entry("runtime.js", Joined(package_format.runtime_files))
    wanted = sorted(name for name in templates if name.endswith(_SHIPPED) and _is_shipped(PurePosixPath(name)))
    joined = {path: [name for name in wanted if _home(name) == path] for path in (PARTS, PLAYER, STYLES)}
    alone = (Entry(name, Shipped(name)) for name in wanted if _home(name) not in joined)
    together = (Entry(path, Joined(_start_last(names))) for path, names in joined.items() if names)
    return (runtime, *alone, *together)


def _home(name: str) -> str:
    """Where a file of `templates/` stands in the package. What runs and looks the same in every package stands together: a browser then
    asks three times for it, and not fifty times.
    """
    folder, kind = PurePosixPath(name).parts[0], PurePosixPath(name).suffix
    if name == PLAYER or (folder == "screens" and kind == ".js"):
        return PLAYER
    if folder == "player" and kind == ".js":
        return PARTS
    return STYLES if folder in ("player", "screens") and kind == ".css" else name


def _start_last(names: list[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name == PLAYER, name)))


def _wanted(parts: Parts, definition: Definition) -> Iterator[str]:
    """The gate for wrapped exports goes only into packages that have one, the choice of a language into those that have several."""
    needless = {folder for folder, needed in (("gate", parts.exports), ("languages", definition.translations)) if not needed}
    return (name for name in parts.templates if PurePosixPath(name).parts[0] not in needless)


def _authored(definition: Definition) -> Iterator[Entry]:
    """The activity's own files. The zip of a wrapped export is none of them: what is in it goes into the package."""
    zips = {content.package for content in definition.contents}
    return (Entry(file.path, Authored(file.path, file.sha256, file.bytes)) for file in definition.files if file.path not in zips)


def _wrapped(definition: Definition, exports: Exports) -> Iterator[Entry]:
    for content in definition.contents:
        if content.id in exports:
            for file in exports[content.id].files:
                yield Entry(home(content.id) + file.path, Unpacked(content.package, file.member, file.bytes))


def _is_shipped(name: PurePosixPath) -> bool:
    if name.parts[0] == "gate":
        return True
    # What is HTML there is a template of something rendered.
    return name.parts[0] in ("screens", "player", "languages") and name.suffix != ".html"


def _in_running_order(paths: Iterable[str], package_format: PackageFormat) -> tuple[str, ...]:
    """Data first, then what defines names, and last the player, which starts everything."""
    scripts = [path for path in paths if path.endswith(".js") and not path.startswith("content/")]
    ranks = {"data": 0, "runtime.js": 1, "player": 2, "gate": 3, "languages": 3, "screens": 4}
    return tuple(sorted(scripts, key=lambda path: (path == PLAYER, ranks[PurePosixPath(path).parts[0]], path)))


def _styles(paths: Iterable[str]) -> tuple[str, ...]:
    """Base styles before those of the screens."""
    return tuple(path for path in paths if path.endswith(".css") and path.startswith(("player/", "gate/", "languages/", "screens/")))
