"""Which Chromium or Chrome this machine has: the one that plays packages in `rehearse`, the demo and the tests."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

# The first is Chromium without a window of its own: it opens a page in a third of the time.
_COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# No sandbox is possible for root in a container; the other switches keep a browser from talking to anything but the page under test.
QUIET_SWITCHES = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--autoplay-policy=no-user-gesture-required",
)


class NoBrowser(Exception):
    """No Chromium or Chrome was found; the message says how to get one."""


def executable(environment: dict[str, str]) -> Path:
    """The browser named by CME_BRIDGE_BROWSER, else an installed one, else Playwright's own download. Raises NoBrowser."""
    named = environment.get("CME_BRIDGE_BROWSER")
    for candidate in (named, *map(shutil.which, _COMMANDS), *_PLACES, _playwrights_own()):
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    raise NoBrowser("No Chromium or Chrome was found. Install one, or set CME_BRIDGE_BROWSER to its path.")


def switches() -> list[str]:
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET_SWITCHES, "--no-sandbox"] if as_root else list(QUIET_SWITCHES)


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    try:
        print(executable(dict(os.environ)))
    except NoBrowser as missing:
        print(missing, file=sys.stderr)
        sys.exit(1)
