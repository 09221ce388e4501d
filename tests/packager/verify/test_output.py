"""Findings for people, programs and code hosts; exit codes; the page that lists the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from scorm_packager.cli import main
from scorm_packager.verify.listing import page
from scorm_packager.verify.opening import OPENINGS
from scorm_packager.verify.registry import all_rules, by_subject
from tests.packager.builders import a_zip
from tests.packager.verify.packages import good

DOCS = Path(__file__).resolve().parents[3] / "docs"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, words)])


@pytest.fixture
def fine(tmp_path: Path) -> Path:
    return a_zip(tmp_path / "fine.zip", good("cmi5"))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    files = {**good("cmi5"), "send me.php": "<?php", "lib/run.js": "var endpoint, fetch;\neval(1);"}
    return a_zip(tmp_path / "faulty.zip", files)


def test_a_good_package_ends_with_0(fine: Path) -> None:
    assert (run(fine).exit_code, run(fine).stdout) == (0, f"{fine}: 0 errors, 0 warnings\n")


def test_errors_end_with_1(faulty: Path) -> None:
    assert (run(faulty).exit_code, run(faulty).stdout.splitlines()[-1]) == (1, f"{faulty}: 1 error, 0 warnings, 2 notes")


def test_one_bad_package_among_good_ones_ends_with_1(fine: Path, faulty: Path) -> None:
    assert (run(fine, faulty).exit_code, run(faulty, fine).exit_code) == (1, 1)


def test_notes_alone_are_good(tmp_path: Path) -> None:
    package = a_zip(tmp_path / "a.zip", {**good("xapi"), "figure one.png": "PNG"})
    assert (run(package).exit_code, run(package).stdout.splitlines()[-1]) == (0, f"{package}: 0 errors, 0 warnings, 1 note")


@pytest.mark.parametrize("words", [(), ("gone.zip",), ("--format", "xml"), ("--as", "scorm-3")])
def test_wrong_use_ends_with_2(words: tuple[str, ...], fine: Path) -> None:
    assert run(*words, *([fine] if "gone.zip" not in words and words else [])).exit_code == 2


def test_a_finding_is_told_with_place_severity_code_source_and_remedy(faulty: Path) -> None:
    first, remedy = run(faulty).stdout.splitlines()[:2]
    assert first.startswith("send me.php: error server-side-file: This is a server's file")
    assert first.endswith("[Docebo help: such packages are refused]")
    assert remedy == "    Leave it out; a package runs in the browser alone."


def test_json_of_one_package_is_an_object_and_of_several_a_list(fine: Path, faulty: Path) -> None:
    one, several = json.loads(run(faulty, "--json").stdout), json.loads(run(fine, faulty, "--format", "json").stdout)
    assert ([each["good"] for each in several], several[1]) == ([True, False], one)
    assert {key: one["problems"][1][key] for key in ("code", "severity", "file", "line", "column")} == {
        "code": "eval", "severity": "note", "file": "lib/run.js", "line": 2, "column": 1,
    }  # fmt: skip


# What SARIF 2.1.0 (OASIS, errata 01) demands of a log, and what code hosts need to show it.


def sarif(*packages: Path) -> dict[str, Any]:
    log = json.loads(run(*packages, "--format", "sarif").stdout)
    assert isinstance(log, dict)
    return log


def test_sarif_is_one_log_with_a_run_for_each_package(fine: Path, faulty: Path) -> None:
    log = sarif(fine, faulty)
    assert (log["version"], [len(each["results"]) for each in log["runs"]]) == ("2.1.0", [0, 3])
    assert urlsplit(log["$schema"]).path.endswith("sarif-2.1.0.json")


def test_sarif_names_its_tool_and_each_rule_once(faulty: Path) -> None:
    driver = sarif(faulty)["runs"][0]["tool"]["driver"]
    names = [rule["id"] for rule in driver["rules"]]
    assert (driver["name"], driver["version"] != "", names) == ("scorm-packager", True, sorted(set(names)))
    for rule in driver["rules"]:
        assert (isinstance(rule["shortDescription"]["text"], str), isinstance(rule["help"]["text"], str)) == (True, True)
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note", "none")


def test_sarif_gives_each_result_its_rule_level_message_and_place(faulty: Path) -> None:
    [found] = sarif(faulty)["runs"]
    for result in found["results"]:
        assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        [location] = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact["uriBaseId"] in found["originalUriBaseIds"]
        region = location["physicalLocation"].get("region", {"startLine": 1, "startColumn": 1})
        assert (region["startLine"] >= 1, region["startColumn"] >= 1) == (True, True)


def test_sarif_writes_places_as_addresses(faulty: Path) -> None:
    [found] = sarif(faulty)["runs"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in found["results"]}
    assert uris == {"send%20me.php", "lib/run.js"}
    base = found["originalUriBaseIds"]["PACKAGE"]["uri"]
    assert (base.startswith("file:///"), base.endswith("faulty.zip/")) == (True, True)


# --- the list of rules ----------------------------------------------------------------------------


def test_the_page_of_rules_is_as_the_program_has_them() -> None:
    assert (DOCS / "verify.md").read_text(encoding="utf-8") == page()


def test_the_page_names_every_rule() -> None:
    codes = {rule.code for rule in all_rules()} | {opening.code for opening in OPENINGS}
    assert [code for code in codes if f"| `{code}` |" not in page()] == []


def test_every_rule_says_what_it_promises_and_every_subject_what_it_is() -> None:
    assert [rule.code for rule in all_rules() if not rule.what.endswith(".")] == []
    assert [subject for subject in by_subject() if not subject.endswith(".")] == []
