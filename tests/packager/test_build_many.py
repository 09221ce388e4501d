"""Many activities in one command: all are built, each with its own problems, whatever is wrong with another."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scorm_packager.activity.resources import templates
from scorm_packager.cli import main

ARTICLE = templates() / "activities" / "article"


def build(*words: object) -> Result:
    return CliRunner().invoke(main, ["build", *map(str, words), "--format", "scorm-1.2"])


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with three activities, whose ids end differently."""
    for name in ("a", "b", "c"):
        folder = Path(shutil.copytree(ARTICLE, tmp_path / "shelf" / name))
        rewrite(folder, "/activities/hand-hygiene ", f"/activities/hand-hygiene-{name} ")
    return tmp_path / "shelf"


def text(folder: Path) -> str:
    return (folder / "activity.yaml").read_text(encoding="utf-8")


def rewrite(folder: Path, old: str, new: str) -> None:
    assert old in text(folder)
    (folder / "activity.yaml").write_text(text(folder).replace(old, new, 1), encoding="utf-8")


def built(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir())


def test_it_works(shelf: Path, tmp_path: Path) -> None:
    done = build(shelf, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert len(built(tmp_path / "out")) == 3


def test_takes_activities_one_by_one_too(shelf: Path, tmp_path: Path) -> None:
    build(shelf / "a", shelf / "b", "--out", tmp_path / "out")
    assert len(built(tmp_path / "out")) == 2


def test_the_packages_are_those_that_are_built_alone(shelf: Path, tmp_path: Path) -> None:
    build(shelf, "--out", tmp_path / "together", "--jobs", "2")
    for name in ("a", "b", "c"):
        build(shelf / name, "--out", tmp_path / "alone")
    together, alone = ({file.name: file.read_bytes() for file in (tmp_path / each).iterdir()} for each in ("together", "alone"))
    assert together == alone


def test_one_that_is_wrong_keeps_no_other_from_being_built(shelf: Path, tmp_path: Path) -> None:
    rewrite(shelf / "b", "\ntitle:", "\ntitel:")
    done = build(shelf, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert len(built(tmp_path / "out")) == 2
    assert "1 of 3 activities were not built" in done.stderr
    assert f"{shelf / 'b'}:" in done.stderr


def test_tells_of_all_in_the_order_asked_for(shelf: Path, tmp_path: Path) -> None:
    done = build(shelf, "--out", tmp_path / "out", "--json")
    assert [Path(each["file"]).name for each in json.loads(done.stdout)] == built(tmp_path / "out")


def test_progress_counts_the_activities(shelf: Path, tmp_path: Path) -> None:
    assert "3 of 3: " in build(shelf, "--out", tmp_path / "out").stderr


def test_two_that_make_one_package_are_a_problem(tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copytree(ARTICLE, tmp_path / "shelf" / name)
    done = build(tmp_path / "shelf", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "packages-of-one-name" in done.stderr
    [package] = (tmp_path / "out").iterdir()
    assert zipfile.ZipFile(package).testzip() is None


def test_a_folder_that_cannot_be_made_is_each_activitys_problem(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = build(shelf, "--out", tmp_path / "file" / "out")
    assert (done.exit_code, done.stderr.count("error file-trouble")) == (1, 3)


def test_a_folder_without_activities_is_a_problem(tmp_path: Path) -> None:
    done = build(tmp_path)
    assert done.exit_code == 1
    assert "no-activities" in done.stderr
