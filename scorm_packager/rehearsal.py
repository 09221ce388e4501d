"""A whole rehearsal: an activity built, its robots through the package in a browser, a bridge that decides, and what came of it.

`rehearse` does it with a throw-away bridge, the demo with one that stays.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

from scorm_packager import browser as browsers
from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors
from scorm_packager.activity.resources import templates
from scorm_packager.bridge_process import BridgeProcess
from scorm_packager.preview import StandIn
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.robot import Expected, Robot, at, robots
from scorm_packager.robots.visit import DESK, Stage, Stuck, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from scorm_packager.build import Package

SITE = "rehearsal"
DEFAULT_FORMAT = "scorm-1.2"  # the one with the least room: what comes through it comes through all
_DECISION_SECONDS = 20
AT_ONCE = 3  # robots in browsers of their own at the same time
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """A robot that took the package, or what it was stuck at."""

    robot: Robot
    stuck: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one robot: its records as the bridge gives them, and where they are not what the robot expected."""

    robot: Robot
    records: tuple[dict[str, Any], ...]
    surprises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of all robots, and the certificates that were kept."""

    taken: tuple[Taken, ...]
    certificates: tuple[Path, ...] = ()

    def as_json(self) -> dict[str, Any]:
        learners = [
            {"name": one.robot.name, "about": one.robot.about, "records": list(one.records), "surprises": list(one.surprises)}
            for one in self.taken
        ]
        return {"learners": learners, "certificates": [str(file) for file in self.certificates]}


@dataclass(frozen=True)
class BareHost:
    """The stand-in LMS without its panels, as learners know an LMS."""

    stand_in: StandIn

    def url(self, learner_id: str, learner_name: str) -> str:
        return self.stand_in.url_for(learner_id, learner_name, bare=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of this machine, headless. Raises ProblemsFound when there is none."""
    try:
        from playwright.sync_api import sync_playwright

        executable = browsers.executable(dict(os.environ))
    except (ImportError, browsers.NoBrowser) as missing:
        remedy = "Install a Chromium or Chrome, and `pip install cme-bridge[browser]`."
        raise ProblemsFound((Problem("no-browser", Place("browser"), str(missing), remedy),)) from missing
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=browsers.switches())
        try:
            yield opened
        finally:
            opened.close()


def activity_of(path: Path) -> tuple[Definition, Path]:
    """The definition of a faultless activity and its folder. Raises ProblemsFound."""
    from scorm_packager.check import check

    checked = check(path)
    if checked.loaded is None or errors(checked.problems):
        raise ProblemsFound(checked.problems)
    return definition_of(checked.loaded.activity, checked.loaded.source), checked.loaded.folder


def packages(
    definition: Definition, folder: Path, bridge: str | None, site: str | None, out: Path, keys: tuple[str, ...] = ()
) -> tuple[Package, ...]:
    """Built for a bridge, in the formats named or in all."""
    from scorm_packager import __version__
    from scorm_packager.build import Order, build
    from scorm_packager.destination import destination
    from scorm_packager.formats import choose, formats
    from scorm_packager.presets import GENERIC, presets
    from scorm_packager.presets import choose as choose_preset

    known = formats(templates())
    where, _ = destination(bridge, site)
    order = Order(
        choose(known, keys) if keys else known, choose_preset(presets(templates()), GENERIC), where, out, templates(), __version__
    )
    return build(definition, folder, order, lambda step: None)


def play(
    robot: Robot,
    package: StandIn,
    bridge: BridgeProcess,
    definition: Definition,
    watch: Watch = lambda visit, label: None,
    size: tuple[int, int] = DESK,
) -> Played:
    """One robot through the package, in a browser of its own: a browser belongs to the thread that started it."""
    robot = at(definition, robot)
    with chromium() as browser:
        stage = Stage(browser=browser, host=BareHost(package), definition=definition, bridge=bridge.url, watch=watch, size=size)
        try:
            rehearse(robot, stage)
        except Stuck as stuck:
            return Played(robot, str(stuck))
    return Played(robot)


def slowest_first(cast: Iterable[Robot]) -> list[Robot]:
    """The order in which several at once are done soonest: nobody is left to play alone at the end."""
    return sorted(cast, key=lambda robot: (not _is_slowed(robot), -len(robot.does.post), -len(robot.happens)))


def _is_slowed(robot: Robot) -> bool:
    return any(happening.event == "network slow" for happening in robot.happens)


def what_came_of(bridge: BridgeProcess, played: Iterable[Played]) -> tuple[Taken, ...]:
    """The records of those who played, in the order of the robots' files, once everything is decided."""
    ordered = sorted(played, key=lambda one: one.robot.learner.id)
    found = _records(bridge, {one.robot.learner.id: set(one.robot.expect) for one in ordered if not one.stuck})
    return tuple(_taken(one, tuple(found.get(one.robot.learner.id, ()))) for one in ordered)


