"""Nothing is said against what does no harm, though it looks like a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorm_packager.verify.judge import judge
from tests.packager.verify.packages import STANDARDS
from tests.packager.verify.seeded import Change, Fault, both, file, page, script, style, tag, unlisted

SCORM = ("scorm-1.2", "scorm-2004")

HARMLESS: dict[str, Change] = {
    "code that is only spoken of": script("// eval(text) and document.cookie\n/* new Function('x') */"),
    "code in a text": script("var text = 'eval(1); document.write(2)';"),
    "a pattern with quotes": script("var pattern = /['\"]/; var more = 'fine';"),
    "the name of a verb": script('var verb = "http://adlnet.gov/expapi/verbs/answered";'),
    "names that begin alike": script("medieval(1); object.eval.name;\nimportant = 1;\nexported(2);"),
    "comparing the window": script("if (top.location === location) { start(); }"),
    "a timer": script("setTimeout(start, 10);"),
    "an asynchronous request": script('x.open("POST", url, true);'),
    "asking before leaving": script('window.addEventListener("beforeunload", function (event) { event.preventDefault(); });'),
    "a namespace of drawings": script('document.createElementNS("http://www.w3.org/2000/svg", "g");'),
    "a label of a password": script('var labels = { password: "Contraseña", secret: "Geheimnis!" };'),
    "a form that asks for both": script('var labels = { user: "User name", password: "Password" };'),
    "settings without credentials": file("config.json", '{"_endpoint": "https://lrs.example/", "_user": "", "_password": ""}'),
    "Basic without credentials": script('var scheme = "Basic authentication";'),
    "a data block": tag('<script type="application/json">{"a": 1}</script>'),
    "a reference in the literature": tag('<a href="https://doi.example/10.1000">A reference</a>'),
    "a picture in the page": tag('<img alt="" src="data:image/png;base64,AAAA">'),
    "a place in the page": tag('<a href="#main">Skip</a>'),
    "a letter to somebody": tag('<a href="mailto:cme@northfield.example">Write to us</a>'),
    "a page's own template": tag('<img alt="" src="{{ picture }}">'),
    "a folder": tag('<a href="lib/">Files</a>'),
    "a connection that is warmed up": tag('<link rel="preconnect" href="https://lrs.example">'),
    "a module with a classic twin": tag('<script type="module" src="lib/run.js"></script><script nomodule src="lib/run.js"></script>'),
    "addresses in comments": style("/* url(gone.png) */ p { background: url(data:image/png;base64,AAAA) } a { cursor: url(lib/run.js) }"),
    "captions": file("one.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello"),
    "captions with a byte order mark": file("one.vtt", "\ufeffWEBVTT\n"),
    "a page in ASCII that does not say so": both(page("ä", "ae"), page('<meta charset="utf-8">', "")),
    "letters of other scripts": page("Schlaganfälle", "脳卒中 السكتة الدماغية инсульт"),
}  # fmt: skip

LOOSE: dict[str, Change] = {
    "brackets": unlisted("picture(1).png", "PNG"),
    "a long word": unlisted("a" * 150 + ".png", "PNG"),
}


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_says_nothing_of(tmp_path: Path, change: Change, standard: str) -> None:
    assert judge(Fault("none", change).package(tmp_path, standard)) == ()


@pytest.mark.parametrize("change", LOOSE.values(), ids=LOOSE)
def test_says_nothing_of_a_name_with(tmp_path: Path, change: Change) -> None:
    assert judge(Fault("none", change).package(tmp_path, "cmi5")) == ()


def test_says_nothing_of_a_driver_that_speaks_both_editions(tmp_path: Path) -> None:
    driver = (
        "function set(name, value) {\n  return api.LMSSetValue ? api.LMSSetValue(name, value) : API_1484_11.SetValue(name, value);\n}\n"
    )
    speaks = script(driver + 'set("cmi.core.exit"); api.LMSInitialize(); api.LMSFinish(); api.Terminate();')
    for standard in SCORM:
        assert judge(Fault("none", speaks).package(tmp_path, standard)) == ()
