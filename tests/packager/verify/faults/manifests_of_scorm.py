"""Faults in a manifest of SCORM."""

from tests.packager.verify.seeded import Fault, both, manifest, rewritten

OLD, NEW = ("scorm-1.2",), ("scorm-2004",)
BOTH = OLD + NEW
SECOND = '<item identifier="J" identifierref="R"><title>T</title>{}</item>'
SECOND_ORGANIZATION = f'<organization identifier="P"><title>T</title>{SECOND}</organization></organizations>'
ASSET = '<resource identifier="A" type="webcontent" adlcp:scormtype="asset" href="lib/run.js"><file href="lib/run.js"/></resource>'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a adlcp.xsd"'
CONTROLS = '<imsss:sequencing><imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing>'
TURNED = "<schemaversion>2004 3rd Edition</schemaversion><schema>ADL SCORM</schema>"
METADATA = "<metadata><schema>ADL SCORM</schema><schemaversion>{}</schemaversion></metadata>"
ITEM_12 = '<item identifier="I" identifierref="R"><title>Stroke</title><adlcp:masteryscore>80</adlcp:masteryscore></item>'
ITEM = '<item identifier="I"'
PARENT = '<item identifier="P"><title>Part</title><adlcp:dataFromLMS>x</adlcp:dataFromLMS>'
OBJECTIVES = "</imsss:primaryObjective></imsss:objectives>"
OBJECTIVE = '<imsss:objective objectiveID="PASS"/>'
MAP = '<imsss:mapInfo targetObjectiveID="G" writeSatisfiedStatus="true"/>'


def old_told(element: str) -> tuple[str, str]:
    return "<adlcp:masteryscore>", f"{element}<adlcp:masteryscore>"