def _taken(played: Played, records: tuple[dict[str, Any], ...]) -> Taken:
    return Taken(played.robot, records, (played.stuck,) if played.stuck else surprises(played.robot, records))


def decided(bridge: BridgeProcess, robot: Robot, systems: set[str]) -> tuple[dict[str, Any], ...]:
    """The robot's records, waited for until there is one of each expected credit system (or the patience is at its end)."""
    return tuple(_records(bridge, {robot.learner.id: systems}).get(robot.learner.id, ()))


def _records(bridge: BridgeProcess, expected: Mapping[str, set[str]]) -> dict[str, list[dict[str, Any]]]:
    """Records by learner id, waited for until all that is expected is there (or the patience is at its end)."""
    deadline = time.monotonic() + _DECISION_SECONDS
    while True:
        found: dict[str, list[dict[str, Any]]] = {}
        for record in bridge.json("records"):
            found.setdefault(record["learner_id"], []).append(record)
        if time.monotonic() > deadline or all(_has(found.get(learner, ()), systems) for learner, systems in expected.items()):
            return found
        time.sleep(0.3)


def _has(records: Iterable[dict[str, Any]], systems: set[str]) -> bool:
    return systems <= {record["system"] for record in records}


def surprises(robot: Robot, records: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    """Where the records differ from what the robot expects, in words."""
    by_system = {record["system"]: record for record in records}
    return tuple(
        difference for system, expected in robot.expect.items() if (difference := _difference(system, expected, by_system.get(system)))
    )


def _difference(system: str, expected: Expected, record: dict[str, Any] | None) -> str:
    if record is None:
        return f"{system}: expected {expected.outcome}, and nothing was decided."
    if record["outcome"] != expected.outcome:
        reasons = "; ".join(reason["text"] for reason in record["reasons"])
        return f"{system}: expected {expected.outcome}, and it is {record['outcome']}: {reasons}"
    if expected.awarded is not None and record["awarded"] != expected.awarded:
        return f"{system}: expected {expected.awarded}, and {record['awarded']} was awarded."
    if expected.reason and not any(expected.reason in reason["code"] for reason in record["reasons"]):
        return f"{system}: no reason speaks of {expected.reason!r}: {', '.join(reason['code'] for reason in record['reasons'])}."
    return ""


def run(path: Path, form: str = DEFAULT_FORMAT, out: Path | None = None, say: Say = print) -> Rehearsed:
    """An activity built and taken by all robots, with a bridge of its own. `say` is told of each step before it is taken; `out` is given
    the certificates. Raises ProblemsFound."""
    say("Building the package")
    definition, folder = activity_of(path)
    with tempfile.TemporaryDirectory(prefix="cme-bridge-rehearsal-") as temporary, BridgeProcess(Path(temporary) / "bridge") as bridge:
        bridge.command("site", "add", SITE, "--name", "Rehearsal")
        bridge.command("register", str(path))
        package = packages(definition, folder, bridge.url, SITE, Path(temporary), (form,))[0]
        with StandIn(package.file) as stand_in, ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            played = tuple(pool.map(lambda robot: _play(robot, stand_in, bridge, definition, say), slowest_first(robots())))
        taken = what_came_of(bridge, played)
        certificates = _certificates(taken, out, say) if out else ()
    return Rehearsed(taken, certificates)


def _play(robot: Robot, stand_in: StandIn, bridge: BridgeProcess, definition: Definition, say: Say) -> Played:
    say(f"{robot.name} takes the activity")
    return play(robot, stand_in, bridge, definition)


def _certificates(taken: tuple[Taken, ...], out: Path, say: Say) -> tuple[Path, ...]:
    say("Keeping the certificates")
    out.mkdir(parents=True, exist_ok=True)
    awarded = ((one.robot, record) for one in taken for record in one.records if record["certificate"])
    return tuple(_kept(out / f"{robot.learner.id}-{record['system']}", record["certificate"]) for robot, record in awarded)


def _kept(stem: Path, url: str) -> Path:
    answer = requests.get(url, timeout=30)
    answer.raise_for_status()
    suffix = ".pdf" if answer.headers["Content-Type"].startswith("application/pdf") else ".html"
    file = stem.with_suffix(suffix)
    file.write_bytes(answer.content)
    return file


def missing(taken: Taken) -> tuple[str, ...]:
    """What keeps this learner from credit, each thing once, with what to do about it."""
    reasons = (reason for record in taken.records if record["outcome"] != "award" for reason in record["reasons"])
    return tuple(dict.fromkeys(f"{reason['text']} {reason.get('remedy', '')}".strip() for reason in reasons))


def lines(taken: Taken) -> Iterator[str]:
    """What came of one learner, for people."""
    yield f"{taken.robot.name}: {taken.robot.about}"
    for record in taken.records:
        yield f"  {record['system']}: {record['outcome']} {record['awarded'] or ''}".rstrip()
    for text in missing(taken):
        yield f"    {text}"
    for surprise in taken.surprises:
        yield f"  not as expected: {surprise}"
