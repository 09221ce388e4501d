"""A whole rehearsal: an activity built, its robots through the package in a browser, a bridge that decides, and what came of it.

`rehearse` does it with a throw-away bridge, the demo with one that stays.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorm_packager import browser as browsers
from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import Place, Problem, ProblemsFound, errors
from scorm_packager.activity.resources import templates
from scorm_packager.bridge_process import BridgeProcess
from scorm_packager.preview import StandIn
from scorm_packager.rehearse import rehearse
from scorm_packager.robot import Expected, Robot, at, robots
from scorm_packager.visit import DESK, Stage, Stuck, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from scorm_packager.build import Package

SITE = "rehearsal"
_DECISION_SECONDS = 20
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one robot: its records as the bridge gives them, and where they are not what the robot expected."""

    robot: Robot
    records: tuple[dict[str, Any], ...]
    surprises: tuple[str, ...]


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


def take(
    robot: Robot,
    package: StandIn,
    bridge: BridgeProcess,
    definition: Definition,
    browser: Browser,
    watch: Watch,
    size: tuple[int, int] = DESK,
) -> Taken:
    """One robot through the package, and its records once everything is decided."""
    stage = Stage(browser=browser, host=BareHost(package), definition=definition, bridge=bridge.url, watch=watch, size=size)
    robot = at(definition, robot)
    try:
        rehearse(robot, stage)
    except Stuck as stuck:
        return Taken(robot, (), (str(stuck),))
    records = decided(bridge, robot, set(robot.expect))
    return Taken(robot, records, surprises(robot, records))


def decided(bridge: BridgeProcess, robot: Robot, systems: set[str]) -> tuple[dict[str, Any], ...]:
    """The robot's records, waited for until there is one of each expected credit system (or the patience is at its end)."""
    deadline = time.monotonic() + _DECISION_SECONDS
    while True:
        found = [record for record in bridge.json("records") if record["learner_id"] == robot.learner.id]
        if systems <= {record["system"] for record in found} or time.monotonic() > deadline:
            return tuple(found)
        time.sleep(0.3)


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


def main(path: Path, say: Say = print) -> int:
    """`scorm-packager rehearse PATH`: what would come out if these learners took the activity. 0 when all is as the robots expect."""
    definition, folder = activity_of(path)
    with tempfile.TemporaryDirectory(prefix="cme-bridge-rehearsal-") as temporary, BridgeProcess(Path(temporary) / "bridge") as bridge:
        bridge.command("site", "add", SITE, "--name", "Rehearsal")
        bridge.command("register", str(path))
        package = packages(definition, folder, bridge.url, SITE, Path(temporary), ("scorm-1.2",))[0]
        with StandIn(package.file) as stand_in, chromium() as browser:
            taken = [_told(take(robot, stand_in, bridge, definition, browser, lambda visit, label: None), say) for robot in robots()]
    return 1 if any(one.surprises for one in taken) else 0


def _told(taken: Taken, say: Say) -> Taken:
    say(f"{taken.robot.name}: {taken.robot.about}")
    for record in taken.records:
        say(f"  {record['system']}: {record['outcome']} {record['awarded'] or ''}".rstrip())
        for reason in record["reasons"] if record["outcome"] != "award" else []:
            say(f"    {reason['text']} {reason.get('remedy', '')}".rstrip())
    for surprise in taken.surprises:
        say(f"  not as expected: {surprise}")
    return taken
