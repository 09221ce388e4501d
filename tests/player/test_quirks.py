"""Quirks of the page around a package, or of the host that serves it, each in a browser: the rest of the matrix is quirks.test.js."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page

from scorm_packager.activity.resources import templates
from scorm_packager.preview import StandIn
from scorm_packager.rehearsal import activity_of, packages
from scorm_packager.stand_in.server import quirks

pytestmark = pytest.mark.xdist_group("browser")

OF_THE_PAGE = sorted(key for key, about in quirks().items() if about.get("at") == "page")
SCREEN = "section.screen:not([hidden])"
NOBODY = "http://127.0.0.1:9"  # a bridge that is not there


@pytest.fixture(scope="module")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    definition, folder = activity_of(templates() / "activities" / "article")
    [package] = packages(definition, folder, NOBODY, "test-hospital", tmp_path_factory.mktemp("quirks"), ("scorm-1.2",))
    with StandIn(package.file) as started:
        yield started


class Visit:
    """A learner's browser, with one quirk of the page."""

    def __init__(self, browser: Browser, lms: StandIn, key: str):
        self.faults: list[str] = []
        self._context = browser.new_context()
        self._context.on("weberror", lambda fault: self.faults.append(str(fault.error)))
        self._lms, self._key = lms, key

    def opens(self) -> Page | Frame:
        """The page that the package runs in, once its first screen is shown."""
        host = self._context.new_page()
        host.goto(self._lms.url_for(f"learner-{self._key}", "Rivera, Alex", [self._key], bare=True))
        shown = self._in_a_window(host) if self._key == "opener" else self._in_a_frame(host)
        shown.wait_for_selector(SCREEN, timeout=20_000)
        return shown

    @staticmethod
    def _in_a_window(host: Page) -> Page:
        with host.expect_popup() as opened:
            host.get_by_role("button", name="Open the activity in a new window").click()
        return opened.value

    @staticmethod
    def _in_a_frame(host: Page) -> Frame:
        frame = host.wait_for_selector("iframe[name=activity]").content_frame()
        assert frame is not None
        return frame

    def ends(self) -> None:
        self._context.close()


@pytest.fixture(params=OF_THE_PAGE)
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visit(browser: Browser, lms: StandIn, key: str) -> Iterator[Visit]:
    made = Visit(browser, lms, key)
    yield made
    made.ends()


def screen(shown: Page | Frame) -> str:
    return str(shown.locator(SCREEN).get_attribute("data-screen"))


def test_the_package_runs_keeps_what_is_done_and_says_what_it_met(visit: Visit, lms: StandIn, key: str) -> None:
    about = quirks()[key]
    shown = visit.opens()
    shown.locator('[data-slot="next"]').click()
    shown.wait_for_selector('[data-screen="disclosure"]:not([hidden])')
    met = {odd["code"] for odd in shown.evaluate("cme.player.report().odd")}
    assert set(about.get("met", "").split()) <= met
    assert visit.faults == []
    kept = lms.cmi(f"learner-{key}").get("cmi.suspend_data", "")
    assert bool(kept) == (about.get("records") != "nothing")
    if kept:
        assert screen(visit.opens()) == "disclosure"
    else:
        assert shown.locator('[data-slot="notices"]').inner_text() != ""


def test_the_window_opened_last_goes_on_and_the_other_says_so(browser: Browser, lms: StandIn) -> None:
    two = Visit(browser, lms, "booleans")
    first = two.opens()
    second = two.opens()
    first.wait_for_selector('[data-screen="closed"]')
    assert "another window" in first.locator('[data-screen="closed"]').inner_text()
    assert screen(second) == "front-matter"
    first.locator('[data-action="continue-here"]').click()
    first.wait_for_selector('[data-screen="front-matter"]:not([hidden])')
    second.wait_for_selector('[data-screen="closed"]')
    two.ends()
