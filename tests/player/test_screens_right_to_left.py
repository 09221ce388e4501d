"""Every screen, in every situation of its examples.yaml, in Arabic: what is special there is the direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scorm_packager.activity.resources import templates
from tests.player.stage import PHONE, Situation, Stage, at, situations

pytestmark = pytest.mark.xdist_group("screens-right-to-left")

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
NARROW = {"width": 320, "height": 640}  # WCAG 2.2, 1.4.10


def in_arabic(situation: Situation) -> Situation:
    return at(situation, definition={**situation.definition, "language": "ar"})


SITUATIONS = tuple(in_arabic(situation) for situation in situations())

# What a style sheet turns by hand: only logical properties turn by themselves.
PHYSICAL = (
    r"(?:^|[\s;{])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right|width|height)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


@dataclass(frozen=True)
class Seen:
    violations: list[str]
    too_wide: int
    direction: str


class Looks(dict[str, Seen]):
    """What is seen in each situation, looked at once."""

    def __init__(self, browser: Browser) -> None:
        self._stage = Stage(browser, size=PHONE)

    def __missing__(self, name: str) -> Seen:
        self[name] = _look(self._stage.open(next(each for each in SITUATIONS if each.name == name)))
        return self[name]


@pytest.fixture(scope="module")
def seen(browser: Browser) -> Looks:
    return Looks(browser)


def _look(page: Page) -> Seen:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    direction = page.evaluate("getComputedStyle(document.querySelector('main')).direction")
    page.context.close()
    return Seen([f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]], wide, direction)


def _kind(name: str) -> str:
    return name.partition(":")[0]


# One situation of every screen always, the others in `make test-all`.
FIRST = {_kind(name): name for name in reversed([each.name for each in SITUATIONS])}
by_situation = pytest.mark.parametrize(
    "name", [pytest.param(each.name, marks=() if FIRST[_kind(each.name)] == each.name else pytest.mark.long) for each in SITUATIONS]
)


@by_situation
def test_has_nothing_that_an_accessibility_checker_objects_to(seen: Looks, name: str) -> None:
    assert seen[name].violations == []


@by_situation
def test_fits_a_window_of_320_pixels(seen: Looks, name: str) -> None:
    assert seen[name].too_wide <= 0


@by_situation
def test_is_read_from_the_right(seen: Looks, name: str) -> None:
    assert seen[name].direction == "rtl"


def test_the_list_of_steps_stands_at_the_right(browser: Browser) -> None:
    page = Stage(browser).open(SITUATIONS[0])
    steps, main = page.locator(".side").bounding_box(), page.locator("main").bounding_box()
    page.context.close()
    assert steps is not None
    assert main is not None
    assert steps["x"] > main["x"]


STYLES = sorted(style for folder in ("player", "screens", "gate") for style in (templates() / folder).glob("**/*.css"))


@pytest.mark.parametrize("style", STYLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_style_speaks_of_left_and_right(style: Path) -> None:
    lines = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL).splitlines()
    assert [line for line in lines if re.search(PHYSICAL, line) and "@media" not in line] == []
