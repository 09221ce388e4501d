"""The whole way, from the front matter to the last screen, with nothing but a keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.player.stage import RIGHT, SCREEN, Situation, Stage

pytestmark = pytest.mark.xdist_group("screens")

MOST = 80  # presses of Tab to get anywhere on a screen

ONE_OF_EACH = {"evaluation": [{"id": "useful", "kind": "rating", "stem_html": "<p>It was useful.</p>"}], "pre": None, "commitments": 0}


def reach(page: Page, selector: str) -> None:
    """Tabs on until the focus is there: what cannot be reached so cannot be used."""
    for _ in range(MOST):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached by Tab")


def go_on(page: Page) -> None:
    reach(page, '[data-slot="next"]')
    page.keyboard.press("Enter")


def tick(page: Page, selector: str) -> None:
    reach(page, selector)
    page.keyboard.press("Space")


def choose(page: Page, selector: str, downs: int = 1) -> None:
    reach(page, selector)
    for _ in range(downs):
        page.keyboard.press("ArrowDown")


def key(page: Page) -> str:
    return page.locator(SCREEN).get_attribute("data-screen") or ""


def answer(page: Page, kind: str) -> None:
    item = f'[data-item="{kind}"]'
    if kind in ("choice", "true-false"):
        choose(page, f"{item} input")
    if kind == "multiple":
        tick(page, f'{item} input[value="a"]')
        tick(page, f'{item} input[value="c"]')
    if kind == "matching":
        choose(page, f'{item} select[data-source="s1"]', 1)
        choose(page, f'{item} select[data-source="s2"]', 2)
    if kind == "ordering":
        tick(page, f'{item} li[data-choice="c"] [data-action="move-up"]')
        page.keyboard.press("Space")
    if kind == "numeric":
        reach(page, f"{item} input")
        page.keyboard.type("3")


@pytest.fixture(params=["en", "ar"])
def page(browser: Browser, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    opened = Stage(browser).open(Situation("keyboard", definition={**ONE_OF_EACH, "language": request.param}))
    yield opened
    opened.context.close()


def test_takes_the_whole_activity(page: Page) -> None:
    go_on(page)
    tick(page, '[data-field="acknowledge"]')
    go_on(page)
    tick(page, 'input[value="physician"]')
    go_on(page)
    go_on(page)
    page.locator('[data-screen="content:lecture"] details[open]').wait_for()  # as it is when the film cannot be played
    tick(page, '[data-screen="content:lecture"] [data-action="read-transcript"]')
    go_on(page)
    go_on(page)
    assert key(page) == "post-assessment"
    go_on(page)
    for kind in RIGHT:
        answer(page, kind)
        go_on(page)
    go_on(page)
    assert page.locator('h2[data-result="passed"]').count() == 1
    go_on(page)
    tick(page, '[data-item="useful"] input')
    go_on(page)
    claim(page)
    page.locator('section[data-screen="certificate"]:not([hidden])').wait_for()


def claim(page: Page) -> None:
    tick(page, '[data-offer="ama-pra-1"] input')
    choose(page, '[data-field="amount-ama-pra-1"]', 2)
    choose(page, '[data-offer="abim-moc"] input')  # from "I claim" to "I do not want this credit"
    tick(page, '[data-field="attestation"]')
    go_on(page)


def test_the_first_stop_of_the_keyboard_is_the_way_past_the_head(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_shows_where_the_focus_is(page: Page) -> None:
    reach(page, '[data-slot="next"]')
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
