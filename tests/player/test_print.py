"""Screens on paper: the text alone, dark on white, with the addresses of its links."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.player.stage import SCREEN, Stage, situations

pytestmark = pytest.mark.xdist_group("screens")

SITUATIONS = {each.name: each for each in situations()}
PRINTED = (
    "front-matter: before starting",
    "disclosure: acknowledged",
    "content: a page",
    "post-assessment: passed",
    "certificate: awarded",
)

LUMINANCE = """(color) => {
  const [r, g, b] = color.match(/[0-9.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


def on_paper(browser: Browser, name: str) -> Page:
    page = Stage(browser, scheme="dark").open(SITUATIONS[name])
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("name", PRINTED)
def test_nothing_to_press_is_printed(browser: Browser, name: str) -> None:
    page = on_paper(browser, name)
    assert page.locator("button:visible, .top:visible, .side:visible").count() == 0
    page.context.close()


@pytest.mark.parametrize("name", PRINTED)
def test_a_dark_screen_is_printed_dark_on_white(browser: Browser, name: str) -> None:
    page = on_paper(browser, name)
    ink = page.evaluate(LUMINANCE, page.locator(f"{SCREEN} h1").evaluate("(node) => getComputedStyle(node).color"))
    paper = page.evaluate(LUMINANCE, page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert ink < 0.1
    assert paper > 0.99
    page.context.close()


def test_a_link_is_printed_with_its_address(browser: Browser) -> None:
    page = on_paper(browser, "content: a page")
    link = '<a id="link" href="https://guideline.example/">Guideline</a>'
    page.locator('[data-content="risk"] [data-slot="page"]').evaluate("(node, link) => node.insertAdjacentHTML('afterbegin', link)", link)
    shown = page.evaluate("getComputedStyle(document.getElementById('link'), '::after').content")
    assert "https://guideline.example/" in shown
    page.context.close()


def test_what_is_folded_is_unfolded_for_print(browser: Browser) -> None:
    page = on_paper(browser, "front-matter: before starting")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(f"{SCREEN} details:not([open])").count() == 0
    page.context.close()


def test_nothing_passes_slowly_into_another_state_for_who_asks_for_less_motion(browser: Browser) -> None:
    page = Stage(browser).open(SITUATIONS["content: a page"])
    lasting = page.locator("*").evaluate_all("(nodes) => nodes.map((node) => getComputedStyle(node).transitionDuration).filter(Boolean)")
    assert set(lasting) == {"0s"}
    page.context.close()
