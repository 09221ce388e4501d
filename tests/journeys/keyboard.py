"""A learner without a mouse: Tab, Shift+Tab, Space, Enter, arrow keys and letters, and nothing else."""

from __future__ import annotations

from scorm_packager.activity.definition_model import DefinedItem
from scorm_packager.robots.robot import right_response
from scorm_packager.robots.visit import Visit

FAR = 400  # presses of Tab after which a control counts as out of reach


class OutOfReach(AssertionError):
    """A control that the keyboard did not get to."""


class Keys:
    """Takes the activity as the visit's learner would, by keyboard alone."""

    def __init__(self, visit: Visit):
        self.visit = visit

    def press(self, key: str) -> None:
        self.visit.page.keyboard.press(key)

    def focused(self, selector: str) -> bool:
        return bool(self.visit.root.locator("body").evaluate("(body, what) => document.activeElement.matches(what)", selector))

    def reach(self, selector: str) -> None:
        """Tab until the focus is on it; forwards only, round and round."""
        for _ in range(FAR):
            if self.focused(selector):
                return
            self.press("Tab")
        raise OutOfReach(f"{selector} at {self.visit.key()}")

    def activate(self, selector: str) -> None:
        self.reach(selector)
        self.press("Enter")

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.press("Space")

    def next(self) -> None:
        self.activate('[data-slot="next"]')

    def choose_radio(self, within: str, value: str) -> None:
        """Tab to the group, then arrows to the wanted one: a group of radio buttons is one stop."""
        self.reach(f'{within} input[type="radio"]')
        wanted = f'{within} input[type="radio"][value="{value}"]'
        if self.focused(wanted):
            return self.press("Space")
        for _ in range(FAR):
            self.press("ArrowDown")
            if self.focused(wanted):
                return None
        raise OutOfReach(wanted)

    def choose_option(self, selector: str, value: str) -> None:
        self.reach(selector)
        select = self.visit.root.locator(selector).first
        for _ in range(50):
            if select.input_value() == value:
                return
            self.press("ArrowDown")
        raise OutOfReach(f"{selector} = {value}")

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.press("Control+A")
        self.visit.page.keyboard.type(text)

    # --- the screens ------------------------------------------------------------------------------

    def take_everything(self) -> None:
        while (key := self.visit.key()) != "certificate":
            getattr(self, f"_{key.split(':')[0].replace('-', '_')}")()
            self.visit.root.locator(f'section.screen:not([hidden]):not([data-screen="{key}"])').wait_for(state="visible")
        self.visit.screen().locator("[data-outcome='award']").first.wait_for(timeout=60_000)

    def _front_matter(self) -> None:
        self.next()

    def _disclosure(self) -> None:
        self.tick('[data-field="acknowledge"]')
        self.next()

    def _profession(self) -> None:
        self.choose_radio('[data-screen="profession"]', self.visit.robot.profession)
        self.next()

    def _content(self) -> None:
        self.next()

    def _post_assessment(self) -> None:
        self.next()
        items = {item.id: item for item in self.visit.stage.definition.items}
        for identity in self.visit.stage.definition.post.items:
            self.visit.screen().locator(f'[data-item="{identity}"]').wait_for()
            self._answer(items[identity])
            self.next()
        self.visit.screen().locator("[data-review]").first.wait_for()
        self.next()
        self.visit.screen().locator("h2[data-result]").wait_for()
        self.next()

    def _answer(self, item: DefinedItem) -> None:
        within, response = f'[data-item="{item.id}"]', right_response(item)
        if item.kind in ("choice", "true-false"):
            return self.choose_radio(within, response)
        if item.kind == "multiple":
            return [self.tick(f'{within} input[value="{key}"]') for key in response.split("[,]")] and None
        assert item.kind == "matching", item.kind
        for pair in response.split("[,]"):
            source, target = pair.split("[.]")
            self.choose_option(f'{within} select[data-source="{source}"]', target)
        return None

    def _evaluation(self) -> None:
        for item in self.visit.stage.definition.evaluation:
            if item.required:
                self._evaluate(f'[data-item="{item.id}"]', item)
        self.next()

    def _evaluate(self, within: str, item) -> None:
        if item.kind in ("rating", "choice", "true-false"):
            value = {"rating": "4", "true-false": "true"}.get(item.kind) or item.choices[0].id
            return self.choose_radio(within, value)
        if item.kind == "multiple":
            return self.tick(f'{within} input[value="{item.choices[0].id}"]')
        return self.write(f"{within} textarea, {within} input", "60" if item.kind == "numeric" else "I will look at every moment.")

    def _claim(self) -> None:
        self.choose_radio('[data-offer="ama-pra-1"]', "claim")
        self.choose_option('[data-field="amount-ama-pra-1"]', "0.25")
        self.write('[data-field="name"]', self.visit.robot.name)
        for field in self.visit.screen().locator('input[data-field="attestation"]').all():
            del field
            self.tick('input[data-field="attestation"]')
        self.next()
