"""The stand-in LMS over HTTP: what it serves, what it keeps, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.stand_in.server import StandIn, quirks
from tests.packager.builders import a_zip

MANIFEST_12 = """<manifest identifier="M" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="B">
<organization identifier="A"><title>Other</title><item identifierref="R0"><title>Other</title></item></organization>
<organization identifier="B"><title>Course</title><item identifierref="R1" parameters="?x=1"><title>AF &amp; you</title>
<adlcp:masteryscore>80</adlcp:masteryscore></item></organization></organizations>
<resources><resource identifier="R0" href="other.html"/>
<resource identifier="R1" xml:base="sco/" href="index.html"/></resources></manifest>"""
MANIFEST_2004 = MANIFEST_12.replace("<schemaversion>1.2", "<schemaversion>2004 3rd Edition")
PAGE = "<!doctype html><title>SCO</title>"


def a_package(folder: Path, manifest: str = MANIFEST_12) -> Path:
    files = {"imsmanifest.xml": manifest, "sco/index.html": PAGE, "sco/film.mp4": bytes(range(100)), "sco/film.en.vtt": "WEBVTT\n"}
    return a_zip(folder / "package.zip", files)


@pytest.fixture
def lms(tmp_path: Path) -> Iterator[StandIn]:
    with StandIn(a_package(tmp_path)) as started:
        yield started


def session(lms: StandIn, query: str = "") -> dict[str, object]:
    return dict(requests.get(f"{lms.origin}/lms/session{query}", timeout=5).json())


def commit(lms: StandIn, learner: str, values: object) -> int:
    return requests.put(f"{lms.origin}/lms/cmi", params={"learner": learner}, data=json.dumps(values), timeout=5).status_code


def test_it_works(lms: StandIn) -> None:
    assert "Stand-in LMS" in requests.get(lms.url, timeout=5).text
    started = session(lms)
    assert requests.get(f"{lms.origin}{started['start']}", timeout=5).text == PAGE
    assert commit(lms, "learner-1", {"cmi.suspend_data": "C1~"}) == 204
    assert lms.cmi() == {"cmi.suspend_data": "C1~"}


def test_starts_what_the_default_organization_names_with_base_and_parameters(lms: StandIn) -> None:
    started = session(lms)
    assert started["start"] == "/package/plain/sco/index.html?x=1"
    assert (started["edition"], started["title"], started["mastery"]) == ("1.2", "AF & you", "80")


def test_knows_the_edition(tmp_path: Path) -> None:
    with StandIn(a_package(tmp_path, MANIFEST_2004)) as lms:
        assert session(lms)["edition"] == "2004"


def test_plays_an_unpacked_package_and_shows_changes_at_once(tmp_path: Path) -> None:
    (tmp_path / "sco").mkdir()
    (tmp_path / "imsmanifest.xml").write_text(MANIFEST_12)
    (tmp_path / "sco/index.html").write_text("first")
    with StandIn(tmp_path) as lms:
        (tmp_path / "sco/index.html").write_text("second")
        assert requests.get(f"{lms.origin}/package/plain/sco/index.html", timeout=5).text == "second"


def test_keeps_every_learners_data_apart(lms: StandIn) -> None:
    commit(lms, "ada", {"cmi.suspend_data": "A"})
    commit(lms, "Bo & Co", {"cmi.suspend_data": "B"})
    assert lms.cmi("ada") == {"cmi.suspend_data": "A"}
    assert session(lms, "?learner=Bo%20%26%20Co")["values"] == {"cmi.suspend_data": "B"}
    assert lms.cmi("nobody") == {}


def test_gives_what_was_kept_to_another_device(lms: StandIn) -> None:
    commit(lms, "ada", {"cmi.suspend_data": "A"})
    with requests.Session() as another_device:
        got = another_device.get(f"{lms.origin}/lms/session?learner=ada", timeout=5).json()
    assert got["values"] == {"cmi.suspend_data": "A"}


def test_names_the_learner_of_the_address(lms: StandIn) -> None:
    url = lms.url_for("ada", "Ng, Ada", quirks=["late"], bare=True)
    assert url == f"{lms.origin}/?learner=ada&name=Ng%2C%20Ada&quirks=late&bare=1"
    started = session(lms, url.partition("/?")[2].join(["?", ""]))
    assert started["learner"] == {"id": "ada", "name": "Ng, Ada"}
    assert started["quirks"] == ["late"]


def test_a_new_attempt_leaves_nothing(lms: StandIn) -> None:
    commit(lms, "ada", {"cmi.suspend_data": "A"})
    requests.delete(f"{lms.origin}/lms/cmi?learner=ada", timeout=5)
    assert lms.cmi("ada") == {}


@pytest.mark.parametrize("values", [[], "text", {"cmi.suspend_data": 5}, {"cmi.suspend_data": None}])
def test_rejects_a_commit_that_is_no_data_model(lms: StandIn, values: object) -> None:
    assert commit(lms, "ada", values) == 400
    assert lms.cmi("ada") == {}


def test_quirks_of_the_content_server_hold_for_every_file(tmp_path: Path) -> None:
    with StandIn(a_package(tmp_path), quirks=["connect-self", "no-inline"]) as lms:
        answer = requests.get(f"{lms.origin}{session(lms)['start']}", timeout=5)
        beside = requests.get(f"{lms.origin}/package/connect-self+no-inline/sco/film.mp4", timeout=5)
    assert answer.headers["Content-Security-Policy"] == "connect-src 'self'; script-src 'self'; style-src 'self'"
    assert beside.headers["Content-Security-Policy"] == answer.headers["Content-Security-Policy"]


def test_every_quirk_says_what_it_does_and_where_it_was_seen() -> None:
    assert all({"name", "does", "seen"} <= set(about) and all(about.values()) for about in quirks().values())


def test_an_unknown_quirk_is_a_problem_on_the_command_line_and_ignored_in_an_address(lms: StandIn, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="quirk-unknown"):
        StandIn(tmp_path, quirks=["lat"])
    assert session(lms, "?quirks=lat,late")["quirks"] == ["late"]


def test_sends_the_part_of_a_film_that_is_asked_for(lms: StandIn) -> None:
    film = f"{lms.origin}/package/plain/sco/film.mp4"
    part = requests.get(film, headers={"Range": "bytes=10-19"}, timeout=5)
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, bytes(range(10, 20)), "bytes 10-19/100")
    assert requests.get(film, headers={"Range": "bytes=90-"}, timeout=5).content == bytes(range(90, 100))
    assert requests.get(film, headers={"Range": "bytes=100-"}, timeout=5).status_code == 416
    assert requests.get(film, timeout=5).headers["Content-Type"] == "video/mp4"


def test_captions_have_the_type_that_browsers_ask_for(lms: StandIn) -> None:
    assert requests.get(f"{lms.origin}/package/plain/sco/film.en.vtt", timeout=5).headers["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    ["/package/plain/../imsmanifest.xml", "/package/plain/%2e%2e/%2e%2e/etc/passwd", "/package/plain//etc/passwd", "/package/plain/none",
     "/stand-in/../pages/base.html", "/stand-in/%2e%2e/lms/moodle.yaml", "/stand-in/quirks.yaml", "/package/", "/elsewhere"],
)  # fmt: skip
def test_serves_nothing_but_the_package_and_its_own_page(lms: StandIn, path: str) -> None:
    request = requests.Request("GET", lms.origin).prepare()
    request.url = lms.origin + path
    with requests.Session() as client:
        assert client.send(request, timeout=5).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = tmp_path / "package"
    (folder / "sco").mkdir(parents=True)
    (folder / "imsmanifest.xml").write_text(MANIFEST_12)
    (folder / "sco/link.txt").symlink_to(secret)
    with StandIn(folder) as lms:
        assert requests.get(f"{lms.origin}/package/plain/sco/link.txt", timeout=5).status_code == 404


def test_answers_only_to_this_machines_own_names(lms: StandIn) -> None:
    assert requests.get(lms.url, headers={"Host": "rebound.example"}, timeout=5).status_code == 421


UNPLAYABLE = [
    ({"index.html": PAGE}, "package-unplayable"),
    ({"imsmanifest.xml": "<manifest>"}, "xml-malformed"),
    ({"imsmanifest.xml": "<!DOCTYPE m [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><manifest>&a;</manifest>"}, "xml-doctype"),
    ({"imsmanifest.xml": "<manifest/>"}, "package-unplayable"),
    ({"imsmanifest.xml": MANIFEST_12.replace('identifier="R1"', 'identifier="R9"')}, "package-unplayable"),
]


@pytest.mark.parametrize(("files", "code"), UNPLAYABLE)
def test_says_why_a_package_cannot_be_played(tmp_path: Path, files: dict[str, str], code: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        StandIn(a_zip(tmp_path / "package.zip", files)).start()
    assert [problem.code for problem in found.value.problems] == [code]


def test_says_why_a_file_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_text("notes")
    with pytest.raises(ProblemsFound):
        StandIn(tmp_path / "notes.zip").start()


def test_can_be_stopped_twice_and_before_it_was_started(tmp_path: Path) -> None:
    lms = StandIn(a_package(tmp_path))
    lms.stop()
    lms.start().stop()
    lms.stop()
