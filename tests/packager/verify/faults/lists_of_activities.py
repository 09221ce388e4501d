"""Faults in the list of activities of a plain xAPI package."""

from tests.packager.verify.packages import TINCAN
from tests.packager.verify.seeded import Fault, manifest

ONLY = ("xapi",)
ACTIVITY = TINCAN[TINCAN.index("<activity ") : TINCAN.index("</activities>")]
SECOND = '<activity id="https://cme.northfield.example/c"><name>B</name></activity></activities>'

FAULTS = (
    Fault("namespace-mismatch", manifest("tincan.xsd", "tincan"), ONLY),
    Fault("activity-missing", manifest(ACTIVITY, ""), ONLY),
    Fault("launch-missing", manifest('<launch lang="en">index.html</launch>', ""), ONLY),
    Fault("launch-empty", manifest(">index.html<", "><"), ONLY),
    Fault("launch-not-https", manifest(">index.html<", ">http://content.northfield.example/<"), ONLY),
    Fault("id-not-iri", manifest('id="https://cme.northfield.example/c"', 'id="stroke course"'), ONLY),
    Fault("id-placeholder", manifest('id="https://cme.northfield.example/c"', 'id="http://localhost/c"'), ONLY),
    Fault("identifier-twice", manifest("</activities>", SECOND), ONLY),
    Fault("type-not-iri", manifest("http://adlnet.gov/expapi/activities/course", "course"), ONLY),
    Fault("title-missing", manifest('<name lang="en">Stroke</name>', ""), ONLY),
    Fault("description-missing", manifest('<description lang="en">About stroke</description>', ""), ONLY),
    Fault("language-malformed", manifest('<launch lang="en">', '<launch lang="english!">'), ONLY),
    Fault("url-malformed", manifest(">index.html<", ">https://content.northfield.example/one page.html<"), ONLY),
    Fault("file-missing", manifest(">index.html<", ">start.html<"), ONLY),
    Fault("href-wrong-case", manifest(">index.html<", ">Index.html<"), ONLY),
)
