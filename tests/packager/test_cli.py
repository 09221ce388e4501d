"""The commands as people and scripts meet them: what they print, and how they end."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from scorm_packager.activity.problems import file_trouble
from scorm_packager.activity.resources import templates
from scorm_packager.cli import main
from tests.packager.builders import FORMATS, a_zip

ARTICLE = templates() / "activities" / "article"


def run(*words: object, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARTICLE, tmp_path / "article"))


@pytest.fixture
def faulty(article: Path) -> Path:
    file = article / "activity.yaml"
    file.write_text(file.read_text().replace("\ntitle:", "\ntitel:", 1))
    return article


def test_it_works(article: Path, tmp_path: Path) -> None:
    done = run("build", article, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".zip"] * 2


def test_builds_the_formats_asked_for(article: Path, tmp_path: Path) -> None:
    run("build", article, "--format", "scorm-2004-3", "--out", tmp_path / "out")
    assert [path.name.endswith("-scorm-2004-3.zip") for path in (tmp_path / "out").iterdir()] == [True]


def test_builds_every_format(article: Path, tmp_path: Path) -> None:
    run("build", article, "--all", "--out", tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == len(FORMATS)


def test_builds_what_an_lms_takes(article: Path, tmp_path: Path) -> None:
    done = run("build", article, "--lms", "docebo", "--out", tmp_path / "out", "--json")
    assert {each["preset"] for each in json.loads(done.stdout)} == {"docebo"}


def test_builds_for_a_bridge_and_a_site(article: Path, tmp_path: Path) -> None:
    destination = ("--bridge", "https://cme.northfield.example", "--site", "northfield")
    done = run("build", article, *destination, "--out", tmp_path / "out", "--json")
    with zipfile.ZipFile(json.loads(done.stdout)[0]["file"]) as package:
        assert '"site":"northfield"' in package.read("data/package.js").decode()


def test_tells_scripts_where_packages_are_and_what_they_hold(article: Path, tmp_path: Path) -> None:
    [first, _] = json.loads(run("build", article, "--out", tmp_path / "out", "--json").stdout)
    assert first["definition"].startswith("d1-")
    assert first["saved_state"]["limit"] == 4096
    assert Path(first["file"]).stat().st_size == first["bytes"]


def test_an_error_blocks_the_build_and_names_line_and_remedy(faulty: Path, tmp_path: Path) -> None:
    done = run("build", faulty, "--out", tmp_path / "out")
    [line] = [number for number, text in enumerate((faulty / "activity.yaml").read_text().splitlines(), 1) if text.startswith("titel:")]
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert f"activity.yaml:{line}:" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("build", ARTICLE, "--format", "scorm-1.3"),
        ("build", ARTICLE, "--lms", "nonesuch"),
        ("build", ARTICLE, "--bridge", "https://a.example"),
        ("register", ARTICLE, "--bridge", "nonsense", "--key", "a", "--secret", "b"),
        ("register", ARTICLE, "--bridge", "http://127.0.0.1:9", "--key", "a", "--secret", "b"),
        ("new", ARTICLE),
        ("lms", "explain", "nonesuch"),
    ],
)
def test_problems_end_a_command_with_1(words: tuple[object, ...], tmp_path: Path) -> None:
    done = run(*words)
    assert (done.exit_code, "error" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "words",
    [("build",), ("build", "nowhere"), ("build", ARTICLE, "--all", "--format", "scorm-1.2"), ("nonsense",), ("check", ARTICLE, "-x")],
)
def test_wrong_use_ends_a_command_with_2(words: tuple[object, ...]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("words", [("new", "{}"), ("build", ARTICLE, "--out", "{}"), ("schema", "--out", "{}")])
def test_a_path_that_the_machine_refuses_ends_a_command_with_1(words: tuple[object, ...], tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    inside = tmp_path / "a file" / "x"
    done = run(*(inside if word == "{}" else word for word in words))
    assert (done.exit_code, "error file-trouble" in done.stderr) == (1, True)


def test_a_full_disk_is_told_as_one() -> None:
    trouble = file_trouble(OSError(errno.ENOSPC, "No space left on device"))
    assert trouble is not None
    assert (trouble.code, "Make room" in trouble.remedy) == ("file-trouble", True)


def test_a_closed_pipe_is_no_trouble_with_a_file() -> None:
    assert file_trouble(BrokenPipeError(errno.EPIPE, "Broken pipe")) is None


def test_a_name_with_spaces_is_shown_as_it_is_typed(tmp_path: Path) -> None:
    assert run("new", tmp_path / "my activity").stderr.strip().endswith(f'preview "{tmp_path / "my activity"}"')


def test_commands_stand_in_the_order_of_an_authors_day() -> None:
    assert list(main.list_commands(click.Context(main)))[:5] == ["new", "check", "preview", "rehearse", "build"]


def test_python_runs_it_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "scorm_packager", "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: scorm-packager ")


def test_register_needs_a_key_from_option_or_environment() -> None:
    assert run("register", ARTICLE, "--bridge", "http://127.0.0.1:9").exit_code == 2
    environment = {"SCORM_PACKAGER_KEY": "author", "SCORM_PACKAGER_SECRET": "geheim"}
    assert "bridge-unreachable" in run("register", ARTICLE, "--bridge", "http://127.0.0.1:9", env=environment).stderr


# --- check and verify -----------------------------------------------------------------------------


def test_check_says_that_all_is_well(article: Path) -> None:
    done = run("check", article)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, f"{article}: 0 errors, 0 warnings")


def test_check_gives_its_problems_as_json(faulty: Path) -> None:
    done = run("check", faulty, "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["good"], {problem["file"] for problem in found["problems"]}) == (1, False, {"activity.yaml"})


def test_verify_says_that_a_package_is_good(article: Path, tmp_path: Path) -> None:
    run("build", article, "--out", tmp_path / "out")
    done = run("verify", *sorted((tmp_path / "out").iterdir()))
    assert (done.exit_code, done.stdout.count("0 errors, 0 warnings")) == (0, 2)


def test_verify_gives_its_problems_as_sarif(tmp_path: Path) -> None:
    done = run("verify", a_zip(tmp_path / "a.zip", {"start.html": "<p>"}), "--format", "sarif")
    [result] = json.loads(done.stdout)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (done.exit_code, result["ruleId"], result["level"], place["uri"]) == (1, "manifest-missing", "error", "imsmanifest.xml")


def test_warnings_alone_are_good(tmp_path: Path, article: Path) -> None:
    run("build", article, "--format", "scorm-1.2", "--out", tmp_path / "out")
    [package] = (tmp_path / "out").iterdir()
    with zipfile.ZipFile(package, "a") as opened:
        opened.writestr("notes.txt", "unlisted")
    done = run("verify", package)
    assert (done.exit_code, "warning file-unlisted" in done.stdout) == (0, True)


# --- listings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("formats",), ("lms",), ("credits",), ("lms", "explain", "moodle")])
def test_every_listing_is_for_people_and_for_scripts(words: tuple[str, ...]) -> None:
    assert run(*words).stdout.strip()
    assert json.loads(run(*words, "--json").stdout)


def test_lists_every_format() -> None:
    assert {each["key"] for each in json.loads(run("formats", "--json").stdout)} == {each.key for each in FORMATS}


def test_explains_what_an_lms_wants_of_an_activity(article: Path) -> None:
    done = run("lms", "explain", "moodle", "--activity", article)
    assert "of 4,096 characters at worst" in done.stdout
    assert "masteryoverride" in done.stdout


@pytest.mark.parametrize("what", ["activity", "provider", "definition"])
def test_prints_the_schema_for_an_editor(what: str) -> None:
    assert json.loads(run("schema", what).stdout)["type"] == "object"


def test_an_activity_may_name_its_provider_s_file() -> None:
    provider = json.loads(run("schema").stdout)["properties"]["provider"]
    assert {"type": "string"} in provider["anyOf"]


def test_starts_an_activity_that_builds(tmp_path: Path) -> None:
    assert run("new", tmp_path / "mine").exit_code == 0
    assert run("build", tmp_path / "mine", "--out", tmp_path / "out").exit_code == 0


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys, contextlib\nfrom scorm_packager.cli import main\n"
        "with contextlib.suppress(SystemExit): main(['--help'])\n"
        "print(sorted({'jinja2', 'pydantic', 'lxml', 'requests', 'ruamel.yaml', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
