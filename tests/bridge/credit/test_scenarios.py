"""The scenarios of `tests/scenarios`, which say in a domain expert's words who is awarded what, and why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from lrs_bridge.credit.model import Case, Decision
from tests.bridge import learning
from tests.bridge.learning import Event

FOLDER = Path(__file__).parents[2] / "scenarios"
CHICAGO = ZoneInfo("America/Chicago")


def scenarios() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        for scenario in data.get("scenarios", ()):
            yield pytest.param(data.get("activity", {}), scenario, id=f"{path.stem}: it {scenario['it']}")


@pytest.mark.parametrize(("activity", "scenario"), list(scenarios()))
def test_scenario(activity: dict[str, Any], scenario: dict[str, Any]) -> None:
    case = played(activity, scenario)

    for system, expected in scenario["expect"].items():
        assert told(learning.decision(case, system)) == in_any_order(expected)


def told(found: Decision) -> str:
    if found.outcome == "award":
        return " ".join(part for part in ("award", found.awarded, f"on {found.completed_on}") if part)
    return f"{found.outcome}: {', '.join(sorted(learning.codes(found)))}"


def in_any_order(expected: str) -> str:
    outcome, colon, reasons = expected.partition(": ")
    return f"{outcome}: {', '.join(sorted(reasons.split(', ')))}" if colon else expected


# --- playing --------------------------------------------------------------------------------------


def played(activity: dict[str, Any], scenario: dict[str, Any]) -> Case:
    late = timedelta(days=int(scenario.get("arrives", "0 days late").split()[0]))
    has = scenario.get("has", [])
    return learning.a_case(
        *arriving(steps(scenario), late),
        profession=None if scenario["learner"] == "unknown" else scenario["learner"],
        definition=defined(activity),
        identifiers=has,
        consents=has,
        overrides=tuple(learning.an_override(kind) for kind in scenario.get("by hand", ())),
    )


def defined(activity: dict[str, Any]) -> Any:
    plain = learning.a_definition().model_dump(by_alias=True)
    changes = {name: str(value) for name, value in activity.items() if name != "attempts"}
    post = {"post": {**plain["post"], "attempts": activity["attempts"]}} if "attempts" in activity else {}
    return learning.a_definition(**changes, **post)


def arriving(events: list[Event], late: timedelta) -> list[Event]:
    return [replace(event, stored=event.at + (late or timedelta(seconds=2))) for event in events if event.at is not None]


def steps(scenario: dict[str, Any]) -> list[Event]:
    now, events, attempt = moment(str(scenario.get("starts", "2026-12-04 10:00"))), [], 0
    for step in scenario["does"]:
        when, said = re.fullmatch(r"(?:at (\d{4}-\d\d-\d\d \d\d:\d\d) )?(.*)", step).groups()  # type: ignore[union-attr]
        now = moment(when) if when else now + timedelta(minutes=1)
        attempt += said.startswith(("answers a", "answers b", "answers c", "reports"))
        events += learning.at(now, *events_of(said, attempt))
    return events


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text[:16]).replace(tzinfo=CHICAGO).astimezone(UTC)


def events_of(said: str, attempt: int) -> tuple[Event, ...]:
    for pattern, made in STEPS.items():
        match = re.fullmatch(pattern, said)
        if match:
            return made(attempt, *match.groups())
    raise AssertionError(f"No step says {said!r}; tests/scenarios/README.md lists them.")


STEPS: dict[str, Callable[..., tuple[Event, ...]]] = {
    r"opens the activity": lambda t: (learning.opened(),),
    r"acknowledges the disclosure": lambda t: (learning.disclosed(),),
    r"acknowledges another text": lambda t: (learning.disclosed("another text"),),
    r"answers the pre-activity assessment ([abc ]+)": lambda t, given: learning.assessed("pre", *given.split()),
    r"answers ([abc ]+)": lambda t, given: learning.assessed("post", *given.split(), attempt=t),
    r"reports a pass without responses": lambda t: learning.assessed("post", attempt=t, success=True),
    r"finishes (\w+)": lambda t, content: learning.finished(content),
    r"submits the evaluation": lambda t: learning.evaluated(),
    r"claims ([\d.]+) of ([\w-]+)": lambda t, amount, system: (learning.claimed(system, amount),),
    r"declines all credit": lambda t: (learning.declined(),),
    r"declines ([\w-]+)": lambda t, system: (learning.declined(system),),
}
