"""What an LMS wants stands in one file, each value with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.presets import Preset, Settings, choose, presets
from tests.packager.builders import FORMATS

PRESETS = presets(templates())


def written(folder: Path, text: str) -> Path:
    (folder / "lms").mkdir()
    (folder / "lms" / "ours.yaml").write_text(text)
    return folder


def test_it_works() -> None:
    assert choose(PRESETS, "generic").settled() == Settings()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_prefers_formats_that_exist(preset: Preset) -> None:
    assert set(preset.formats) <= {each.key for each in FORMATS}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_value_that_was_seen_says_when(preset: Preset) -> None:
    undated = [name for name, reason in preset.settings.items() if reason.basis == "seen" and not reason.on]
    assert undated == []


def test_cornerstone_is_never_told_failed() -> None:
    # Cornerstone's help: a SCORM 1.2 course that reported failed stays In Progress/Failed and never completes.
    assert choose(PRESETS, "cornerstone").settled().failed_status == "incomplete"


def test_no_preset_lets_the_lms_overrule_the_player_unless_it_says_why() -> None:
    judging = [preset.key for preset in PRESETS if preset.settled().lms_judges and "lms_judges" not in preset.settings]
    assert judging == []


def test_names_an_unknown_lms() -> None:
    with pytest.raises(ProblemsFound, match="preset-unknown"):
        choose(PRESETS, "nonesuch")


def test_names_a_setting_that_does_not_exist(tmp_path: Path) -> None:
    text = "name: Ours\nformats: {scorm-1.2: best}\nsettings: {colour: {value: red, why: because, basis: report}}\n"
    with pytest.raises(ProblemsFound, match="colour"):
        presets(written(tmp_path, text))


def test_names_a_value_that_a_setting_does_not_take(tmp_path: Path) -> None:
    text = "name: Ours\nformats: {scorm-1.2: best}\nsettings: {failed_status: {value: lost, why: because, basis: report}}\n"
    with pytest.raises(ProblemsFound, match="failed_status"):
        presets(written(tmp_path, text))
