"""An author's preview: what is saved is shown in the learner's place, with all that the LMS and a throw-away bridge make of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from scorm_packager.activity.resources import templates
from scorm_packager.preview import Shown, Wish, showing

pytestmark = pytest.mark.xdist_group("browser")

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 30_000  # milliseconds
BRIDGE_PATIENCE = 90_000  # four commands, each a process of its own
TABS = ("record", "credit", "problems", "calls", "data", "saved", "statements", "network", "quirks")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("author") / "mine"
    shutil.copytree(templates() / "activities" / "article", made)
    return made


@pytest.fixture(scope="module")
def preview(folder: Path) -> Iterator[Shown]:
    with showing(folder, Wish(port=0)) as shown:
        yield shown


@pytest.fixture
def page(browser: Browser, preview: Shown, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The preview for a learner of this test's own, once the bridge answers."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.goto(preview.stand_in.url_for(request.node.name, "Rivera, Alex"))
        ready = "document.querySelector('[data-slot=credit-hint]').textContent.startsWith('A throw-away bridge at')"
        opened.wait_for_function(ready, timeout=BRIDGE_PATIENCE)
        yield opened


def inside(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=activity]")


def at(page: Page, screen: str) -> None:
    expect(inside(page).locator(f'section.screen[data-screen="{screen}"]:not([hidden])')).to_be_visible(timeout=PATIENCE)


def goes_on(page: Page) -> None:
    inside(page).locator('[data-slot="next"]').click()


def to_profession(page: Page) -> None:
    at(page, "front-matter")
    goes_on(page)
    inside(page).locator('[data-field="acknowledge"]').check()
    goes_on(page)
    at(page, "profession")


def tab(page: Page, name: str) -> None:
    page.locator(f"#tab-{name}").click()


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "activity.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_saved_is_shown_where_the_learner_was(page: Page, folder: Path) -> None:
    to_profession(page)
    edit(folder, "Five moments for hand hygiene", "Six moments for hand hygiene")
    expect(page.locator("h1.title")).to_have_text("Six moments for hand hygiene", timeout=PATIENCE)
    at(page, "profession")
    edit(folder, "Six moments for hand hygiene", "Five moments for hand hygiene")


def test_a_broken_activity_shows_place_and_remedy_and_plays_on_as_it_last_was(page: Page, folder: Path) -> None:
    to_profession(page)
    edit(folder, "terminates:", "termminates:")
    notice = page.locator(".broken-notice")
    expect(notice).to_be_visible(timeout=PATIENCE)
    assert re.search(r"activity\.yaml:\d+:\d+", notice.inner_text())
    assert "Did you mean `terminates`?" in notice.inner_text()
    assert violations(page) == []
    page.get_by_role("button", name="Show the last good version").click()
    at(page, "profession")
    edit(folder, "termminates:", "terminates:")
    expect(page.locator("[data-slot=built]")).to_contain_text("Built", timeout=PATIENCE)
    at(page, "profession")


def test_shows_what_a_bridge_decides_and_why(page: Page) -> None:
    to_profession(page)
    inside(page).locator('input[value="physician"]').check()
    goes_on(page)
    tab(page, "credit")
    card = page.locator(".card", has_text="ama-pra-1")
    expect(card).to_contain_text("content-not-finished", timeout=PATIENCE)
    expect(card).to_contain_text("0.25 designated")


def test_statements_that_did_not_reach_the_bridge_reach_it_later(page: Page) -> None:
    page.get_by_role("combobox", name="Network").select_option("no-bridge")
    to_profession(page)
    tab(page, "network")
    expect(page.locator(".exchanges .error").first).to_have_text("did not arrive")
    page.get_by_role("combobox", name="Network").select_option("all")
    tab(page, "statements")
    expect(page.locator(".statements .stored")).to_have_count(3, timeout=PATIENCE)  # initialized, read, acknowledged


def test_with_the_network_off_the_lms_keeps_nothing_and_the_learner_is_told(page: Page) -> None:
    at(page, "front-matter")
    page.get_by_role("combobox", name="Network").select_option("none")
    goes_on(page)
    tab(page, "calls")
    expect(page.locator(".calls .refused").first).to_contain_text("Commit")
    expect(page.locator("[data-slot=refused-count]")).not_to_have_text("0")


def test_on_a_day_after_the_termination_there_is_no_credit_any_more(page: Page) -> None:
    at(page, "front-matter")
    page.get_by_label("Day").fill("2029-11-05")  # days after: where the learner sits it may still be the day before
    expect(inside(page).locator("body")).to_contain_text("This activity has ended", timeout=PATIENCE)


def test_reopened_it_goes_on_and_a_new_attempt_begins_anew(page: Page) -> None:
    to_profession(page)
    page.get_by_role("button", name="Close and reopen").click()
    at(page, "profession")
    page.get_by_role("button", name="New attempt").click()
    at(page, "front-matter")


def test_another_learner_has_done_nothing(page: Page) -> None:
    to_profession(page)
    page.get_by_role("combobox", name="Learner").fill("somebody-else")
    page.get_by_role("button", name="Open", exact=True).click()
    at(page, "front-matter")
    assert "learner=somebody-else" in page.url


def test_saved_state_is_shown_with_its_room_and_event_by_event(page: Page) -> None:
    to_profession(page)
    tab(page, "saved")
    expect(page.locator("[data-slot=saved-limit]")).to_have_text("64,000")
    expect(page.locator(".events li")).to_have_count(3)
    expect(page.locator(".events")).to_contain_text("disclosed")


def test_no_token_is_ever_shown(page: Page) -> None:
    to_profession(page)
    token = page.evaluate("standIn.network.at.launch.token")
    assert token
    assert token not in page.content()


def test_axe_finds_nothing_in_any_panel(page: Page) -> None:
    to_profession(page)
    found = []
    for name in TABS:
        tab(page, name)
        found += [f"{name}: {violation}" for violation in violations(page)]
    assert found == []


def violations(page: Page) -> list[str]:
    """Of the page around the activity, whose own screens are judged elsewhere."""
    page.evaluate("source => { if (!globalThis.axe) (0, eval)(source); }", AXE.read_text(encoding="utf-8"))
    run = "tags => axe.run({exclude: [['iframe']]}, {runOnly: tags, resultTypes: ['violations'], iframes: false})"
    return [f"{each['id']} {each['nodes'][0]['target']}" for each in page.evaluate(run, STANDARD)["violations"]]


@pytest.mark.parametrize("form", ["cmi5", pytest.param("xapi", marks=pytest.mark.long)])
def test_packages_that_tell_by_statements_are_played_and_resumed(browser: Browser, folder: Path, form: str) -> None:
    with showing(folder, Wish(port=0, form=form)) as shown, browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(shown.stand_in.url)
        inside(page).locator('[data-action="start"]').wait_for(timeout=BRIDGE_PATIENCE)
        to_profession(page)
        tab(page, "saved")
        expect(page.locator(".events li")).to_have_count(3)
        page.get_by_role("button", name="Close and reopen").click()
        at(page, "profession")
