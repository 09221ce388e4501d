"""One learner with a package open in one browser: what a robot, or a test, sees of it and does to it.

Screens and controls are found by the attributes that docs/player.md lists; nothing here knows the player's inside.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from scorm_packager.activity.definition_model import Definition
from scorm_packager.robots.robot import Robot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, Request

PATIENCE = 30_000  # milliseconds that a robot waits for a screen
SCREEN = "section.screen:not([hidden])"
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,  # a slow third-generation mobile network: 400 kbit/s both ways
}
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
PHONE = (390, 844)
DESK = (1280, 800)


class Host(Protocol):
    """An LMS, or what stands in for one: where a learner opens the package. The package is in its first frame."""

    def url(self, learner_id: str, learner_name: str) -> str: ...


Watch = Callable[["Visit", str], None]  # called with a label whenever there is something to see


@dataclass(frozen=True)
class Stage:
    """Where a rehearsal takes place. `bridge` is the bridge's origin, None without one."""

    browser: Browser
    host: Host
    definition: Definition
    bridge: str | None = None
    watch: Watch = lambda visit, label: None
    size: tuple[int, int] = DESK
    colours: Literal["light", "dark"] = "light"


class Stuck(Exception):
    """The robot waited for something that a learner would have needed; the message says what, and where it stood."""


_LAST_WORDS = 5_000  # ms that the last words to LMS and bridge may take


def _told_by(page: Page) -> set[Request]:
    """What the page is telling at this moment, and has no answer to yet."""
    found: set[Request] = set()
    page.on("request", lambda request: found.add(request) if request.method in ("POST", "PUT") else None)
    for answered in ("requestfinished", "requestfailed"):
        page.on(answered, lambda request: found.discard(request))
    return found


class Visit:
    """One learner with the package open in one browser; another device is another browser context with nothing kept."""

    def __init__(self, stage: Stage, robot: Robot):
        self.stage, self.robot = stage, robot
        self.attempt = 0
        self.bridge_reachable = True
        self.network_slow = False
        self.screens: list[str] = []
        self._context: BrowserContext | None = None
        self.page: Page

    def open(self) -> None:
        """Opens the activity in the LMS: in the same browser when there was one, else in a new and empty one."""
        if self._context is None:
            width, height = self.stage.size
            self._context = self.stage.browser.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme=self.stage.colours
            )
            self._context.set_default_timeout(PATIENCE)
        self.page = self._context.new_page()
        self._on_their_way = _told_by(self.page)
        self._shut_or_open_bridge()
        if self.network_slow:
            self._pace()
        self.page.goto(self.stage.host.url(self.robot.learner.id, self.robot.learner.name))
        self.screen().wait_for(state="visible")

    @property
    def root(self) -> FrameLocator:
        return self.page.frame_locator("iframe").first

    def screen(self) -> Locator:
        return self.root.locator(SCREEN)

    def key(self) -> str:
        return self.screen().get_attribute("data-screen") or ""

    def press(self, action: str) -> None:
        """Presses the primary button while it stands for `action`."""
        self.root.locator(f'[data-slot="next"][data-action="{action}"]').click()

    def action(self) -> str:
        """What the primary button stands for; empty while there is none."""
        button = self.root.locator('[data-slot="next"]')
        return (button.get_attribute("data-action") or "") if button.is_visible() else ""

    def see(self, label: str) -> None:
        self.stage.watch(self, label)

    def leave(self) -> None:
        """The Exit button, as the player asks for. Nobody shuts the browser in the moment in which they leave."""
        self.root.locator('[data-action="exit"]').click()
        self.root.locator('[data-screen="closed"]').wait_for()
        for _ in range(_LAST_WORDS // 50):
            self.page.wait_for_timeout(50)
            if not self._on_their_way:
                break
        self.close()

    def close(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None

    def forget_device(self) -> None:
        self.close()

    def kill_tab(self) -> None:
        """The tab is gone at once: no event of the page is run, nothing is sent any more."""
        with contextlib.suppress(Exception):  # a renderer that dies answers nothing
            self.page.goto("chrome://crash", timeout=2_000)
        self.page.close()

    def close_tab(self) -> None:
        self.page.close(run_before_unload=False)

    def reach_bridge(self, reachable: bool) -> None:
        self.bridge_reachable = reachable
        self._shut_or_open_bridge()

    def slow_network(self, slow: bool) -> None:
        """For all that this learner's browser asks for from now on; after another tab is opened, too."""
        self.network_slow = slow
        self._pace()

    def _pace(self) -> None:
        self.page.context.new_cdp_session(self.page).send("Network.emulateNetworkConditions", SLOW if self.network_slow else FAST)

    def _shut_or_open_bridge(self) -> None:
        if self.stage.bridge is None or self._context is None:
            return
        pattern = f"{self.stage.bridge}/**"
        self._context.unroute(pattern)
        if not self.bridge_reachable:
            self._context.route(pattern, lambda route: route.abort("internetdisconnected"))
