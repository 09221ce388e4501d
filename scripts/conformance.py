"""ADL's conformance suite against a fresh bridge: `scripts/conformance.py PATH_TO_SUITE [--database sqlite|postgresql]`.

PATH_TO_SUITE is a checkout of github.com/adlnet/lrs-conformance-test-suite in which `npm install` was run. Both batteries are run, one
against each mount, and what fails is named. PostgreSQL is started for the run from the wheel that the tests use too.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scorm_packager.bridge_process import BridgeProcess  # noqa: E402

BATTERIES = (("1.0.3", "/xapi"), ("2.0.0", "/xapi/2.0"))
_MINUTES = 20
_LOG = re.compile(r"Full run log written to (.+\.log)")


@dataclass(frozen=True)
class Outcome:
    """How a battery went; `failed` names each test that did not pass, with what was wrong."""

    total: int
    passed: int
    failed: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return self.total > 0 and self.passed == self.total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--version", choices=[version for version, _ in BATTERIES], help="only this battery")
    given = parser.parse_args()
    if not (given.suite / "node_modules").is_dir():
        parser.error(f"{given.suite} holds no installed suite: run `npm install` in it.")
    batteries = [(version, mount) for version, mount in BATTERIES if given.version in (None, version)]
    with bridge(given.database) as running:
        outcomes = [shown(version, run(given.suite, running, version, mount)) for version, mount in batteries]
    return 0 if all(outcome.is_whole for outcome in outcomes) else 1


@contextmanager
def bridge(database: str) -> Iterator[BridgeProcess]:
    """A fresh one, in a folder that is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cme-conformance-")))
        settings = {"LRS_BRIDGE_LOG_LEVEL": "WARNING"}
        if database == "postgresql":
            from tests.databases import postgresql

            settings["LRS_BRIDGE_DATABASE_URL"] = stack.enter_context(postgresql())()
        yield stack.enter_context(BridgeProcess(folder, settings=settings))


def run(suite: Path, running: BridgeProcess, version: str, mount: str) -> Outcome:
    key = running.json("key", "create", "--role", "full", "--json")
    words = ["-e", running.url + mount, "-a", "-u", key["key"], "-p", key["secret"], "-x", version, "-z"]
    done = subprocess.run(
        [node(), "bin/console_runner.js", *words], cwd=suite, capture_output=True, text=True, timeout=_MINUTES * 60, check=False
    )
    log = _LOG.search(done.stdout)
    if log is None:
        raise SystemExit(f"The suite did not end as it should:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return outcome(json.loads(Path(log[1]).read_text(encoding="utf-8")))


def node() -> str:
    found = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if found is None:
        raise SystemExit("There is no node: install Node.js, or the development dependencies.")
    return found


def outcome(log: dict[str, Any]) -> Outcome:
    summary = log["summary"]
    return Outcome(summary["total"], summary["passed"], tuple(failures(log.get("log") or {})))


def failures(test: dict[str, Any]) -> Iterator[str]:
    if test.get("status") != "failed":
        return
    inner = test.get("tests") or []
    if not inner:
        yield f"{test.get('title')}: {str(test.get('error')).splitlines()[0]}"
    for each in inner:
        yield from failures(each)


def shown(version: str, outcome: Outcome) -> Outcome:
    print(f"xAPI {version}: {outcome.passed} of {outcome.total}", flush=True)
    for failure in outcome.failed:
        print(f"  {failure}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
