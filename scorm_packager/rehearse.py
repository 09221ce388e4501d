"""Drives robot learners through a built package in a real browser: the one driver of `rehearse`, the demo and the journeys.

A robot sees what a learner sees: it finds screens and controls by the attributes that docs/player.md lists, and knows nothing
of the player's inside.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from scorm_packager.activity.definition_model import DefinedEvaluationItem, DefinedItem, Definition
from scorm_packager.hands import answer
from scorm_packager.robot import Happening, Robot, at, responses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page

PATIENCE = 30_000  # milliseconds that a robot waits for a screen
DECISION_PATIENCE = 60_000  # the outbox of a learner who was offline waits before it tries again
SCREEN = "section.screen:not([hidden])"
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


class Visit:
    """One learner with the package open in one browser; another device is another browser context with nothing kept."""

    def __init__(self, stage: Stage, robot: Robot):
        self.stage, self.robot = stage, robot
        self.attempt = 0
        self.bridge_reachable = True
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
        self._shut_or_open_bridge()
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
        """The Exit button, as the player asks for."""
        self.root.locator('[data-action="exit"]').click()
        self.root.locator('[data-screen="closed"]').wait_for()
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

    def _shut_or_open_bridge(self) -> None:
        if self.stage.bridge is None or self._context is None:
            return
        pattern = f"{self.stage.bridge}/**"
        self._context.unroute(pattern)
        if not self.bridge_reachable:
            self._context.route(pattern, lambda route: route.abort("internetdisconnected"))


def rehearse(robot: Robot, stage: Stage) -> Visit:
    """Takes the whole activity as `robot` does, and leaves by the Exit button. Raises Stuck."""
    visit = Visit(stage, at(stage.definition, robot))
    visit.open()
    for key in _walk(visit):
        visit.screens.append(key)
    if robot.does.evaluation == "submit":
        visit.leave()
    visit.close()
    return visit


def _walk(visit: Visit) -> Iterator[str]:
    """Does each screen's work until the last, or until the robot goes away for good."""
    while True:
        key = visit.key()
        kind = key.split(":")[0]
        if kind == "evaluation" and visit.robot.does.evaluation == "skip":
            visit.see("evaluation")
            return
        visit.see(kind if kind != "content" else f"content-{_number(visit, key)}")
        _perform(visit, kind, key)
        yield key
        if kind == "certificate":
            return
        _wait_for_another(visit, key)
        _let_happen(visit, key)


def _perform(visit: Visit, kind: str, key: str) -> None:
    try:
        _SCREENS[kind](visit)
    except Exception as error:
        if type(error).__module__.startswith("playwright"):
            raise Stuck(f"{visit.robot.learner.name} could not go on at {key}: {error}") from error
        raise


def _number(visit: Visit, key: str) -> int:
    ids = [content.id for content in visit.stage.definition.contents]
    return ids.index(key.removeprefix("content:")) + 1


def _wait_for_another(visit: Visit, key: str) -> None:
    visit.root.locator(f'{SCREEN}:not([data-screen="{key}"])').wait_for(state="visible")


def _let_happen(visit: Visit, key: str) -> None:
    for happening in visit.robot.happens:
        if happening.after == key or (key.startswith("content:") and happening.after == f"content:{_number(visit, key)}"):
            _EVENTS[happening.event](visit, happening)


def _come_back(visit: Visit, happening: Happening) -> None:
    if happening.return_ == "another device":
        visit.forget_device()
    visit.open()


def _killed(visit: Visit, happening: Happening) -> None:
    visit.kill_tab()
    _come_back(visit, happening)


def _closed(visit: Visit, happening: Happening) -> None:
    visit.close_tab()
    _come_back(visit, happening)


_EVENTS: dict[str, Callable[[Visit, Happening], None]] = {
    "bridge unreachable": lambda visit, _: visit.reach_bridge(False),
    "bridge reachable": lambda visit, _: visit.reach_bridge(True),
    "tab killed": _killed,
    "tab closed": _closed,
}


# --- what a robot does on each screen -----------------------------------------------------------


def _front_matter(visit: Visit) -> None:
    visit.press("start" if visit.action() == "start" else "next")


def _disclosure(visit: Visit) -> None:
    if visit.action() == "acknowledge":
        visit.root.locator('[data-field="acknowledge"]').check()
        visit.press("acknowledge")
        return
    visit.press("next")


def _profession(visit: Visit) -> None:
    visit.screen().locator(f'input[value="{visit.robot.profession}"]').check()
    visit.press("continue")


def _pre_assessment(visit: Visit) -> None:
    if visit.action() == "next":  # submitted in an earlier visit
        return visit.press("next")
    definition, share = visit.stage.definition, visit.robot.does.pre
    ids = definition.pre.items if definition.pre else ()
    given = {} if share == "skip" else dict(responses(_items(definition, ids), float(share), visit.robot.weak_at))
    return _walk_items(visit, ids, given, "pre-assessment")


