"""What every journey needs: a bridge as a process of its own, and packages built for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.vocabulary import EXT_SEQUENCE
from scorm_packager.bridge_process import BridgeProcess
from scorm_packager.preview import StandIn
from scorm_packager.rehearsal import BareHost, activity_of, packages
from scorm_packager.robots.robot import Robot
from scorm_packager.robots.visit import Stage
from tests.journeys.cmi5_host import Cmi5Host
from tests.journeys.foreign import ForeignLms
from tests.journeys.scorm_again_host import ScormAgainHost
from tests.journeys.scormhost_host import Scormhost
from tests.journeys.wagtail_lms_host import WagtailLms
from tests.journeys.xapi_host import XapiHost

ROOT = Path(__file__).parent.parent.parent
SHORT_ACTIVITY = ROOT / "templates" / "activities" / "article"
LONG_ACTIVITY = ROOT / "examples" / "af-anticoagulation"
SITE = "test-hospital"
EDITIONS = {"scorm-1.2": "1.2", "scorm-2004-3": "2004", "scorm-2004-4": "2004"}
LAUNCHERS = {"cmi5": Cmi5Host, "xapi": XapiHost}


@pytest.fixture(scope="session")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BridgeProcess]:
    with BridgeProcess(tmp_path_factory.mktemp("bridge")) as started:
        started.command("site", "add", SITE, "--name", "Test Hospital")
        for activity in (SHORT_ACTIVITY, LONG_ACTIVITY):
            started.command("register", str(activity))
        yield started


@pytest.fixture(scope="session")
def record_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BridgeProcess]:
    """The LMS's own LRS: another bridge, which knows nothing of the first."""
    with BridgeProcess(tmp_path_factory.mktemp("record-store")) as started:
        yield started


@pytest.fixture(scope="session")
def scormhost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForeignLms]:
    with Scormhost(tmp_path_factory.mktemp("scormhost")) as started:
        yield started


@pytest.fixture(scope="session")
def wagtail_lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForeignLms]:
    with WagtailLms(tmp_path_factory.mktemp("wagtail-lms")) as started:
        yield started


@pytest.fixture
def own_bridge(tmp_path: Path) -> Iterator[BridgeProcess]:
    """A bridge that a journey may stop and start."""
    with BridgeProcess(tmp_path / "bridge") as started:
        started.command("site", "add", SITE, "--name", "Test Hospital")
        started.command("register", str(SHORT_ACTIVITY))
        yield started


@dataclass(frozen=True)
class Built:
    """An activity's packages by format key, and its definition."""

    definition: Definition
    files: dict[str, Path]


def built(activity: Path, bridge: str | None, out: Path) -> Built:
    definition, folder = activity_of(activity)
    made = packages(definition, folder, bridge, SITE if bridge else None, out)
    return Built(definition, {package.data.format: package.file for package in made})


@pytest.fixture(scope="session")
def short(bridge: BridgeProcess, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(SHORT_ACTIVITY, bridge.url, tmp_path_factory.mktemp("short"))


@pytest.fixture(scope="session")
def long(bridge: BridgeProcess, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(LONG_ACTIVITY, bridge.url, tmp_path_factory.mktemp("long"))


class StandInHost(BareHost):
    """The stand-in LMS; `data` is what it has of a learner."""

    def data(self, learner_id: str) -> dict[str, str]:
        return self.stand_in.cmi(learner_id)


@pytest.fixture(params=["stand-in", "scorm-again"])
def host_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def hosting(kind: str, package: Path, format_key: str):
    """A host of that kind with the package in it, as a context manager."""
    return _stand_in(package) if kind == "stand-in" else _scorm_again(package, EDITIONS[format_key])


@contextmanager
def launching(format_key: str, package: Path, record_store: BridgeProcess):
    """A launcher of cmi5 or plain xAPI with the package in it."""
    host = LAUNCHERS[format_key](package, record_store).start()
    try:
        yield host
    finally:
        host.stop()


@contextmanager
def uploaded(lms: ForeignLms, package: Path):
    """An LMS that nobody here wrote, with the package as its newest."""
    lms.upload(package)
    yield lms


def as_known_to(host, learner: Robot) -> Robot:
    """The learner by the id that the host tells the package: some LMSs give numbers of their own."""
    if not isinstance(host, ForeignLms):
        return learner
    named = learner.learner.model_copy(update={"id": host.known_as(learner.learner.id)})
    return learner.model_copy(update={"learner": named})


def told(bridge: BridgeProcess, record: dict[str, Any]) -> list[str]:
    """What the bridge was told in a record's registration: verb and object of each statement, in the order of the learner's events."""
    made = bridge.json("key", "create", "--role", "report")
    ask = partial(_statements, bridge, (made["key"], made["secret"]))
    [one] = ask(statementId=record["statements"][0])
    found = ask(registration=one["context"]["registration"], limit="0")
    return [_in_short(each) for each in sorted(found, key=lambda each: each["context"]["extensions"][EXT_SEQUENCE])]


def _statements(bridge: BridgeProcess, key: tuple[str, str], **query: str) -> list[dict[str, Any]]:
    headers = {"X-Experience-API-Version": "1.0.3"}
    answer = requests.get(f"{bridge.url}/xapi/statements", params=query, auth=key, headers=headers, timeout=20).json()
    found: list[dict[str, Any]] = answer.get("statements", [answer])
    return found


def _in_short(statement: dict[str, Any]) -> str:
    verb, thing = statement["verb"]["id"].rsplit("/", 1)[1], statement["object"]["id"].partition("/activities/")[2].partition("/")[2]
    return f"{verb} {thing}".strip()


@contextmanager
def _stand_in(package: Path):
    with StandIn(package) as started:
        yield StandInHost(started)


@contextmanager
def _scorm_again(package: Path, edition: str):
    host = ScormAgainHost(package, edition).start()
    try:
        yield host
    finally:
        host.stop()


def stage(browser, host, definition: Definition, bridge: BridgeProcess | None, **more) -> Stage:
    return Stage(browser=browser, host=host, definition=definition, bridge=bridge.url if bridge else None, **more)
