"""What goes into a package is decided from values alone."""

from __future__ import annotations

import uuid
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm_packager.activity.definition import definition_id
from scorm_packager.formats import PackageFormat
from scorm_packager.package_data import build_id, package_data
from scorm_packager.plan import WORDS, Authored, Parts, Plan, Worded, identifier, plan
from scorm_packager.screens import screens
from tests.packager.builders import FORMATS, NORTHFIELD, PARTS, a_definition, a_format, a_plan, a_preset, with_files

SCREENS = ("front-matter", "disclosure", "profession", "pre-assessment", "content", "post-assessment", "evaluation", "claim", "certificate")

every_format = pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.key)


def paths(planned: Plan) -> list[str]:
    return [entry.path for entry in planned.entries]


@every_format
def test_it_works(each: PackageFormat) -> None:
    planned = a_plan(key=each.key)
    wanted = {"index.html", "runtime.js", "data/definition.js", "data/package.js", "player/player.js"} | ({each.manifest} - {None})
    assert wanted <= set(paths(planned))


@every_format
def test_sorts_entries_and_has_none_twice(each: PackageFormat) -> None:
    found = paths(a_plan(key=each.key))
    assert found == sorted(set(found))


@every_format
def test_the_manifest_lists_every_entry_but_itself_the_launch_page_first(each: PackageFormat) -> None:
    planned = a_plan(key=each.key)
    assert planned.files[0] == "index.html"
    assert sorted(planned.files) == [path for path in paths(planned) if path != each.manifest]


def test_takes_the_activity_s_files_as_the_definition_lists_them(tmp_path: Path) -> None:
    planned = a_plan(with_files(tmp_path, {"content/figure.svg": b"<svg/>"}))
    [entry] = [entry for entry in planned.entries if isinstance(entry.source, Authored)]
    assert (entry.path, entry.source.bytes) == ("content/figure.svg", 6)


def test_runs_data_first_and_the_player_last() -> None:
    scripts = a_plan().scripts
    assert (scripts[0], scripts[1], scripts[2], scripts[-1]) == ("data/definition.js", "data/package.js", "runtime.js", "player/player.js")


def test_runs_every_script_of_the_package_once() -> None:
    planned = a_plan()
    assert sorted(planned.scripts) == [path for path in paths(planned) if path.endswith(".js")]


def test_does_not_run_a_script_of_the_activity(tmp_path: Path) -> None:
    assert "content/own.js" not in a_plan(with_files(tmp_path, {"content/own.js": b"1"})).scripts


def test_links_the_base_styles_before_those_of_screens() -> None:
    styles = a_plan().styles
    assert [path.startswith("player/") for path in styles] == sorted((path.startswith("player/") for path in styles), reverse=True)


def test_has_the_screens_in_the_order_in_which_learners_meet_them() -> None:
    assert a_plan().screens == SCREENS


def test_a_new_screen_folder_stands_where_its_order_says(tmp_path: Path) -> None:
    for kind, order in (("certificate", 90), ("reflection", 75), ("claim", 80)):
        (tmp_path / "screens" / kind).mkdir(parents=True)
        (tmp_path / "screens" / kind / "screen.yaml").write_text(f"kind: {kind}\norder: {order}\ntitle: screen.{kind}\n")
    assert screens(tmp_path) == ("reflection", "claim", "certificate")


@pytest.mark.parametrize(
    ("language", "expected"), [("en", {"en"}), ("de-AT", {"de"}), ("de", {"de"}), ("fr", {"en"}), ("pt-BR", {"pt-BR"})]
)
def test_ships_the_words_of_its_language_alone_and_english_where_there_are_none(language: str, expected: set[str]) -> None:
    names = tuple(f"player/messages/{tag}.yaml" for tag in ("en", "de", "pt-BR", "da"))
    definition = a_definition(language=language)
    data = package_data(definition, a_format(), a_preset(), None, "1.0")
    [entry] = [entry for entry in plan(definition, a_format(), data, Parts(names, ())).entries if entry.path == WORDS]
    assert isinstance(entry.source, Worded)
    assert {PurePosixPath(name).stem for name in entry.source.catalogues} == expected


def test_ships_nothing_that_only_templates_need() -> None:
    ours = [path for path in paths(a_plan()) if path.startswith(("player/", "screens/"))]
    assert [path for path in ours if path.endswith((".html", ".yaml"))] == []


@given(st.randoms(use_true_random=False))
def test_decides_the_same_in_whatever_order_templates_are_found(chance: Any) -> None:
    names = list(PARTS.templates)
    chance.shuffle(names)
    definition = a_definition()
    data = package_data(definition, a_format(), a_preset(), None, "1.0")
    assert plan(definition, a_format(), data, Parts(tuple(names), PARTS.screens)) == a_plan(definition)


# --- what the player is told ----------------------------------------------------------------------


def test_tells_the_player_its_bridge_and_site() -> None:
    told = a_plan(destination=NORTHFIELD).package.as_json()
    assert (told["bridge"], told["site"]) == ("https://cme.northfield.example", "northfield")


def test_tells_the_player_that_there_is_no_bridge() -> None:
    told = a_plan().package.as_json()
    assert (told["bridge"], told["site"]) == (None, None)


@every_format
def test_tells_the_player_the_limits_of_its_format(each: PackageFormat) -> None:
    assert a_plan(key=each.key).package.as_json()["limits"] == each.limits


def test_tells_the_player_the_definition_and_the_words_for_statements() -> None:
    told = a_plan().package
    assert told.definition_id == definition_id(a_definition())
    assert told.vocabulary["ANSWERED"] == "http://adlnet.gov/expapi/verbs/answered"


# --- ids ------------------------------------------------------------------------------------------


def test_a_build_id_is_the_uuid5_of_its_ingredients() -> None:
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/cme-bridge/builds")
    recipe = '["d1-0", "scorm-1.2", "generic", null, null, "0.1.0"]'
    assert build_id("d1-0", "scorm-1.2", "generic", None, None, "0.1.0") == str(uuid.uuid5(namespace, recipe))


@pytest.mark.parametrize(
    "different",
    [{"key": "scorm-2004-3"}, {"lms": "moodle"}, {"destination": NORTHFIELD}, {"packager": "1.1"}, {"definition": a_definition(title="B")}],
)
def test_a_build_id_differs_with_each_of_its_ingredients(different: dict[str, Any]) -> None:
    assert a_plan(**different).package.build != a_plan().package.build


def test_an_lms_knows_a_newer_version_by_the_same_identifiers() -> None:
    newer = a_plan(a_definition(version="2027.1"))
    assert newer.identifier == a_plan().identifier == identifier("https://cme.northfield.example/activities/sample")
