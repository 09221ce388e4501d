"""`scorm-packager import`: what it prints, writes and answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scorm_packager.activity import yaml_text
from scorm_packager.activity.resources import templates
from scorm_packager.cli import main
from tests.packager.importers.samples import FOLDER, sample

GIFT = FOLDER / "gift" / "sample.gift"
GOOD = "id,question,a,b,answer,objective,rationale\nq9,Which?,This,That,b,agent,Because.\n"


@pytest.fixture
def activity(tmp_path: Path) -> Path:
    shutil.copytree(templates() / "activities" / "article", tmp_path / "activity")
    return tmp_path / "activity"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, words)])


def everything(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_it_works(activity: Path, tmp_path: Path) -> None:
    (tmp_path / "bank.csv").write_text(GOOD)
    done = run(tmp_path / "bank.csv", "--into", activity)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "1 item and 0 pages added, 0 files, from a table of questions: CSV or TSV.",
    )
    assert b"- id: q9" in (activity / "activity.yaml").read_bytes()


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere.csv")
    assert (done.exit_code, "There is no file" in done.stderr) == (2, True)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_a_damaged_document_is_to_be_saved_again_in_its_program(kind: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{kind}").write_bytes(b"PK\x03\x04 and nothing else")
    done = run(tmp_path / f"a.{kind}")
    assert (done.exit_code, "Open it in its program and save it again." in done.stderr) == (1, True)


def test_without_an_activity_it_prints_what_could_be_pasted_into_one() -> None:
    printed = run(GIFT).stdout
    read = yaml_text.read(printed.encode(), "printed")
    assert read.problems == ()
    assert [each["id"] for each in read.value["items"]] == ["reversal", "qsofa", "gloves", "antidotes", "pressure"]


def test_it_fails_when_a_part_of_the_file_is_faulty_and_writes_the_rest(activity: Path) -> None:
    done = run(GIFT, "--into", activity)
    assert done.exit_code == 1
    assert "sample.gift:30:1: error import-gift-malformed" in done.stderr
    assert b"- id: pressure" in (activity / "activity.yaml").read_bytes()


def test_a_dry_run_says_the_same_and_writes_nothing(activity: Path, tmp_path: Path) -> None:
    before = everything(activity)
    done = run(sample("docx", tmp_path), "--into", activity, "--dry-run")
    assert done.stdout.startswith("0 items and 3 pages to be added, 5 files")
    assert everything(activity) == before


def test_items_that_serve_no_objective_are_listed(activity: Path) -> None:
    assert "Link these items to an objective (`objective: …`): reversal, qsofa, gloves" in run(GIFT, "--into", activity).stdout


def test_json_holds_all_that_is_said(activity: Path) -> None:
    said = json.loads(run(GIFT, "--into", activity, "--json").stdout)
    assert (said["importer"], said["written"], len(said["items"]), said["without_objective"][0]) == ("gift", True, 5, "reversal")
    assert said["problems"][0]["line"] == 24


def test_nothing_is_written_when_a_file_is_in_the_way(activity: Path, tmp_path: Path) -> None:
    (activity / "content" / "sample").mkdir()
    (activity / "content" / "sample" / "03-treat.md").write_text("Mine.")
    before = everything(activity)
    done = run(sample("docx", tmp_path), "--into", activity)
    assert done.exit_code == 1
    assert "import-file-there" in done.stderr
    assert everything(activity) == before


@pytest.mark.parametrize("key", ["csv", "xlsx"])
def test_a_template_can_be_written_and_imported(key: str, tmp_path: Path) -> None:
    assert run("--template", key, tmp_path / f"bank.{key}").exit_code == 0
    assert run(tmp_path / f"bank.{key}").exit_code == 0


def test_a_template_is_never_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "bank.csv").write_text(GOOD)
    assert run("--template", "csv", tmp_path / "bank.csv").exit_code == 1
    assert (tmp_path / "bank.csv").read_text() == GOOD


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Name the file to import."),
        (("--template", "docx"), "there are: csv, xlsx"),
        (("--as", "pages", GIFT), "import-unknown-file"),
        (("none.gift",), "There is no file or folder"),
    ],
)
def test_wrong_use_is_told_with_what_is_possible(words: tuple[object, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code != 0
    assert said in done.stderr


def test_a_kind_of_file_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text("Who? {T}\n")
    shutil.copy(tmp_path / "bank.txt", tmp_path / "bank.xyz")
    assert run(tmp_path / "bank.xyz").exit_code == 1
    assert run(tmp_path / "bank.xyz", "--from", "gift").exit_code == 0
