"""What becomes of learners in progress when a package is replaced; the player is held to the same cases (replacing.test.js)."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scorm_packager.activity.definition import definition_id
from scorm_packager.activity.definition_model import Definition
from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.cli import main
from scorm_packager.diff.compare import Difference, diff
from scorm_packager.diff.model import Effect, Released
from scorm_packager.diff.read import released
from scorm_packager.diff.rules import RULES
from tests.packager.builders import a_zip

TABLE = json.loads((Path(__file__).parents[1] / "scenarios" / "replacing.json").read_text(encoding="utf-8"))


def changed(definition: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """With values set, added to lists and dropped from them, by their paths."""
    made = copy.deepcopy(definition)
    for where, value in change.get("set", {}).items():
        *way, last = where.split(".")
        _at(made, way)[int(last) if last.isdigit() else last] = value
    for where, values in change.get("add", {}).items():
        _at(made, where.split(".")).extend(values)
    for where, indexes in change.get("drop", {}).items():
        made[where] = [value for at, value in enumerate(made[where]) if at not in indexes]
    return made


def _at(value: Any, way: list[str]) -> Any:
    for part in way:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def a_release(version: str = "2026.1", **different: Any) -> Released:
    definition = Definition.model_validate({**TABLE["base"], "version": version, **different})
    return Released(definition, definition_id(definition), "scorm-1.2", None, None, {"item": "ITEM-1"})


def replaced(case: dict[str, Any]) -> Difference:
    old = changed(TABLE["base"], {"set": case.get("start", {})})
    return diff(a_release(**{**old, "version": "1"}), a_release(**{**changed(old, case), "version": "2"}))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_says_what_the_player_does(case: dict[str, Any]) -> None:
    found = {finding.code: str(finding.effect) for finding in replaced(case).findings}
    assert found == found | case["codes"]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_says_nothing_besides(case: dict[str, Any]) -> None:
    found = {finding.code for finding in replaced(case).findings}
    assert found <= case["codes"].keys() | {"version-raised", "item-kept"}


def codes(old: Released, new: Released) -> list[str]:
    return [finding.code for finding in diff(old, new).findings]


def test_the_same_package_differs_in_nothing() -> None:
    found = diff(a_release(), a_release())
    assert (found.findings, found.effect) == ((), Effect.CHANGES)


def test_another_activity_orphans_everybody() -> None:
    found = diff(a_release(), a_release(activity="https://cme.northfield.example/activities/other"))
    assert (found.findings[0].code, found.effect) == ("activity-changed", Effect.BREAKS)


def test_other_content_under_the_same_version_would_be_held_by_the_bridge() -> None:
    found = diff(a_release(), a_release(title="Other"))
    assert (found.findings[0].code, found.effect) == ("version-not-raised", Effect.BREAKS)


def test_an_identifier_that_lmss_know_a_package_by_resets_everybody() -> None:
    new = replace(a_release(), identifiers={"item": "ITEM-2"})
    found = diff(a_release(), new)
    assert [(each.code, each.effect) for each in found.findings] == [("identifier-changed", Effect.BREAKS)]
    assert "ITEM-2" in found.findings[0].what


def test_another_format_is_another_package() -> None:
    assert codes(a_release(), replace(a_release(), format="scorm-2004-3", identifiers={"item": "X"})) == ["format-changed"]


def test_another_bridge_is_told_everything_again_and_none_hears_nothing() -> None:
    there = replace(a_release(), bridge="https://cme.example", site="a")
    assert codes(there, replace(there, site="b")) == ["bridge-changed"]
    assert codes(there, a_release()) == ["bridge-left-out"]


def test_the_gravest_comes_first() -> None:
    new = a_release(disclosure={**TABLE["base"]["disclosure"], "hash": "6" * 64}, title="Other")
    effects = [finding.effect for finding in diff(a_release(), new).findings]
    assert effects == sorted(effects, key=list(Effect).index)


def test_every_rule_has_a_case() -> None:
    spoken_of = {code for case in TABLE["cases"] for code in case["codes"]}
    rules = {rule.__name__ for rule in RULES}
    elsewhere = {"_activity", "_version", "_format", "_identifiers", "_destination", "_requirements", "_languages"}
    assert len(spoken_of) >= len(rules - elsewhere)


# --- zips -------------------------------------------------------------------------------------------


def a_package(folder: Path, name: str, **different: Any) -> Path:
    release = a_release(**different)
    package = {"definition_id": release.definition_id, "format": "scorm-1.2", "bridge": None, "site": None}
    definition = release.definition.model_dump_json(by_alias=True)
    files = {
        "imsmanifest.xml": '<manifest identifier="M"><organizations><organization identifier="O"><item identifier="I"/></organization>'
        '</organizations><resources><resource identifier="R" href="index.html"/></resources></manifest>',
        "data/definition.js": f"var cme = globalThis.cme || (globalThis.cme = {{}});\ncme.definition = {definition};\n",
        "data/package.js": f"cme.package = {json.dumps(package)};",
    }
    return a_zip(folder / name, files)


def test_reads_what_an_lms_knows_a_package_by(tmp_path: Path) -> None:
    found = released(a_package(tmp_path, "a.zip"))
    assert found.identifiers == {"manifest": "M", "organization": "O", "item": "I", "resource": "R", "launch file": "index.html"}


def test_another_tools_package_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="package-not-ours"):
        released(a_zip(tmp_path / "other.zip", {"index.html": "<p>"}))


def test_the_command_ends_with_1_when_learners_would_lose_what_they_did(tmp_path: Path) -> None:
    old, safe = a_package(tmp_path, "old.zip"), a_package(tmp_path, "safe.zip", version="2", title="Other")
    other = a_package(tmp_path, "other.zip", activity="https://cme.northfield.example/activities/other")
    run = CliRunner().invoke
    assert run(main, ["diff", str(old), str(safe)]).exit_code == 0
    assert run(main, ["diff", str(old), str(other)]).exit_code == 1
    assert json.loads(run(main, ["diff", str(old), str(safe), "--json"]).stdout)["effect"] == "changes"
