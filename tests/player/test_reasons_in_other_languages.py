"""Why a credit was awarded or not, for learners who do not read English: a sentence of their own, and the bridge's words after it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Locator

from tests.player.stage import Stage, situation

FIGURES = "3 of 6 responses correct when scored again, 75 % is needed."


@pytest.fixture(scope="module")
def stage(browser: Browser) -> Stage:
    return Stage(browser)


def reason_shown(stage: Stage, language: str, code: str, text: str = FIGURES) -> Locator:
    """The one reason of a credit that was not awarded."""
    reason = {"code": code, "text": text, "remedy": "Take it again.", "by": "learner"}
    record = {"system": "ama-pra-1", "outcome": "shortfall", "awarded": "", "reasons": [reason]}
    there = situation(
        kind="certificate", name=json.dumps([language, code]), after="claim", profession="physician",
        bridge={"credit": {"records": [record]}}, definition={"language": language},
    )  # fmt: skip
    return stage.open(there).locator(f'[data-reason="{code}"]')


def test_a_known_reason_is_said_in_the_language_shown(stage: Stage) -> None:
    shown = reason_shown(stage, "de", "post-assessment-not-passed")
    assert shown.inner_text().startswith("Sie haben den Abschlusstest nicht bestanden. Sie haben noch Versuche: Wiederholen Sie ihn.")


def test_the_figures_of_the_bridge_stand_after_it_and_are_marked_as_english(stage: Stage) -> None:
    words = reason_shown(stage, "ar", "post-assessment-not-passed").locator('[lang="en"]')
    assert (words.inner_text(), words.get_attribute("dir")) == (FIGURES, "ltr")


def test_an_unknown_reason_is_given_in_the_words_of_the_bridge(stage: Stage) -> None:
    shown = reason_shown(stage, "ja", "of-a-newer-bridge", "The moon was not full.")
    assert shown.locator('[lang="en"]').inner_text() == "The moon was not full. Take it again."


def test_english_is_given_in_the_words_of_the_bridge_alone(stage: Stage) -> None:
    assert reason_shown(stage, "en", "post-assessment-not-passed").inner_text() == f"{FIGURES} Take it again."


def test_what_the_bridge_says_is_text_in_any_language(stage: Stage) -> None:
    shown = reason_shown(stage, "fr", "not-claimed", '<img src="x">')
    assert '<img src="x">' in shown.inner_text()
