"""An activity that is being written: what can be played of it, and what is wrong with it, at every save."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.activity.resources import templates
from scorm_packager.package_data import Destination
from scorm_packager.package_files import Launch
from scorm_packager.presets import presets
from scorm_packager.preview import Wish, showing
from scorm_packager.previewing.build import Drafts
from scorm_packager.register import Key
from scorm_packager.stand_in.http import _with_scripts
from scorm_packager.stand_in.news import News
from scorm_packager.stand_in.record_store import RecordStore
from scorm_packager.stand_in.server import quirks, quirks_of
from tests.packager.activity_builders import a_folder
from tests.packager.builders import a_zip

THERE = Destination("http://127.0.0.1:9", "preview")


def test_every_look_is_a_package_of_its_own(tmp_path: Path) -> None:
    drafts = Drafts(templates() / "activities" / "article", tmp_path)
    first, second = drafts.next(), drafts.next()
    assert first.package
    assert second.package
    assert first.package != second.package
    assert first.package.read_bytes() == second.package.read_bytes()


def test_a_draft_for_a_bridge_has_a_version_of_its_own_that_the_same_text_has_again(tmp_path: Path) -> None:
    first = Drafts(templates() / "activities" / "article", tmp_path / "a", destination=THERE).next().definition
    again = Drafts(templates() / "activities" / "article", tmp_path / "b", destination=THERE).next().definition
    alone = Drafts(templates() / "activities" / "article", tmp_path / "c").next().definition
    assert first
    assert again
    assert alone
    assert first.version == again.version
    assert first.version.startswith("2026.1-draft-")
    assert alone.version == "2026.1"


def test_a_broken_activity_has_problems_and_no_package(tmp_path: Path) -> None:
    draft = Drafts(a_folder(tmp_path / "a", changed={"title:": "titel:"}), tmp_path / "out").next()
    assert draft.package is None
    assert "unknown-key" in {problem.code for problem in draft.problems}


def test_a_file_that_is_just_being_replaced_is_a_problem_too(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "a")
    (folder / "activity.yaml").unlink()
    assert Drafts(folder, tmp_path / "out").next().problems


@pytest.mark.parametrize("different", [{"form": "scorm-3"}, {"lms": "none-such"}])
def test_an_unknown_format_or_lms_is_said_at_once(tmp_path: Path, different: dict[str, Any]) -> None:
    with pytest.raises(ProblemsFound, match="unknown"):
        Drafts(tmp_path, tmp_path, **different)


def test_a_preview_of_an_unknown_lms_or_quirk_does_not_begin(tmp_path: Path) -> None:
    package = a_zip(tmp_path / "a.zip", {"index.html": ""})
    for wish in (Wish(port=0, lms="none-such"), Wish(port=0, quirks=("none-such",))):
        with pytest.raises(ProblemsFound, match="unknown"), showing(package, wish):
            pass


def test_a_port_that_is_taken_is_a_problem_with_a_remedy() -> None:
    folder = templates() / "activities" / "article"
    with showing(folder, Wish(port=0, bridge=False)) as first:
        port = int(first.stand_in.origin.rsplit(":", 1)[1])
        with pytest.raises(ProblemsFound, match="--port"), showing(folder, Wish(port=port, bridge=False)):
            pass


def test_every_lms_with_quirks_is_a_preset_and_its_quirks_are_known() -> None:
    hosts = YAML(typ="safe", pure=True).load((templates() / "stand-in" / "hosts.yaml").read_text(encoding="utf-8"))
    assert set(hosts) <= {preset.key for preset in presets(templates())}
    assert {quirk for lms in hosts for quirk in quirks_of(lms)} <= set(quirks())


# --- news -------------------------------------------------------------------------------------------


def test_news_are_given_at_once_to_who_does_not_know_them() -> None:
    news = News()
    news.tell(draft=1)
    assert news.after(0, 60) == {"number": 1, "draft": 1}


def test_who_knows_everything_waits_until_something_changes() -> None:
    news = News()
    news.tell(draft=1)
    answers: list[dict[str, object]] = []
    waiting = threading.Thread(target=lambda: answers.append(news.after(1, 60)))
    waiting.start()
    news.tell(bridge=2)
    waiting.join(60)
    assert answers == [{"number": 2, "draft": 1, "bridge": 2}]


def test_without_news_the_same_comes_again_in_the_end() -> None:
    assert News().after(0, 0.01) == {"number": 0}


# --- what is put into a page that is watched ----------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (b"<!doctype html><html><head><title>x</title>", b"<!doctype html><html><head>"),
        (b"<!DOCTYPE html><HTML lang='en'><title>x</title>", b"<!DOCTYPE html><HTML lang='en'>"),
        (b"<!doctype html><title>x</title>", b"<!doctype html>"),
        (b"<p>x", b""),
    ],
)
def test_the_watching_script_is_first_and_after_the_doctype(page: bytes, before: bytes) -> None:
    assert _with_scripts(page, ["inside.js"]) == before + b'<script src="/stand-in/inside.js"></script>' + page[len(before) :]


# --- packages that tell by statements ---------------------------------------------------------------


def the_registration(store: RecordStore, learner: str) -> str:
    package = Launch("xapi", "Title", "index.html", "", "https://cme.northfield.example/activities/a")
    query = store.query(package, "http://127.0.0.1:1", learner, "Rivera, Alex", "Normal")
    return next(part.removeprefix("registration=") for part in query.split("&") if part.startswith("registration="))


def test_a_learner_keeps_the_registration_until_a_new_attempt() -> None:
    store = RecordStore("http://127.0.0.1:9", Key("full-1", "secret"))
    first = the_registration(store, "ada")
    assert the_registration(store, "ada") == first
    assert the_registration(store, "bo") != first
    store.forget("ada")
    assert the_registration(store, "ada") != first


def test_the_packages_address_holds_no_key_of_the_record_store() -> None:
    store = RecordStore("http://127.0.0.1:9", Key("full-1", "the-secret"))
    package = Launch("xapi", "Title", "index.html", "", "https://cme.northfield.example/activities/a")
    assert "the-secret" not in store.query(package, "http://127.0.0.1:1", "ada", "Ng, Ada", "Normal")


def test_a_token_that_was_not_promised_is_not_given() -> None:
    assert "error-code" in RecordStore("http://127.0.0.1:9", Key("full-1", "secret")).token("guessed")


def test_a_record_store_that_is_not_reached_is_said() -> None:
    assert RecordStore("http://127.0.0.1:9", Key("full-1", "secret")).relay("GET", "/statements", {}, b"").status == 502