FAULTS = (
    Fault("schemaversion-missing", manifest("<schemaversion>1.2</schemaversion>", ""), OLD),
    Fault("schemaversion-unknown", manifest(">1.2<", ">1.3<"), OLD),
    Fault("schemaversion-unknown", manifest("2004 3rd Edition", "2004 3rd edition"), NEW),
    Fault("schema-unknown", manifest("ADL SCORM", "SCORM"), BOTH),
    Fault("schema-unknown", manifest("<schema>ADL SCORM</schema>", ""), BOTH),
    Fault("schema-order", manifest("<schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion>", TURNED), NEW),
    Fault("edition-old", manifest("2004 3rd Edition", "CAM 1.3"), NEW),
    Fault("namespace-mismatch", manifest("imscp_rootv1p1p2", "imscp_rootv1p1"), OLD),
    Fault("namespace-mismatch", manifest("adlcp_v1p3", "adlcp_rootv1p2"), NEW),
    Fault("prefix-not-adlcp", rewritten(lambda text: text.replace("adlcp:", "adl:").replace("xmlns:adlcp", "xmlns:adl")), BOTH),
    Fault("schema-file-missing", manifest('<manifest identifier="M"', f'<manifest {XSI} identifier="M"'), BOTH),
    Fault("manifest-part-missing", manifest(METADATA.format("1.2"), ""), OLD),
    Fault("manifest-part-twice", manifest("</resources>", "</resources><resources/>"), BOTH),
    Fault("manifest-inside-manifest", manifest("</manifest>", '<manifest identifier="N"/></manifest>'), BOTH),
    Fault("text-too-long", manifest("<title>Stroke</title>\n", f"<title>{'S' * 201}</title>\n"), BOTH),
    Fault("manifest-lists-itself", manifest('"lib/run.js"/>', '"lib/run.js"/><file href="imsmanifest.xml"/>'), BOTH),
    Fault("organization-default-missing", manifest(' default="O"', ""), BOTH),
    Fault("organization-default-dangling", manifest('default="O"', 'default="X"'), BOTH),
    Fault("organization-missing", manifest(f'<organization identifier="O"><title>Stroke</title>\n{ITEM_12}\n</organization>', ""), OLD),
    Fault("organization-empty", manifest(ITEM_12, ""), OLD),
    Fault("organization-second", manifest("</organizations>", SECOND_ORGANIZATION.format("")), OLD),
    Fault("organization-second", manifest("</organizations>", SECOND_ORGANIZATION.format(CONTROLS)), NEW),
    Fault("title-missing", manifest("<title>Stroke</title>\n", "\n"), BOTH),
    Fault("title-twice", manifest("<title>Stroke</title>\n", "<title>Stroke</title><title>Stroke</title>\n"), BOTH),
    Fault("resource-dangling", manifest("</resource>", '<dependency identifierref="Q"/></resource>'), BOTH),
    Fault("resource-dangling", manifest('identifierref="R"', 'identifierref="Q"'), OLD),
    Fault("item-without-resource", manifest(' identifierref="R"', ""), OLD),
    Fault("item-with-both", manifest("</item>", SECOND.format(CONTROLS) + "</item>"), NEW),
    Fault("item-hidden", manifest(' identifierref="R"', ' identifierref="R" isvisible="false"'), BOTH),
    Fault("several-parts", manifest("</organization>", SECOND.format("") + "</organization>"), OLD),
    Fault("several-parts", manifest("</organization>", SECOND.format(CONTROLS) + "</organization>"), NEW),
    Fault("identifier-missing", manifest('<item identifier="I"', "<item"), BOTH),
    Fault("identifier-illegal", manifest('item identifier="I"', 'item identifier="1 I"'), BOTH),
    Fault("identifier-illegal", manifest('item identifier="I"', 'item identifier="I(1)"'), BOTH),
    Fault("identifier-twice", manifest('item identifier="I"', 'item identifier="O"'), BOTH),
    Fault("mastery-out-of-range", manifest(">80<", ">101<"), OLD),
    Fault("mastery-out-of-range", manifest(">80<", ">eighty<"), OLD),
    Fault("mastery-out-of-range", manifest(">80<", ">NaN<"), OLD),
    Fault("mastery-out-of-range", manifest(">0.8<", ">80<"), NEW),
    Fault("time-limit-malformed", manifest(*old_told("<adlcp:maxtimeallowed>1h</adlcp:maxtimeallowed>")), OLD),
    Fault("time-action-unknown", manifest(*old_told("<adlcp:timelimitaction>stop</adlcp:timelimitaction>")), OLD),
    Fault("prerequisites", manifest(*old_told('<adlcp:prerequisites type="aicc_script">I</adlcp:prerequisites>')), OLD),
    Fault("launch-data-too-long", manifest(*old_told(f"<adlcp:datafromlms>{'x' * 256}</adlcp:datafromlms>")), OLD),
    Fault("launch-data-too-long", manifest("</item>", f"<adlcp:dataFromLMS>{'x' * 4001}</adlcp:dataFromLMS></item>"), NEW),
    Fault("manifest-of-other-edition", manifest(*old_told("<adlcp:dataFromLMS>x</adlcp:dataFromLMS>")), OLD),
    Fault("manifest-of-other-edition", manifest("</item>", "<adlcp:masteryscore>80</adlcp:masteryscore></item>"), NEW),
    Fault("threshold-form", manifest("</item>", '<adlcp:completionThreshold minProgressMeasure="0.5"/></item>'), NEW),
    Fault("threshold-out-of-range", manifest("</item>", "<adlcp:completionThreshold>50</adlcp:completionThreshold></item>"), NEW),
    Fault("element-on-parent", both(manifest("</item>", "</item></item>"), manifest(ITEM, PARENT + ITEM)), NEW),
    Fault("completion-left-to-lms", manifest('completionSetByContent="true"', ""), NEW),
    Fault("objective-twice", manifest(OBJECTIVES, f"</imsss:primaryObjective>{OBJECTIVE}</imsss:objectives>"), NEW),
    Fault("map-target-twice", manifest("</imsss:minNormalizedMeasure>", f"</imsss:minNormalizedMeasure>{MAP}{MAP}"), NEW),
    Fault("sequencing-dangling", manifest("<imsss:sequencing>", '<imsss:sequencing IDRef="gone">'), NEW),
    Fault("button-unknown", manifest("</item>", "<hideLMSUI>quit</hideLMSUI></item>"), NEW),
    Fault("scormtype-spelling", manifest("adlcp:scormtype", "adlcp:scormType"), OLD),
    Fault("scormtype-spelling", manifest("adlcp:scormType", "adlcp:scormtype"), NEW),
    Fault("scormtype-missing", manifest(' adlcp:scormtype="sco"', ""), OLD),
    Fault("scormtype-unknown", manifest('scormtype="sco"', 'scormtype="SCO"'), OLD),
    Fault("asset-launched", manifest('scormtype="sco"', 'scormtype="asset"'), OLD),
    Fault("resource-type", manifest('type="webcontent"', 'type="text/html"'), BOTH),
    Fault("sco-not-first", manifest("<resources>", f"<resources>{ASSET}"), OLD),
    Fault("href-missing", manifest(' href="index.html">', ">"), BOTH),
    Fault("href-missing", manifest('<file href="lib/run.js"/>', '<file href="lib/run.js"/><file/>'), BOTH),
    Fault("href-not-listed", manifest('<file href="index.html"/>', ""), BOTH),
    Fault("href-external", manifest('sco" href="index.html"', 'sco" href="https://elsewhere.example/"'), BOTH),
    Fault("href-absolute", manifest('"lib/run.js"', '"/lib/run.js"'), BOTH),
    Fault("href-backslash", manifest('"lib/run.js"', '"lib\\run.js"'), BOTH),
    Fault("href-climbs", manifest('"lib/run.js"', '"lib/../lib/run.js"'), BOTH),
    Fault("href-not-encoded", manifest('"lib/run.js"', '"lib/run.js?a b"'), BOTH),
    Fault("href-wrong-case", manifest('"lib/run.js"/>', '"lib/run.js"/><file href="Lib/Run.js"/>'), BOTH),
    Fault("file-missing", manifest('"lib/run.js"/>', '"lib/run.js"/><file href="lib/gone.js"/>'), BOTH),
    Fault("file-listed-twice", manifest('"lib/run.js"/>', '"lib/run.js"/><file href="lib/run.js"/>'), BOTH),
    Fault("file-unlisted", manifest('<file href="lib/run.js"/>', ""), BOTH),
    Fault("base-malformed", manifest("<resources>", '<resources xml:base="/">'), BOTH),
    Fault("text-garbled", manifest("<title>Stroke</title>\n", "<title>SchlaganfÃ¤lle</title>\n"), BOTH),
)  # fmt: skip
