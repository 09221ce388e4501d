"""Learners choose the language of an activity that has several, and it stays chosen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scorm_packager.activity.resources import templates
from tests.player.stage import PHONE, SCREEN, Situation, Stage, at, situations
from tests.player.test_screens import AXE

pytestmark = pytest.mark.xdist_group("screens")

TEXTS = {
    "title": "Anticoagulación", "contents.0.title": "Quién corre riesgo", "items.0.stem_html": "<p>¿Qué dosis?</p>",
    "disclosure.html": "<p>Nadie tiene relaciones.</p>", "disclosure.hash": "e5" * 32, "disclosure.acknowledgement": "He leído esto.",
}  # fmt: skip
TWO = {"translations": [{"language": "es", "texts": TEXTS}]}


CATALOGUES = sorted(path.stem for path in (templates() / "player" / "messages").glob("*.yaml"))
CUT = """() => [...document.querySelectorAll(".foot-buttons button:not([hidden])")].filter((one) => {
  const words = document.createRange();
  words.selectNodeContents(one);
  const style = getComputedStyle(one);
  return words.getBoundingClientRect().width > one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) + 1;
}).map((one) => one.textContent)"""


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_phone_shows_place_and_ways_on_whole_in_every_language(browser: Browser, language: str) -> None:
    [where] = [each for each in situations() if each.name == "claim: declined"]  # its way on has the longest words
    page = Stage(browser, size=PHONE).open(at(where, definition={**where.definition, "language": language}))
    place = page.locator(".position-short")
    words = page.locator(".top-position").bounding_box()
    assert (place.inner_text(), page.evaluate(CUT)) == ("10/11", [])
    for part in (place, page.locator(".save")):
        box = part.bounding_box()
        assert box is not None
        assert words is not None
        assert words["x"] - 1 <= box["x"] <= box["x"] + box["width"] <= words["x"] + words["width"] + 1
    page.context.close()


def test_whoever_listens_hears_the_place_in_words_on_a_phone_too(browser: Browser) -> None:
    [where] = [each for each in situations() if each.name == "claim: declined"]
    page = Stage(browser, size=PHONE).open(where)
    assert "Step 10 of 11" in page.locator("header").aria_snapshot()
    page.context.close()


def opened(browser: Browser, **where: Any) -> Page:
    return Stage(browser).open(Situation("languages", definition=TWO, **where))


def choose(page: Page, where: str = "first") -> None:
    page.locator(f"#language-{where}").select_option("es")


def test_a_chosen_language_is_shown_at_once(browser: Browser) -> None:
    page = opened(browser)
    choose(page)
    assert page.locator(f"{SCREEN} h1").inner_text() == "Anticoagulación"
    assert page.locator("html").get_attribute("lang") == "es"
    page.context.close()


def test_the_steps_and_the_words_around_them_are_in_the_chosen_language(browser: Browser) -> None:
    page = opened(browser)
    choose(page, "steps")
    assert page.locator('[data-step="content:risk"]').inner_text().startswith("Quién corre riesgo")
    assert page.locator('[data-step="claim"]').inner_text().startswith("Solicitar")
    page.context.close()


def test_a_text_without_translation_says_its_own_language(browser: Browser) -> None:
    page = opened(browser)
    choose(page)
    assert page.locator(f'{SCREEN} [data-text="description"]').get_attribute("lang") == "en"
    page.context.close()


def test_the_disclosure_is_acknowledged_in_the_language_shown(browser: Browser) -> None:
    page = opened(browser, screen="disclosure", events=(("read", {}),))
    choose(page, "steps")
    page.get_by_text("He leído esto.").click()
    page.locator('[data-action="acknowledge"]').click()
    assert page.locator(SCREEN).get_attribute("data-screen") == "profession"
    saved = page.evaluate("cme.suspend.unpack(lms['cmi.suspend_data'], cme.definition).events.find((one) => one.kind === 'disclosed')")
    assert saved["payload"] == {"hash": "e5" * 32}
    page.context.close()


def test_a_disclosure_acknowledged_in_one_language_is_acknowledged_in_the_other(browser: Browser) -> None:
    page = opened(browser, screen="profession", events=(("read", {}), ("disclosed", {})))
    choose(page, "steps")
    assert page.locator(SCREEN).get_attribute("data-screen") == "profession"
    page.context.close()


def test_the_language_is_remembered_in_saved_state(browser: Browser) -> None:
    page = opened(browser)
    choose(page)
    page.reload()
    page.get_by_role("heading", level=1, name="Anticoagulación").wait_for()
    page.context.close()


def test_the_way_back_to_the_activitys_own_language_is_open(browser: Browser) -> None:
    page = opened(browser)
    choose(page)
    page.locator("#language-first").select_option("en")
    assert page.locator(f"{SCREEN} h1").inner_text() != "Anticoagulación"
    page.context.close()


def test_a_statement_names_the_language_shown_when_it_happened(browser: Browser) -> None:
    page = opened(browser)
    choose(page)
    page.locator('[data-action="start"]').click()
    told = page.evaluate(
        """() => {
          const state = cme.suspend.unpack(lms["cmi.suspend_data"], cme.definition);
          const told = (event) => cme.statements.statement(event, state, cme.definition, {}, cme.package.vocabulary);
          return state.events.map((event) => told(event).context.language);
        }"""
    )
    assert told == ["en", "es", "es"]
    page.context.close()


def test_a_choice_of_language_has_nothing_an_accessibility_checker_objects_to(browser: Browser) -> None:
    page = opened(browser)
    choose(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    assert [each["id"] for each in found["violations"]] == []
    page.context.close()


def test_an_activity_in_one_language_asks_for_none(browser: Browser) -> None:
    page = Stage(browser).open(Situation("one language"))
    assert page.locator('[data-field="language"]').count() == 0
    assert page.evaluate("cme.languages === undefined")
    page.context.close()
