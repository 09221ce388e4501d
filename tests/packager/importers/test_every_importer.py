"""Every importer there is takes out of its sample what the sample says, and names all that it leaves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scorm_packager.activity import yaml_text
from scorm_packager.importing.addition import Addition, addition
from scorm_packager.importing.found import importer_for, importers, source_of
from scorm_packager.importing.model import Importer
from tests.packager.importers.samples import FOLDER, sample, told

ITEM_IMPORTERS = [each for each in importers() if each.kind == "items"]
PAGE_IMPORTERS = [each for each in importers() if each.kind == "pages"]
CANNOT_HOLD = {"gift": {"survival"}, "qti": {"gloves"}}  # GIFT has no ordering, QTI no question of true or false


def written_by_hand() -> list[dict[str, Any]]:
    text = "items:\n" + (FOLDER / "items.yaml").read_text(encoding="utf-8")
    items: list[dict[str, Any]] = yaml_text.read(text.encode(), "items.yaml").value["items"]
    return items


def added_from(importer: Importer, folder: Path) -> Addition:
    source = source_of(sample(importer.key, folder))
    return addition(importer.read(source), source, {}, lambda _: None)


@pytest.mark.parametrize("importer", ITEM_IMPORTERS, ids=lambda each: each.key)
def test_the_same_questions_make_the_same_items_in_every_format(importer: Importer, tmp_path: Path) -> None:
    wanted = [item for item in written_by_hand() if item["id"] not in CANNOT_HOLD.get(importer.key, ())]
    assert list(added_from(importer, tmp_path).items) == wanted


@pytest.mark.parametrize("importer", PAGE_IMPORTERS, ids=lambda each: each.key)
def test_pages_and_their_files_are_as_written(importer: Importer, tmp_path: Path) -> None:
    added = added_from(importer, tmp_path)
    parts = (FOLDER / importer.key / "pages.md").read_text(encoding="utf-8").split("=== ")[1:]
    wanted = {name: text for name, _, text in (part.partition("\n") for part in parts)}
    files = {name.removeprefix("content/sample/"): data for name, data in (added.files or {}).items()}
    assert sorted(files) == sorted(wanted)
    for name, text in wanted.items():
        if name.endswith(".md"):
            assert files[name].decode() == text
    assert [each["page"] for each in added.contents] == [f"content/sample/{name}" for name in wanted if name.endswith(".md")]


@pytest.mark.parametrize("importer", importers(), ids=lambda each: each.key)
def test_whatever_is_left_out_is_named_with_its_place(importer: Importer, tmp_path: Path) -> None:
    reading = importer.read(source_of(sample(importer.key, tmp_path)))
    assert told(reading) == (FOLDER / importer.key / "problems.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("importer", importers(), ids=lambda each: each.key)
def test_a_file_is_known_by_what_it_is(importer: Importer, tmp_path: Path) -> None:
    assert importer_for(sample(importer.key, tmp_path)).key == importer.key


@pytest.mark.parametrize("importer", importers(), ids=lambda each: each.key)
def test_every_problem_has_a_remedy(importer: Importer, tmp_path: Path) -> None:
    reading = importer.read(source_of(sample(importer.key, tmp_path)))
    assert [each for each in reading.problems if not each.remedy] == []


@pytest.mark.parametrize("importer", importers(), ids=lambda each: each.key)
def test_reading_twice_gives_the_same(importer: Importer, tmp_path: Path) -> None:
    path = sample(importer.key, tmp_path)
    assert importer.read(source_of(path)) == importer.read(source_of(path))


@pytest.mark.parametrize("importer", [each for each in importers() if each.template], ids=lambda each: each.key)
def test_the_template_is_read_without_a_problem_and_shows_every_kind(importer: Importer, tmp_path: Path) -> None:
    assert importer.template is not None
    file = tmp_path / f"bank.{importer.key}"
    file.write_bytes(importer.template())
    reading = importer.read(source_of(file))
    assert told(reading) == []
    assert [each.values["kind"] for each in reading.questions] == ["choice", "multiple", "true-false", "matching", "ordering", "numeric"]


def test_the_page_on_imports_lists_every_importer() -> None:
    text = (FOLDER.parents[2] / "docs" / "imports.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \| .* \| (items|pages) \|$", text, re.MULTILINE)
    assert sorted(listed) == [(each.key, each.kind) for each in importers()]
