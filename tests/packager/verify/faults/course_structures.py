"""Faults in a course structure of cmi5."""

from tests.packager.verify.packages import CMI5
from tests.packager.verify.seeded import Fault, manifest

ONLY = ("cmi5",)
UNIT = CMI5[CMI5.index("<au ") : CMI5.index("</courseStructure>")]
TITLE = '<title><langstring lang="en">Stroke</langstring></title>\n<description>'
DESCRIPTION = '<description><langstring lang="en">About stroke</langstring></description>'
NAMED = f'<title><langstring lang="en">A</langstring></title>{DESCRIPTION}'

FAULTS = (
    Fault("namespace-mismatch", manifest("CourseStructure.xsd", "CourseStructure"), ONLY),
    Fault("course-not-one", manifest("<au ", f'<course id="urn:x:1">{NAMED}</course><au '), ONLY),
    Fault("au-missing", manifest(UNIT, ""), ONLY),
    Fault("block-empty", manifest("<au ", f'<block id="urn:x:1">{NAMED}</block><au '), ONLY),
    Fault("id-not-iri", manifest('id="https://cme.northfield.example/c/1"', 'id="stroke"'), ONLY),
    Fault("id-placeholder", manifest('id="https://cme.northfield.example/c/1"', 'id="http://5um1CntGbHe/1"'), ONLY),
    Fault("id-placeholder", manifest('id="https://cme.northfield.example/c/1"', 'id="http://example.com/1"'), ONLY),
    Fault("identifier-twice", manifest("</courseStructure>", UNIT + "</courseStructure>"), ONLY),
    Fault("objective-dangling", manifest("<url>", '<objectives><objective idref="urn:x:9"/></objectives><url>'), ONLY),
    Fault("title-missing", manifest(TITLE, "<description>"), ONLY),
    Fault("description-missing", manifest(f"{DESCRIPTION}\n<url>", "<url>"), ONLY),
    Fault("language-malformed", manifest('lang="en"', 'lang="en_US"'), ONLY),
    Fault("word-unknown", manifest("CompletedAndPassed", "completedandpassed"), ONLY),
    Fault("word-unknown", manifest("AnyWindow", "Popup"), ONLY),
    Fault("move-on-missing", manifest(' moveOn="CompletedAndPassed"', ""), ONLY),
    Fault("mastery-out-of-range", manifest('"0.75"', '"75"'), ONLY),
    Fault("mastery-out-of-range", manifest('"0.75"', '"high"'), ONLY),
    Fault("mastery-too-fine", manifest('"0.75"', '"0.66667"'), ONLY),
    Fault("order", manifest("<url>index.html</url></au>", "<launchParameters/><url>index.html</url></au>"), ONLY),
    Fault("url-missing", manifest("<url>index.html</url>", ""), ONLY),
    Fault("launch-name-taken", manifest("index.html", "index.html?fetch=1"), ONLY),
    Fault("launch-not-https", manifest("<url>index.html", "<url>http://content.northfield.example/index.html"), ONLY),
    Fault("url-malformed", manifest("<url>index.html", "<url>https://content.northfield.example/one page.html"), ONLY),
    Fault("file-missing", manifest("index.html", "start.html"), ONLY),
    Fault("href-wrong-case", manifest("index.html", "Index.html"), ONLY),
    Fault("href-not-encoded", manifest("index.html", "index.html?a b"), ONLY),
    Fault("text-garbled", manifest('lang="en">Stroke', 'lang="en">SchlaganfÃ¤lle'), ONLY),
)