def _content(visit: Visit) -> None:
    reader = visit.screen().locator('[data-slot="transcript"]')
    if reader.count() and not visit.screen().locator(".finished-mark").count():  # a robot reads instead of watching
        reader.locator("summary").click()
        reader.locator('[data-action="read-transcript"]').click()
    visit.press("next")


def _post_assessment(visit: Visit) -> None:
    definition = visit.stage.definition
    assert definition.post is not None
    while visit.action() in ("begin", "retry"):
        visit.press(visit.action())
        shares = visit.robot.does.post
        given = responses(_items(definition, definition.post.items), shares[min(visit.attempt, len(shares) - 1)], visit.robot.weak_at)
        visit.attempt += 1
        _walk_items(visit, definition.post.items, dict(given), f"post-assessment-{visit.attempt}")
        visit.screen().locator("h2[data-result]").wait_for()
        visit.see(f"post-assessment-{visit.attempt}-result")
    visit.press("next")


def _items(definition: Definition, ids: tuple[str, ...]) -> tuple[DefinedItem, ...]:
    known = {item.id: item for item in definition.items}
    return tuple(known[id_] for id_ in ids)


def _walk_items(visit: Visit, ids: tuple[str, ...], given: dict[str, str], label: str) -> None:
    """From the item in view to the last, then the review, then submitted."""
    for id_ in ids:
        item = visit.screen().locator(f'[data-item="{id_}"]')
        if not item.is_visible():
            continue  # resumed beyond it
        if id_ in given:
            answer(item, given[id_])
        if id_ == ids[0]:
            visit.see(f"{label}-item")
        visit.press(visit.action())
    visit.screen().locator("[data-review]").first.wait_for()
    visit.see(f"{label}-review")
    visit.press("submit")


def _evaluation(visit: Visit) -> None:
    for item in visit.stage.definition.evaluation:
        if item.kind == "text" and not item.required:
            continue
        answer(visit.screen().locator(f'[data-item="{item.id}"]'), _EVALUATED[item.kind](item))
    for number, text in enumerate(visit.robot.does.commitments, 1):
        row = visit.screen().locator(f'[data-commitment="{number}"]')
        row.locator("textarea").fill(text)
        row.locator("textarea").blur()
        row.locator("select").select_option("4")
    visit.see("evaluation-filled")
    visit.press("submit")


_EVALUATED: dict[str, Callable[[DefinedEvaluationItem], str]] = {
    "rating": lambda item: "4",
    "choice": lambda item: item.choices[0].id,
    "multiple": lambda item: item.choices[0].id,
    "true-false": lambda item: "true",
    "numeric": lambda item: "60",
    "text": lambda item: "I will check renal function before choosing a dose.",
}


def _claim(visit: Visit) -> None:
    if visit.action() == "next":  # answered in an earlier visit
        return visit.press("next")
    wish = visit.robot.does.claim
    if isinstance(wish, dict):
        _claim_each(visit, wish)
    elif wish == "decline":
        _decline_all(visit)
    if wish != "decline":
        _give_details(visit)
    visit.see("claim-filled")
    visit.press(visit.action())


def _claim_each(visit: Visit, wish: dict[str, str]) -> None:
    for card in visit.screen().locator("[data-offer]").all():
        system = card.get_attribute("data-offer") or ""
        asked = wish.get(system, "decline")
        card.locator(f'input[value="{"decline" if asked == "decline" else "claim"}"]').check()
        amount = card.locator(f'[data-field="amount-{system}"]')
        if asked not in ("decline", "take") and amount.count():
            amount.select_option(asked)


def _decline_all(visit: Visit) -> None:
    for choice in visit.screen().locator('[data-offer] input[value="decline"]').all():
        choice.check()


def _give_details(visit: Visit) -> None:
    screen = visit.screen()
    screen.locator('[data-field="name"]').fill(visit.robot.name)
    for key, value in visit.robot.identifiers.items():
        later = screen.locator(f'[data-later="{key}"]')
        if value == "later" and later.count():
            later.check()
        elif value != "later" and screen.locator(f'[data-field="{key}"]').count():
            screen.locator(f'[data-field="{key}"]').fill(value)
    for box in screen.locator('.consents input[type="checkbox"], input[data-field="attestation"]').all():
        box.check()


def _certificate(visit: Visit) -> None:
    """Waits until all is sent and decided; without a bridge there is nothing to wait for."""
    if visit.stage.bridge is not None and visit.bridge_reachable:
        visit.screen().locator("[data-outcome]:not([data-outcome='pending'])").first.wait_for(timeout=DECISION_PATIENCE)
        visit.screen().locator("[data-outcome='pending']").wait_for(state="detached", timeout=DECISION_PATIENCE)
    visit.see("certificate-decided")


_SCREENS: dict[str, Callable[[Visit], None]] = {
    "front-matter": _front_matter,
    "disclosure": _disclosure,
    "profession": _profession,
    "pre-assessment": _pre_assessment,
    "content": _content,
    "post-assessment": _post_assessment,
    "evaluation": _evaluation,
    "claim": _claim,
    "certificate": _certificate,
}
