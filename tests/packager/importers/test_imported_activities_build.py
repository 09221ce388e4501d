"""An activity with everything that was imported passes `check`, builds, and scores what its source called right."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorm_packager.activity import scoring
from scorm_packager.activity.definition import definition_of
from scorm_packager.activity.load import load
from scorm_packager.activity.problems import errors
from scorm_packager.activity.resources import templates
from scorm_packager.check import check
from scorm_packager.cli import main
from tests.packager.importers.samples import FOLDER, sample
from tests.player.test_player import node

TAKES = Path(__file__).parent / "takes.js"

# What each sample calls right, as a learner would answer it.
RIGHT = {
    "reversal": "b",
    "qsofa": "a[,]b[,]d",
    "gloves": "false",
    "antidotes": "s1[.]t3[,]s2[.]t1[,]s3[.]t2",
    "survival": "a[,]c[,]d[,]b",
    "pressure": "79.5",
}


@pytest.fixture(scope="module")
def activity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter with questions from Moodle, a Word document, slides and Markdown pages; an author has linked and described them."""
    folder = tmp_path_factory.mktemp("imported")
    shutil.copytree(templates() / "activities" / "article", folder / "activity")
    for key in ("docx", "pptx", "markdown"):
        path = sample(key, folder)
        named = path.rename(folder / f"{key}{path.suffix}")
        CliRunner().invoke(main, ["import", str(named), "--into", str(folder / "activity")])
    CliRunner().invoke(main, ["import", str(FOLDER / "moodle-xml" / "sample.xml"), "--into", str(folder / "activity")])
    _finished_by_an_author(folder / "activity")
    return folder / "activity"


def _finished_by_an_author(activity: Path) -> None:
    file = activity / "activity.yaml"
    text = re.sub(rf"- id: ({'|'.join(RIGHT)})\n", r"- id: \1\n    objective: agent\n", file.read_text(encoding="utf-8"))
    file.write_text(text.replace("estimated_minutes: 15", "estimated_minutes: 22"), encoding="utf-8")
    for page, old, new in (
        ("docx/02-recognize.md", "![]", "![A second chart]"),
        ("markdown/2-recognize.md", "See [the last page](more/10-treat.md).", ""),
        ("markdown/more/10-treat.md", " and ![a vein](img/vein.png)", ""),
    ):
        path = activity / "content" / page
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_it_works(activity: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["build", str(activity), "--format", "scorm-1.2", "--out", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    [package] = tmp_path.glob("*.zip")
    with zipfile.ZipFile(package) as opened:
        assert "content/markdown/more/img/drip.png" in opened.namelist()
        definition = json.loads(opened.read("data/definition.js").decode().partition("cme.definition = ")[2].rstrip().rstrip(";"))
    assert [each["id"] for each in definition["items"]][-6:] == list(RIGHT)


def test_a_learner_who_answers_what_the_source_called_right_passes(activity: Path, tmp_path: Path) -> None:
    CliRunner().invoke(main, ["build", str(activity), "--format", "scorm-1.2", "--out", str(tmp_path)])
    [package] = tmp_path.glob("*.zip")
    with zipfile.ZipFile(package) as opened:
        opened.extract("data/definition.js", tmp_path)
    starter = {"q1": "c", "q2": "s1[.]t3[,]s2[.]t2[,]s3[.]t4[,]s4[.]t1", "q3": "a[,]c[,]d", "q4": "false"}
    said = subprocess.run(
        [node(), str(TAKES), str(tmp_path), json.dumps(starter | RIGHT)], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(said.stdout) == {"payload": {"a": "post", "t": 1, "k": 10, "of": 10, "p": True}, "refused": None}


def test_check_has_nothing_left_to_object_to(activity: Path) -> None:
    assert [str(each) for each in errors(check(activity).problems)] == []


def test_what_the_source_called_right_scores(activity: Path) -> None:
    loaded = load(activity)
    items = {each.id: each for each in definition_of(loaded.activity, loaded.source).items}
    assert {name: scoring.correct(items[name], response) for name, response in RIGHT.items()} == dict.fromkeys(RIGHT, True)
