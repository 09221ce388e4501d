"""A new activity starts from one that is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.new import new, starters


def test_it_works(tmp_path: Path) -> None:
    made = new(tmp_path / "mine", templates())
    assert tmp_path / "mine" / "activity.yaml" in made


def test_copies_every_file_of_the_starter(tmp_path: Path) -> None:
    new(tmp_path / "mine", templates(), "article")
    source = templates() / "activities" / "article"
    wanted = {path.relative_to(source): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "mine"): path.read_bytes() for path in (tmp_path / "mine").rglob("*") if path.is_file()} == wanted


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    assert new(tmp_path, templates())


def test_writes_nothing_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ProblemsFound, match="folder-not-empty"):
        new(tmp_path, templates())
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_names_the_starters_there_are() -> None:
    assert "article" in starters(templates())


def test_names_an_unknown_starter(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="starter-unknown"):
        new(tmp_path / "mine", templates(), "../../examples")
