"""A package is judged by the standard that it says, or by the one that it is to follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.verify.judge import judge
from tests.packager.builders import a_zip, codes
from tests.packager.verify.packages import MANIFESTS, SCORM_12, STANDARDS, Files, good

PAGES = {name: data for name, data in good("xapi").items() if name != "tincan.xml"}
AICC: Files = {
    "stroke.crs": "[Course]\nCourse_ID=C1",
    "stroke.au": '"System_ID","Type","File_Name"\n"A1","lesson","index.html"\n',
    "stroke.des": '"System_ID","Title"\n"A1","Stroke"\n',
    "stroke.cst": '"block","member"\n"root","A1"\n',
    **PAGES,
}


@pytest.mark.parametrize("standard", ["cmi5", "xapi"])
def test_names_another_standard_where_one_was_to_be(tmp_path: Path, standard: str) -> None:
    assert codes(judge(a_zip(tmp_path / "a.zip", good(standard)), standard="scorm")) == ["not-scorm"]


@pytest.mark.parametrize("standard", ["cmi5", "xapi"])
def test_names_scorm_where_another_standard_was_to_be(tmp_path: Path, standard: str) -> None:
    assert codes(judge(a_zip(tmp_path / "a.zip", good("scorm-1.2")), standard=standard)) == [f"not-{standard}"]


def test_judges_plain_pages_where_they_are_meant_to_be(tmp_path: Path) -> None:
    assert judge(a_zip(tmp_path / "a.zip", PAGES), standard="web") == ()
    elsewhere = {("start.html" if name == "index.html" else name): data for name, data in PAGES.items()}
    assert codes(judge(a_zip(tmp_path / "b.zip", elsewhere), standard="web")) == ["start-missing"]


def test_pages_alone_are_taken_for_scorm_without_its_manifest(tmp_path: Path) -> None:
    [problem] = judge(a_zip(tmp_path / "a.zip", PAGES))
    assert (problem.code, problem.severity.value) == ("manifest-missing", "warning")


def test_aicc_is_named_as_such(tmp_path: Path) -> None:
    [problem] = judge(a_zip(tmp_path / "a.zip", AICC))
    assert (problem.code, problem.where.file, problem.severity.value) == ("aicc", "stroke.crs", "warning")


def test_a_sound_is_not_aicc(tmp_path: Path) -> None:
    assert codes(judge(a_zip(tmp_path / "a.zip", {**PAGES, "heart.au": b".snd"}))) == ["manifest-missing"]


@pytest.mark.parametrize("name", ["stroke.au", "stroke.crs", "stroke.des", "stroke.cst"])
def test_aicc_without_one_of_its_four_files_is_named(tmp_path: Path, name: str) -> None:
    files = {each: data for each, data in AICC.items() if each != name}
    assert codes(judge(a_zip(tmp_path / "a.zip", files))) == ["aicc-file-missing", "aicc"]


def test_aicc_without_the_page_of_a_unit_is_named_with_its_line(tmp_path: Path) -> None:
    files = {name: data for name, data in AICC.items() if name != "index.html"}
    missing = judge(a_zip(tmp_path / "a.zip", files))[0]
    assert (missing.code, str(missing.where)) == ("aicc-page-missing", "stroke.au:2:1")


def test_aicc_is_not_scorm(tmp_path: Path) -> None:
    assert codes(judge(a_zip(tmp_path / "a.zip", AICC), standard="scorm")) == ["not-scorm"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_without_a_readable_manifest_the_rest_is_judged_all_the_same(tmp_path: Path, standard: str) -> None:
    files = {**good(standard), MANIFESTS[standard]: "<", "send.php": "<?php"}
    assert set(codes(judge(a_zip(tmp_path / "a.zip", files)))) == {"xml-malformed", "server-side-file"}


def test_takes_the_threshold_of_the_fourth_edition_in_attributes(tmp_path: Path) -> None:
    def judged(threshold: str) -> list[str]:
        files = good("scorm-2004")
        fourth = str(files["imsmanifest.xml"]).replace("3rd Edition", "4th Edition").replace("</item>", f"{threshold}</item>")
        return codes(judge(a_zip(tmp_path / "a.zip", {**files, "imsmanifest.xml": fourth})))

    assert judged('<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>') == []
    assert judged("<adlcp:completionThreshold>0.5</adlcp:completionThreshold>") == ["threshold-form"]


def test_finds_files_under_a_base(tmp_path: Path) -> None:
    based = SCORM_12.replace("<resources>", '<resources xml:base="course/">').replace("<resource ", '<resource xml:base="en/" ')
    files = {f"course/en/{name}": data for name, data in good("scorm-1.2").items() if name != "imsmanifest.xml"}
    assert judge(a_zip(tmp_path / "a.zip", {"imsmanifest.xml": based, **files})) == ()


def test_finds_files_whose_names_are_encoded(tmp_path: Path) -> None:
    files = {name.replace("run.js", "run ä.js"): data for name, data in good("scorm-1.2").items()}
    files["imsmanifest.xml"] = SCORM_12.replace("lib/run.js", "lib/run%20%C3%A4.js")
    files["index.html"] = str(files["index.html"]).replace("run.js", "run%20ä.js")
    assert codes(judge(a_zip(tmp_path / "a.zip", files))) == ["name-not-plain"]


def test_says_in_which_line_of_the_manifest(tmp_path: Path) -> None:
    files = {**good("scorm-1.2"), "imsmanifest.xml": SCORM_12.replace('"look.css"', '"gone.css"')}
    missing = judge(a_zip(tmp_path / "a.zip", files))[0]
    assert (missing.code, str(missing.where)) == ("file-missing", "imsmanifest.xml:10:1")


def test_says_in_which_line_and_column_of_a_text(tmp_path: Path) -> None:
    files = {**good("xapi"), "lib/run.js": "var endpoint;\nvar a; eval(text);"}
    [problem] = judge(a_zip(tmp_path / "a.zip", files))
    assert (problem.code, str(problem.where)) == ("eval", "lib/run.js:2:8")


def test_the_gravest_comes_first(tmp_path: Path) -> None:
    files = {**good("xapi"), "a.swf": "FWS", "z.php": "<?php", "lib/run.js": "var endpoint; eval(text);"}
    assert [problem.severity.value for problem in judge(a_zip(tmp_path / "a.zip", files))] == ["error", "warning", "note"]
