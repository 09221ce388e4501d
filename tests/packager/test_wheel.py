"""The wheel, installed in an empty environment outside the checkout, does what the checkout does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scorm_packager.preview import StandIn
from scorm_packager.rehearsal import BareHost, activity_of
from scorm_packager.rehearse import rehearse
from scorm_packager.robots.visit import Stage
from tests.journeys.learners import a_learner

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Installed:
    """An environment with nothing but the wheel, and a folder to work in."""

    programs: Path
    folder: Path

    def run(self, *words: str) -> str:
        done = subprocess.run(self.call(*words), cwd=self.folder, env=self.environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def call(self, *words: str) -> list[str]:
        return [str(self.programs / words[0]), *words[1:]]

    def environment(self) -> dict[str, str]:
        """Nothing of the checkout's Python, and the bridge's data in the folder."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "LRS_BRIDGE_"))}
        return {**ours, "LRS_BRIDGE_DATA": str(self.folder / "data")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], **quiet)  # type: ignore[call-overload]
    venv.create(folder / "environment", with_pip=True, symlinks=True)
    programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    [wheel] = folder.glob("*.whl")
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], **quiet)  # type: ignore[call-overload]
    return Installed(programs, folder)


@contextmanager
def serving(installed: Installed) -> Iterator[str]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    with (installed.folder / "bridge.log").open("wb") as log:
        words = installed.call("lrs-bridge", "serve", "--port", str(port))
        environment = {**installed.environment(), "LRS_BRIDGE_PUBLIC_URL": f"http://127.0.0.1:{port}"}
        process = subprocess.Popen(words, cwd=installed.folder, env=environment, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def answer(url: str, seconds: float = 20) -> int:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:
                return int(reply.status)
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, "the bridge does not answer"
            time.sleep(0.1)


def test_it_works_from_a_new_activity_to_a_bridge_that_knows_it(installed: Installed) -> None:
    installed.run("scorm-packager", "new", "mine")
    packages = json.loads(installed.run("scorm-packager", "build", "mine", "--all", "--out", "out", "--json"))
    installed.run("scorm-packager", "verify", *(package["file"] for package in packages))
    installed.run("lrs-bridge", "init")
    key = json.loads(installed.run("lrs-bridge", "key", "create", "--role", "author", "--json"))
    with serving(installed) as bridge:
        assert answer(f"{bridge}/healthz") == 200
        secret = ("--key", key["key"], "--secret", key["secret"])
        registered = json.loads(installed.run("scorm-packager", "register", "mine", "--bridge", bridge, *secret, "--json"))
    assert (registered["definition"], registered["outcome"]) == (packages[0]["definition"], "new")


def test_a_learner_gets_a_certificate_from_it(installed: Installed, browser: Browser) -> None:
    installed.run("scorm-packager", "new", "taken")
    installed.run("lrs-bridge", "init")
    installed.run("lrs-bridge", "site", "add", "hospital", "--name", "Hospital")
    installed.run("lrs-bridge", "register", "taken")
    learner = a_learner()
    with serving(installed) as bridge:
        assert answer(f"{bridge}/healthz") == 200
        built = installed.run("scorm-packager", "build", "taken", "--bridge", bridge, "--site", "hospital", "--out", "taken-out", "--json")
        package = installed.folder / json.loads(built)[0]["file"]
        with StandIn(package) as lms:
            definition, _ = activity_of(installed.folder / "taken")
            rehearse(learner, Stage(browser=browser, host=BareHost(lms), definition=definition, bridge=bridge))
        [record] = json.loads(installed.run("lrs-bridge", "records", "--json"))
        with urllib.request.urlopen(record["certificate"].replace(record["certificate"].split("/certificates/")[0], bridge)) as reply:
            certificate = reply.read()
    assert (record["outcome"], record["awarded"]) == ("award", "0.25")
    assert certificate.startswith(b"%PDF-")


def test_holds_every_template_and_every_rule(installed: Installed) -> None:
    script = (
        "import scorm_packager, pathlib, json; root = pathlib.Path(scorm_packager.__file__).parent;"
        "print(json.dumps(sorted(p.relative_to(root).as_posix() for p in root.rglob('*') if p.is_file())))"
    )
    held = set(json.loads(installed.run("python", "-c", script)))
    tracked = subprocess.run(["git", "ls-files", "templates", "scorm_packager"], cwd=ROOT, capture_output=True, text=True, check=True)
    wanted = {name.removeprefix("scorm_packager/") for name in tracked.stdout.splitlines() if not name.endswith(".py")}
    assert wanted - held == set()
