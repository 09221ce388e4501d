"""Packages of an activity, in every format there is: complete, judged good, and equal when built twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scorm_packager.activity.definition import canonical
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.build import Order, Package, build, file_name
from scorm_packager.formats import PackageFormat
from scorm_packager.package_data import Destination
from scorm_packager.verify.judge import judge
from tests.packager.builders import FIGURE, FORMATS, NORTHFIELD, a_definition, a_format, a_plan, a_preset, with_files

every_format = pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.key)


def built(
    definition: Definition,
    folder: Path,
    *,
    key: str = "scorm-1.2",
    lms: str = "generic",
    destination: Destination | None = None,
    out: str = "out",
) -> Package:
    order = Order((a_format(key),), a_preset(lms), destination, folder / out, templates(), "1.0")
    return build(definition, folder, order, lambda step: None)[0]


def read(package: Package, name: str) -> str:
    with zipfile.ZipFile(package.file) as opened:
        return opened.read(name).decode()


def value(script: str) -> object:
    """What a script of data assigns."""
    return json.loads(script[script.index("=", script.index("\n")) + 1 :].rstrip().rstrip(";"))


@every_format
def test_it_works(tmp_path: Path, each: PackageFormat) -> None:
    package = built(with_files(tmp_path, {"content/figure one.svg": FIGURE}), tmp_path, key=each.key)
    assert read(package, "content/figure one.svg").encode() == FIGURE


@every_format
def test_verify_has_nothing_to_say_of_a_package_of_ours(tmp_path: Path, each: PackageFormat) -> None:
    package = built(with_files(tmp_path, {"content/figure.svg": FIGURE}), tmp_path, key=each.key, destination=NORTHFIELD)
    assert [str(problem) for problem in judge(package.file, standard=each.judged_as)] == []


@pytest.mark.parametrize("each", [each for each in FORMATS if each.judged_as == "scorm"], ids=lambda each: each.key)
def test_the_manifest_lists_exactly_what_is_in_the_zip(tmp_path: Path, each: PackageFormat) -> None:
    package = built(with_files(tmp_path, {"content/figure.svg": FIGURE}), tmp_path, key=each.key)
    listed = [str(found) for found in etree.fromstring(read(package, each.manifest).encode()).xpath("//*[local-name()='file']/@href")]
    with zipfile.ZipFile(package.file) as opened:
        assert sorted([*listed, each.manifest]) == opened.namelist()


@every_format
def test_gives_the_same_bytes_when_built_twice(tmp_path: Path, each: PackageFormat) -> None:
    definition = with_files(tmp_path, {"content/figure.svg": FIGURE})
    first, second = (built(definition, tmp_path, key=each.key, out=out).file.read_bytes() for out in ("first", "second"))
    assert first == second


def test_gives_the_same_bytes_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.packager.test_build import *;print(built(a_definition(), Path(sys.argv[1])).file)"
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run([sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True, env=environment)
        made.append(Path(done.stdout.strip()).read_bytes())
    assert made[0] == made[1]


def test_two_sites_get_two_packages(tmp_path: Path) -> None:
    one = built(a_definition(), tmp_path, destination=NORTHFIELD)
    other = built(a_definition(), tmp_path, destination=Destination(NORTHFIELD.bridge, "lakeside"))
    assert {one.file.name, other.file.name} == {"sample-2026.1-scorm-1.2-northfield.zip", "sample-2026.1-scorm-1.2-lakeside.zip"}


def test_the_definition_in_the_package_is_the_one_that_was_given(tmp_path: Path) -> None:
    definition = a_definition()
    assert value(read(built(definition, tmp_path), "data/definition.js")) == json.loads(canonical(definition))


def test_no_text_of_an_author_ends_the_script_that_carries_it(tmp_path: Path) -> None:
    script = read(built(a_definition(title="</script><script>alert(1)</script>\u2028"), tmp_path), "data/definition.js")
    assert "<" not in script
    assert "\u2028" not in script


def test_titles_are_escaped_in_page_and_manifest(tmp_path: Path) -> None:
    package = built(a_definition(title='<img src=x onerror=alert(1)>&"'), tmp_path)
    assert "<img src=x" not in read(package, "index.html")
    title = etree.fromstring(read(package, "imsmanifest.xml").encode()).find(".//{*}title")
    assert title is not None
    assert title.text == '<img src=x onerror=alert(1)>&"'


def test_file_names_are_percent_encoded_in_the_manifest(tmp_path: Path) -> None:
    package = built(with_files(tmp_path, {"content/Schlaganfall & Folgen ä.svg": FIGURE}), tmp_path)
    assert 'href="content/Schlaganfall%20%26%20Folgen%20%C3%A4.svg"' in read(package, "imsmanifest.xml")


def test_the_page_runs_every_script_of_the_package_in_order(tmp_path: Path) -> None:
    found = re.findall(r'<script src="([^"]+)"></script>', read(built(a_definition(), tmp_path), "index.html"))
    assert tuple(found) == a_plan().scripts


def test_no_lms_judges_unless_it_is_told_to(tmp_path: Path) -> None:
    assert "masteryscore" not in read(built(a_definition(), tmp_path), "imsmanifest.xml")
    assert "minNormalizedMeasure" not in read(built(a_definition(), tmp_path, key="scorm-2004-3"), "imsmanifest.xml")


def test_leaves_the_learner_s_package_as_it_was_when_a_file_is_missing(tmp_path: Path) -> None:
    definition = with_files(tmp_path, {"content/figure.svg": FIGURE})
    package = built(definition, tmp_path)
    before = package.file.read_bytes()
    (tmp_path / "content/figure.svg").unlink()
    with pytest.raises(ProblemsFound, match="file-changed-while-building"):
        built(definition, tmp_path)
    assert [path.read_bytes() for path in package.file.parent.iterdir()] == [before]


def test_leaves_no_package_that_verify_finds_an_error_in(tmp_path: Path) -> None:
    definition = with_files(tmp_path, {"content/notes.php": b"<?php"})
    with pytest.raises(ProblemsFound, match="server-side-file"):
        built(definition, tmp_path)
    assert list((tmp_path / "out").iterdir()) == []


def test_names_a_package_after_activity_version_format_and_lms() -> None:
    assert file_name(a_definition(version="2026/1 b"), a_plan(lms="moodle").package) == "sample-2026-1-b-scorm-1.2-moodle.zip"
