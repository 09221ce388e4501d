"""Every screen, in every situation of its examples.yaml, as a browser and an accessibility checker see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scorm_packager.activity.resources import templates
from tests.player.stage import PHONE, SCREEN, Situation, Stage, situations

# All in one process: what was seen is looked at by many tests.
pytestmark = pytest.mark.xdist_group("screens")

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
SITUATIONS = tuple(situations())
NARROW = {"width": 320, "height": 640}  # WCAG 2.2, 1.4.10


# Colours follow the scheme with the next frames, not at once.
REPAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


@dataclass(frozen=True)
class Seen:
    """What was found wrong in one situation."""

    violations: list[str]
    in_the_dark: list[str]
    complaints: list[str]
    too_wide: int
    headings: list[str]


@pytest.fixture(scope="module")
def seen(browser: Browser) -> dict[str, Seen]:
    stage = Stage(browser, size=PHONE)
    return {situation.name: _look(stage, situation) for situation in SITUATIONS}


def _look(stage: Stage, situation: Situation) -> Seen:
    stage.complaints.clear()
    page = stage.open(situation)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = _axe(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(REPAINTED)
    dark = _axe(page, {"runOnly": ["color-contrast"]})
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    headings = page.locator("h1:visible").all_inner_texts()
    page.context.close()
    return Seen(violations, dark, [each for each in stage.complaints if not _expected(each, situation)], wide, headings)


def _axe(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    found = page.evaluate("(options) => axe.run(document, options)", options or {})
    return [f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found["violations"] for node in each["nodes"]]


def _expected(complaint: str, situation: Situation) -> bool:
    """A browser reports an address that does not answer; these two situations are about one."""
    return "Failed to load resource" in complaint and (situation.bridge == "unreachable" or "video" in situation.name)


by_situation = pytest.mark.parametrize("name", [each.name for each in SITUATIONS])


@by_situation
def test_has_nothing_that_an_accessibility_checker_objects_to(seen: dict[str, Seen], name: str) -> None:
    assert seen[name].violations == []


@by_situation
def test_is_readable_in_the_dark(seen: dict[str, Seen], name: str) -> None:
    assert seen[name].in_the_dark == []


@by_situation
def test_says_nothing_to_the_console_under_a_strict_content_security_policy(seen: dict[str, Seen], name: str) -> None:
    assert seen[name].complaints == []


@by_situation
def test_fits_a_window_of_320_pixels(seen: dict[str, Seen], name: str) -> None:
    assert seen[name].too_wide <= 0


@by_situation
def test_shows_one_main_heading(seen: dict[str, Seen], name: str) -> None:
    assert len(seen[name].headings) == 1


@pytest.mark.parametrize("style", sorted(templates().glob("[ps][lc]*/**/*.css")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_rule_of_a_style_sheet_is_lost_to_a_slip(browser: Browser, style: Path) -> None:
    """A browser drops what it cannot read without a word: as many rules must come out as selectors went in."""
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    page = browser.new_page()
    count = page.evaluate(
        """(text) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          const rules = (list) => [...list].reduce((sum, rule) => sum + 1 + (rule.cssRules ? rules(rule.cssRules) : 0), 0);
          return rules(sheet.cssRules);
        }""",
        text,
    )
    page.close()
    assert count == text.count("{") == text.count("}")


def test_every_screen_has_situations() -> None:
    kinds = {path.parent.name for path in (templates() / "screens").glob("*/screen.html")}
    assert kinds == {each.name.split(":")[0] for each in SITUATIONS}


def test_moving_on_puts_the_focus_on_the_new_screens_heading(browser: Browser) -> None:
    page = Stage(browser).open(Situation("start"))
    page.locator('[data-action="start"]').click()
    assert page.evaluate("document.activeElement.id") == "heading-disclosure"
    page.context.close()


PRESSED = ("post-assessment: a case with choices", "evaluation: nothing answered", "claim: a physician, nothing chosen")


@pytest.mark.parametrize("name", PRESSED)
def test_everything_to_press_is_large_enough_for_a_thumb(browser: Browser, name: str) -> None:
    page = Stage(browser, size=PHONE).open(next(each for each in SITUATIONS if each.name == name))
    sizes = page.locator(f"{SCREEN} :is(button, label.choice, select), .foot button, .top button").evaluate_all(
        "(nodes) => nodes.map((node) => node.getBoundingClientRect()).filter((box) => box.width)"
        ".map((box) => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 44
    page.context.close()
