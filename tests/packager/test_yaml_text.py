"""YAML is read by libyaml, which is fast; whatever it refuses is judged by the reader that knows all of YAML 1.2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scorm_packager.activity import yaml_text

ROOT = Path(__file__).parents[2]
FILES = sorted(file for part in ("templates", "examples", "scorm_packager", "tests/activities") for file in (ROOT / part).rglob("*.yaml"))


def as_yaml_1_2(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def test_there_are_files_to_compare() -> None:
    assert len(FILES) > 30


def test_every_file_of_ours_says_the_same_to_both_readers() -> None:
    differing = []
    for file in FILES:
        read = yaml_text.read(file.read_bytes(), file.name)
        if not read.problems and read.value != as_yaml_1_2(file.read_text(encoding="utf-8-sig")):
            differing.append(file)
    assert differing == []


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: what?}",  # libyaml takes the question mark for the start of a key
        "a: [x:1, y]",
        "yes: no",  # words, since YAML 1.2
        "at: 12:30",
        "a: 'it''s'\nb: \"x\\ny\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\n",
    ],
)
def test_reads_as_yaml_1_2_has_it(text: str) -> None:
    assert yaml_text.read(text.encode(), "a.yaml").value == as_yaml_1_2(text)


def test_places_are_lines_and_columns_from_one() -> None:
    read = yaml_text.read("é: 1\nlist:\n  - a\n  - {b: c}\n".encode(), "a.yaml")
    assert str(read.places.at("list", 1, "b")).startswith("a.yaml:4:")
