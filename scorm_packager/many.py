"""Many activities built at once, each in a process of its own; a fault in one does not keep the others from being built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors, file_trouble
from scorm_packager.build import Order, Package, build
from scorm_packager.check import check
from scorm_packager.formats import choose, formats
from scorm_packager.package_data import Destination
from scorm_packager.presets import preset

FILE = "activity.yaml"


@dataclass(frozen=True, slots=True)
class _Named:
    """An order as one process can give it to another: formats and preset by their keys."""

    formats: tuple[str, ...]
    preset: str
    destination: Destination | None
    out: Path
    templates: Path
    packager: str
    schemas: Path | None


@dataclass(frozen=True, slots=True)
class Built:
    """What came of one activity: its packages, or none where `problems` holds errors."""

    path: Path
    packages: tuple[Package, ...]
    problems: tuple[Problem, ...]


def activities(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The activities meant by these paths: a folder without an activity.yaml of its own stands for those in it. Raises `ProblemsFound`."""
    found = [each for path in paths for each in _meant(path)]
    return tuple(dict.fromkeys(found))


def build_one(path: Path, order: Order) -> Built:
    """The activity checked and built. Never raises `ProblemsFound`."""
    checked = check(path)
    if checked.loaded is None or errors(checked.problems):
        return Built(path, (), checked.problems)
    try:
        packages = build(definition_of(checked.loaded.activity, checked.loaded.source), checked.loaded.folder, order, lambda step: None)
    except ProblemsFound as found:
        return Built(path, (), (*checked.problems, *found.problems))
    except OSError as fault:
        trouble = file_trouble(fault)
        if trouble is None:
            raise
        return Built(path, (), (*checked.problems, trouble))
    return Built(path, packages, checked.problems)


def build_many(paths: Sequence[Path], order: Order, jobs: int) -> Iterator[Built]:
    """Every activity, in the order in which they are done; at most `jobs` at a time."""
    with ProcessPoolExecutor(max_workers=min(jobs, len(paths))) as pool:
        named = _named(order)
        for done in as_completed([pool.submit(_build_named, path, named) for path in paths]):
            yield done.result()


def _named(order: Order) -> _Named:
    keys = tuple(each.key for each in order.formats)
    return _Named(keys, order.preset.key, order.destination, order.out, order.templates, order.packager, order.schemas)


def _build_named(path: Path, named: _Named) -> Built:
    chosen = choose(formats(named.templates), named.formats)
    wanted = preset(named.templates, named.preset)
    return build_one(path, Order(chosen, wanted, named.destination, named.out, named.templates, named.packager, named.schemas))


def collisions(built: Iterable[Built]) -> tuple[Problem, ...]:
    """Packages that overwrote each other: two activities end in the same name and version."""
    makers = defaultdict(list)
    for each in built:
        for package in each.packages:
            makers[package.file].append(each.path)
    return tuple(_collision(file, paths) for file, paths in sorted(makers.items()) if len(paths) > 1)


def _meant(path: Path) -> tuple[Path, ...]:
    if path.is_file() or (path / FILE).is_file():
        return (path,)
    inside = tuple(sorted(each.parent for each in path.glob(f"*/{FILE}")))
    if not inside:
        message = f"There is no {FILE} here, nor in a folder of it."
        raise ProblemsFound(
            (Problem("no-activities", Place(str(path)), message, "Give the folder of an activity, or one that holds some."),)
        )
    return inside


def _collision(file: Path, paths: list[Path]) -> Problem:
    names = ", ".join(sorted(map(str, paths)))
    message = f"Several activities make a package of this name, and only one of them is left: {names}."
    return Problem("packages-of-one-name", Place(str(file)), message, "Let their ids end differently, or build each with its own --out.")
