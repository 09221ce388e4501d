"""Exports of other tools play behind the gate, whatever they try: they finish, their scores are kept, and the LMS is told by us alone."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, FrameLocator, Locator, Page, expect
from ruamel.yaml import YAML

from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.load import load
from scorm_packager.activity.resources import templates
from scorm_packager.build import Order, build
from scorm_packager.formats import choose as choose_formats
from scorm_packager.formats import formats
from scorm_packager.presets import choose, presets
from scorm_packager.stand_in.server import StandIn
from tests.packager.wrapped import PACKAGES, Trap, traps

pytestmark = pytest.mark.xdist_group("browser")

GOOD = Path(__file__).parent.parent / "activities" / "good"
TRAPS = traps()
NAME = "Rivera, Alex"
AXE = Path(__file__).parent.parent / "node" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass(frozen=True)
class Behind:
    """The package with every export in it, and what LMS and device keep of a learner who has got as far as the first."""

    lms: StandIn
    arrived: dict[str, str]
    device: Any


@pytest.fixture(scope="module")
def behind(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = activity_with(TRAPS, tmp_path_factory.mktemp("wrapped") / "activity")
    with StandIn(built(folder)) as lms:
        device = arrive(browser, lms)
        yield Behind(lms, lms.cmi("first"), device)


def activity_with(wrapped: list[Trap], folder: Path) -> Path:
    shutil.copytree(GOOD, folder)
    yaml = YAML()
    activity = yaml.load((folder / "activity.yaml").read_text(encoding="utf-8"))
    assesses = [trap for trap in wrapped if trap.said.get("post")]
    activity["contents"] = [content_of(trap, folder) for trap in (*(trap for trap in wrapped if trap not in assesses), *assesses)]
    activity["assessments"] = {"post": {"from": f"content/{assesses[0].name}.zip", "passing_score": 0.8, "attempts": 2}}
    written = io.StringIO()
    yaml.dump(activity, written)
    (folder / "activity.yaml").write_text(written.getvalue(), encoding="utf-8")
    return folder


def content_of(trap: Trap, folder: Path) -> dict[str, Any]:
    trap.zipped(folder / "content" / f"{trap.name}.zip")
    return {"package": f"content/{trap.name}.zip", "title": trap.name, "minutes": 1, **trap.said.get("content", {})}


def built(folder: Path) -> Path:
    loaded = load(folder)
    preset = choose(presets(templates()), "generic")
    chosen = choose_formats(formats(templates()), ("scorm-1.2",))
    order = Order(chosen, preset, None, folder.parent / "dist", templates(), "1.0")
    return build(definition_of(loaded.activity, loaded.source), folder, order, lambda step: None)[0].file


def opened(browser: Browser, lms: StandIn, learner: str, device: Any = None) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=device).new_page()
    page.set_default_timeout(30_000)
    page.goto(lms.url_for(learner, NAME, bare=True))
    return page


def player(page: Page) -> FrameLocator:
    return page.frame_locator("iframe").first


def arrive(browser: Browser, lms: StandIn) -> Any:
    """The first learner reads the front matter, acknowledges the disclosure and chooses a profession."""
    page = opened(browser, lms, "first")
    inside = player(page)
    inside.locator('[data-screen="front-matter"] h1').wait_for()
    assert not any("/content/" in frame.url for frame in page.frames), "Nothing of an export is loaded before the disclosure."
    next_button(inside).click()
    inside.locator('[data-screen="disclosure"] h1').wait_for()
    for box in inside.locator('[data-screen="disclosure"] input[type=checkbox]').all():
        box.check(force=True)
    next_button(inside).click()
    inside.locator('[data-screen="profession"] input[type=radio]').first.check(force=True)
    next_button(inside).click()
    inside.locator("[data-slot=gate-frame] iframe:visible").wait_for()
    device = page.context.storage_state()
    page.context.close()
    return device


def next_button(inside: FrameLocator) -> Locator:
    return inside.locator("[data-slot=next]")


class Visit:
    """One learner at one export."""

    def __init__(self, page: Page, trap: Trap):
        self.page = page
        self.trap = trap
        self.at = page
        self.inside = player(page)
        self.screen = self.inside.locator(f'[data-screen="content:{trap.name}"]')
        self.go()

    def go(self) -> None:
        self.inside.locator(f'[data-step="content:{self.trap.name}"]').first.click()
        self.screen.locator("[data-slot=gate-frame] iframe").wait_for()

    @property
    def export(self) -> FrameLocator:
        return self.screen.frame_locator("[data-slot=gate-frame] iframe").frame_locator("iframe")

    def do(self, step: dict[str, Any]) -> None:
        window = self.page.context.pages[-1]
        here = self.export if window == self.page else window
        if step.get("opens"):
            with self.page.context.expect_page() as opening:
                here.locator(step["click"]).click()
            opening.value.wait_for_load_state()
        elif "click" in step:
            here.locator(step["click"]).click()
        elif "see" in step:
            expect(self.export.get_by_text(step["see"])).to_be_visible()
        elif "start" in step:
            self.screen.locator(f"[data-start='{step['start']}']").click()
            expect(self.screen.locator(f"[data-start='{step['start']}'][aria-current]")).to_be_visible()
        elif "confirm" in step:
            next_button(self.inside).click()
        elif "leave" in step:
            self.inside.locator('[data-step="disclosure"]').first.click()
        elif "again" in step:
            expect(self.screen.locator("[data-slot=gate-said]")).not_to_be_empty()
            self.page.reload()
            self.screen.locator("[data-slot=gate-frame] iframe").wait_for()

    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if frame.url.split("?")[0].endswith("/plain/index.html"))


def kept(behind: Behind, visit: Visit, learner: str) -> list[dict[str, Any]]:
    saved = behind.lms.cmi(learner)["cmi.suspend_data"]
    return list(visit.frame().evaluate("text => cme.suspend.unpack(text).events", saved))


def of_kind(events: list[dict[str, Any]], kind: str, name: str) -> list[dict[str, Any]]:
    return [event["payload"] for event in events if event["kind"] == kind and event["payload"]["c"] == name]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_an_export_with_a_trap_plays_to_its_end(browser: Browser, behind: Behind, trap: Trap):
    learner = f"learner-{trap.name}"
    behind.lms.keep(learner, behind.arrived)
    page = opened(browser, behind.lms, learner, behind.device)
    visit = Visit(page, trap)
    for step in trap.steps:
        visit.do(step)
    expect(visit.inside.locator(f'[data-step="content:{trap.name}"][data-status="done"]').first).to_be_attached()
    if "says" in trap.outcome:
        expect(visit.screen.locator("[data-slot=gate-said] .notice")).to_be_visible()
    events = kept(behind, visit, learner)
    assert [done["c"] for done in of_kind(events, "finished", trap.name)] == [trap.name]
    assert [each["k"] / 10000 for each in of_kind(events, "scored", trap.name)] == (
        [trap.outcome["score"]] if "score" in trap.outcome else []
    )
    submitted = [event["payload"] for event in events if event["kind"] == "submitted"]
    assert [each["k"] / 10000 for each in submitted] == trap.outcome.get("submitted", [])
    assert page.url.startswith(behind.lms.origin), "The LMS's own window stays where it is."
    told = behind.lms.cmi(learner)
    assert (told["cmi.core.lesson_status"], told["cmi.core.lesson_location"].split(":")[0]) != ("completed", ""), "The LMS hears us alone."
    assert told["cmi.suspend_data"].startswith("C1~")
    page.context.close()


ASSESSMENT = next(trap for trap in TRAPS if trap.said.get("post"))


DRAWN = next(trap for trap in TRAPS if trap.name == "drawn-for-one-width")


def test_each_launch_of_an_assessment_is_one_attempt_and_after_the_last_one_there_is_a_way_on(browser: Browser, behind: Behind):
    behind.lms.keep("fails", behind.arrived)
    visit = Visit(opened(browser, behind.lms, "fails", behind.device), ASSESSMENT)
    visit.do({"click": "#give-up"})
    said = visit.screen.locator("[data-slot=gate-said]")
    expect(said).to_contain_text("40%", timeout=30_000)
    said.locator("[data-action=gate-again]").click()
    expect(said).to_be_empty()
    visit.do({"click": "#give-up"})
    expect(said).to_contain_text("All attempts are used", timeout=30_000)
    expect(visit.inside.locator(f'[data-step="content:{ASSESSMENT.name}"][data-status="done"]').first).to_be_attached()
    submitted = [event["payload"] for event in kept(behind, visit, "fails") if event["kind"] == "submitted"]
    assert [(each["t"], each["k"], each["p"]) for each in submitted] == [(1, 4000, False), (2, 4000, False)]
    visit.page.context.close()


def test_the_screen_around_an_export_is_accessible_on_a_phone_as_well(browser: Browser, behind: Behind):
    behind.lms.keep("phone", behind.arrived)
    page = opened(browser, behind.lms, "phone", behind.device)
    page.set_viewport_size({"width": 390, "height": 844})
    inside = player(page)
    frame = inside.locator("[data-slot=gate-frame] iframe:visible")
    expect(frame).to_have_attribute("title", "breaks-out")
    assert (frame.bounding_box() or {})["width"] == 390
    enlarge = inside.locator("[data-slot=gate-size]:visible")
    enlarge.click()
    expect(enlarge).to_have_attribute("aria-pressed", "true")
    assert (frame.bounding_box() or {})["height"] > 700
    enlarge.click()
    inside.locator("body").evaluate("(body, source) => (0, eval)(source)", AXE.read_text(encoding="utf-8"))
    found = inside.locator("body").evaluate("() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [violation["id"] for violation in found["violations"]] == []
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)], ids=["phone", "phone on its side"])
def test_a_slide_drawn_for_a_wide_window_is_seen_whole(browser: Browser, behind: Behind, width: int, height: int):
    behind.lms.keep("narrow", behind.arrived)
    page = opened(browser, behind.lms, "narrow", behind.device)
    visit = Visit(page, DRAWN)
    page.set_viewport_size({"width": width, "height": height})
    frame = visit.screen.locator("[data-slot=gate-frame] iframe")
    slide = visit.export.locator("#slide")
    expect(slide).to_have_js_property("offsetLeft", 0, timeout=10_000)
    around, shown = frame.bounding_box() or {}, slide.bounding_box() or {}
    assert around["x"] <= shown["x"]
    assert shown["x"] + shown["width"] <= around["x"] + around["width"] + 1
    assert visit.export.locator("html").evaluate("page => page.scrollWidth - page.clientWidth") == 0
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_an_export_stands_whole_in_the_window_without_scrolling(browser: Browser, behind: Behind, width: int, height: int):
    behind.lms.keep("whole", behind.arrived)
    page = opened(browser, behind.lms, "whole", behind.device)
    visit = Visit(page, DRAWN)
    page.set_viewport_size({"width": width, "height": height})
    box = visit.screen.locator("[data-slot=gate-frame] iframe").bounding_box() or {}
    assert box["y"] + box["height"] <= height
    assert box["height"] > height * 0.6
    page.context.close()


def test_every_package_of_traps_was_played():
    assert {trap.name for trap in TRAPS} == {path.name for path in PACKAGES.iterdir() if path.is_dir()}
