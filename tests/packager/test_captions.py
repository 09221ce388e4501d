"""Captions are checked as browsers read them, which leave out what they cannot read without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity.captions import faults
from tests.packager.activity_builders import problems

GOOD = """\
WEBVTT
Kind: captions
Language: en

NOTE made by hand

1
00:01.000 --> 00:04.000 line:80%
Check the kidneys.

00:00:04.500 --> 00:00:08.000
<v Okafor>And the weight.
"""


def found(text: str, language: str = "en") -> list[tuple[str, int]]:
    return [(fault.code, fault.where.line) for fault in faults(text.encode(), "content/a.vtt", language)]


def test_good_captions_are_good() -> None:
    assert found(GOOD) == []


def test_line_ends_of_windows_and_a_byte_order_mark_are_taken() -> None:
    assert found("\ufeff" + GOOD.replace("\n", "\r\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("WEBVTT", "1", ("captions-not-webvtt", 1)),
        ("Language: en", "Language: fr", ("captions-other-language", 1)),
        ("00:01.000 -->", "0:01 -->", ("captions-malformed-time", 8)),
        ("00:04.000 line", "00:04,000 line", ("captions-malformed-time", 8)),
        ("--> 00:04.000", "--> 00:01.000", ("captions-never-shown", 8)),
        ("00:00:04.500 -->", "00:00:00.500 -->", ("captions-out-of-order", 11)),
        ("<v Okafor>And the weight.", "<v Okafor>", ("caption-without-text", 11)),
    ],
)
def test_each_fault_is_found_at_its_line(old: str, new: str, fault: tuple[str, int]) -> None:
    assert found(GOOD.replace(old, new, 1)) == [fault]


def test_a_file_without_captions_is_told() -> None:
    assert found("WEBVTT\n") == [("captions-empty", 1)]


def test_a_country_does_not_make_another_language() -> None:
    assert found(GOOD, "en-GB") == []


def test_captions_are_checked_with_the_activity(tmp_path: Path) -> None:
    video = "  - {video: content/v.mp4, title: V, captions: content/v.vtt, minutes: 3}\n"
    files = {"content/v.mp4": "film", "content/v.vtt": GOOD.replace("--> 00:04.000", "--> 00:01.000")}
    assert [str(each.where) for each in problems(tmp_path, video, files=files)] == ["content/v.vtt:8:1"]
