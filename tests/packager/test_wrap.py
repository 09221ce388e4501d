"""What an export of an authoring tool is, or why it cannot be played behind our screens, is said before anything is built."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from scorm_packager.activity.problems import ProblemsFound
from scorm_packager.cli import main
from scorm_packager.wrap.look import look
from scorm_packager.wrap.tools import fingerprints
from scorm_packager.wrap.traps import traps as known_traps
from tests.packager.builders import a_zip, codes
from tests.packager.wrapped import Trap, traps

TRAPS = traps()
PAGE = "<!doctype html><title>Start</title>"
SCO = '<resource identifier="R" type="webcontent" href="{href}"/>'


def a_manifest(*, href: str = "index.html", version: str = "1.2", items: int = 1, more: str = "") -> str:
    listed = "".join(f'<item identifier="I{n}" identifierref="R"><title>Part {n}</title></item>' for n in range(items))
    return (
        f'<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><metadata><schemaversion>{version}</schemaversion></metadata>'
        f'<organizations default="O"><organization identifier="O"><title>T</title>{listed}{more}</organization></organizations>'
        f"<resources>{SCO.format(href=href)}</resources></manifest>"
    )


def looked_at(tmp_path, files):
    return look(a_zip(tmp_path / "export.zip", files))


def refusal(tmp_path, files) -> list[str]:
    with pytest.raises(ProblemsFound) as refused:
        looked_at(tmp_path, files)
    return codes(refused.value.problems)


def test_there_are_traps_to_look_at():
    assert len(TRAPS) > 15


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_looking_at_an_export_says_what_it_is(trap: Trap, tmp_path):
    export = look(trap.zipped(tmp_path / "export.zip"))
    expected = trap.said["is"]
    assert (export.stated.standard, export.stated.starts[0].href) == (expected["standard"], expected["start"])
    assert set(expected.get("warns", ())) <= set(codes(export.problems))
    assert (export.tool.name if export.tool else None) == expected.get("tool")
    if "reports" in expected:
        assert [name for name in ("completion", "success", "score", "saved_state") if getattr(export.reports, name)] == expected["reports"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"course.au": "", "course.crs": "", "index.html": PAGE}, "wrap-aicc"),
        ({"cmi5.xml": "<courseStructure/>", "index.html": PAGE}, "wrap-cmi5"),
        ({"tincan.xml": "<tincan/>", "index.html": PAGE}, "wrap-xapi"),
        ({"h5p.json": "{}", "content/content.json": "{}"}, "wrap-h5p"),
        ({"index.php": "<?php", "style.css": ""}, "wrap-server-side"),
        ({"a.html": PAGE, "b.html": PAGE}, "wrap-no-start"),
        ({"imsmanifest.xml": a_manifest(href="Index.html"), "index.html": PAGE}, "wrap-start-missing"),
        ({"imsmanifest.xml": a_manifest(href="https://elsewhere.example/course")}, "wrap-elsewhere"),
        ({"imsmanifest.xml": a_manifest(href="start.php"), "start.php": ""}, "wrap-server-side"),
        ({"imsmanifest.xml": a_manifest(version="LOM 1.0"), "index.html": PAGE}, "wrap-not-scorm"),
        ({"imsmanifest.xml": a_manifest(items=0), "index.html": PAGE}, "wrap-no-start"),
        ({"imsmanifest.xml": a_manifest(items=2, more="<sequencingRules/>"), "index.html": PAGE}, "wrap-sequencing"),
        ({"imsmanifest.xml": "<manifest", "index.html": PAGE}, "xml-malformed"),
        ({"imsmanifest.xml": '<!DOCTYPE m [<!ENTITY a "b">]><manifest/>', "index.html": PAGE}, "xml-doctype"),
        ({"index.html": PAGE, "../../evil.js": ""}, "name-climbs"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_played_is_refused_with_its_reason(files, code, tmp_path):
    assert refusal(tmp_path, files) == [code]


@pytest.mark.parametrize("entry", ["index.html", "story.html", "a001index.html", "only.html"])
def test_a_web_export_starts_where_its_tool_starts_it(entry, tmp_path):
    assert looked_at(tmp_path, {entry: PAGE, "pages/two.html": PAGE}).stated.starts[0].href == entry


def test_an_export_of_one_sco_may_carry_rules_for_it(tmp_path):
    files = {"imsmanifest.xml": a_manifest(more="<sequencingRules/>"), "index.html": PAGE}
    assert looked_at(tmp_path, files).stated.standard == "scorm-1.2"


def test_what_servers_run_is_left_out_and_told(tmp_path):
    export = looked_at(tmp_path, {"index.html": PAGE, "mail.php": "<?php"})
    assert [file.path for file in export.files] == ["index.html"]
    assert "wrap-server-files-left-out" in codes(export.problems)


def test_what_an_operating_system_put_in_is_left_out_in_silence(tmp_path):
    export = looked_at(tmp_path, {"index.html": PAGE, "__MACOSX/._index.html": "", ".DS_Store": "", "img/Icon\r": ""})
    assert [file.path for file in export.files] == ["index.html"]
    assert not export.problems


def test_the_manifest_and_its_schemas_stay_behind(tmp_path):
    files = {"imsmanifest.xml": a_manifest(), "imscp_rootv1p1p2.xsd": "", "index.html": PAGE, "data/imsmanifest.xml": ""}
    assert [file.path for file in looked_at(tmp_path, files).files] == ["index.html", "data/imsmanifest.xml"]


@pytest.mark.parametrize(
    ("files", "tool"),
    [
        ({"story_content/user.js": "", "html5/data.js": "", "index.html": PAGE}, "Articulate Storyline"),
        ({"scormcontent/index.html": "", "scormdriver/driver.js": "", "index.html": PAGE}, "Articulate Rise 360"),
        ({"project.txt": "", "dr/img1.json": "", "index.html": PAGE}, "Adobe Captivate"),
        ({"res/data/player.js": "", "res/index.html": "", "index.html": PAGE}, "iSpring Suite"),
        ({"trivantis.js": "", "index.html": PAGE}, "Lectora"),
        ({"adapt/js/adapt.min.js": "", "course/config.json": "", "index.html": PAGE}, "Adapt"),
        ({"index.html": '<meta name="generator" content="eXeLearning 3.0">'}, "eXeLearning"),
        ({"index.html": "<title>TechSmith Smart Player</title>"}, "TechSmith Camtasia"),
        ({"lesson.html": '<iframe class="tscplayer_inline" src="lesson_player.html"></iframe>'}, "TechSmith Camtasia"),
        ({"h5p-adaptor.js": "", "index.html": "<script>window.H5PIntegration = {}</script>"}, "H5P (Lumi)"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_tools_are_known_by_what_they_leave_behind(files, tool, tmp_path):
    found = looked_at(tmp_path, files).tool
    assert found is not None
    assert found.name == tool


OUT = '<script src="//elsewhere.example/count.js"></script>'


@pytest.mark.parametrize(
    ("files", "warned"),
    [
        ({"index.html": OUT}, ["wrap-external"]),
        ({"index.html": "<script src=https://elsewhere.example/count.js></script>"}, ["wrap-external"]),
        ({"index.html": PAGE, "s.css": "@import url(//fonts.elsewhere.example/css);"}, ["wrap-external"]),
        ({"index.html": PAGE, "s.css": "a {background: url('https://elsewhere.example/a.png')}"}, ["wrap-external"]),
        ({"index.html": PAGE, "s.css": "a {background: url(a.png)}"}, []),
        ({"index.html": f"<!--[if lt IE 9]>{OUT}<![endif]-->"}, []),
        ({"index.html": f"<!-- {OUT} -->"}, []),
        ({"index.html": f"<!--[if !IE]><!-->{OUT}<!--<![endif]-->"}, ["wrap-external"]),
        ({"index.html": "<script><!--\ntop.close();\n//--></script>"}, ["wrap-inline-script", "wrap-inner-exit"]),
        ({"index.html": PAGE, "s.js": "x.open('POST', 'https://metrics.elsewhere.example/v1')"}, ["wrap-sends-away"]),
        ({"index.html": PAGE, "s.js": "x.open('POST', 'save')"}, []),
        ({"index.html": "<script src=s.js></script><p onclick='window.open(\"course.html\")'>"}, ["wrap-inline-script", "wrap-pop-up"]),
        ({"index.html": f"<!doctype html>{'<p></p>' * 10_000}<p data-of-a-library='window.open(url)'>"}, []),
    ],
    ids=str,
)
def test_what_will_be_hard_is_told_and_what_no_browser_runs_is_not(files, warned, tmp_path):
    assert codes(looked_at(tmp_path, files).problems) == warned


def test_a_page_that_left_its_folder_is_told_by_its_new_place(tmp_path):
    files = {"imsmanifest.xml": a_manifest(href="driver/indexAPI.html"), "indexAPI.html": PAGE}
    with pytest.raises(ProblemsFound) as refused:
        looked_at(tmp_path, files)
    [problem] = refused.value.problems
    assert (problem.code, "indexAPI.html" in problem.remedy, "left their folders" in problem.remedy) == ("wrap-start-missing", True, True)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("One&#10;&#10;Made with: nothing", "One Made with: nothing"),
        ("Red &#x9b;31m, &#x202E;txet", "Red 31m, txet"),
        ("A" * 5000, "A" * 300),
    ],
    ids=["lines", "control characters", "long"],
)
def test_titles_are_shown_on_one_line_without_control_characters(written, shown, tmp_path):
    manifest = a_manifest().replace("<title>T</title>", f"<title>{written}</title>")
    assert looked_at(tmp_path, {"imsmanifest.xml": manifest, "index.html": PAGE}).stated.title == shown


def test_a_place_that_is_remembered_counts_as_saved_state(tmp_path):
    assert looked_at(tmp_path, {"index.html": PAGE, "s.js": "'cmi.core.lesson_location'"}).reports.saved_state


def test_every_fingerprint_says_where_it_was_seen_and_every_trap_what_to_do():
    assert all(fingerprint.seen for fingerprint in fingerprints())
    assert all(trap.remedy and (trap.text or trap.files) for trap in known_traps())


def test_the_command_says_it_to_people_and_to_programs(tmp_path):
    export = a_zip(
        tmp_path / "export.zip",
        {"imsmanifest.xml": a_manifest(), "index.html": "<script src=s.js></script>", "s.js": "'cmi.core.score.raw'"},
    )
    shown = CliRunner().invoke(main, ["wrap", str(export)])
    assert shown.exit_code == 0
    assert all(words in shown.output for words in ("SCORM 1.2", "a score", "index.html"))
    told = json.loads(CliRunner().invoke(main, ["wrap", str(export), "--json"]).output)
    assert (told["standard"], told["reports"]["score"], told["starts"][0]["href"]) == ("scorm-1.2", True, "index.html")


def test_the_command_refuses_with_the_reason(tmp_path):
    export = a_zip(tmp_path / "export.zip", {"tincan.xml": "<tincan/>"})
    shown = CliRunner().invoke(main, ["wrap", str(export)])
    assert shown.exit_code == 1
    assert "wrap-xapi" in shown.output
