"""`make demo`: the main job on a real example, seen from start to end.

Builds the packages, starts a bridge, registers the activity, lets robot learners take the SCORM 1.2 package in a real browser,
prints what was decided and why, and writes everything to build/demo/. DEMO_SERVE=0 ends after writing.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import requests
from rich.console import Console

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.bridge_process import BridgeProcess
from scorm_packager.preview import StandIn
from scorm_packager.rehearsal import AT_ONCE, Played, Taken, activity_of, packages, play, slowest_first, what_came_of
from scorm_packager.robots.robot import Robot, robots
from scorm_packager.robots.visit import DESK, PHONE, Visit

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "af-anticoagulation"
OUT = ROOT / "build" / "demo"
SITE = "northfield"
PLAYED = "scorm-1.2"
STEPS = 6

console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    started = time.monotonic()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    step(1, "Checking the example activity, and building it in every format")
    definition, folder = activity_of(EXAMPLE)
    with BridgeProcess(OUT / "bridge") as bridge:
        built = packages(definition, folder, bridge.url, SITE, OUT / "packages")
        for package in built:
            console.print(f"    {package.file.relative_to(ROOT)}  {package.file.stat().st_size / 1e6:.1f} MB")
        step(2, f"Starting a bridge at {bridge.url}; registering the activity with it")
        bridge.command("site", "add", SITE, "--name", "Northfield Health LMS")
        console.print(f"    {bridge.command('register', str(EXAMPLE)).strip()}")
        step(3, "Robot learners take the package in a real browser")
        played = next(package for package in built if f"{PLAYED}" in package.file.name)
        taken = what_came_of(bridge, through(played.file, bridge, definition))
        step(4, "What was decided, and why")
        show(taken)
        step(5, "Outcomes")
        console.print(bridge.command("outcomes", definition.activity, "--out", str(OUT / "outcomes.html")).strip())
        step(6, "Writing certificates and records")
        write(bridge)
        console.print(f"\nDone in {time.monotonic() - started:.0f} s. Everything is in {OUT.relative_to(ROOT)}/")
        surprises = [surprise for one in taken for surprise in one.surprises]
        for surprise in surprises:
            console.print(f"[red]Not as expected: {surprise}[/red]")
        if not surprises and os.environ.get("DEMO_SERVE") != "0":
            serve(bridge, played.file)
    return 1 if surprises else 0


def step(number: int, words: str) -> None:
    console.print(f"\n[bold]\\[{number}/{STEPS}] {words}[/bold]")


# --- the browser --------------------------------------------------------------------------------


def through(package: Path, bridge: BridgeProcess, definition: Definition) -> Iterator[Played]:
    """All robots through the package, several at once; told when each begins and ends."""
    cast = slowest_first(robots())
    with StandIn(package) as stand_in, ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        playing = [pool.submit(begin, robot, stand_in, bridge, definition) for robot in cast]
        for number, future in enumerate(as_completed(playing), 1):
            console.print(f"    [green]{number:2} of {len(cast)}[/green]  {future.result().robot.name} has left")
            yield future.result()


def begin(robot: Robot, stand_in: StandIn, bridge: BridgeProcess, definition: Definition) -> Played:
    console.print(f"              [bold]{robot.name}[/bold] opens the package: {robot.about[0].lower()}{robot.about[1:]}")
    return play(robot, stand_in, bridge, definition, camera(robot), size(robot))


def size(robot: Robot) -> tuple[int, int]:
    return PHONE if robot.happens else DESK


def camera(robot: Robot):  # type: ignore[no-untyped-def]
    """Takes pictures of every screen, at phone and desk width, of the first robot; of the others what the first does not see."""
    folder = OUT / "screenshots"
    first = robot.learner.id == robots()[0].learner.id
    seen: set[str] = set()

    def watch(visit: Visit, label: str) -> None:
        worth = first or label.startswith(("certificate", "claim"))
        if not worth or label in seen:
            return
        seen.add(label)
        prefix = "" if first else f"{robot.learner.id}-"
        for name, (width, height) in (("phone", PHONE), ("desk", DESK)):
            picture(visit, folder / name / f"{len(seen):02d}-{prefix}{label}.png", width, height)

    return watch


def picture(visit: Visit, path: Path, width: int, height: int) -> None:
    """The whole screen from top to bottom, however long it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page, before = visit.page, visit.page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    tall = int(visit.root.locator("html").evaluate("page => page.scrollHeight"))
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    page.wait_for_timeout(60)
    page.screenshot(path=path)
    page.set_viewport_size(before or {"width": width, "height": height})


# --- what came of it ----------------------------------------------------------------------------

COLOURS = {"award": "green", "shortfall": "red", "held": "yellow"}


def show(taken: list[Taken]) -> None:
    for one in taken:
        console.print(f"    [bold]{one.robot.name}[/bold]")
        for record in one.records:
            console.print(f"      {record['system']}: {verdict(record)}")
            for reason in record["reasons"]:
                console.print(f"        – {reason['text']} {reason.get('remedy', '')}".rstrip())


def verdict(record: dict[str, Any]) -> str:
    amounts = f"designated {record['designated']}, claimed {record['claimed'] or 'nothing'}, awarded {record['awarded']}"
    said = f"[{COLOURS[record['outcome']]}]{record['outcome']}[/]"
    return f"{said} ({amounts})" if record["designated"] else said


def write(bridge: BridgeProcess) -> None:
    records = bridge.json("records")
    (OUT / "credit-records.json").write_text(json.dumps(records, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    folder = OUT / "certificates"
    folder.mkdir(exist_ok=True)
    for record in records:
        if record.get("certificate"):
            body = requests.get(record["certificate"], timeout=10)
            body.raise_for_status()
            (folder / f"{record['learner_id']}-{record['system']}.pdf").write_bytes(body.content)
    for path in sorted(OUT.rglob("*")):
        if path.is_file() and "bridge" not in path.relative_to(OUT).parts and "screenshots" not in path.parts:
            console.print(f"    {path.relative_to(ROOT)}")
    pictures = len(list((OUT / "screenshots").rglob("*.png")))
    console.print(f"    {(OUT / 'screenshots').relative_to(ROOT)}/: {pictures} pictures")


def serve(bridge: BridgeProcess, package: Path) -> None:
    key = bridge.json("key", "create", "--role", "report")
    with StandIn(package) as stand_in:
        console.print(f"\n    The activity in the stand-in LMS:  {stand_in.url}")
        console.print(f"    Credit records and outcomes:        {bridge.url}/records")
        console.print(f"    (user name {key['key']}, password {key['secret']})")
        console.print("    Press Ctrl-C to end.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            console.print("Ended.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ProblemsFound as found:
        for problem in found.problems:
            console.print(f"[red]{problem}[/red]")
        sys.exit(1)
