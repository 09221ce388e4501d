"""`scorm-packager lms explain` says it all in one place: on the screen, as JSON, and as files to hand over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scorm_packager.activity.resources import templates
from scorm_packager.cli import main
from scorm_packager.presets import presets

EXAMPLE = templates().parent / "examples" / "af-anticoagulation"
KEYS = [each.key for each in presets(templates())]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_it_works() -> None:
    done = run("lms", "explain", "moodle", "--activity", EXAMPLE)
    assert done.exit_code == 0
    for said in (
        "Moodle: Anticoagulation in atrial fibrillation as SCORM 1.2",
        "tick “Passed”, and untick “Completed”",
        "Catalogue text",
        "AMA PRA Category 1 Credits™",
        "Host attestation: Anticoagulation in atrial fibrillation",
    ):
        assert said in done.stdout


def test_the_format_may_be_chosen() -> None:
    done = run("lms", "explain", "moodle", "--activity", EXAMPLE, "--format", "scorm-2004-3")
    assert "tick “Completed” only" in done.stdout


def test_hands_everything_over_as_files(tmp_path: Path) -> None:
    done = run("lms", "explain", "canvas", "--activity", EXAMPLE, "--out", tmp_path / "to-canvas")
    assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "to-canvas").iterdir()} == {
        "canvas-scorm-2004-3-settings.md", "canvas-scorm-2004-3-settings.html", "host-attestation.md", "host-attestation.html",
        "catalogue.txt", "catalogue.html", "catalogue-short.txt", "catalogue-short.html",
    }  # fmt: skip
    assert "jointly accredited by the Accreditation Council" in (tmp_path / "to-canvas" / "catalogue.txt").read_text(encoding="utf-8")


def test_scripts_get_the_same_as_json() -> None:
    found = json.loads(run("lms", "explain", "docebo", "--activity", EXAMPLE, "--json").stdout)
    assert found["settled"]["failed_status"] == "failed"
    assert found["advice"]["title"].startswith("Docebo: ")
    assert set(found["catalogue"]) == {"short", "full"}
    assert found["host_attestation"]["sections"][0]["heading"] == "Activity"
    assert found["saved_state"]["scorm-1.2"]["limit"] == 4096


@pytest.mark.parametrize("key", KEYS)
def test_every_lms_is_explained_without_an_activity(key: str) -> None:
    done = run("lms", "explain", key)
    assert (done.exit_code, "Completion" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("lms", "explain", "modle"), 1, "Did you mean `moodle`?"),
        (("lms", "explain", "moodle", "--format", "scorm-3"), 1, "format-unknown"),
        (("lms", "explain", "moodle", "--out", "x"), 2, "--out needs --activity"),
    ],
)
def test_wrong_use_is_said(words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*words)
    assert (done.exit_code, said in done.stderr) == (code, True)


def test_verify_says_what_an_lms_would_refuse(tmp_path: Path) -> None:
    # Docebo plays SCORM 1.2 and 2004 3rd edition only.
    built = run("build", EXAMPLE, "--lms", "docebo", "--format", "scorm-2004-4", "--out", tmp_path, "--json")
    [package] = json.loads(built.stdout)
    assert [each["code"] for each in package["warnings"]] == ["lms-format"]
    assert "warning lms-format" in run("verify", package["file"], "--lms", "docebo").stdout
    assert "lms-format" not in run("verify", package["file"]).stdout
