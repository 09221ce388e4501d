"""How a robot learner's hands work the controls of an item: by what stands in the page, as a person would, one kind at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def answer(item: Locator, response: str) -> None:
    """Gives `response` (docs/data-flow.md §2) to the item at this element; its `data-kind` says how."""
    kind = item.get_attribute("data-kind") or ""
    _ANSWERS[kind](item, response)


def _pick_one(item: Locator, response: str) -> None:
    item.locator(f'input[value="{response}"]').check()


def _pick_several(item: Locator, response: str) -> None:
    wanted = set(response.split("[,]"))
    for box in item.locator('input[type="checkbox"]').all():
        box.set_checked(box.get_attribute("value") in wanted)


def _match(item: Locator, response: str) -> None:
    for pair in response.split("[,]"):
        source, target = pair.split("[.]")
        item.locator(f'select[data-source="{source}"]').select_option(target)


def _order(item: Locator, response: str) -> None:
    wanted = response.split("[,]")
    for place, key in enumerate(wanted):
        for _ in range(_place_of(item, key) - place):
            item.locator(f'li[data-choice="{key}"] [data-action="move-up"]').click()
    keep = item.locator('[data-action="keep-order"]')
    if keep.is_visible():  # the order shown was the wanted one already, and nothing was moved
        keep.click()


def _place_of(item: Locator, key: str) -> int:
    return [row.get_attribute("data-choice") for row in item.locator("li[data-choice]").all()].index(key)


def _write(item: Locator, response: str) -> None:
    field = item.locator("textarea, input").first
    field.fill(response)
    field.blur()


_ANSWERS = {
    "choice": _pick_one,
    "rating": _pick_one,
    "true-false": _pick_one,
    "multiple": _pick_several,
    "matching": _match,
    "ordering": _order,
    "numeric": _write,
    "text": _write,
}
