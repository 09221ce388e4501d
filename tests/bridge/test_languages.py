"""Which language of several a reader is given (RFC 4647 §3.4, RFC 9110 §12.5.4)."""

from __future__ import annotations

import pytest

from lrs_bridge.xapi.languages import asked_for, chosen

NAMES = {"en-US": "color", "en-GB": "colour", "de": "Farbe", "pt-BR": "cor"}

CHOICES = [
    ("en-GB", "en-GB"),
    ("EN-gb", "en-GB"),
    ("fr, de;q=0.5", "de"),
    ("de;q=0.1, en-US;q=0.9", "en-US"),
    ("de-CH", "de"),
    ("pt", "pt-BR"),
    ("pt-PT", "pt-BR"),
    ("en-US;q=0, de", "de"),
    ("ja", "en-US"),
    ("*", "en-US"),
    ("", "en-US"),
    ("de;q=nonsense", "en-US"),
]


@pytest.mark.parametrize(("header", "language"), CHOICES)
def test_gives_the_one_that_fits_best(header: str, language: str) -> None:
    assert chosen(NAMES, asked_for(header)) == {language: NAMES[language]}


def test_gives_nothing_of_nothing() -> None:
    assert chosen({}, ("en",)) == {}


def test_reads_preferences_in_their_order() -> None:
    assert asked_for("da, en-gb;q=0.8, en;q=0.7, fr;q=0.8") == ("da", "en-gb", "fr", "en")
    assert asked_for("de;q=0, \x00, en, toolonglanguage1") == ("en",)
