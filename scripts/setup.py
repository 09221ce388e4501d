"""Sets up everything that the demo and the tests need on a machine with git, make, Python 3.11+ and a network.

Standard library only: it runs before anything is installed. What is there already is left alone. `setup.py hosts` sets up besides the LMSs
that nobody here wrote, which the journeys of `make test-all` play packages in.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NODE_PROJECT = ROOT / "tests" / "node"
HOSTS = ROOT / ".venv-hosts"


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever Python there is, before pip could refuse
        return _fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Run `make PYTHON=python3.12 test`, for instance.")
    steps = [
        ("Python environment", _environment),
        ("Python packages", _packages),
        ("npm packages for the tests", _node),
        ("Browser", _browser),
        *([("LMSs for the long journeys", _hosts)] if sys.argv[1:] == ["hosts"] else []),
    ]
    for number, (name, step) in enumerate(steps, 1):
        print(f"[{number}/{len(steps)}] {name} … ", end="", flush=True)
        try:
            print(step(), flush=True)
        except SetupFailed as failure:
            print("failed", flush=True)
            return _fail(str(failure))
    return 0


class SetupFailed(Exception):
    """Carries the sentence that tells a person what to do."""


def _environment() -> str:
    if PYTHON.exists() and _works([str(PYTHON), "-m", "pip", "--version"]):
        return "present"
    shutil.rmtree(VENV, ignore_errors=True)
    if not _works([sys.executable, "-m", "venv", str(VENV)]):
        _install_debian_packages(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
        _run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            "Python's venv module does not work here; install your system's python3-venv package.",
        )
    return "made"


def _packages() -> str:
    def install() -> None:
        _run(
            [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[dev]"],
            "pip could not install the packages; the lines above say why (is there a network?).",
        )

    return _once("packages", [ROOT / "pyproject.toml"], install)


def _node() -> str:
    lock = NODE_PROJECT / "package-lock.json"

    def install() -> None:
        environment = {**os.environ, "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        _run(
            ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            "npm could not install the test packages; the lines above say why.",
            cwd=NODE_PROJECT,
            env=environment,
        )

    if not (NODE_PROJECT / "node_modules").exists():
        (VENV / "node.stamp").unlink(missing_ok=True)
    return _once("node", [lock], install)


def _hosts() -> str:
    python = HOSTS / PYTHON.relative_to(VENV)
    project = ROOT / "pyproject.toml"
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["optional-dependencies"]["hosts"]

    def install() -> None:
        _run([sys.executable, "-m", "venv", "--clear", str(HOSTS)], "The environment for the LMSs could not be made.")
        _run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted],
            "pip could not install the LMSs; the lines above say why (is there a network?).",
        )

    return _once("hosts", [project], install, HOSTS)


def _browser() -> str:
    found = _found_browser()
    if found:
        return found
    if _install_debian_packages("chromium-headless-shell") or _install_debian_packages("chromium"):
        return _found_browser() or "chromium"
    if _works([str(PYTHON), "-m", "playwright", "install", "chromium"]):
        return _found_browser() or "Playwright's Chromium"
    raise SetupFailed(
        "No Chromium or Chrome was found, and none could be installed. Install one (Debian: apt-get install chromium), "
        "or set CME_BRIDGE_BROWSER to the path of the browser you have."
    )


def _found_browser() -> str:
    answer = subprocess.run([str(PYTHON), "-m", "scorm_packager.browser"], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _install_debian_packages(*names: str) -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return _works(["apt-get", "update", "-qq"], env=environment) and _works(["apt-get", "install", "-y", "-qq", *names], env=environment)


def _once(name: str, inputs: list[Path], work, environment: Path = VENV) -> str:  # type: ignore[no-untyped-def]
    """Does `work` when the inputs changed since it was last done in that environment, and says which it was."""
    stamp = environment / f"{name}.stamp"
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return "present"
    work()
    stamp.write_text(digest)
    return "installed"


def _works(command: list[str], **settings: object) -> bool:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **settings).returncode == 0  # type: ignore[call-overload]
    except OSError:
        return False


def _run(command: list[str], remedy: str, **settings: object) -> None:
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False, **settings)  # type: ignore[call-overload]
    except OSError as error:
        raise SetupFailed(f"{command[0]}: {error}. {remedy}") from error
    if done.returncode != 0:
        raise SetupFailed(remedy)


def _fail(message: str) -> int:
    print(f"\n{message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
