"""A finished package is judged from outside: each fault by its code and line, and a sound package by nothing."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scorm_packager.activity.problems import Severity
from scorm_packager.verify.judge import judge
from tests.packager.builders import a_zip, codes

SCORM_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Stroke</title>
<item identifier="I" identifierref="R"><title>Stroke</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
</organization></organizations>
<resources>
<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/>
<file href="lib/run.js"/>
</resource>
</resources>
</manifest>
"""

SCORM_2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Stroke</title>
<item identifier="I" identifierref="R"><title>Stroke</title>
<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>
<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>
</item>
</organization></organizations>
<resources>
<resource identifier="R" type="webcontent" adlcp:scormType="sco" href="index.html">
<file href="index.html"/>
<file href="lib/run.js"/>
</resource>
</resources>
</manifest>
"""  # noqa: E501

PAGE = '<!doctype html><html><head><meta charset="utf-8"><script src="lib/run.js"></script></head><body><p>Ä</p></body></html>'

Files = dict[str, str | bytes]


def sound(manifest: str = SCORM_12) -> Files:
    return {"imsmanifest.xml": manifest, "index.html": PAGE, "lib/run.js": "var cme = {};"}


def verdict(folder: Path, files: Files) -> list[str]:
    return codes(judge(a_zip(folder / "package.zip", files)))


@pytest.mark.parametrize("manifest", [SCORM_12, SCORM_2004], ids=["1.2", "2004"])
def test_it_works(tmp_path: Path, manifest: str) -> None:
    assert verdict(tmp_path, sound(manifest)) == []


# --- the manifest, one fault each -----------------------------------------------------------------

Change = tuple[str, str]

SECOND_ITEM = '<item identifier="J" identifierref="R"><title>T</title></item>'
SECOND_ORGANIZATION = f'<organization identifier="P"><title>T</title>{SECOND_ITEM}</organization></organizations>'
ASSET = '<resource identifier="A" type="webcontent" adlcp:scormtype="asset" href="lib/run.js"><file href="lib/run.js"/></resource>'
SCHEMA_LOCATION = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a adlcp.xsd"'
CONTROLS = '<imsss:sequencing><imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>'

FAULTS_12: list[tuple[str, Change]] = [
    ("schemaversion-missing", ("<schemaversion>1.2</schemaversion>", "")),
    ("schemaversion-unknown", (">1.2<", ">1.3<")),
    ("schema-unknown", ("ADL SCORM", "SCORM")),
    ("namespace-mismatch", ("imscp_rootv1p1p2", "imscp_rootv1p1")),
    ("manifest-part-missing", ("<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>", "")),
    ("manifest-part-twice", ("</resources>", "</resources><resources/>")),
    ("organization-default-missing", (' default="O"', "")),
    ("organization-default-dangling", ('default="O"', 'default="X"')),
    ("organization-second", ("</organizations>", SECOND_ORGANIZATION)),
    ("title-missing", ("<title>Stroke</title>\n", "\n")),
    ("title-twice", ("<title>Stroke</title>\n", "<title>Stroke</title><title>Stroke</title>\n")),
    ("resource-dangling", ('identifierref="R"', 'identifierref="Q"')),
    ("resource-dangling", ("</resource>", '<dependency identifierref="Q"/></resource>')),
    ("item-without-resource", (' identifierref="R"', "")),
    ("item-hidden", (' identifierref="R"', ' identifierref="R" isvisible="false"')),
    ("identifier-twice", ('item identifier="I"', 'item identifier="O"')),
    ("identifier-illegal", ('item identifier="I"', 'item identifier="1 I"')),
    ("identifier-missing", ('<item identifier="I"', "<item")),
    ("text-too-long", ("<title>Stroke</title>\n", f"<title>{'S' * 201}</title>\n")),
    ("mastery-out-of-range", (">80<", ">0.8e9<")),
    ("mastery-out-of-range", (">80<", ">eighty<")),
    ("mastery-out-of-range", (">80<", ">NaN<")),
    ("time-limit-malformed", ("<adlcp:masteryscore>", "<adlcp:maxtimeallowed>1h</adlcp:maxtimeallowed><adlcp:masteryscore>")),
    ("time-action-unknown", ("<adlcp:masteryscore>", "<adlcp:timelimitaction>stop</adlcp:timelimitaction><adlcp:masteryscore>")),
    ("prerequisites", ("<adlcp:masteryscore>", '<adlcp:prerequisites type="aicc_script">I</adlcp:prerequisites><adlcp:masteryscore>')),
    ("launch-data-too-long", ("<adlcp:masteryscore>", f"<adlcp:datafromlms>{'x' * 256}</adlcp:datafromlms><adlcp:masteryscore>")),
    ("element-of-other-edition", ("<adlcp:masteryscore>", "<adlcp:dataFromLMS>x</adlcp:dataFromLMS><adlcp:masteryscore>")),
    ("scormtype-spelling", ("adlcp:scormtype", "adlcp:scormType")),
    ("scormtype-missing", (' adlcp:scormtype="sco"', "")),
    ("scormtype-unknown", ('scormtype="sco"', 'scormtype="SCO"')),
    ("resource-type", ('type="webcontent"', 'type="text/html"')),
    ("sco-not-first", ("<resources>", f"<resources>{ASSET}")),
    ("href-missing", (' href="index.html">', ">")),
    ("href-missing", ('<file href="lib/run.js"/>', '<file href="lib/run.js"/><file/>')),
    ("href-not-listed", ('<file href="index.html"/>', "")),
    ("href-external", ('sco" href="index.html"', 'sco" href="https://elsewhere.example/"')),
    ("href-absolute", ('"lib/run.js"', '"/lib/run.js"')),
    ("href-backslash", ('"lib/run.js"', '"lib\\run.js"')),
    ("href-climbs", ('"lib/run.js"', '"lib/../lib/run.js"')),
    ("href-not-encoded", ('"lib/run.js"', '"lib/run.js?a b"')),
    ("href-wrong-case", ('"lib/run.js"', '"Lib/Run.js"')),
    ("file-missing", ('"lib/run.js"/>', '"lib/run.js"/><file href="lib/gone.js"/>')),
    ("file-listed-twice", ('"lib/run.js"/>', '"lib/run.js"/><file href="lib/run.js"/>')),
    ("file-unlisted", ('<file href="lib/run.js"/>', "")),
    ("manifest-lists-itself", ('"lib/run.js"/>', '"lib/run.js"/><file href="imsmanifest.xml"/>')),
    ("base-malformed", ("<resources>", '<resources xml:base="/">')),
    ("schema-file-missing", ('<manifest identifier="M"', f'<manifest {SCHEMA_LOCATION} identifier="M"')),
    ("manifest-inside-manifest", ("</manifest>", '<manifest identifier="N"/></manifest>')),
    ("xml-doctype", ("<manifest", '<!DOCTYPE manifest [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<manifest')),
    ("xml-doctype", ("<manifest", "<!DOCTYPE manifest>\n<manifest")),
    ("xml-malformed", ("</manifest>", "")),
]  # fmt: skip

FAULTS_2004: list[tuple[str, Change]] = [
    ("edition-old", ("2004 3rd Edition", "CAM 1.3")),
    ("namespace-mismatch", ("adlcp_v1p3", "adlcp_rootv1p2")),
    ("mastery-out-of-range", (">0.8<", ">80<")),
    ("threshold-form", ("</item>", '<adlcp:completionThreshold minProgressMeasure="0.5"/></item>')),
    ("threshold-out-of-range", ("</item>", "<adlcp:completionThreshold>50</adlcp:completionThreshold></item>")),
    ("element-of-other-edition", ("</item>", "<adlcp:masteryscore>80</adlcp:masteryscore></item>")),
    ("completion-left-to-lms", ('completionSetByContent="true"', "")),
    ("item-with-both", ("</item>", SECOND_ITEM.replace("</item>", f"{CONTROLS}</item></item>"))),
    ("scormtype-spelling", ("adlcp:scormType", "adlcp:scormtype")),
    ("button-unknown", ("</item>", "<hideLMSUI>quit</hideLMSUI></item>")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), FAULTS_12, ids=lambda value: value if isinstance(value, str) else "")
def test_names_a_fault_of_a_scorm_1_2_manifest(tmp_path: Path, code: str, change: Change) -> None:
    assert change[0] in SCORM_12
    assert code in verdict(tmp_path, sound(SCORM_12.replace(*change)))


@pytest.mark.parametrize(("code", "change"), FAULTS_2004, ids=lambda value: value if isinstance(value, str) else "")
def test_names_a_fault_of_a_scorm_2004_manifest(tmp_path: Path, code: str, change: Change) -> None:
    assert change[0] in SCORM_2004
    assert code in verdict(tmp_path, sound(SCORM_2004.replace(*change)))


def test_takes_the_threshold_of_the_fourth_edition_in_attributes(tmp_path: Path) -> None:
    fourth = SCORM_2004.replace("3rd Edition", "4th Edition")
    threshold = '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/></item>'
    assert verdict(tmp_path, sound(fourth.replace("</item>", threshold))) == []
    old_form = "<adlcp:completionThreshold>0.5</adlcp:completionThreshold></item>"
    assert verdict(tmp_path, sound(fourth.replace("</item>", old_form))) == ["threshold-form"]


def test_names_a_prefix_by_which_moodle_finds_nothing(tmp_path: Path) -> None:
    assert verdict(tmp_path, sound(SCORM_12.replace("adlcp:", "adl:").replace("xmlns:adlcp", "xmlns:adl"))) == ["prefix-not-adlcp"]


def test_says_in_which_line(tmp_path: Path) -> None:
    [problem] = judge(a_zip(tmp_path / "a.zip", sound(SCORM_12.replace('"lib/run.js"', '"lib/gone.js"'))))[:1]
    assert (problem.code, problem.where.file, problem.where.line) == ("file-missing", "imsmanifest.xml", 10)


def test_finds_files_under_a_base(tmp_path: Path) -> None:
    based = SCORM_12.replace("<resources>", '<resources xml:base="course/">').replace("<resource ", '<resource xml:base="en/" ')
    files = {name if name == "imsmanifest.xml" else f"course/en/{name}": text for name, text in sound(based).items()}
    assert verdict(tmp_path, files) == []


def test_finds_files_whose_names_are_encoded(tmp_path: Path) -> None:
    manifest = SCORM_12.replace("lib/run.js", "lib/run%20%C3%A4.js")
    files: Files = {"imsmanifest.xml": manifest, "index.html": PAGE.replace("run.js", "run%20ä.js"), "lib/run ä.js": "1"}
    assert verdict(tmp_path, files) == ["name-not-plain"]


def test_reads_a_manifest_in_utf_16(tmp_path: Path) -> None:
    files: Files = {**sound(), "imsmanifest.xml": SCORM_12.replace("UTF-8", "UTF-16").encode("utf-16")}
    assert verdict(tmp_path, files) == ["manifest-encoding", "text-not-utf-8"]


# --- the zip --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("manifest-missing", {"index.html": "<p>"}),
        ("manifest-nested", {"course/imsmanifest.xml": SCORM_12}),
        ("manifest-wrong-case", {"IMSManifest.xml": SCORM_12}),
        ("manifest-root", {"imsmanifest.xml": "<html/>"}),
        ("xml-too-large", {"imsmanifest.xml": "<a>" + "".join(map(str, range(1_400_000))) + "</a>"}),
    ],
)
def test_names_a_zip_without_a_manifest_of_scorm(tmp_path: Path, code: str, files: Files) -> None:
    assert code in verdict(tmp_path, files)


@pytest.mark.parametrize("files", [{"cmi5.xml": "<courseStructure/>"}, {"tincan.xml": "<tincan/>"}, {"course.au": ""}])
def test_names_another_standard_where_one_was_to_be(tmp_path: Path, files: Files) -> None:
    assert codes(judge(a_zip(tmp_path / "package.zip", files), standard="scorm")) == ["not-scorm"]


def test_judges_what_is_no_zip_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"<html>")
    assert codes(judge(tmp_path / "a.zip")) == ["not-a-zip"]


def test_stops_at_a_bomb(tmp_path: Path) -> None:
    assert verdict(tmp_path, {**sound(), "zeros.bin": b"\0" * (4 << 20)}) == ["zip-bomb"]


def test_names_a_file_that_would_be_written_outside(tmp_path: Path) -> None:
    assert "name-climbs" in verdict(tmp_path, {**sound(), "../evil.js": "1"})


def test_names_a_damaged_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for name, text in sound().items():
            made.writestr(name, text)
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace(b"var cme", b"var CME"))
    assert codes(judge(tmp_path / "a.zip")) == ["member-damaged"]


# --- files, pages, scripts ------------------------------------------------------------------------


def with_file(name: str, data: str | bytes) -> Files:
    manifest = SCORM_12.replace("</resource>", f'<file href="{name}"/></resource>')
    return {**sound(manifest), name: data}


def with_tag(tag: str) -> Files:
    return {**sound(), "index.html": PAGE.replace("<body>", f"<body>{tag}")}


def with_script(text: str) -> Files:
    return {**sound(), "lib/run.js": text}


def with_style(text: str) -> Files:
    return with_file("base.css", text)


KEY_HEADER = "-----BEGIN " + "RSA PRIVATE KEY-----"

PARTS: list[tuple[str, Callable[[str], Files], str]] = [
    ("external-request", with_tag, '<script src="https://cdn.example/a.js"></script>'),
    ("external-request", with_tag, '<img alt="" src="//cdn.example/a.png">'),
    ("external-request", with_tag, '<img alt="" srcset="index.html 1x, http://cdn.example/a.png 2x">'),
    ("external-request", with_script, 'fetch("https://tracker.example/");'),
    ("external-request", with_script, 'x.open("POST", "https://tracker.example/");'),
    ("external-request", with_style, "@import url(https://fonts.example/a.css);"),
    ("external-request", with_style, "p { background: url('//cdn.example/a.png') }"),
    ("inline-script", with_tag, "<script>start()</script>"),
    ("inline-handler", with_tag, '<button onclick="start()">Start</button>'),
    ("inline-style", with_tag, '<p style="color: red">Red</p>'),
    ("inline-style", with_tag, "<style>p { color: red }</style>"),
    ("javascript-url", with_tag, '<a href="javascript:start()">Start</a>'),
    ("module-script", with_tag, '<script type="module" src="lib/run.js"></script>'),
    ("module-syntax", with_script, 'import { a } from "./a.js";'),
    ("eval", with_script, "eval(text);"),
    ("eval", with_script, "window.eval(text);"),
    ("module-syntax", with_script, 'import "./a.js";'),
    ("module-syntax", with_script, "export default start;"),
    ("eval", with_script, "new Function('return 1')();"),
    ("document-write", with_script, "document.write('<p>');"),
    ("cookie", with_script, "document.cookie = 'a=1';"),
    ("unload-listener", with_script, "window.addEventListener('unload', save);"),
    ("reference-absolute", with_tag, '<img alt="" src="/logo.png">'),
    ("reference-dangling", with_tag, '<img alt="" src="gone.png">'),
    ("reference-dangling", with_style, "p { background: url(gone.png) }"),
    ("reference-wrong-case", with_tag, '<script src="Lib/Run.js"></script>'),
    ("reference-leaves-package", with_tag, '<script src="../shared.js"></script>'),
    ("reference-to-own-disk", with_tag, '<img alt="" src="file:///C:/logo.png">'),
    ("reference-to-own-disk", with_tag, '<img alt="" src="C:\\logo.png">'),
    ("secret", with_script, f"var key = '{KEY_HEADER}';"),
    ("secret", with_script, "var lrs = 'https://author:letmein@lrs.example/';"),
    ("secret", with_script, "var auth = 'Basic YXV0aG9yOmxldG1laW4=';"),
    ("secret-perhaps", with_script, "var config = {password: 'letmein-please'};"),
]


@pytest.mark.parametrize(("code", "place", "text"), PARTS, ids=[code for code, _, _ in PARTS])
def test_names_what_hosts_stop_or_others_see(tmp_path: Path, code: str, place: Callable[[str], Files], text: str) -> None:
    assert set(verdict(tmp_path, place(text))) == {code}


@pytest.mark.parametrize(
    ("code", "name", "data"),
    [
        ("server-side-file", "notes.php", "<?php"),
        ("server-side-file", ".htaccess", "Deny from all"),
        ("executable-file", "setup.exe", "MZ"),
        ("file-type-mistyped", "lib/a.mjs", "1"),
        ("flash", "film.swf", "FWS"),
        ("junk-file", "__MACOSX/._index.html", b"\0\1"),
        ("name-not-plain", "figure one.png", "PNG"),
        ("text-not-utf-8", "notes.txt", "Schlaganf\xe4lle".encode("latin-1")),
        ("secret-file", ".env", "A=1"),
        ("zip-nested", "source.zip", "PK"),
    ],
)
def test_names_files_that_do_not_belong(tmp_path: Path, code: str, name: str, data: str | bytes) -> None:
    assert code in verdict(tmp_path, with_file(name, data))


HARMLESS: list[tuple[Callable[[str], Files], str]] = [
    (with_script, "// eval(text) and document.cookie are only spoken of\n/* new Function('x') */"),
    (with_script, "var text = 'eval(1); document.write(2)';"),
    (with_script, "var pattern = /['\"]/; var more = 'fine';"),
    (with_script, 'var verb = "http://adlnet.gov/expapi/verbs/answered";'),
    (with_script, "medieval(1); object.eval.name;\nimportant = 1;\nexported(2);"),
    (with_tag, '<script type="application/json">{"a": 1}</script>'),
    (with_tag, '<a href="https://doi.example/10.1000">A reference</a>'),
    (with_tag, '<img alt="" src="data:image/png;base64,AAAA">'),
    (with_tag, '<a href="#main">Skip</a>'),
    (with_style, "/* url(gone.png) */ p { background: url(data:image/png;base64,AAAA) } a { cursor: url(lib/run.js) }"),
]


@pytest.mark.parametrize(("place", "text"), HARMLESS, ids=[text[:20] for _, text in HARMLESS])
def test_says_nothing_of_what_is_harmless(tmp_path: Path, place: Callable[[str], Files], text: str) -> None:
    assert verdict(tmp_path, place(text)) == []


def test_a_page_without_its_encoding_is_named(tmp_path: Path) -> None:
    assert verdict(tmp_path, {**sound(), "index.html": PAGE.replace('<meta charset="utf-8">', "")}) == ["page-without-charset"]


def test_habits_that_only_some_hosts_stop_are_warnings(tmp_path: Path) -> None:
    problems = judge(a_zip(tmp_path / "a.zip", with_tag('<button onclick="start()">Start</button>')))
    assert [problem.severity for problem in problems] == [Severity.WARNING]


@pytest.mark.parametrize("text", ["<![CDATA[", "<!doctype", "<a b='", "<!", "&#xFFFFFFFF;", "<script>", "\0" * 10])
def test_no_broken_page_breaks_the_judge(tmp_path: Path, text: str) -> None:
    assert "member-damaged" not in verdict(tmp_path, {**sound(), "index.html": text})


@pytest.mark.parametrize("href", ["http://[", "%", "%zz", "//", "?", "#", "\ud800".encode("utf-8", "replace").decode(), "a" * 3000])
def test_no_broken_href_breaks_the_judge(tmp_path: Path, href: str) -> None:
    assert verdict(tmp_path, sound(SCORM_12.replace('"lib/run.js"', f'"{href}"'))) != []


HOSTILE = {
    "script of comments": with_script("/*a" * 300_000),
    "script of regular expressions": with_script("=/[" * 300_000),
    "script of backticks": with_script("=`" * 300_001),
    "script of calls": with_script("eval(1);" * 300_000),
    "page of open tags": with_tag("<a " * 100_000),
    "page of open comments": with_tag("<!--" * 100_000),
    "page of open declarations": with_tag("<!" * 100_000),
    "page of open attributes": with_tag("<a b='" * 100_000),
    "style of comments": with_style("/*a" * 300_000),
    "style of addresses": with_style("url(" * 300_000),
    "manifest of files": sound(SCORM_12.replace("</resource>", '<file href="x"/>' * 50_000 + "</resource>")),
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_no_text_keeps_the_judge_busy(tmp_path: Path, files: Files) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:  # stored: packed, some would be taken for bombs
        for name, text in files.items():
            made.writestr(name, text)
    began = time.monotonic()
    judge(tmp_path / "a.zip")
    assert time.monotonic() - began < 20


# --- other standards ------------------------------------------------------------------------------

CMI5 = """<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://cme.northfield.example/c"><title><langstring lang="en">Stroke</langstring></title>
<description><langstring lang="en">About stroke</langstring></description></course>
<au id="https://cme.northfield.example/c/1" moveOn="CompletedAndPassed" masteryScore="0.75" launchMethod="AnyWindow">
<title><langstring lang="en">Stroke</langstring></title>
<description><langstring lang="en">About stroke</langstring></description>
<url>index.html</url></au>
</courseStructure>
"""

TINCAN = """<?xml version="1.0" encoding="UTF-8"?>
<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
<activity id="https://cme.northfield.example/c" type="http://adlnet.gov/expapi/activities/course">
<name lang="en">Stroke</name><description lang="en">About stroke</description>
<launch lang="en">index.html</launch></activity>
</activities></tincan>
"""

SECOND_UNIT = CMI5[CMI5.index("<au ") : CMI5.index("</courseStructure>")]

FAULTS_CMI5: list[tuple[str, Change]] = [
    ("namespace-mismatch", ("CourseStructure.xsd", "CourseStructure")),
    ("course-not-one", ("<au ", '<course id="urn:x:1"/><au ')),
    ("au-missing", (SECOND_UNIT, "")),
    ("block-empty", ("<au ", '<block id="urn:x:1"/><au ')),
    ("id-not-iri", ('id="https://cme.northfield.example/c/1"', 'id="stroke"')),
    ("identifier-twice", ("</courseStructure>", SECOND_UNIT + "</courseStructure>")),
    ("objective-dangling", ("<url>", '<objectives><objective idref="urn:x:9"/></objectives><url>')),
    ("title-missing", ('<title><langstring lang="en">Stroke</langstring></title>\n<description>', "<description>")),
    ("description-missing", ('<description><langstring lang="en">About stroke</langstring></description>\n<url>', "<url>")),
    ("word-unknown", ("CompletedAndPassed", "completedandpassed")),
    ("word-unknown", ("AnyWindow", "Popup")),
    ("mastery-out-of-range", ('"0.75"', '"75"')),
    ("mastery-out-of-range", ('"0.75"', '"high"')),
    ("mastery-too-fine", ('"0.75"', '"0.66667"')),
    ("order", ("<url>index.html</url></au>", "<url>index.html</url><title/></au>")),
    ("url-missing", ("<url>index.html</url>", "")),
    ("launch-name-taken", ("index.html", "index.html?fetch=1")),
    ("file-missing", ("index.html", "start.html")),
    ("href-wrong-case", ("index.html", "Index.html")),
]

FAULTS_TINCAN: list[tuple[str, Change]] = [
    ("namespace-mismatch", ("tincan.xsd", "tincan")),
    ("activity-missing", (TINCAN[TINCAN.index("<activity ") : TINCAN.index("</activities>")], "")),
    ("launch-missing", ('<launch lang="en">index.html</launch>', "")),
    ("launch-empty", (">index.html<", "><")),
    ("id-not-iri", ('id="https://cme.northfield.example/c"', 'id="stroke course"')),
    ("identifier-twice", ("</activities>", '<activity id="https://cme.northfield.example/c"><name>B</name></activity></activities>')),
    ("type-not-iri", ("http://adlnet.gov/expapi/activities/course", "course")),
    ("title-missing", ('<name lang="en">Stroke</name>', "")),
    ("file-missing", ("index.html", "start.html")),
    ("href-wrong-case", ("index.html", "Index.html")),
]


def sound_as(manifest: str, text: str) -> Files:
    return {manifest: text, "index.html": PAGE, "lib/run.js": "var cme = {};"}


@pytest.mark.parametrize(("manifest", "text"), [("cmi5.xml", CMI5), ("tincan.xml", TINCAN)])
def test_has_nothing_to_say_of_a_sound_package_of_another_standard(tmp_path: Path, manifest: str, text: str) -> None:
    assert verdict(tmp_path, sound_as(manifest, text)) == []


@pytest.mark.parametrize(("code", "change"), FAULTS_CMI5)
def test_names_a_fault_of_a_course_structure(tmp_path: Path, code: str, change: Change) -> None:
    assert change[0] in CMI5
    assert code in verdict(tmp_path, sound_as("cmi5.xml", CMI5.replace(*change)))


@pytest.mark.parametrize(("code", "change"), FAULTS_TINCAN)
def test_names_a_fault_of_a_list_of_activities(tmp_path: Path, code: str, change: Change) -> None:
    assert change[0] in TINCAN
    assert code in verdict(tmp_path, sound_as("tincan.xml", TINCAN.replace(*change)))


def test_names_the_line_of_the_manifest_that_a_fault_is_in(tmp_path: Path) -> None:
    [problem] = judge(a_zip(tmp_path / "a.zip", sound_as("cmi5.xml", CMI5.replace("0.75", "75"))))
    assert (problem.where.file, problem.where.line) == ("cmi5.xml", 5)


def test_judges_plain_pages_where_they_are_meant_to_be(tmp_path: Path) -> None:
    pages: Files = {"index.html": PAGE, "lib/run.js": "var cme = {};"}
    assert codes(judge(a_zip(tmp_path / "a.zip", pages), standard="web")) == []
    assert codes(judge(a_zip(tmp_path / "b.zip", {"start.html": PAGE, "lib/run.js": ""}), standard="web")) == ["start-missing"]


def test_pages_alone_are_taken_for_scorm_without_its_manifest(tmp_path: Path) -> None:
    assert verdict(tmp_path, {"index.html": PAGE, "lib/run.js": ""}) == ["manifest-missing"]
