"""A good package of each standard, written by hand: the least that nothing can be said against."""

from __future__ import annotations

Files = dict[str, str | bytes]

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stroke</title>'
    '<link rel="stylesheet" href="look.css"><script src="lib/run.js"></script></head><body><p>Schlaganfälle</p></body></html>'
)
STYLE = "p { color: #222 }"

RESOURCES = """<resources>
<resource identifier="R" type="webcontent" adlcp:{type}="sco" href="index.html">
<file href="index.html"/>
<file href="look.css"/>
<file href="lib/run.js"/>
</resource>
</resources>
</manifest>
"""

SCORM_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Stroke</title>
<item identifier="I" identifierref="R"><title>Stroke</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
</organization></organizations>
""" + RESOURCES.format(type="scormtype")  # fmt: skip

SCORM_2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Stroke</title>
<item identifier="I" identifierref="R"><title>Stroke</title>
<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="PASS" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>
<imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>
</item>
</organization></organizations>
""" + RESOURCES.format(type="scormType")  # noqa: E501

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

RUN_12 = """
var api = window.parent.API;
api.LMSInitialize("");
api.LMSSetValue("cmi.suspend_data", "1");
api.LMSSetValue("cmi.core.lesson_status", "completed");
api.LMSSetValue("cmi.core.exit", "suspend");
api.LMSFinish("");
"""

RUN_2004 = """
var api = window.parent.API_1484_11;
api.Initialize("");
api.SetValue("cmi.suspend_data", "1");
api.SetValue("cmi.completion_status", "completed");
api.SetValue("cmi.exit", "suspend");
api.Terminate("");
"""

RUN_XAPI = """
var query = new URLSearchParams(location.search);
fetch(query.get("fetch"), { method: "POST" }).then(function (answer) { return send(query.get("endpoint"), answer); });
"""

MANIFESTS = {"scorm-1.2": "imsmanifest.xml", "scorm-2004": "imsmanifest.xml", "cmi5": "cmi5.xml", "xapi": "tincan.xml"}
_TEXTS = {"scorm-1.2": SCORM_12, "scorm-2004": SCORM_2004, "cmi5": CMI5, "xapi": TINCAN}
_RUNS = {"scorm-1.2": RUN_12, "scorm-2004": RUN_2004, "cmi5": RUN_XAPI, "xapi": RUN_XAPI}
STANDARDS = tuple(MANIFESTS)


def good(standard: str) -> Files:
    """A good package of this standard."""
    return {MANIFESTS[standard]: _TEXTS[standard], "index.html": PAGE, "look.css": STYLE, "lib/run.js": _RUNS[standard]}
