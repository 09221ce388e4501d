"""A package format is a folder, found by looking."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.formats import PackageFormat, choose, formats
from tests.packager.builders import FORMATS, a_format


@pytest.fixture
def with_another_format(tmp_path: Path) -> Path:
    """Templates that hold one more format folder than ours."""
    shutil.copytree(templates() / "formats", tmp_path / "formats")
    shutil.copytree(tmp_path / "formats" / "scorm-1.2", tmp_path / "formats" / "another")
    return tmp_path


def test_it_works() -> None:
    assert {each.key for each in FORMATS} == {"scorm-1.2", "scorm-2004-3", "scorm-2004-4", "cmi5", "xapi", "web"}


def test_a_new_folder_is_a_new_format(with_another_format: Path) -> None:
    assert {each.key for each in formats(with_another_format)} == {each.key for each in FORMATS} | {"another"}


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.key)
def test_every_format_has_its_manifest_and_its_run_time(each: PackageFormat) -> None:
    wanted = [*each.runtime_files, *([each.manifest_template] if each.manifest_template else [])]
    assert [name for name in wanted if not (templates() / name).is_file()] == []


with_interactions = pytest.mark.parametrize("each", [each for each in FORMATS if each.interactions], ids=lambda each: each.key)


@with_interactions
def test_every_format_names_each_kind_of_item(each: PackageFormat) -> None:
    assert set(each.interactions.kinds) == {
        "choice", "multiple", "true-false", "matching", "ordering", "numeric", "rating", "text",
    }  # fmt: skip


@with_interactions
def test_every_format_allows_interaction_ids_that_every_host_takes(each: PackageFormat) -> None:
    assert re.fullmatch(each.interactions.identifier, "post_a2_q07")


@pytest.mark.parametrize(
    ("key", "suspend_data", "location"),
    [("scorm-1.2", 4096, 255), ("scorm-2004-3", 64000, 1000)],  # SCORM 1.2 RTE 3.4; SCORM 2004 3rd Ed. RTE 4.2
)
def test_keeps_the_limits_of_its_standard(key: str, suspend_data: int, location: int) -> None:
    limits = a_format(key).limits
    assert (limits["suspend_data"], limits["location"]) == (suspend_data, location)


def test_chooses_the_two_that_every_lms_takes_when_none_is_named() -> None:
    assert [each.key for each in choose(FORMATS, ())] == ["scorm-1.2", "scorm-2004-3"]


def test_names_every_unknown_format() -> None:
    with pytest.raises(ProblemsFound) as found:
        choose(FORMATS, ("scorm-1.3", "scorm-1.2", "aicc"))
    assert [problem.where.file for problem in found.value.problems] == ["scorm-1.3", "aicc"]


def test_names_a_key_that_a_format_file_may_not_have(with_another_format: Path) -> None:
    file = with_another_format / "formats" / "another" / "format.yaml"
    file.write_text(file.read_text() + "colour: red\n")
    with pytest.raises(ProblemsFound, match="colour"):
        formats(with_another_format)
