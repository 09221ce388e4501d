"""Where the formats of strings end: what each standard's own grammar allows is taken, and nothing beyond it."""

from __future__ import annotations

import pytest

from lrs_bridge.times import text_of
from lrs_bridge.xapi import formats
from lrs_bridge.xapi.same import same
from tests.bridge.builders import a_statement

# --- timestamps ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60Z", "2016-12-31T23:59:60.5Z", "2016-12-31T15:59:60-08:00", "1990-12-31T23:59:60z"])
def test_a_leap_second_is_a_second(text: str) -> None:
    """RFC 3339 §5.8 gives two of these as examples."""
    moment = formats.moment(text)
    assert moment is not None
    assert text_of(moment).endswith("-12-31T23:59:59.999Z")


@pytest.mark.parametrize(
    "text",
    [
        "2016-12-31T23:58:60Z", "2016-12-31T12:59:60Z", "2016-12-31T23:59:60+01:00",  # no leap second there
        "2026-01-01T23:59:61Z", "2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z",  # RFC 3339 §5.6
        "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-00-10T12:00:00Z",
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "10000-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_moment_that_can_be_kept_is_refused(text: str) -> None:
    assert not formats.is_timestamp(text)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2024-02-29T00:00:00+14:00", "2026-01-01T00:00Z"]
)
def test_the_first_and_the_last_moments_are_taken(text: str) -> None:
    assert formats.is_timestamp(text)


# --- languages ----------------------------------------------------------------------------------

# RFC 5646, Appendix A, and the irregular tags of §2.1.
GOOD = """
de fr ja i-enochian zh-Hant sr-Cyrl zh-cmn-Hans-CN cmn-Hans-CN zh-yue-HK yue-HK sr-Latn-RS sl-rozaj sl-rozaj-biske sl-nedis de-CH-1901
sl-IT-nedis hy-Latn-IT-arevela de-DE en-US es-419 de-CH-x-phonebk az-Arab-x-AZE-derbend x-whatever qaa-Qaaa-QM-x-southern de-Qaaa sr-Latn-QM
sr-Qaaa-RS en-US-u-islamcal zh-CN-a-myext-x-private en-a-myext-b-another en-GB-oed sgn-BE-FR sgn-BE-NL sgn-CH-DE art-lojban zh-min-nan
en-X-a-a
"""
# The same appendix: not well-formed; and §2.2.6: no singleton twice.
BAD = "de-419-DE a-DE ar-a-aaa-b-bbb-a-ccc en_US en- -en e en-US-u en--US abcdefghi en-x en-A-aa-a-bb en\u0430 en\n"


@pytest.mark.parametrize("tag", GOOD.split())
def test_a_language_tag_of_the_standard_is_taken(tag: str) -> None:
    assert formats.is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", *BAD.split(" ")])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    assert not formats.is_language_tag(tag)


# --- IRIs and addresses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "character", ["\x00", "\n", "\x7f", "\x80", "\x9f", "\u200e", "\u202e", "\u2028", "\ufffe", "\ud800", " ", "<", "\\"]
)
def test_an_iri_holds_no_control_character(character: str) -> None:
    """RFC 3987 §2.2 (ucschar begins at U+00A0) and §4.1 (no character that turns the direction)."""
    assert not formats.is_iri(f"https://cme.northfield.example/a{character}b")


@pytest.mark.parametrize("character", ["é", "日", "\U0001f9e0", "\u05d0", "%20", "'", "(", "~"])
def test_an_iri_may_be_written_in_any_script(character: str) -> None:
    assert formats.is_iri(f"https://cme.northfield.example/a{character}b")


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\x7f", "\x85", " ", "@", "<"])
def test_an_address_holds_no_control_character(character: str) -> None:
    assert not formats.is_mailto(f"mailto:ann{character}b@northfield.example")


# --- durations ----------------------------------------------------------------------------------


def test_durations_of_any_length_are_compared() -> None:
    """Statements of the same duration are the same, however many digits it has."""
    long = a_statement(result={"duration": f"PT{'9' * 5000}.129S"})
    assert same(long, a_statement(result={"duration": f"PT00{'9' * 5000}.12S"}))
