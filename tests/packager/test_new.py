"""A new activity starts from one that is complete."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.check import check
from scorm_packager.cli import main
from scorm_packager.new import about, new, starters
from scorm_packager.previewing.build import Drafts

STARTERS = starters(templates())
IN_FORCE = date(2026, 12, 1)
LIMIT = 300_000  # bytes; whoever starts should not have to wait for it, and it is in every wheel


def test_it_works(tmp_path: Path) -> None:
    made = new(tmp_path / "mine", templates())
    assert tmp_path / "mine" / "activity.yaml" in made


@pytest.mark.parametrize("starter", STARTERS)
def test_copies_every_file_of_the_starter(tmp_path: Path, starter: str) -> None:
    new(tmp_path / "mine", templates(), starter)
    source = templates() / "activities" / starter
    wanted = {path.relative_to(source): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "mine"): path.read_bytes() for path in (tmp_path / "mine").rglob("*") if path.is_file()} == wanted


@pytest.mark.parametrize("starter", STARTERS)
def test_nothing_is_wrong_with_a_starter(starter: str) -> None:
    assert check(templates() / "activities" / starter, today=IN_FORCE).problems == ()


@pytest.mark.parametrize("starter", STARTERS)
def test_a_starter_can_be_built(tmp_path: Path, starter: str) -> None:
    assert Drafts(templates() / "activities" / starter, tmp_path).next().package is not None


@pytest.mark.parametrize("starter", STARTERS)
def test_a_starter_is_small_and_says_what_it_is(starter: str) -> None:
    files = [path for path in (templates() / "activities" / starter).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LIMIT
    assert about(templates(), starter).endswith(".")


def test_every_kind_of_content_has_a_starter(tmp_path: Path) -> None:
    drafts = (Drafts(templates() / "activities" / starter, tmp_path / starter).next() for starter in STARTERS)
    kinds = {content.kind for draft in drafts if draft.definition for content in draft.definition.contents}
    assert kinds >= {"page", "video", "package"}


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    assert new(tmp_path, templates())


def test_writes_nothing_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ProblemsFound, match="folder-not-empty"):
        new(tmp_path, templates())
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_names_the_starters_there_are() -> None:
    assert set(STARTERS) >= {"article", "case", "video", "slides", "refresher", "wrap"}


def test_names_an_unknown_starter(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="starter-unknown"):
        new(tmp_path / "mine", templates(), "../../examples")


def test_the_command_lists_starters_and_starts_from_one(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert [each["key"] for each in json.loads(run(main, ["new", "--list", "--json"]).stdout)] == list(STARTERS)
    assert run(main, ["new", str(tmp_path / "mine"), "--starter", "case"]).exit_code == 0
    assert (tmp_path / "mine" / "content" / "01-case.md").is_file()
    assert run(main, ["new"]).exit_code == 2
