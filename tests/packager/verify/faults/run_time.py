"""Faults in what a package does at run time."""

from tests.packager.verify.packages import RUN_12, RUN_2004, RUN_XAPI
from tests.packager.verify.seeded import Fault, instead, script

OLD, NEW = ("scorm-1.2",), ("scorm-2004",)

FAULTS = (
    Fault("element-of-other-edition", script('api.LMSSetValue("cmi.completion_status", "completed");'), OLD),
    Fault("element-of-other-edition", script('api.SetValue("cmi.core.score.raw", "80");'), NEW),
    Fault("value-refused", script('api.LMSSetValue("cmi.core.lesson_status", "Completed");'), OLD),
    Fault("value-refused", script('api.LMSSetValue("cmi.core.exit", "normal");'), OLD),
    Fault("value-refused", script('api.SetValue("cmi.completion_status", "passed");'), NEW),
    Fault("timestamp-refused", script('api.SetValue("cmi.interactions.0.timestamp", new Date().toISOString());'), NEW),
    Fault("saved-state-open-ended", script('api.LMSSetValue("cmi.suspend_data", JSON.stringify(state));'), OLD),
    Fault("speaks-other-edition", instead(RUN_2004), OLD),
    Fault("speaks-other-edition", instead(RUN_12), NEW),
    Fault("never-reports", instead("start();"), OLD + NEW),
    Fault("never-reports", instead(RUN_12.replace("lesson_status", "lesson_location")), OLD),
    Fault("never-ends", instead(RUN_12.replace("LMSFinish", "LMSCommit")), OLD),
    Fault("never-ends", instead(RUN_2004.replace("Terminate", "Commit")), NEW),
    Fault("state-dropped", instead(RUN_2004.replace('"suspend"', '"normal"')), NEW),
    Fault("state-in-browser-only", instead(RUN_12.replace('api.LMSSetValue("cmi.suspend_data", ', 'localStorage.setItem("page", ')), OLD),
    Fault("launch-not-read", instead("start();"), ("cmi5", "xapi")),
    Fault("token-not-fetched", instead(RUN_XAPI.replace("fetch(", "ask(").replace('"fetch"', '"auth"')), ("cmi5",)),
)
