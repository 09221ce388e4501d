"""What an LMS wants stands in one file: every value with its reason, on whose word, and when it was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity import yaml_text
from scorm_packager.activity.problems import Problem, ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.presets import Preset, Settings, choose, grounds, presets, reasons
from tests.packager.builders import FORMATS

PRESETS = presets(templates())
OF_EVERY_PRESET = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)

# The smallest preset there can be; the lines are counted in the tests below.
OURS = """\
name: Ours
formats:
  scorm-1.2: {why: it plays, basis: seen, source: our LMS, verified: 2026-11-22}
launch:
  window: {value: frame, why: so, basis: report, source: hearsay, verified: false}
  exit: {value: It closes., why: so, basis: report, source: hearsay, verified: false}
steps:
  - {about: upload, do: Upload it., why: so, basis: report, source: hearsay, verified: false}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "lms").mkdir()
    (folder / "lms" / "ours.yaml").write_text(text)
    return folder


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        presets(written(folder, text))
    return found.value.problems


def test_it_works(tmp_path: Path) -> None:
    [ours] = presets(written(tmp_path, OURS))
    assert (ours.key, ours.name, ours.settled()) == ("ours", "Ours", Settings())


# --- the presets that there are -------------------------------------------------------------------


def test_knows_the_fourteen() -> None:
    assert {each.key for each in PRESETS} >= {
        "moodle", "totara", "canvas", "blackboard", "brightspace", "open-edx", "cornerstone", "successfactors", "docebo", "healthstream",
        "workday", "absorb", "scorm-cloud", "generic",
    }  # fmt: skip


@OF_EVERY_PRESET
def test_every_preset_prefers_formats_that_exist(preset: Preset) -> None:
    named = set(preset.formats).union(*(step.formats for step in preset.steps))
    assert named <= {each.key for each in FORMATS}


@OF_EVERY_PRESET
def test_every_value_has_a_reason_and_a_source(preset: Preset) -> None:
    assert [where for where, each in grounds(preset) if not each.why.strip() or not each.source.strip()] == []


@OF_EVERY_PRESET
def test_a_reason_is_a_sentence(preset: Preset) -> None:
    assert [each.why for _, each in grounds(preset) if not each.why.endswith((".", "}}"))] == []


@OF_EVERY_PRESET
def test_saved_state_is_never_less_than_the_build_reckons_with(preset: Preset) -> None:
    kept = preset.limits.saved_state
    limits = {each.key: each.limits["suspend_data"] for each in FORMATS}
    assert [key for key, most in (kept.value if kept else {}).items() if most < limits[key]] == []


@OF_EVERY_PRESET
def test_a_preset_calls_the_players_button_as_learners_see_it(preset: Preset) -> None:
    words = yaml_text.rule_data(templates() / "player" / "messages" / "en.yaml")
    assert f"“{words['shell.exit']}”" in preset.launch.exit.value


def test_every_setting_has_a_reason_where_an_lms_says_nothing_else() -> None:
    given = {name: because.value for name, because in reasons(choose(PRESETS, "generic").settings)}
    assert given == Settings().model_dump()


def test_cornerstone_is_never_told_failed() -> None:
    # Cornerstone's help: a SCORM 1.2 course that reported failed stays In Progress/Failed and never completes.
    assert choose(PRESETS, "cornerstone").settled().failed_status == "incomplete"


@pytest.mark.parametrize("key", ["cornerstone", "healthstream"])
def test_where_passed_is_not_understood_a_pass_is_told_as_completed(key: str) -> None:
    # Cornerstone's help advises against “Passed”; HealthStream's asks for exactly “completed”.
    assert choose(PRESETS, key).settled().passed_status == "completed"


def test_no_preset_lets_the_lms_overrule_the_player_unless_it_says_why() -> None:
    assert [preset.key for preset in PRESETS if preset.settled().lms_judges and preset.settings.lms_judges is None] == []


# --- a preset with faults -------------------------------------------------------------------------

REST = "why: a, basis: report, source: b, verified: false}}"
FAULTS = [
    ("formats:", "colour: red\nformats:", "unknown-key", 2),
    ("window: {value: frame", "window: {value: balcony", "not-one-of", 5),
    ("basis: seen", "basis: rumour", "not-one-of", 3),
    ("why: it plays, ", "", "missing-key", 3),
    ("source: our LMS, ", "", "missing-key", 3),
    (", verified: 2026-11-22", "", "missing-key", 3),
    ("verified: 2026-11-22", "verified: false", "preset-undated", 3),
    ("source: hearsay, verified: false}\nsteps", "source: hearsay, verified: 2026-11-22}\nsteps", "preset-hearsay-verified", 6),
    ("about: upload", "about: weather", "not-one-of", 8),
    ("about: upload", "about: upload, when: [raining]", "not-one-of", 8),
    ("name: Ours", "name: Ours\nsettings: {colour: {value: red, " + REST, "unknown-key", 2),
    (
        "name: Ours",
        "name: Ours\nsettings: {failed_status: {value: lost, " + REST,
        "not-one-of",
        2,
    ),
    (
        "name: Ours",
        "name: Ours\nlimits: {upload_megabytes: {value: 0, " + REST,
        "out-of-range",
        2,
    ),
]


@pytest.mark.parametrize(("good", "bad", "code", "line"), FAULTS)
def test_names_what_is_wrong_with_a_preset_and_where(good: str, bad: str, code: str, line: int, tmp_path: Path) -> None:
    assert OURS.count(good) >= 1
    [problem] = problems_of(tmp_path, OURS.replace(good, bad, 1))
    assert (problem.code, problem.where.line) == (code, line)


def test_tells_all_faults_of_all_presets_at_once(tmp_path: Path) -> None:
    folder = written(tmp_path, OURS.replace("basis: seen", "basis: rumour").replace("about: upload", "about: weather"))
    (folder / "lms" / "theirs.yaml").write_text(OURS.replace("name: Ours", ""))
    with pytest.raises(ProblemsFound) as found:
        presets(folder)
    assert [each.code for each in found.value.problems] == ["not-one-of", "not-one-of", "missing-key"]


# --- choosing one ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("modle", "moodle"), ("blackbord", "blackboard"), ("D2L", "brightspace"), ("SAP", "successfactors"), ("csod", "cornerstone"),
     ("openedx", "open-edx"), ("healthsteam", "healthstream"), ("SCORM Engine", "scorm-cloud")],
)  # fmt: skip
def test_an_unknown_lms_gets_the_nearest_known_one(wanted: str, near: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        choose(PRESETS, wanted)
    assert found.value.problems[0].code == "preset-unknown"
    assert f"Did you mean `{near}`?" in found.value.problems[0].remedy


def test_an_lms_like_none_gets_the_whole_list() -> None:
    with pytest.raises(ProblemsFound) as found:
        choose(PRESETS, "zzz")
    assert all(each.key in found.value.problems[0].remedy for each in PRESETS)
