"""A provider's colours are told when text on them cannot be read, with the nearest that can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scorm_packager.activity.contrast import contrast, faint, nearest
from scorm_packager.activity.model import Branding
from scorm_packager.activity.places import Places
from scorm_packager.check import check
from tests.packager.activity_builders import PROVIDER, a_folder

HERE = Places({}, "provider.yaml")


# Contrasts as WCAG's own definition gives them: black on white is 21, a colour on itself 1, #767676 the faintest grey that passes on white.
@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [("#000000", "#ffffff", 21, 21), ("#123456", "#123456", 1, 1), ("#767676", "#ffffff", 4.5, 4.6), ("#777777", "#ffffff", 4.4, 4.4999)],
)
def test_contrast_is_what_wcag_says(one: str, other: str, least: float, most: float) -> None:
    assert least - 1e-9 <= contrast(one, other) <= most + 1e-9


def test_colours_that_can_be_read_are_let_be() -> None:
    assert faint(Branding(colour="#1f5f8b", on_colour="#ffffff"), HERE) == ()


def test_the_colours_offered_can_be_read() -> None:
    (problem,) = faint(Branding(colour="#f2c94c", on_colour="#ffffff"), HERE)
    fill, text = re.findall(r"#[0-9a-f]{6}", problem.remedy)
    assert contrast(fill, "#ffffff") >= 4.5
    assert contrast(text, "#f2c94c") >= 4.5


def test_a_colour_offered_is_near_the_one_chosen() -> None:
    assert contrast(nearest("#777777", "#ffffff"), "#777777") < 1.1


def test_the_check_says_at_which_line_a_colour_is_too_faint(tmp_path: Path) -> None:
    provider = PROVIDER + 'branding:\n  colour: "#f2c94c"\n'
    found = check(a_folder(tmp_path, files={"provider.yaml": provider})).problems
    assert [(each.where.line, str(each.severity)) for each in found if each.code == "colours-too-faint"] == [(5, "warning")]
