"""Drives robot learners through a built package in a real browser: the one driver of `rehearse`, the demo and the journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scorm_packager.robots.performance import SCREENS
from scorm_packager.robots.robot import Happening, Robot, at
from scorm_packager.robots.visit import SCREEN, Stage, Stuck, Visit


def rehearse(robot: Robot, stage: Stage) -> Visit:
    """Takes the whole activity as `robot` does, and leaves by the Exit button. Raises Stuck."""
    visit = Visit(stage, at(stage.definition, robot))
    visit.open()
    for key in _walk(visit):
        visit.screens.append(key)
    if robot.does.evaluation != "skip":
        visit.leave()
    visit.close()
    return visit


def _walk(visit: Visit) -> Iterator[str]:
    """Does each screen's work until the last, or until the robot goes away for good."""
    while True:
        key = visit.key()
        kind = key.split(":")[0]
        if kind == "evaluation" and visit.robot.does.evaluation == "skip":
            visit.see("evaluation")
            return
        visit.see(kind if kind != "content" else f"content-{_number(visit, key)}")
        _perform(visit, kind, key)
        yield key
        if kind == "certificate":
            return
        _wait_for_another(visit, key)
        _let_happen(visit, key)


def _perform(visit: Visit, kind: str, key: str) -> None:
    try:
        SCREENS[kind](visit)
    except Exception as error:
        if type(error).__module__.startswith("playwright"):
            raise Stuck(f"{visit.robot.learner.name} could not go on at {key}: {error}") from error
        raise


def _number(visit: Visit, key: str) -> int:
    ids = [content.id for content in visit.stage.definition.contents]
    return ids.index(key.removeprefix("content:")) + 1


def _wait_for_another(visit: Visit, key: str) -> None:
    visit.root.locator(f'{SCREEN}:not([data-screen="{key}"])').wait_for(state="visible")


def _let_happen(visit: Visit, key: str) -> None:
    for happening in visit.robot.happens:
        if happening.after == key or (key.startswith("content:") and happening.after == f"content:{_number(visit, key)}"):
            _EVENTS[happening.event](visit, happening)


def _come_back(visit: Visit, happening: Happening) -> None:
    if happening.return_ == "another device":
        visit.forget_device()
    visit.open()


def _killed(visit: Visit, happening: Happening) -> None:
    visit.kill_tab()
    _come_back(visit, happening)


def _closed(visit: Visit, happening: Happening) -> None:
    visit.close_tab()
    _come_back(visit, happening)


_EVENTS: dict[str, Callable[[Visit, Happening], None]] = {
    "bridge unreachable": lambda visit, _: visit.reach_bridge(False),
    "bridge reachable": lambda visit, _: visit.reach_bridge(True),
    "network slow": lambda visit, _: visit.slow_network(True),
    "network fast": lambda visit, _: visit.slow_network(False),
    "tab killed": _killed,
    "tab closed": _closed,
}
