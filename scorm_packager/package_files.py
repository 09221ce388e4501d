"""A package opened to be played: its files, from a zip or a folder, and what its manifest says about starting it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal, Protocol

from lxml import etree

from scorm_packager import archive, hostile_xml
from scorm_packager.activity.problems import Place, Problem, ProblemsFound

MANIFEST = "imsmanifest.xml"


class PackageFiles(Protocol):
    """`names` are paths inside the package, with forward slashes."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def read(self, name: str) -> bytes:
        """The bytes of one of `names`."""
        ...

    def size(self, name: str) -> int:
        """How many bytes one of `names` has."""
        ...

    def stream(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """One of `names`, to be read in pieces; it can be sought in."""
        ...


class Folder:
    """An unpacked package; files are looked up at every reading, so that an author sees changes at once."""

    def __init__(self, root: Path):
        self._root = root.resolve()

    @property
    def names(self) -> tuple[str, ...]:
        inside = (path for path in self._root.rglob("*") if path.is_file() and path.resolve().is_relative_to(self._root))
        return tuple(sorted(path.relative_to(self._root).as_posix() for path in inside))

    def read(self, name: str) -> bytes:
        return (self._root / name).read_bytes()

    def size(self, name: str) -> int:
        return (self._root / name).stat().st_size

    def stream(self, name: str) -> AbstractContextManager[IO[bytes]]:
        return (self._root / name).open("rb")


@dataclass(frozen=True, slots=True)
class Launch:
    """How a package starts: the SCORM edition, or another standard; the launch file with its parameters; the score that its manifest
    asks the LMS to judge by."""

    edition: Literal["1.2", "2004", "cmi5", "xapi"]
    title: str
    href: str
    mastery: str
    identifier: str = ""  # of what is launched, where statements name it
    move_on: str = ""  # cmi5 13.1.4


@contextmanager
def opened(path: Path) -> Iterator[PackageFiles]:
    """The files of a package zip or folder. Raises `ProblemsFound` for a zip that cannot be trusted, or for neither."""
    with ExitStack() as stack:
        if path.is_dir():
            yield Folder(path)
        else:
            yield stack.enter_context(archive.trusted(path))


def launch(files: PackageFiles) -> Launch:
    """What the manifest says. Raises `ProblemsFound` when there is none, or nothing in it can be started."""
    if MANIFEST not in files.names:
        return _told_by_statements(files)
    root = hostile_xml.parse(files.read(MANIFEST), MANIFEST)
    item = _first_item(root)
    resource = _resource(root, item.get("identifierref", ""))
    # SCORM 2004 CAM 3.4.1.6: xml:base of resources and resource stand before the href.
    href = _base(resource.getparent()) + _base(resource) + resource.get("href", "")
    edition: Literal["1.2", "2004"] = "1.2" if _text(root, "schemaversion") in {"1.2", ""} else "2004"
    return Launch(edition, _text(item, "title"), href + _parameters(href, item.get("parameters", "")), _mastery(item, edition))


def _told_by_statements(files: PackageFiles) -> Launch:
    for name, read in (("cmi5.xml", _cmi5), ("tincan.xml", _tincan)):
        if name in files.names:
            return read(hostile_xml.parse(files.read(name), name))
    raise _unplayable("There is no imsmanifest.xml, cmi5.xml or tincan.xml at the root of this package.", "Choose a package for an LMS.")


def _cmi5(root: etree._Element) -> Launch:
    for unit in _all(root, "au"):
        url, parameters = _text(unit, "url"), _text(unit, "launchParameters")
        title = next((_text(each, "langstring") for each in _all(unit, "title")), "")
        where = url + _parameters(url, parameters)
        return Launch("cmi5", title, where, unit.get("masteryScore", ""), unit.get("id", ""), unit.get("moveOn", "NotApplicable"))
    raise _unplayable("The course structure has no assignable unit.", "Give it an `au` with a `url`.")


def _tincan(root: etree._Element) -> Launch:
    for activity in _all(root, "activity"):
        if _text(activity, "launch"):
            return Launch("xapi", _text(activity, "name"), _text(activity, "launch"), "", activity.get("id", ""))
    raise _unplayable("No activity of tincan.xml has a `launch`.", "Name the file that starts it.")


def _first_item(root: etree._Element) -> etree._Element:
    organizations = _all(root, "organization")
    wanted = next((each.get("default") for each in _all(root, "organizations")), None)
    chosen = [each for each in organizations if each.get("identifier") == wanted] or organizations
    items = [item for each in chosen[:1] for item in _all(each, "item") if item.get("identifierref")]
    if not items:
        raise _unplayable("The manifest names nothing that can be started.", "Give its organization an item with an identifierref.")
    return items[0]


def _resource(root: etree._Element, identifier: str) -> etree._Element:
    for resource in _all(root, "resource"):
        if resource.get("identifier") == identifier and resource.get("href"):
            return resource
    raise _unplayable(f"The manifest has no resource “{identifier}” with an href.", "Correct the item's identifierref.")


def _mastery(item: etree._Element, edition: str) -> str:
    if edition == "1.2":
        return _text(item, "masteryscore")
    judged = [each for each in _all(item, "primaryObjective") if each.get("satisfiedByMeasure") == "true"]
    return _text(judged[0], "minNormalizedMeasure") or "1.0" if judged else ""


def _parameters(href: str, parameters: str) -> str:
    if not parameters or parameters[0] in "?#":
        return parameters
    return ("&" if "?" in href else "?") + parameters.lstrip("&")


def _base(element: etree._Element | None) -> str:
    return "" if element is None else element.get("{http://www.w3.org/XML/1998/namespace}base", "")


def _all(element: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in element.iter("{*}" + name)]


def _text(element: etree._Element, name: str) -> str:
    return next(((each.text or "").strip() for each in _all(element, name)), "")


def _unplayable(message: str, remedy: str) -> ProblemsFound:
    return ProblemsFound((Problem("package-unplayable", Place(MANIFEST), message, remedy),))


def is_inside(name: str) -> bool:
    """Whether a path stays inside the package."""
    parts = PurePosixPath(name).parts
    return bool(parts) and ".." not in parts and not name.startswith("/") and "\\" not in name and "\0" not in name
